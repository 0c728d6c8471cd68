"""Headers of every answer: what a browser may load, who may frame it, and what may be kept."""

from typing import Protocol

from flask import Flask, Response, request

YEAR = 365 * 24 * 3600
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def policy(**changes: str) -> str:
    """The content policy as one header; `frame_src="'self'"` adds or replaces a part."""
    parts = POLICY | {name.replace("_", "-"): value for name, value in changes.items()}
    return "; ".join(f"{name} {value}".strip() for name, value in parts.items())


STRICT = policy()


class Settable(Protocol):
    """Headers of Werkzeug and of the standard library alike."""

    def setdefault(self, name: str, value: str, /) -> object: ...


def harden(headers: Settable, *, https: bool) -> None:
    """Set what every answer carries, static or not, unless it was said otherwise before."""
    headers.setdefault("Content-Security-Policy", STRICT)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    # `no-referrer` would turn Origin into "null" and with it refuse our own forms.
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    if https:
        headers.setdefault("Strict-Transport-Security", f"max-age={YEAR}; includeSubDomains")


def install(app: Flask, *, https: bool) -> None:
    @app.after_request
    def finish(response: Response) -> Response:
        harden(response.headers, https=https)
        # Pages of the service are one visitor's; what may be shared says so itself.
        response.headers.setdefault("Cache-Control", "no-store")
        if not request.path.startswith("/api/"):
            response.headers.setdefault("X-Robots-Tag", "noindex")
        return response


def briefly_public(response: Response, seconds: int) -> Response:
    """Let any cache keep an answer that is the same for everybody in its language."""
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    response.headers["Vary"] = "Accept-Encoding"
    return response
