"""Paragraphs that say almost the same as one of another card; search engines show one of them and pass the rest by.

A paragraph is known by its phrases: each four words that begin with a long one. A few changed words change a few
phrases, so that two paragraphs which share most of them are one text.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from clinic_directory import frontmatter
from clinic_directory.editing.remark import Remark
from clinic_directory.schema import Directory

FEWEST_WORDS: Final = 20
SHARE: Final = 0.8
"""Of the phrases of the shorter paragraph that stand in the longer one too."""

_PHRASE: Final = 4
_LONG: Final = 6
_OWNERS: Final = 20
_PARAGRAPH = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True)
class _Paragraph:
    file: str
    lang: str
    text: str
    phrases: frozenset[str]


def remarks(directory: Directory, files: Collection[str] | None = None) -> Iterator[Remark]:
    """Each paragraph of these files (None: of all) that stands in another card, told once beside its nearest twin."""
    bodies = list(_bodies(directory))
    asked = [one for file, body in bodies if files is None or file in files for one in _paragraphs(file, body)]
    owners: dict[str, list[int]] = {}
    for number, paragraph in enumerate(asked):
        for phrase in paragraph.phrases:
            there = owners.setdefault(phrase, [])
            # A phrase of a thousand cards points to none of them.
            if len(there) < _OWNERS:
                there.append(number)
    twins: dict[int, tuple[float, str]] = {}
    for other in asked if files is None else _likely(bodies, asked):
        shared = Counter(number for phrase in other.phrases for number in owners.get(phrase, ()))
        for number, _ in shared.most_common(_OWNERS):
            paragraph = asked[number]
            if paragraph.file != other.file and (share := _share(paragraph, other)) >= SHARE:
                twins[number] = max(twins.get(number, (0.0, "")), (share, other.file))
    for number, (share, file) in sorted(twins.items()):
        yield _remark(asked[number], share, file)


def _share(one: _Paragraph, other: _Paragraph) -> float:
    if one.lang != other.lang:
        return 0.0
    return len(one.phrases & other.phrases) / min(len(one.phrases), len(other.phrases))


def _likely(bodies: Iterable[tuple[str, str]], asked: Sequence[_Paragraph]) -> Iterator[_Paragraph]:
    """The paragraphs of cards that hold any of every second phrase; a copy holds many, and most cards none."""
    wanted = [phrase for paragraph in asked for phrase in sorted(paragraph.phrases)[::2]]
    for file, body in bodies:
        flat = " ".join(body.casefold().split())
        if any(phrase in flat for phrase in wanted):
            yield from _paragraphs(file, body)


def _remark(paragraph: _Paragraph, share: float, file: str) -> Remark:
    nearly = "" if share == 1 else "almost "
    quote = paragraph.text.split("\n")[0][:60]
    said = f'the paragraph "{quote[:40]}…" stands {nearly}word for word in {file} too'
    instead = "write it in words of its own"
    return Remark(paragraph.file, said, instead, "share a paragraph with another card", quote=quote)


def _bodies(directory: Directory) -> Iterator[tuple[str, str]]:
    """Files and what stands below their front matter; cheaper to read than ten thousand cards are to open."""
    # An X-ray room has the same to say everywhere; its address and prices tell it apart.
    people = [brief.file for brief in directory.briefs.values() if brief.is_person]
    clinics = [clinic.file for clinic in directory.clinics.values()]
    for file in (*clinics, *people, *(text.file for text in directory.lists.values())):
        halves = frontmatter.halves((directory.folder / file).read_text(encoding="utf-8"), file, [])
        if halves:
            yield file, halves.body


def _paragraphs(file: str, body: str) -> Iterator[_Paragraph]:
    for part in frontmatter.parts(body, 1, file, []):
        for paragraph in _PARAGRAPH.split(part.text):
            words = paragraph.casefold().split()
            if len(words) >= FEWEST_WORDS:
                yield _Paragraph(file, part.lang, paragraph.strip(), _phrases(words))


def _phrases(words: list[str]) -> frozenset[str]:
    long = [at for at, word in enumerate(words) if len(word) >= _LONG]
    return frozenset(" ".join(words[at : at + _PHRASE]) for at in long)
