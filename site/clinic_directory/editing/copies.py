"""Paragraphs that say almost the same as one of another card; search engines show one of them and pass the rest by.

A paragraph is known by its phrases: each four words that begin with a long one. A few changed words change a few
phrases, so that two paragraphs which share most of them are one text.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from clinic_directory.editing.remark import Remark
from clinic_directory.schema import Clinic, Directory, Doctor, ListText
from clinic_directory.words import Words

FEWEST_WORDS: Final = 20
SHARE: Final = 0.8
"""Of the phrases of the shorter paragraph that stand in the longer one too."""

_PHRASE: Final = 4
_LONG: Final = 6
_PARAGRAPH = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True)
class _Paragraph:
    file: str
    lang: str
    text: str
    phrases: frozenset[str]


def remarks(directory: Directory, files: Collection[str] | None = None) -> Iterator[Remark]:
    """Each paragraph of these files (None: of all) that stands in another card, told once beside its nearest twin."""
    everything = list(_texts(directory))
    asked = [one for one in everything if files is None or one[0] in files]
    first = [paragraph for text in asked for paragraph in _paragraphs(*text)]
    owners: dict[str, list[int]] = {}
    for number, paragraph in enumerate(first):
        for phrase in paragraph.phrases:
            owners.setdefault(phrase, []).append(number)
    twins: dict[int, tuple[float, str]] = {}
    others = first if files is None else [one for text in everything for one in _paragraphs(*text)]
    for other in others:
        shared = Counter(number for phrase in other.phrases for number in owners.get(phrase, ()))
        for number, count in shared.items():
            paragraph = first[number]
            share = count / min(len(paragraph.phrases), len(other.phrases))
            if share >= SHARE and paragraph.file != other.file and paragraph.lang == other.lang:
                twins[number] = max(twins.get(number, (0.0, "")), (share, other.file))
    for number, (share, file) in sorted(twins.items()):
        yield _remark(first[number], share, file)


def _remark(paragraph: _Paragraph, share: float, file: str) -> Remark:
    nearly = "" if share == 1 else "almost "
    quote = paragraph.text.split("\n")[0][:60]
    said = f'the paragraph "{quote[:40]}…" stands {nearly}word for word in {file} too'
    instead = "write it in words of its own"
    return Remark(paragraph.file, said, instead, "share a paragraph with another card", quote=quote)


def _texts(directory: Directory) -> Iterator[tuple[str, Words]]:
    # An X-ray room has the same to say everywhere; its address and prices tell it apart.
    people = [doctor for doctor in directory.doctors.values() if doctor.is_person]
    values: list[Clinic | Doctor | ListText] = [*directory.clinics.values(), *people, *directory.lists.values()]
    for value in values:
        if value.text:
            yield value.file, value.text


def _paragraphs(file: str, text: Words) -> Iterator[_Paragraph]:
    for lang in ("lv", "ru", "en"):
        for paragraph in _PARAGRAPH.split(text.own(lang) or ""):
            words = paragraph.casefold().split()
            if len(words) >= FEWEST_WORDS:
                yield _Paragraph(file, lang, paragraph.strip(), _phrases(words))


def _phrases(words: list[str]) -> frozenset[str]:
    long = [at for at, word in enumerate(words) if len(word) >= _LONG]
    return frozenset(" ".join(words[at : at + _PHRASE]) for at in long)
