"""The shop's inbox has the same public id on every machine, so that its snippet is always true."""

from uuid import UUID

DEMO_INBOX = UUID("5ba1c7e0-1a3b-4c5d-8e6f-0a4b1a533e01")
