from surveys.models.invitation import Invitation
from surveys.models.survey import Survey, SurveyKind

__all__ = ["Invitation", "Survey", "SurveyKind"]
