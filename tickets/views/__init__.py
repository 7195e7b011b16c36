"""The edges: parse, check, call one action or query, answer."""
