"""Refuses control characters: no keyboard types them, no page may hold them, and PostgreSQL stores no NUL."""

import re
from collections.abc import Iterator

from flask import Flask, abort, request

# Tab and the ends of lines may stand in a text.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def install(app: Flask) -> None:
    app.before_request(_guard)


def _guard() -> None:
    if any(CONTROL.search(text) for text in _texts()):
        abort(400)


def _texts() -> Iterator[str]:
    """Everything that a request says: its path, and names and values of its query and form."""
    yield request.path
    for values in (request.args, request.form):
        for pair in values.items(multi=True):
            yield from pair
