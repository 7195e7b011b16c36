"""The managers' pages for people: teams, agents, and when they are there."""

from django.utils.translation import gettext_lazy as _

from helpdesk.accounts.manage import agents, calendars, teams
from helpdesk.core.manage import Page

PAGES = [
    Page("agents", _("Agents"), "users", 10, agents.urls),
    Page("teams", _("Teams"), "messages", 20, teams.urls),
    Page("calendars", _("Opening hours"), "calendar-time", 40, calendars.urls),
]
