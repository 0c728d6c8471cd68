"""What holds on all pages of the demo content, in every language: what a search engine reads of hundreds of cards."""

import html
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from clinic_directory import generation
from clinic_directory.commit_times import CommitTimes
from clinic_directory.edition import Site
from clinic_directory.reader import read
from clinic_directory.seo.titles import DESCRIPTION, TITLE

from tests.builders.json_ld import is_shown, literals, nodes, spaced
from tests.builders.schema_org import faults
from tests.builders.sites import ADDRESS

CONTENT = Path(__file__).parents[2] / "content"
LANGUAGES = {"lv", "ru", "en", "x-default"}


@dataclass(frozen=True)
class Read:
    """One page as text; a parser would take minutes for all of them."""

    address: str
    text: str

    @cached_property
    def lang(self) -> str:
        return self.first(r'<html lang="(\w+)"')

    @cached_property
    def title(self) -> str:
        return self.first(r"<title>(.*?)</title>")

    @cached_property
    def description(self) -> str:
        return self.first(r'<meta name="description" content="(.*?)">')

    @cached_property
    def graph(self) -> list[dict[str, Any]]:
        found = re.search(r'<script type="application/ld\+json">(.*?)</script>', self.text)
        nodes: list[dict[str, Any]] = json.loads(found[1])["@graph"] if found else []
        return nodes

    @cached_property
    def words(self) -> str:
        body = re.sub(r"<(script|style).*?</\1>", "", self.text[self.text.index("<body") :], flags=re.DOTALL)
        return spaced(html.unescape(re.sub("<[^>]+>", "", body)))

    @cached_property
    def links(self) -> set[str]:
        return {html.unescape(link) for link in re.findall(r' (?:href|src|srcset)="([^"]*)"', self.text)}

    def first(self, pattern: str) -> str:
        [found] = re.findall(pattern, self.text)
        return html.unescape(found)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Read]:
    """Every page that may be found, by its address."""
    folder = tmp_path_factory.mktemp("demo")
    caches = generation.Caches(folder / "pictures", share_images=False)
    site, today = Site(ADDRESS), date(2026, 11, 24)
    generation.generate(read(CONTENT), site, CommitTimes({}), folder / "site", caches, today)
    found: dict[str, Read] = {}
    for path in (folder / "site").rglob("index.html"):
        address = f"/{path.relative_to(folder / 'site')}".removesuffix("index.html")
        page = Read(address, path.read_text(encoding="utf-8"))
        if 'name="robots" content="noindex"' not in page.text:
            found[address] = page
    assert len(found) > 1300
    return found


def test_titles_and_descriptions_fit_and_are_unique_in_a_language(pages: Mapping[str, Read]) -> None:
    for kind, (least, most) in (("title", TITLE), ("description", DESCRIPTION)):
        said = [(page.lang, getattr(page, kind)) for page in pages.values()]

        assert [text for text, count in Counter(said).items() if count > 1] == []
        assert [text for text in said if not least <= len(text[1]) <= most] == []


def test_every_page_has_one_heading_and_a_way_to_it(pages: Mapping[str, Read]) -> None:
    for page in pages.values():
        assert len(re.findall(r"<h1[ >]", page.text)) == 1, page.address
        assert page.address.rstrip("/") in ("", "/ru", "/en") or 'class="crumbs"' in page.text, page.address


def test_canonical_and_languages_are_right_on_every_page(pages: Mapping[str, Read]) -> None:
    others = {
        page.address: dict(re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)">', page.text))
        for page in pages.values()
    }
    for page in pages.values():
        assert page.first(r'<link rel="canonical" href="([^"]+)">') == ADDRESS + page.address
        mine = others[page.address]
        assert set(mine) == LANGUAGES
        assert mine[page.lang] == ADDRESS + page.address
        assert mine["x-default"] == mine["lv"]
        assert all(others[href.removeprefix(ADDRESS)] == mine for href in mine.values()), page.address


