"""Texts that readers of Russian or English get in Latvian."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from pydantic import BaseModel

from clinic_directory.editing.remark import Remark
from clinic_directory.problems import Path, dotted
from clinic_directory.words import Words

_LANGUAGES: Final = {"ru": "Russian", "en": "English"}
_MOST = 4
# Digits, "EKG" and "Covid-19 PCR" are read in every language.
_WORD = re.compile(r"[^\W\d_][a-zāčēģīķļņšūž]{3,}")
# What a place calls itself need not be translated.
_NAMES = ("name",)


def remarks(file: str, value: object) -> Iterator[Remark]:
    """Of a card, or of a whole table: what it lacks, one line a language."""
    found = list(_words(value, ()))
    for lang, language in _LANGUAGES.items():
        lacking = [path for path, words in found if not words.own(lang) and _WORD.search(words.lv)]
        if lacking:
            names = [dotted(path) for path in lacking]
            more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
            said = f"not in {language}: {', '.join(names[:_MOST])}{more}"
            instead = f"add {lang}, or let readers get Latvian"
            # The text of a card is no field; its place is the front matter's end, which no field names.
            at = next((path for path in lacking if path != ("text",)), ())
            yield Remark(file, said, instead, f"are not all in {language}", at)


def _words(value: object, path: Path) -> Iterator[tuple[Path, Words]]:
    """Every text in a value, with its place; a name of its own is passed by."""
    if isinstance(value, Words):
        if not path or path[-1] not in _NAMES or value.own("ru") or value.own("en"):
            yield path, value
        return
    inner: Iterable[tuple[str | int, object]] = ()
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        inner = ((field.alias or name, getattr(value, name)) for name, field in fields.items())
    elif isinstance(value, Mapping):
        inner = value.items()
    elif isinstance(value, tuple) and not hasattr(value, "_fields"):
        inner = enumerate(value)
    for step, one in inner:
        yield from _words(one, (*path, step))
