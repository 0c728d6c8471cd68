"""What every page template may use in the service: the page contract of the theme, filled from the request."""

from datetime import datetime

from flask import Flask, current_app, request, url_for

from booking_service import clock
from booking_service.settings import Settings
from theme import words


def settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


def now() -> datetime:
    """The present instant; tests put another clock into the application."""
    instant: datetime = current_app.extensions["clock"]()
    return instant


def path_without_language() -> str:
    """`/book/x/` whatever the language: what the language links of the page are made of."""
    return request.path


def install(app: Flask, chosen: Settings) -> None:
    app.extensions["settings"] = chosen
    app.extensions.setdefault("clock", clock.now)

    @app.context_processor
    def contract() -> dict[str, object]:
        return {
            "lang": words.current(),
            "path": path_without_language(),
            "site_url": chosen.site_url,
            "noindex": True,
            "section": "",
            "demo": chosen.demo,
            "here": url_for,
        }
