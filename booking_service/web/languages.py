"""Which language a request speaks: the first part of its address, taken off before any route is asked."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.wsgi import get_path_info

from theme import words

PREFIXED = tuple(lang for lang in words.LANGS if lang != "lv")


class LanguageRoot:
    """Mounts the application at `/`, `/ru` and `/en`: routes are written once and `url_for` stays in the language."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = get_path_info(environ)
        first, slash, _ = path.lstrip("/").partition("/")
        if first not in PREFIXED or not path.startswith(f"/{first}"):
            with words.speaking("lv"):
                return self._app(environ, start_response)
        environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + f"/{first}"
        environ["PATH_INFO"] = environ["PATH_INFO"][len(first) + 1 :] if slash else "/"
        with words.speaking(first):
            return self._app(environ, start_response)
