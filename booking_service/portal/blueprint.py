"""All routes for patients, gathered on their blueprint by being imported."""

from importlib import import_module

from flask import Blueprint

from booking_service.portal.pages import pages

ROUTES = (
    "account",
    "board",
    "check",
    "consent",
    "contact",
    "details",
    "family",
    "join",
    "live",
    "report",
    "search",
    "steps",
    "times",
    "visits",
    "who",
)


def blueprint() -> Blueprint:
    """The blueprint with every route on it."""
    for name in ROUTES:
        import_module(f"booking_service.portal.routes_{name}")
    return pages
