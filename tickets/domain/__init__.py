"""Pure rules: no Django, no database, no clock of their own."""
