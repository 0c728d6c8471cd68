"""How soon one can see a doctor of each specialty in a town: a plain page, and the piece that the home page shows."""

from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from booking_service.db import transaction
from booking_service.portal.board_views import MOST, shown
from booking_service.portal.pages import pages
from booking_service.web.context import now
from booking_service.web.headers import briefly_public

SECONDS = 30


@pages.get("/search/board/")
def board() -> ResponseReturnValue:
    return briefly_public(Response(render_template("portal/board.html", **_board(None))), SECONDS)


@pages.get("/search/board/live")
def board_live() -> ResponseReturnValue:
    return briefly_public(Response(render_template("portal/board_live.html", **_board(MOST))), SECONDS)


def _board(most: int | None) -> dict[str, Any]:
    with transaction(writes=False) as session:
        return shown(session, request.args.get("town", ""), now(), most)
