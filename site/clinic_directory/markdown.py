"""Markdown by cmark in safe mode, and what its authors may not write: raw HTML, unsafe links, a second h1."""

import re
from typing import Final

import cmarkgfm
from cmarkgfm.cmark import Options

from clinic_directory.frontmatter import Part
from clinic_directory.problems import Problem

LONGEST: Final = 30_000
_MOST = 10
_EXTENSIONS = ["table", "autolink"]
# Without one of these nothing below can be wrong, and most cards are plain paragraphs.
_SUSPECT = re.compile(r"<|\]|^[ >*+\d.)-]*#(?:[ \t]|$)|^[ >*+-]*=+[ \t]*$", re.M)
_TITLE = re.compile(r'<h1 data-sourcepos="(\d+):')
_HTML = "<!-- raw HTML omitted -->"
_DROPPED = re.compile(r'(?:href|src)=""')
_ELSEWHERE = re.compile(r'<img src="(?:[a-z]+:)?//', re.I)
_NEUTRAL = str.maketrans("<[:", "(((")


def html(text: str) -> str:
    """Safe HTML: raw HTML and unsafe links never come through. Its headings begin at h2, as the reader checks."""
    return str(cmarkgfm.markdown_to_html_with_extensions(text, Options.CMARK_OPT_DEFAULT, extensions=_EXTENSIONS))


def check(part: Part, file: str, problems: list[Problem]) -> None:
    """Notes what is refused in one part of a body, each with its line."""
    if len(part.text) > LONGEST:
        said = f"has a text of {len(part.text)} characters, at most {LONGEST} fit"
        problems.append(Problem(file, part.line, "", said, "shorten it"))
        return
    if not _SUSPECT.search(part.text):
        return
    page = _with_lines(part.text)
    for title in _TITLE.finditer(page):
        line = part.line + int(title[1]) - 1
        problems.append(Problem(file, line, "", "has a heading of the first level", "write ## and the heading"))
    counts = _counts(page)
    if any(counts):
        problems.extend(_culprits(part, counts, file))


def _with_lines(text: str) -> str:
    return str(cmarkgfm.markdown_to_html_with_extensions(text, Options.CMARK_OPT_SOURCEPOS, extensions=_EXTENSIONS))


def _counts(page: str) -> tuple[int, int, int]:
    return page.count(_HTML), len(_DROPPED.findall(page)), len(_ELSEWHERE.findall(page))


_SAID = (
    ("has raw HTML", "write Markdown, or &lt; for the sign itself"),
    ("has a link that is unsafe or empty", "write a link that begins with https:// or /"),
    ("shows a picture of another site", "link to it, or put the picture into images/"),
)


def _culprits(part: Part, counts: tuple[int, int, int], file: str) -> list[Problem]:
    """Finds the lines by making suspects harmless one after another: cmark does not say where it dropped something.

    From the bottom up, so that a block counts at its first line and a link at its address.
    """
    found: list[Problem] = []
    lines = part.text.split("\n")
    for number in reversed(range(len(lines))):
        harmless = lines[number].translate(_NEUTRAL)
        if harmless == lines[number]:
            continue
        lines[number] = harmless
        without = _counts(_with_lines("\n".join(lines)))
        for before, after, said in zip(counts, without, _SAID, strict=True):
            if after < before:
                found.append(Problem(file, part.line + number, "", *said))
        counts = without
    return found[: -_MOST - 1 : -1] if found else [Problem(file, part.line, "", *_SAID[0])]
