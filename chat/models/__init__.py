from chat.models.visitor_token import VisitorToken

__all__ = ["VisitorToken"]
