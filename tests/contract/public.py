"""The whole of what a visitor may be told: every path of every public body.

A new field makes a test fail until its line stands here, and whoever writes that line has thought
about who will read it.
"""

from typing import Any

AUTHOR = {"author.kind", "author.name"}
EVENT = {
    "event", "event.name", "event.data.name", "event.data.by",
    "event.data.state", "event.data.phone", "event.data.starts_at", "event.data.ends_at",
    "event.data.time_zone",
}  # fmt: skip
FILE = {"id", "name", "media_type", "size", "width", "height", "url", "preview_url"}
EXTRAS = {
    *(f"files[].{name}" for name in FILE), "choices[].value", "choices[].label",
    "article", "article.title", "article.url", "article.slug", "article.minutes",
}  # fmt: skip
MESSAGE = (
    {"id", "ticket", "seq", "prev", "kind", "body", "html", "ref", "created_at"}
    | {"files[]", "choices[]"} | AUTHOR | EVENT | EXTRAS
)  # fmt: skip
ROW = {
    "id", "version", "status", "via", "assignee", "assignee.name", "created_at",
    "last_seq", "last_at", "last_preview", "last_author",
    "outbound_count", "contact_seen_outbound", "contact_seen_seq", "agents_seen_seq",
}  # fmt: skip
SURVEY = {"id", "question", "choices[].value", "choices[].label", "comment_label"}
PLACE = {"position", "ahead"}
QUEUE = PLACE | {"wait", "wait.low", "wait.high", "at"}
CHANNEL = {"kind", "url", "text"}
QUESTION = {"key", "kind", "label", "required", "choices[].value", "choices[].label"}


def under(prefix: str, paths: set[str]) -> set[str]:
    return {f"{prefix}.{path}" for path in paths}


PAGE = under("messages[]", MESSAGE) | {"more"}
EVENTS: dict[str, set[str]] = {
    "message.created": under("message", MESSAGE) | under("row", ROW) | {"ticket"},
    "ticket.created": under("row", ROW),
    "ticket.changed": under("row", ROW),
    "queue.position": PLACE | {"ticket"},
    "survey.offered": under("survey", SURVEY) | {"ticket"},
    "config.changed": {"within_ms"},
    "ticket.typing": {"ticket", "who.kind", "who.id", "who.name", "on"},
}
ANSWERS: dict[str, set[str]] = {
    "boot": {
        "at", "peek_key",
        "visitor.id", "visitor.name", "visitor.email", "visitor.phone", "visitor.verified",
        "inbox.id", "inbox.name", "inbox.languages[]", "inbox.phone",
        "inbox.home.before[]", "inbox.home.during[]", "inbox.home.after[]",
        "inbox.absence.leave_message", "inbox.absence.callback", "inbox.absence.reply_by",
        "inbox.conversation.attachments", "inbox.conversation.transcript",
        "inbox.conversation.peek", "inbox.privacy.notice_url",
        "team.online", "team.people[].name", "team.reply_minutes", "team.is_open", "team.is_free",
        "team.next_open", "wait", "wait.low", "wait.high",
        "prechat", "prechat.consent", "prechat.consent.text", "prechat.consent.required",
        "articles[].title", "articles[].url", "articles[].slug", "surveys[].ticket",
    }
    | under("inbox.channels[]", CHANNEL) | under("prechat.questions[]", QUESTION)
    | under("tickets[]", ROW) | under("surveys[]", SURVEY),
    "thread": PAGE | under("row", ROW) | under("queue", QUEUE) | {"at", "queue"},
    "queue": under("queue", QUEUE) | {"queue"},
    "messages": PAGE,
    "export": {
        "made_at", "company", "complete",
        *(f"you.{name}" for name in (
            "name", "email", "phone", "language", "time_zone", "known_since",
            "attributes[].key", "attributes[].value", "attributes[].source",
            "consents[].text", "consents[].at",
        )),
        *(f"conversations[].{name}" for name in (
            "id", "started_at", "status", "answers[].question", "answers[].answer",
            "visit.url", "visit.title", "callbacks[].phone", "callbacks[].starts_at",
            "messages[].at", "messages[].from", "messages[].name", "messages[].text",
            "messages[].event", "messages[].files[]",
        )),
    },
    "contact": {"email"},
    "erasure": {"asked_at"},
    "end": under("row", ROW),
}  # fmt: skip
PUBLIC_EVENTS = {"callback", "joined", "left", "solved", "reopened", "to_message"}


def paths(value: Any, prefix: str = "") -> set[str]:
    """`a.b` for members, `a[]` for elements; what is empty or a plain value ends the path."""
    if isinstance(value, dict) and value:
        dot = f"{prefix}." if prefix else ""
        return {path for name, one in value.items() for path in paths(one, dot + name)}
    if isinstance(value, list) and value:
        return {path for one in value for path in paths(one, f"{prefix}[]")}
    return {f"{prefix}[]" if value == [] else prefix}


def unexpected(value: Any, allowed: set[str]) -> set[str]:
    """Paths that nobody has allowed; an empty object may stand for its members."""
    parents = {path.rsplit(".", 1)[0] for path in allowed if "." in path}
    return paths(value) - allowed - parents


def check_event(body: dict[str, Any]) -> None:
    kind = body["type"]
    rest = {name: value for name, value in body.items() if name != "type"}
    assert unexpected(rest, EVENTS[kind]) == set(), kind
    if kind == "message.created":
        check_message(body["message"])


def check_message(message: dict[str, Any]) -> None:
    """Neither a note nor what the team alone is told of."""
    assert message["kind"] in {"reply", "event"}
    assert message["event"] is None or message["event"]["name"] in PUBLIC_EVENTS
