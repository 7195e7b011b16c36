"""The managers' pages for inboxes: a list, and for each inbox a tab a subject."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from helpdesk.core.manage import Page, Tab
from tickets.views.manage.channels import ChannelsPage
from tickets.views.manage.conversation import AbsencePage, ConversationPage, PrivacyPage
from tickets.views.manage.inboxes import InboxList, InboxPage
from tickets.views.manage.install import InstallPage
from tickets.views.manage.look import HomePage, LookPage
from tickets.views.manage.prechat import PrechatPage

PAGE = Page(
    "inboxes",
    _("Inboxes"),
    "plug-connected",
    30,
    [
        path("", InboxList.as_view(), name="inboxes"),
        path("new/", InboxPage.as_view(), name="inbox-new"),
    ],
)
TABS = [
    Tab(label, position, [path(f"<int:pk>/{address}", view.as_view(), name=name)])
    for label, position, address, view, name in (
        (_("General"), 10, "", InboxPage, "inbox"),
        (_("Look"), 20, "look/", LookPage, "inbox-look"),
        (_("Home"), 30, "home/", HomePage, "inbox-home"),
        (_("Before the chat"), 40, "prechat/", PrechatPage, "inbox-prechat"),
        (_("Conversation"), 50, "conversation/", ConversationPage, "inbox-conversation"),
        (_("When nobody is there"), 60, "absence/", AbsencePage, "inbox-absence"),
        (_("Channels"), 70, "channels/", ChannelsPage, "inbox-channels"),
        (_("Privacy"), 80, "privacy/", PrivacyPage, "inbox-privacy"),
        (_("On your website"), 100, "install/", InstallPage, "inbox-install"),
    )
]
