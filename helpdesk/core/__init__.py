"""What every app stands on: clock, ids, errors, text, logging, health, the manage area's base."""