def test_every_graph_holds_to_the_vocabulary_and_to_what_its_page_shows(pages: Mapping[str, Read]) -> None:
    wrong = []
    for page in pages.values():
        found = list(nodes(page.graph))
        known = {node["@id"]: node for node in found if len(node) > 1 and "@id" in node}
        wrong += [f"{page.address}: {fault}" for node in found for fault in faults(node, known)]
        wrong += [
            f"{page.address}: {key} {value!r} is not to be seen"
            for key, value in literals(page.graph)
            if not is_shown(key, value, page.lang, page.words, page.links)
        ]

    assert not wrong, "\n".join(wrong[:40])


def test_each_kind_of_page_has_the_nodes_of_its_kind(pages: Mapping[str, Read]) -> None:
    def kinds(address: str) -> list[str]:
        return [node["@type"] for node in pages[address].graph]

    for prefix in ("", "/ru", "/en"):
        assert kinds(f"{prefix}/") == ["WebSite", "Organization"]
        assert kinds(f"{prefix}/arsti/ilze-berzina/") == ["WebPage", "IndividualPhysician", "Person", "BreadcrumbList"]
        assert kinds(f"{prefix}/klinikas/veja-roze/") == ["WebPage", "MedicalClinic", "BreadcrumbList"]
        assert kinds(f"{prefix}/klinikas/baltais-berzs/") == ["WebPage", "Dentist", "BreadcrumbList"]
        for address in ("/kardiologs/", "/riga/", "/kardiologs/riga/", "/apdrosinataji/sala/"):
            assert kinds(prefix + address) == ["CollectionPage", "ItemList", "BreadcrumbList"]


def test_a_doctor_and_a_clinic_tell_what_is_known_of_them(pages: Mapping[str, Read]) -> None:
    page, physician, person, _ = pages["/arsti/ilze-berzina/"].graph
    web, clinic, _ = pages["/klinikas/veja-roze/"].graph

    assert page.keys() >= {"breadcrumb", "mainEntity", "lastReviewed", "reviewedBy", "primaryImageOfPage"}
    assert physician.keys() >= {
        "medicalSpecialty",
        "practicesAt",
        "telephone",
        "address",
        "geo",
        "isAcceptingNewPatients",
        "knowsLanguage",
        "availableService",
        "makesOffer",
        "identifier",
        "employee",
        "potentialAction",
        "image",
    }
    assert physician["potentialAction"]["result"]["@type"] == "Reservation"
    assert person.keys() >= {"givenName", "familyName", "jobTitle", "worksFor", "hasCredential", "knowsLanguage"}
    assert web.keys() >= {"mainEntity", "lastReviewed"}
    assert clinic.keys() >= {
        "legalName",
        "telephone",
        "email",
        "address",
        "geo",
        "hasMap",
        "openingHoursSpecification",
        "priceRange",
        "currenciesAccepted",
        "paymentAccepted",
        "amenityFeature",
        "iso6523Code",
        "identifier",
        "employee",
        "medicalSpecialty",
    }
    assert "parentOrganization" in pages["/klinikas/gaujas-krasts/"].graph[1]
    assert "department" in pages["/klinikas/gaujas-krasts/"].graph[1]


def test_lists_hold_three_items_or_more_whose_pages_exist(pages: Mapping[str, Read]) -> None:
    lists = [(page, node) for page in pages.values() for node in page.graph if node["@type"] == "ItemList"]

    assert len(lists) > 100
    for page, node in lists:
        items = node["itemListElement"]
        urls = [item["item"]["url"] for item in items]
        assert [item["position"] for item in items] == list(range(1, len(items) + 1))
        assert len(items) >= 3
        assert len(set(urls)) == len(urls), page.address
        assert all(url.removeprefix(ADDRESS) in pages for url in urls), page.address
        assert all(len(item["item"].get("priceRange", "")) < 12 for item in items)
