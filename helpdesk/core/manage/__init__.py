"""The managers' area: a shell that apps hang their pages into, and one CRUD base for them."""

from helpdesk.core.manage.registry import Page, Tab, register, register_tab

__all__ = ["Page", "Tab", "register", "register_tab"]
