"""The people who answer: users, roles, teams, skills, availability, capacity, and `Viewer`."""
