"""The server examples say what the service says, so that a patient gets the same from either."""

import re
from pathlib import Path
from wsgiref.headers import Headers

from booking_service.web import static
from booking_service.web.headers import harden

DEPLOY = Path(__file__).parents[2] / "booking_service" / "deploy"


def test_nginx_sends_the_headers_of_the_service() -> None:
    ours = Headers()
    harden(ours, https=True)

    text = (DEPLOY / "pieraksts-headers.conf").read_text(encoding="utf-8")
    theirs = {name: value.strip('"') for name, value in re.findall(r"^add_header (\S+) (.+) always;$", text, re.M)}

    assert {name: value for name, value in theirs.items() if not value.startswith("$")} == dict(ours.items())


def test_nginx_keeps_files_and_leads_on_as_the_service_does() -> None:
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")

    assert f'"~{static.NEVER_CHANGES.pattern}" "{static.IMMUTABLE}";' in text
    assert f'default "max-age={static.MINUTE}, public";' in text
    for name in ("redirects.map", "gone.map"):
        assert f"include /srv/site/nginx/{name};" in text
    assert f'"/{static.PREFETCH}"' in text
