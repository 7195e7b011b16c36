"""The managers' pages of the chat: who visitors are, and their rights."""

from django.utils.translation import gettext_lazy as _

from chat.manage import identity, privacy
from helpdesk.core.manage import Page, Tab

PAGES = [Page("privacy", _("Privacy requests"), "shield-lock", 60, privacy.urls)]
# Of an inbox, whose page is that of a lower app.
TABS = [Tab(_("Visitor identity"), 90, identity.urls)]
