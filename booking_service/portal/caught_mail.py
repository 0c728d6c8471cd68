"""`/_mail/`: what demo mode's mail catcher has caught. Registered in demo mode alone."""

from flask import Blueprint, Response, abort, make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from booking_service.mail import caught
from booking_service.mail.caught import Caught
from booking_service.web.context import settings
from booking_service.web.headers import policy

pages = Blueprint("mail", __name__, url_prefix="/_mail")

# Links in the letter lead the whole window on; nothing else of the letter may act.
SANDBOX = "allow-top-navigation-by-user-activation"


@pages.get("/")
def letters() -> ResponseReturnValue:
    return render_template("mail/list.html", letters=caught.newest(settings().data_dir / "mail"))


@pages.get("/<name>/")
def letter(name: str) -> ResponseReturnValue:
    found = _found(name)
    frame = url_for("mail.html", name=name) if found.html else ""
    response = make_response(render_template("mail/letter.html", letter=found, frame=frame, sandbox=SANDBOX))
    response.headers["Content-Security-Policy"] = policy(frame_src="'self'")
    return response


@pages.get("/<name>/html")
def html(name: str) -> ResponseReturnValue:
    """The HTML part alone, without any right but to be looked at."""
    text = _found(name).html.replace("<head>", '<head><base target="_top">', 1)
    response = Response(text, mimetype="text/html")
    response.headers["Content-Security-Policy"] = (
        f"sandbox {SANDBOX}; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "
        "frame-ancestors 'self'; base-uri 'none'"
    )
    return response


@pages.get("/<name>/raw")
def raw(name: str) -> ResponseReturnValue:
    response = Response(_found(name).raw, mimetype="message/rfc822")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.eml"'
    return response


def _found(name: str) -> Caught:
    return caught.find(settings().data_dir / "mail", name) or abort(404)
