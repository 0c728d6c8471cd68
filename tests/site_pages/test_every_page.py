"""What holds on every page of the static site."""

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from clinic_directory.seo.titles import DESCRIPTION, TITLE

from tests.builders.sites import ADDRESS, BuiltSite
from tests.page_checks import check_page, text_of

PLAIN_LINKS = (
    "https://www.openstreetmap.org/",
    "https://www.vi.gov.lv/",
    "https://vejaroze.example/",
    "https://sala.example/",
)


def indexed(site: BuiltSite) -> Iterator[str]:
    return (address for address in site.pages if "404" not in address)


def language(address: str) -> str:
    found = re.match(r"/(ru|en)/", address)
    return found[1] if found else "lv"


def described(tree: Element) -> str:
    return next(meta.get("content", "") for meta in tree.iter("meta") if meta.get("name") == "description")


def test_every_page_is_sound_html_with_one_heading_and_labelled_parts(site: BuiltSite) -> None:
    for page in site.pages.values():
        check_page(page)


def test_every_kind_of_page_is_there_in_each_language(site: BuiltSite) -> None:
    paths = [
        "/",
        "/arsti/",
        "/arsti/ilze-berzina/",
        "/klinikas/",
        "/klinikas/veja-roze/",
        "/kardiologs/",
        "/kardiologs/riga/",
        "/riga/",
        "/palidziba/",
        "/404.html",
    ]

    for prefix in ("", "/ru", "/en"):
        for path in paths:
            assert prefix + path in site.pages


def test_a_page_names_the_language_it_is_in(site: BuiltSite) -> None:
    for address, tree in site.trees.items():
        assert tree.get("lang") == language(address)


def test_titles_and_descriptions_are_unique_in_a_language_and_fit_a_result_page(site: BuiltSite) -> None:
    for describe, (least, most) in ((lambda tree: text_of(tree.find("head/title")), TITLE), (described, DESCRIPTION)):
        found = [(language(address), describe(site.trees[address])) for address in indexed(site)]

        assert [text for text, count in Counter(found).items() if count > 1] == []
        assert [text for _, text in found if len(text) > most] == []
        # A plain page's are its author's own.
        made = [
            (lang, describe(site.trees[a])) for a in indexed(site) if "palidziba" not in a for lang in [language(a)]
        ]
        assert [text for _, text in made if len(text) < least] == []


def test_a_page_is_its_own_canonical_and_its_languages_name_each_other(site: BuiltSite) -> None:
    for address in indexed(site):
        [canonical] = site.links(address, "canonical")
        assert canonical.get("href") == ADDRESS + address
        others = {link.get("hreflang"): link.get("href", "") for link in site.links(address, "alternate")}
        assert others[language(address)] == ADDRESS + address
        assert others["x-default"] == others["lv"]
        for other in others.values():
            back = site.links(other.removeprefix(ADDRESS), "alternate")
            assert {link.get("hreflang"): link.get("href") for link in back} == others


def test_a_missing_page_is_not_indexed(site: BuiltSite) -> None:
    robots = [meta.get("content") for meta in site.trees["/404.html"].iter("meta") if meta.get("name") == "robots"]

    assert robots == ["noindex"]
    assert site.links("/404.html", "canonical") == []


def test_nothing_is_loaded_from_another_host(site: BuiltSite) -> None:
    for tree in site.trees.values():
        for element in tree.iter():
            for name in ("src", "srcset", "href"):
                if element.tag == "a" or element.get("rel") in ("canonical", "alternate"):
                    continue
                assert not urlsplit(element.get(name, "")).netloc, element.attrib


def test_links_to_other_sites_are_those_we_mean(site: BuiltSite) -> None:
    for tree in site.trees.values():
        for link in tree.iter("a"):
            href = link.get("href", "")
            if urlsplit(href).netloc:
                assert href.startswith(PLAIN_LINKS), href


def test_links_inside_the_site_lead_to_pages_that_exist(site: BuiltSite) -> None:
    of_the_service = re.compile(r"^(/ru|/en)?/(book|account|search|report|join)/")
    of_content = re.compile(r"^(/ru|/en)?/(pieklustamiba|privatums|pacientiem|klinikam|par-mums)/$")

    for address, tree in site.trees.items():
        for link in tree.iter("a"):
            host, path = urlsplit(link.get("href", ""))[1:3]
            if not host and path.startswith("/") and not of_the_service.match(path) and not of_content.match(path):
                assert path in site.pages, f"{address} leads to {path}"


def test_files_that_a_page_loads_are_there(site: BuiltSite) -> None:
    for tree in site.trees.values():
        for element in tree.iter():
            sources = [piece.split()[0] for piece in element.get("srcset", "").split(",") if piece.strip()]
            if element.tag in ("link", "script", "img", "use") and element.get("rel") not in ("canonical", "alternate"):
                sources += [element.get(name, "") for name in ("src", "href") if element.get(name)]
            for source in sources:
                assert (site.folder / source.split("#")[0].lstrip("/")).is_file(), source


def test_no_page_holds_a_free_time(site: BuiltSite) -> None:
    """A rebuild without a change gives equal bytes, so times come live."""
    live = [element for element in site.trees["/arsti/ilze-berzina/"].iter() if element.get("data-live")]

    assert [element.get("data-live") for element in live] == ["/book/ilze-berzina/live"]
    assert [link.get("href") for link in live[0].iter("a")] == ["/book/ilze-berzina/"]
    assert not any(element.get("name") == "start" for tree in site.trees.values() for element in tree.iter())


def test_rows_ask_for_their_times_and_lead_to_them_without_script(site: BuiltSite) -> None:
    rows = [element for element in site.trees["/ru/kardiologs/riga/"].iter() if element.get("data-live-row")]

    assert len(rows) == 6
    for row in rows:
        assert [link.get("href") for link in row.iter("a")] == [f"/ru/book/{row.get('data-live-row')}/"]


def test_a_doctors_page_is_small_enough_for_the_first_packets(site: BuiltSite) -> None:
    for path in site.folder.glob("**/arsti/*/index.html.br"):
        assert path.stat().st_size <= 14_000
