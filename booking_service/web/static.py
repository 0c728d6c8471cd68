"""Serves the built site beside the service: compressed, with cache headers, and anew once a build is switched in.

Each build lies in a folder of its own that never changes, so what was found once is remembered until the link moves.
"""

import json
import os
import re
from collections.abc import Callable, Iterable
from functools import cached_property, partial
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, abort
from werkzeug.wsgi import get_path_info
from whitenoise import WhiteNoise

from booking_service.web.headers import harden
from theme.assets import Assets

MINUTE = 60
FORMER, GONE = "redirects.json", "gone.json"
PREFETCH = "speculation-rules.json"
CONDITIONS = ("HTTP_IF_MODIFIED_SINCE", "HTTP_IF_NONE_MATCH", "HTTP_RANGE")
NEVER_CHANGES = re.compile(r"^/(theme|images|search-index)/.+\.[0-9a-f]{8}\.\w+$")
IMMUTABLE = f"max-age={365 * 24 * 3600}, public, immutable"


class Build(WhiteNoise):  # type: ignore[misc]
    """The files of one build, looked up when first asked for: a large site costs nothing at start."""

    def __init__(self, folder: str, *, https: bool) -> None:
        def finish(headers: Headers, path: str, _url: str) -> None:
            harden(headers, https=https)
            if path.endswith(".html"):
                headers["Speculation-Rules"] = f'"/{PREFETCH}"'

        super().__init__(
            None,
            folder,
            autorefresh=True,
            max_age=MINUTE,
            allow_all_origins=False,
            index_file=True,
            add_headers_function=finish,
            immutable_file_test=NEVER_CHANGES.pattern,
            mimetypes={PREFETCH: "application/speculationrules+json"},
        )
        self.folder = folder

    def file(self, path: str) -> object | None:
        """What answers for `path`, or None. Only what exists is remembered, so that probing fills no memory."""
        if path not in self.files:
            found = self.find_file(path)
            if found is None:
                return None
            self.files[path] = found
        known: object = self.files[path]
        return known

    @cached_property
    def former(self) -> dict[str, str]:
        """The present address of every former one, as the site's builder wrote them down."""
        return dict(self._told(FORMER) or {})

    @cached_property
    def gone(self) -> frozenset[str]:
        """The addresses whose pages say who left."""
        return frozenset(self._told(GONE) or ())

    def _told(self, name: str) -> Any:
        try:
            return json.loads((Path(self.folder) / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None

    def answer(self, path: str, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes] | None:
        """The file at `path`, or None where there is none."""
        found = self.file(path)
        if found is None:
            return None
        if path in self.gone:
            # Whoever kept the page from before must hear that it is gone, so nothing is "not modified".
            environ = {name: said for name, said in environ.items() if name not in CONDITIONS}
            start_response = partial(_gone, start_response)
        answer: Iterable[bytes] = self.serve(found, environ, start_response)
        return answer


def _gone(start: StartResponse, _status: str, headers: list[tuple[str, str]], /, *_: Any) -> Callable[[bytes], object]:
    return start("410 Gone", headers)


class Site:
    """Answers from the built site where it has the file, and hands everything else to the service."""

    def __init__(self, app: WSGIApplication, link: Path, *, https: bool) -> None:
        self._app = app
        self._link = link
        self._https = https
        self._build: Build | None = None

    def _current(self) -> Build | None:
        folder = os.path.realpath(self._link)
        if self._build is None or self._build.folder != folder:
            self._build = Build(folder, https=self._https) if Path(folder).is_dir() else None
        return self._build

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        build = self._current()
        if build is None or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._app(environ, start_response)
        path = get_path_info(environ)
        # One hop also for whoever left out the slash at the end.
        to = build.former.get(path) or build.former.get(f"{path}/")
        if to:
            return self._moved(to, environ, start_response)
        answer = build.answer(path, environ, start_response)
        return self._app(environ, start_response) if answer is None else answer

    def _moved(self, to: str, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Lead to the present address in one hop; what stood behind the question mark comes along."""
        query = environ.get("QUERY_STRING", "")
        headers = Headers(
            [("Location", f"{to}?{query}" if query else to), ("Cache-Control", f"max-age={MINUTE}, public")]
        )
        harden(headers, https=self._https)
        start_response("301 Moved Permanently", headers.items())
        return []


def install(app: Flask, assets: Assets) -> None:
    """Let the service give the theme's files itself where the site is not built yet, or by an older theme."""
    by_name = dict(assets.files.values())

    @app.get("/theme/<name>")
    def theme_file(name: str) -> Response:
        if name not in by_name:
            abort(404)
        kinds = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "woff2": "font/woff2"}
        response = Response(by_name[name], mimetype=kinds[name.rpartition(".")[2]])
        response.headers["Cache-Control"] = IMMUTABLE
        return response
