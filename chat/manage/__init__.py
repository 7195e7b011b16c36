"""The managers' pages of the chat: whom it invites, who visitors are, and their rights."""

from django.utils.translation import gettext_lazy as _

from chat.manage import identity, invitations, privacy
from helpdesk.core.manage import Page, Tab

PAGES = [Page("privacy", _("Privacy requests"), "shield-lock", 60, privacy.urls)]
# Of an inbox, whose page is that of a lower app.
TABS = [
    Tab(_("Invitations"), 65, invitations.urls),
    Tab(_("Visitor identity"), 90, identity.urls),
]
