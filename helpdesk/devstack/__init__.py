"""Starts the embedded PostgreSQL and Redis for `script/server` and the tests.

Standard library only: this package runs before anything of ours is importable.
"""
