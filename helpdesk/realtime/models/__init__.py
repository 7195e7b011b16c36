from helpdesk.realtime.models.outbox import EventOutbox, LiveOutbox

__all__ = ["EventOutbox", "LiveOutbox"]
