"""Refuses writing requests that another site's page sends; no token in forms, so static pages may hold them.

`Sec-Fetch-Site` says where a request comes from (Fetch Metadata, W3C); a browser without it sends `Origin` with POST.
A request with neither is refused too. `/api` never reads the cookie and is exempt.
"""

from flask import Flask, Request, request

from booking_service.refusals import Refusal

SAFE = {"GET", "HEAD", "OPTIONS"}


def install(app: Flask) -> None:
    app.before_request(_guard)


def comes_from_here(asked: Request) -> bool:
    """Say whether the request was sent by a page of this very origin, or typed by the visitor."""
    site = asked.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    return asked.headers.get("Origin") == f"{asked.scheme}://{asked.host}"


def _guard() -> None:
    if request.method in SAFE or request.path.startswith("/api/"):
        return
    if not comes_from_here(request):
        raise Refusal("from-elsewhere")
