"""Languages and addresses: `/ru/…` and `/en/…` are Russian and English, everything else is Latvian."""

from theme.words import LANGS

DEFAULT = "lv"
PREFIXED = tuple(lang for lang in LANGS if lang != DEFAULT)


def known(lang: str | None) -> str:
    """Return the language if it is one of ours, else Latvian."""
    return lang if lang in LANGS else DEFAULT


def split(path: str) -> tuple[str, str]:
    """Part a path into its language and the path without it: `/ru/arsti/` is ("ru", "/arsti/")."""
    first, _, rest = path.removeprefix("/").partition("/")
    return (first, f"/{rest}") if first in PREFIXED else (DEFAULT, path)


def prefixed(path: str, lang: str) -> str:
    """Return the path in a language: ("/arsti/", "ru") is `/ru/arsti/`."""
    return path if lang == DEFAULT else f"/{lang}{path}"
