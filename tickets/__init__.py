"""The heart: contacts, inboxes, tickets and messages, shared by every channel."""
