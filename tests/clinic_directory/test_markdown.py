"""What may stand in a body, and what is refused with its line."""

from pathlib import Path

import pytest
from clinic_directory.markdown import html
from clinic_directory.reader import read

from tests.builders.content import change
from tests.clinic_directory.reports import line_of, told_after

CARD = "doctors/ilze-berzina.md"
TEXT = "Strādā ar sirds ritma traucējumiem."


@pytest.mark.parametrize(
    ("written", "lines_below", "said"),
    [
        ("Teksts <b>treknrakstā</b>.", 0, "has raw HTML; write Markdown, or &lt; for the sign itself"),
        ("Teksts.\n\n<div>\nx\n</div>", 2, "has raw HTML; write Markdown, or &lt; for the sign itself"),
        ("Teksts.\n\n- <script>alert(1)</script>", 2, "has raw HTML; write Markdown, or &lt; for the sign itself"),
        ("Vispirms\n[te](javascript:alert(1))", 1, "has a link that is unsafe or empty; "
         "write a link that begins with https:// or /"),
        ("[te](JavaScript&#58;alert(1))", 0, "has a link that is unsafe or empty; "
         "write a link that begins with https:// or /"),
        ("Teksts [te][a].\n\n[a]: data:text/html,x", 2, "has a link that is unsafe or empty; "
         "write a link that begins with https:// or /"),
        ("Teksts [te]().", 0, "has a link that is unsafe or empty; write a link that begins with https:// or /"),
        ("Teksts\n![x](https://x.lv/y.png)", 1,
         "shows a picture of another site; link to it, or put the picture into images/"),
        ("Teksts\n\n# Virsraksts", 2, "has a heading of the first level; write ## and the heading"),
        ("Teksts\n\nVirsraksts\n====", 2, "has a heading of the first level; write ## and the heading"),
    ],
)  # fmt: skip
def test_what_is_refused_is_told_with_its_line(content: Path, written: str, lines_below: int, said: str) -> None:
    line = line_of(content, CARD, TEXT) + lines_below

    assert f"{CARD}:{line}: {said}" in told_after(content, CARD, TEXT, written)


def test_every_line_with_raw_html_is_told(content: Path) -> None:
    lines = told_after(content, CARD, TEXT, "<b>a</b>\n\nb < c\n\n<i>d</i>")
    line = line_of(content, CARD, "<b>a</b>")

    assert [told.split(":")[1] for told in lines] == [str(line), str(line + 4)]


def test_the_second_language_counts_its_own_lines(content: Path) -> None:
    line = line_of(content, CARD, "Лечит")

    assert told_after(content, CARD, "Лечит нарушения", "Лечит <b>нарушения</b>")[0].startswith(f"{CARD}:{line}: ")


def test_a_text_that_is_too_long_is_refused(content: Path) -> None:
    line = line_of(content, CARD, TEXT)

    (told,) = told_after(content, CARD, TEXT, "Vārdi. " * 5000)

    assert told.startswith(f"{CARD}:{line}: has a text of 35")
    assert told.endswith("characters, at most 30000 fit; shorten it")


@pytest.mark.parametrize(
    "written",
    [
        "Temperatūra < 38 un pulss > 90.",
        "`<b>` un \\<b> ir teksts.",
        "    # kods",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "[Zvaniet](tel:+37160000012), [rakstiet](mailto:a@b.lv), [skatiet](/arsti/) vai <https://b.lv>.",
        "Rinda\n\n## Virsraksts\n\n### Mazāks",
        "#hashtag un C#",
    ],
)
def test_what_is_harmless_is_let_be(content: Path, written: str) -> None:
    change(content, CARD, TEXT, written)

    assert read(content).doctors


def test_markdown_becomes_safe_html() -> None:
    page = html("## Pieredze\n\nTeksts <b>x</b> un [te](javascript:alert(1)).\n\n| a |\n|---|\n| 1 |\n")

    assert "<h2>Pieredze</h2>" in page
    assert "<table>" in page
    assert "<b>" not in page
    assert "javascript" not in page
