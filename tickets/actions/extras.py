"""An agent sends quick replies, or an article as a card."""

from collections.abc import Iterable
from uuid import UUID

from pydantic import ValidationError

from faq.domain import reading
from faq.queries import article_url, fetch_page
from helpdesk.accounts.viewer import Staff
from helpdesk.core.errors import Invalid
from helpdesk.core.text import clean, one_line
from tickets.domain.extras import Card, Choice, Extras
from tickets.queries import fetch_ticket_for


def extras_for(
    viewer: Staff, ticket: UUID, *, choices: Iterable[str] = (), article: str = ""
) -> Extras:
    """Checked, and the article found in the ticket's language. Raises NotFound, Invalid."""
    row = fetch_ticket_for(viewer, ticket)
    labels = dict.fromkeys(one_line(clean(label)) for label in choices)
    try:
        return Extras(
            choices=[
                Choice(value=str(number), label=label) for number, label in enumerate(labels, 1)
            ],
            article=article_card(row.language, article) if article else None,
        )
    except ValidationError as error:
        raise Invalid(field="choices") from error


def article_card(language: str, slug: str) -> Card:
    """Raises NotFound."""
    found = fetch_page(language, slug).translation
    return Card(
        title=found.title,
        url=article_url(found.language, found.slug),
        slug=found.slug,
        minutes=reading.minutes(found.body),
    )
