"""Looking at a shop's page as a stranger sees it, to say whether the chat is on it."""

from dataclasses import dataclass

from django.conf import settings

from helpdesk.accounts.domain.roles import Permission
from helpdesk.accounts.viewer import Staff
from helpdesk.core.fetch import FetchError, fetch_page, read_address
from helpdesk.core.rates import spend
from tickets.domain.installation import Answer, Finding, Site, judge
from tickets.models import Inbox

CHECKS_A_MINUTE = 10


@dataclass(frozen=True, slots=True)
class Report:
    """`url` is where the page was in the end; `refusal` says why there is none."""

    url: str
    findings: list[Finding]
    refusal: FetchError | None = None


def check_installation(viewer: Staff, inbox: Inbox, address: str) -> Report:
    """Raises NotAllowed, TooMany."""
    viewer.must(Permission.MANAGE)
    # Each is a request to somebody else, made in our name.
    spend(f"installation-checks:{viewer.user_id}", CHECKS_A_MINUTE, 60)
    try:
        asked = str(read_address(address))
        page = fetch_page(asked)
    except FetchError as error:
        return Report(error.url or address, [], error)
    answer = Answer(asked, page.url, page.status, page.headers, page.text)
    return Report(page.url, judge(answer, site_of(inbox)))


def site_of(inbox: Inbox) -> Site:
    others = Inbox.objects.exclude(pk=inbox.pk).values_list("public_id", "name")
    return Site(
        origin=settings.PUBLIC_URL,
        inbox=str(inbox.public_id),
        is_active=inbox.is_active,
        allowed_origins=inbox.allowed_origins,
        hide_on=inbox.chat.look.hide_on,
        others={str(public_id): name for public_id, name in others},
    )
