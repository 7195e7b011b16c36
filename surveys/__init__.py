"""Asking how it was: after a chat the visitor rates it; chat itself knows no rating."""
