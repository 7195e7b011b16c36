"""How long a text takes to read."""

WORDS_PER_MINUTE = 200


def minutes(text: str) -> int:
    """Whole minutes, at least one."""
    return max(1, round(len(text.split()) / WORDS_PER_MINUTE))
