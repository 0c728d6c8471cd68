"""How large a form may be: small unless its route says otherwise. Asked before anything reads the form."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, current_app, request

# A form of ours is a few hundred bytes; what is larger is no form.
LARGEST = 64 * 1024
View = TypeVar("View", bound=Callable[..., object])


def install(app: Flask) -> None:
    """Call it before whatever looks into forms."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST
    app.before_request(_widen)


def at_most(size: int) -> Callable[[View], View]:
    """Let one route take a form of up to `size` bytes."""

    def marked(view: View) -> View:
        view.largest_form = size  # type: ignore[attr-defined]
        return view

    return marked


def _widen() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    request.max_content_length = getattr(view, "largest_form", LARGEST)
