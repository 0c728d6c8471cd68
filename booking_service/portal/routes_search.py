"""Search: a plain form and its answer. Nothing of a visitor stands on the page, yet what one looks for is private."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from booking_service.db import transaction
from booking_service.portal.pages import pages
from booking_service.portal.search_address import question_of
from booking_service.portal.search_page import searched
from booking_service.web.context import now

SECONDS = 20


@pages.get("/search/")
def search() -> ResponseReturnValue:
    with transaction(writes=False) as session:
        shown = searched(session, question_of(request.args), now())
    response = Response(render_template("portal/search.html", **shown))
    # Short, so that Back finds the page as it was; nobody but the visitor's own browser keeps it.
    response.headers["Cache-Control"] = f"private, max-age={SECONDS}"
    return response
