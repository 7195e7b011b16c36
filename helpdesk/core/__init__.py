"""What every app stands on: clock, ids, errors, text, logging, health, and the manage area's base."""
