"""A small site: a content folder with enough doctors for every kind of page, and the pages built from it."""

import html
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from clinic_directory import build

from tests.builders.content import DOCTOR, a_content_folder, write
from tests.page_checks import parse, text_of

ADDRESS = "https://pieraksts.example"
NAMES = (("Anna", "Āboliņa"), ("Māra", "Ābele"), ("Jānis", "Čakste"), ("Ilze", "Bērziņa"))


def a_site_folder(folder: Path) -> Path:
    """The sound content folder with three more heart doctors, one of them named as the first, and a nurse."""
    a_content_folder(folder)
    for number, (given, family) in enumerate(NAMES):
        card = DOCTOR.replace("given: Ilze", f"given: {given}").replace("family: Bērziņa", f"family: {family}")
        card = card.replace("old_slugs: [ilze-kalnina]\n", "").replace("picture: ilze-berzina.png\n", "")
        write(folder, f"doctors/card-{number}.md", card)
    nurse = DOCTOR.replace("kind: doctor", "kind: nurse").replace("prefix: Dr.\n", "").replace("Ilze", "Laila")
    write(folder, "doctors/laila.md", nurse.replace("old_slugs: [ilze-kalnina]\n", ""))
    return folder


@dataclass(frozen=True)
class BuiltSite:
    """The published folder of one build."""

    folder: Path

    @cached_property
    def pages(self) -> dict[str, str]:
        """The HTML of every page by its address, "/ru/arsti/"."""
        found = sorted(self.folder.rglob("*.html"))
        return {self._address(path): path.read_text(encoding="utf-8") for path in found}

    @cached_property
    def trees(self) -> dict[str, Element]:
        return {address: parse(page) for address, page in self.pages.items()}

    def _address(self, path: Path) -> str:
        return "/" + str(path.relative_to(self.folder)).removesuffix("index.html")

    def text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def graph(self, address: str) -> list[dict[str, Any]]:
        """The JSON-LD nodes of a page."""
        scripts = [script for script in self.trees[address].iter("script") if script.get("type")]
        nodes: list[dict[str, Any]] = json.loads(scripts[0].text or "")["@graph"] if scripts else []
        return nodes

    def links(self, address: str, rel: str) -> list[Element]:
        return [link for link in self.trees[address].iter("link") if link.get("rel") == rel]

    def words(self, address: str) -> str:
        body = self.trees[address].find("body")
        assert body is not None
        return html.unescape(text_of(body))


def a_built_site(content: Path, place: Path, url: str = ADDRESS) -> BuiltSite:
    build.build(content, place, url, quick=True)
    return BuiltSite(place)


def inside_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
