"""Splits a content file into its front matter and the languages of its body."""

import re
from typing import Final, NamedTuple

from clinic_directory.problems import Problem, choice
from clinic_directory.vocabulary import LANGS

_FENCE = re.compile(r"^---[ \t]*$", re.M)
_LANGUAGE = re.compile(r"^===[ \t]+(\S+)[ \t]*$", re.M)


class Part(NamedTuple):
    """The Markdown of one language; `line` is that of its first line in the file."""

    lang: str
    text: str
    line: int


class Halves(NamedTuple):
    """`header` is YAML that begins on line 2; the body begins on `body_line`."""

    header: str
    body: str
    body_line: int


NOTHING: Final = Halves("", "", 0)


def halves(text: str, file: str, problems: list[Problem]) -> Halves | None:
    """Header and body, or None after noting that the `---` lines are not there."""
    opening = _FENCE.match(text)
    if not opening:
        problems.append(Problem(file, 1, "", "does not begin with front matter", "write --- as the first line"))
        return None
    start = opening.end() + 1
    closing = _FENCE.search(text, start)
    if not closing:
        problems.append(Problem(file, 1, "", "has a front matter that is not closed", "write --- after its last field"))
        return None
    body_line = text.count("\n", 0, closing.start()) + 2
    return Halves(text[start : closing.start()], text[closing.end() + 1 :], body_line)


def parts(body: str, first_line: int, file: str, problems: list[Problem]) -> list[Part]:
    """The body by language: before the first `=== lv|ru|en` line it is Latvian. Empty parts are left out or refused."""
    if "===" not in body:
        return [Part("lv", body, first_line)] if body.strip() else []
    found: list[Part] = []
    marks = list(_LANGUAGE.finditer(body))
    opening = body[: marks[0].start()] if marks else body
    if opening.strip():
        found.append(Part("lv", opening, first_line))
    for number, mark in enumerate(marks):
        after = marks[number + 1] if number + 1 < len(marks) else None
        line = first_line + body.count("\n", 0, mark.start())
        text = body[mark.end() + 1 : after.start() if after else len(body)]
        if fault := _fault(mark[1], text, found):
            problems.append(Problem(file, line, "", *fault))
        else:
            found.append(Part(mark[1], text, line + 1))
    return found


def _fault(lang: str, text: str, found: list[Part]) -> tuple[str, str] | None:
    if lang not in LANGS:
        return f'"=== {lang[:20]}" is not a language of the site', choice(lang, LANGS, "")
    if any(part.lang == lang for part in found):
        return f'has a second text for "{lang}"', "join the two"
    if not text.strip():
        return f'has no text after "=== {lang}"', "write the text, or leave the line out"
    return None
