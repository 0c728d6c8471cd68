"""What must hold on every page that a test opens, whatever the test is about."""

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib

FIELDS = {"input", "select", "textarea"}
UNLABELLED = {"hidden", "submit", "button", "image"}
IGNORED = {
    # Inline SVG is HTML5; html5lib knows no `use`-only sprites but parses them, so nothing is ignored yet.
}


def parse(html: str) -> Element:
    """The document as a tree without namespaces; AssertionError naming each mistake of the HTML."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree: Element = parser.parse(html)
    assert not parser.errors, [f"{place}: {code} {facts}" for place, code, facts in parser.errors]
    return tree


def parse_fragment(html: str) -> Element:
    """A piece of a page as a tree; AssertionError naming each mistake of the HTML."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree: Element = parser.parseFragment(html)
    assert not parser.errors, [f"{place}: {code} {facts}" for place, code, facts in parser.errors]
    return tree


def text_of(element: Element) -> str:
    """The words of an element with one space between them."""
    return " ".join("".join(element.itertext()).split())


def check_page(html: str) -> Element:
    """Check a whole page and return its tree."""
    assert html.startswith("<!DOCTYPE html>")
    tree = parse(html)
    assert tree.get("lang") in ("lv", "ru", "en")
    title = tree.find("head/title")
    assert title is not None
    assert text_of(title)
    headings = list(tree.iter("h1"))
    assert len(headings) == 1, [text_of(heading) for heading in headings]
    assert text_of(headings[0])
    check_parts(tree)
    return tree


def check_parts(tree: Element) -> None:
    """What holds on a page and on a piece of one."""
    _ids_are_unique(tree)
    _fields_have_labels(tree)
    _nothing_is_inline(tree)
    _references_lead_somewhere(tree)
    _pictures_have_words(tree)
    for form in tree.iter("form"):
        assert form.get("action"), "a form without an address"
    for button in tree.iter("button"):
        assert button.get("aria-label") or text_of(button), "a button without words"
    for link in tree.iter("a"):
        assert link.get("aria-label") or text_of(link) or link.find(".//img") is not None, "a link without words"


def _ids_are_unique(tree: Element) -> None:
    ids = Counter(element.get("id") for element in tree.iter() if element.get("id"))
    assert [name for name, count in ids.items() if count > 1] == []


def fields(tree: Element) -> Iterator[Element]:
    for element in tree.iter():
        if element.tag in FIELDS and element.get("type", "text") not in UNLABELLED:
            yield element


def _fields_have_labels(tree: Element) -> None:
    named = {label.get("for") for label in tree.iter("label") if text_of(label)}
    inside = {id(field) for label in tree.iter("label") if text_of(label) for field in label.iter()}
    for field in fields(tree):
        assert field.get("id") in named or id(field) in inside or field.get("aria-label"), field.attrib


def _nothing_is_inline(tree: Element) -> None:
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        assert element.tag != "style"
        assert element.tag != "script" or element.get("src") or element.get("type") == "application/ld+json"
        assert not [name for name in element.attrib if name == "style" or name.startswith("on")], element.attrib
        assert not element.get("href", "").startswith("javascript:")


def _references_lead_somewhere(tree: Element) -> None:
    ids = {element.get("id") for element in tree.iter()}
    for element in tree.iter():
        for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
            for target in element.get(name, "").split():
                assert target in ids, f"{name}={target} leads nowhere"
        href = element.get("href", "") if element.tag == "a" else ""
        assert not href.startswith("#") or href[1:] in ids, f"{href} leads nowhere"


def _pictures_have_words(tree: Element) -> None:
    for picture in tree.iter("img"):
        assert picture.get("alt") is not None
        assert picture.get("width")
        assert picture.get("height")
    for drawing in tree.iter("svg"):
        assert drawing.get("aria-hidden") == "true" or drawing.get("aria-label") or drawing.get("role") is None
