"""What upper apps tell the portal about the world around it; filled in their `ready()`."""

from dataclasses import dataclass


@dataclass(slots=True)
class Portal:
    """`home_url` is where "Back to shop" leads; `widget_inbox` is the chat shown on every page."""

    home_url: str = ""
    widget_inbox: str = ""


portal = Portal()
