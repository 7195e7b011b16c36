"""Realtime delivery: the live log, sockets' base, outbox, presence, pool. It knows no domain."""
