"""Announcements as hypothesis draws them."""

import orjson
from hypothesis import strategies as st

from helpdesk.realtime.entry import Entry

TOPICS = ["all", "team:1", "team:none:2", "agent:7", "visitor:a", "visitor:b"]

text = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
body = st.one_of(
    st.just(""),
    st.dictionaries(text, st.one_of(text, st.integers(0, 99)), min_size=1, max_size=3).map(
        lambda value: orjson.dumps(value).decode()
    ),
)
entry = st.builds(
    Entry,
    topics=st.lists(st.sampled_from(TOPICS), min_size=1, max_size=4, unique=True).map(tuple),
    staff=body,
    public=body,
    keep=st.booleans(),
    access=st.sampled_from(["", "ticket:5a3c", "user:7"]),
)
