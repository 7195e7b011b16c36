"""What happens at Lumen & Oak: data for `manage.py demo`, and the functions that play it."""
