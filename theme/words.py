"""The words people read: which language is spoken now, and the catalogues behind `_`.

Each room keeps its own file `locale/<lang>/<room>.po`; here they become one table a language. A message without a
translation is shown as its msgid, which is an English sentence; `check_words` makes the build fail for it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TypeAlias

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

LANGS = ("lv", "ru", "en")
FOLDER = Path(__file__).parent / "locale"

# Babel's own Latvian header gives the wrong form to 10, 11 and 20; every file carries the header that stands here.
PLURAL_FORMS = {
    "lv": "nplurals=3; plural=(n%10==0 || (n%100>=11 && n%100<=19) ? 2 : n%10==1 ? 0 : 1);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "en": "nplurals=2; plural=(n != 1);",
}

Key: TypeAlias = tuple[str | None, str]
_language: ContextVar[str] = ContextVar("pieraksts_language", default="lv")


def current() -> str:
    """The language being spoken: one of LANGS; `lv` where nobody has said otherwise."""
    return _language.get()


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Speak `lang` inside the block; ValueError for a language we do not have."""
    if lang not in LANGS:
        raise ValueError(f"no such language: {lang!r}")
    token = _language.set(lang)
    try:
        yield
    finally:
        _language.reset(token)


def _latvian(n: int) -> int:
    if n % 10 == 0 or 11 <= n % 100 <= 19:
        return 2
    return 0 if n % 10 == 1 else 1


def _russian(n: int) -> int:
    if n % 10 == 1 and n % 100 != 11:
        return 0
    return 1 if 2 <= n % 10 <= 4 and not 10 <= n % 100 < 20 else 2


def _english(n: int) -> int:
    return 0 if n == 1 else 1


_PLURALS: dict[str, Callable[[int], int]] = {"lv": _latvian, "ru": _russian, "en": _english}


def read_messages(lang: str, folder: Path = FOLDER) -> Iterator[tuple[Path, Message]]:
    """Every message of a language with the file it stands in; files in name order, headers left out."""
    for path in sorted((folder / lang).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=lang):
                if message.id:
                    yield path, message


@cache
def _table(lang: str) -> dict[Key, tuple[str, ...]]:
    table: dict[Key, tuple[str, ...]] = {}
    for _, message in read_messages(lang):
        forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        msgid = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
        if all(forms) and not message.fuzzy:
            table.setdefault((message.context, msgid), tuple(str(form) for form in forms))
    return table


def gettext(message: str) -> str:
    """The message in the current language."""
    return _table(current()).get((None, message), (message,))[0]


def pgettext(context: str, message: str) -> str:
    """The message as it is said in `context`."""
    return _table(current()).get((context, message), (message,))[0]


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form of the message that fits the number; nothing is filled in."""
    return _plural((None, singular), plural, n)


def npgettext(context: str, singular: str, plural: str, n: int) -> str:
    """`ngettext` as it is said in `context`."""
    return _plural((context, singular), plural, n)


def _plural(key: Key, plural: str, n: int) -> str:
    forms = _table(current()).get(key)
    if forms is None:
        return key[1] if n == 1 else plural
    return forms[min(_PLURALS[current()](abs(int(n))), len(forms) - 1)]


def translate(message: str, **values: object) -> str:
    """The message in the current language with `%(name)s` filled in: for Python, where templates have `_`."""
    text = gettext(message)
    return text % values if values else text


def N_(message: str) -> str:  # noqa: N802 - the name that gettext tools know
    """Mark a message for the catalogue where it is written down but said later."""
    return message
