"""Tells whoever watches the service that it answers and reaches its database."""

from flask import Blueprint, Response
from sqlalchemy import text

from booking_service.db import transaction

pages = Blueprint("health", __name__)


@pages.get("/health")
def health() -> Response:
    with transaction(writes=False) as session:
        session.execute(text("SELECT 1"))
    return Response("ok\n", mimetype="text/plain")
