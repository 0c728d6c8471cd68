"""Where a booking came from: a code of the allow-list, from the address or from the page that led here. No cookie."""

from urllib.parse import parse_qs, urlsplit

from werkzeug import Request

CODES = frozenset({
    "web-button", "web-text", "web-banner", "web-iframe", "facebook", "instagram", "1188", "gbp", "qr-door", "qr-card",
    "qr-letter", "email", "smart", "google",
})  # fmt: skip
DIRECT = "direct"
OTHER = "other"


def channel_of(request: Request) -> str:
    """The channel of a request: `ref` in its own query or form, else in the query of the same-origin page before it."""
    own = request.values.get("ref")
    if own:
        return known(own)
    before = urlsplit(request.headers.get("Referer", ""))
    if before.netloc == request.host and (led := parse_qs(before.query).get("ref")):
        return known(led[0])
    if before.hostname and (before.hostname == "google.com" or ".google." in f".{before.hostname}"):
        return "google"
    return DIRECT


def carried(request: Request) -> str:
    """The channel that a page's own forms pass on, so that it survives one hop more; empty for a direct visit."""
    channel = channel_of(request)
    return "" if channel == DIRECT else channel


def known(code: str) -> str:
    """The code itself when it is on the list, else `other`."""
    return code if code in CODES else OTHER
