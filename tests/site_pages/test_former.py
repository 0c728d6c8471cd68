"""The life of an address: moved for good, gone with a page that helps on, and never silent."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from clinic_directory import build
from clinic_directory.problems import ContentError

from tests.builders.content import DOCTOR, GONE, change, write
from tests.builders.sites import ADDRESS, BuiltSite, a_built_site, a_site_folder, inside_of
from tests.page_checks import check_page, text_of

DOCTOR_GONE = "/arsti/janis-kalns/"


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The small site after somebody left."""
    folder = tmp_path_factory.mktemp("left")
    content = a_site_folder(folder / "content")
    write(content, "gone.yaml", GONE)
    return a_built_site(content, folder / "site")


def redirects(site: BuiltSite) -> dict[str, str]:
    found: dict[str, str] = json.loads(site.text("redirects.json"))
    return found


def spoken(path: str) -> Iterator[str]:
    return (f"{prefix}{path}" for prefix in ("", "/ru", "/en"))


def test_a_former_address_leads_to_the_present_one_in_every_language(site: BuiltSite) -> None:
    assert redirects(site) == {
        "/arsti/ilze-kalnina/": "/arsti/ilze-berzina/",
        "/ru/arsti/ilze-kalnina/": "/ru/arsti/ilze-berzina/",
        "/en/arsti/ilze-kalnina/": "/en/arsti/ilze-berzina/",
        "/klinikas/veja-roze-riga/": "/klinikas/veja-roze/",
        "/ru/klinikas/veja-roze-riga/": "/ru/klinikas/veja-roze/",
        "/en/klinikas/veja-roze-riga/": "/en/klinikas/veja-roze/",
    }
    assert json.loads(site.text("gone.json")) == []


def test_what_is_gone_leads_elsewhere_or_says_so(left: BuiltSite) -> None:
    found, gone = redirects(left), json.loads(left.text("gone.json"))

    assert found["/ru/arsti/jana-kalna/"] == "/ru/arsti/ilze-berzina/"
    assert found["/ru/kardiologs/liepaja/"] == "/ru/kardiologs/"
    assert [address for address in found if "vecs-raksts" in address] == ["/en/vecs-raksts/"]
    assert found["/en/vecs-raksts/"] == "/en/palidziba/"
    paths = ("/akcija/", "/arsti/janis-kalnins/", "/arsti/janis-kalns/", "/klinikas/veca-prakse/")
    assert sorted(gone) == sorted(address for path in paths for address in spoken(path))


def test_every_redirect_ends_at_a_page_in_one_hop(left: BuiltSite) -> None:
    found, gone = redirects(left), json.loads(left.text("gone.json"))

    assert [to for to in found.values() if to not in left.pages or to in found or to in gone] == []


def test_nginx_and_static_hosts_read_the_same_redirects_as_the_service(left: BuiltSite) -> None:
    found, gone = redirects(left), json.loads(left.text("gone.json"))

    assert left.text("nginx/redirects.map") == "".join(f"{old} {new};\n" for old, new in sorted(found.items()))
    assert left.text("nginx/gone.map") == "".join(f"{address} 1;\n" for address in gone)
    lines = left.text("_redirects").splitlines()
    assert [line for line in lines if line.endswith(" 301")] == [f"{old} {new} 301" for old, new in found.items()]
    assert [line.split() for line in lines[len(found) :]] == [[one, f"{one}index.html", "410!"] for one in gone]


def test_the_page_of_who_left_names_them_and_the_nearest_colleagues(left: BuiltSite) -> None:
    for address in spoken(DOCTOR_GONE):
        check_page(left.pages[address])
        tree, prefix = left.trees[address], address.removesuffix(DOCTOR_GONE)

        assert text_of(tree.find(".//h1")) == "Jānis Kalns"
        rows = [link.get("href") for link in tree.findall(".//article//a") if link.get("href")]
        assert rows[0] == f"{prefix}/arsti/card-1/"
        assert all(row is None or "proceduras" not in row for row in rows)
        assert tree.findall(".//*[@data-live-row]")
        assert f'href="{prefix}/kardiologs/riga/"' in left.pages[address]
    assert "šeit vairs nepieņem" in left.words(DOCTOR_GONE)
    assert "2026. gada 1. oktobrī" in left.words(DOCTOR_GONE)


def test_colleagues_of_the_same_clinic_come_before_those_of_the_town_and_of_elsewhere(
    content: Path, tmp_path: Path
) -> None:
    far = DOCTOR.replace("old_slugs: [ilze-kalnina]\n", "").replace("  - clinic: juras-prakse\n    services: []\n", "")
    write(content, "doctors/aa-tala.md", far.replace("clinic: veja-roze\n    branch: juglas", "clinic: juras-prakse"))
    write(content, "gone.yaml", GONE)

    site = a_built_site(content, tmp_path / "site")

    names = [text_of(one) for one in site.trees[DOCTOR_GONE].findall(".//article//h3")]
    assert len(names) == 5
    assert "aa-tala" not in site.pages[DOCTOR_GONE]


def test_the_pages_of_what_is_gone_are_not_to_be_found(left: BuiltSite) -> None:
    names = [name for name in inside_of(left.folder) if name.startswith("sitemap") and name.endswith(".xml")]
    sitemaps = "".join(map(left.text, names))

    for address in json.loads(left.text("gone.json")):
        assert '<meta name="robots" content="noindex">' in left.pages[address]
        assert address not in sitemaps
        assert "ld+json" not in left.pages[address]


def test_a_page_that_is_there_again_wins_over_the_entry_that_it_is_gone(content: Path, tmp_path: Path) -> None:
    entries = "/kardiologs/riga/: {left: 2026-10-01, to: /kardiologs/}\n  /riga/: {left: 2026-10-01}"
    write(content, "gone.yaml", f"pages:\n  {entries}\n")

    site = a_built_site(content, tmp_path / "site")

    assert "/kardiologs/riga/" not in redirects(site)
    assert json.loads(site.text("gone.json")) == []
    assert "noindex" not in site.pages["/riga/"]


def test_an_entry_that_leads_nowhere_is_told_with_its_line(content: Path, tmp_path: Path) -> None:
    write(content, "gone.yaml", "pages:\n  /akcija/: {left: 2026-10-01, to: /nekas/}\n")

    with pytest.raises(ContentError, match=r"gone\.yaml:2: pages\./akcija/\.to: /nekas/ is not a page of the site"):
        a_built_site(content, tmp_path / "site")


def test_the_first_part_of_a_long_list_answers_at_the_lists_own_address(content: Path, tmp_path: Path) -> None:
    card = (content / "doctors/card-0.md").read_text(encoding="utf-8")
    for number in range(60):
        write(content, f"doctors/more-{number}.md", card.replace("family: Āboliņa", f"family: Zvirbule{number}"))

    site = a_built_site(content, tmp_path / "site")

    found = redirects(site)
    assert found["/en/kardiologs/riga/1/"] == "/en/kardiologs/riga/"
    assert "/kardiologs/1/" in found
    assert "/arsti/1/" not in found
    assert "/kardiologs/riga/2/" in site.pages
    assert "/kardiologs/riga/1/" not in site.pages


def published_again(content: Path, place: Path) -> int:
    return build.main(["--content", str(content), "--output", str(place), "--site-url", ADDRESS])


def test_an_address_that_vanishes_stops_the_build_and_is_told_what_to_write_where(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "site"
    assert published_again(content, place) == 0
    before = inside_of(place)
    card = content / "doctors/card-3.md"
    text = card.read_text(encoding="utf-8")
    card.unlink()
    change(content, "doctors/ilze-berzina.md", "old_slugs: [ilze-kalnina]\n", "")
    (content / "pages/palidziba.ru.md").unlink()
    change(content, "pages/palidziba.lv.md", "menu: yes", "menu: yes\nlanguages: [lv, en]")

    assert published_again(content, place) == 1

    report = capsys.readouterr().err
    assert report.splitlines() == [
        "3 addresses have vanished from the site",
        "  /arsti/card-3/ (lv, en, ru): if the card was renamed, add card-3 to its old_slugs; "
        "if it is gone, write in gone.yaml doctors: card-3: {name: …, specialty: …, town: …, left: …}",
        "  /arsti/ilze-kalnina/ (lv, en, ru): if the card was renamed, add ilze-kalnina to its old_slugs; "
        "if it is gone, write in gone.yaml doctors: ilze-kalnina: {name: …, specialty: …, town: …, left: …}",
        "  /palidziba/ (ru): write in gone.yaml pages: /ru/palidziba/: {left: …, to: …}",
        "The site stays as it was.",
    ]
    assert inside_of(place) == before

    change(content, "doctors/ilze-berzina.md", "practices:\n", "old_slugs: [ilze-kalnina]\npractices:\n")
    write(content, "doctors/jauns-vards.md", text.replace("practices:\n", "old_slugs: [card-3]\npractices:\n"))
    write(content, "gone.yaml", "pages:\n  /ru/palidziba/: {left: 2026-11-01, to: /palidziba/}\n")
    assert published_again(content, place) == 0
    assert redirects(BuiltSite(place))["/ru/palidziba/"] == "/palidziba/"
    assert published_again(content, place) == 0


def test_a_list_that_grows_shorter_may_lose_its_last_part(content: Path, tmp_path: Path) -> None:
    card = (content / "doctors/card-0.md").read_text(encoding="utf-8")
    for number in range(48):
        write(content, f"doctors/more-{number}.md", card.replace("family: Āboliņa", f"family: Zvirbule{number}"))
    place = tmp_path / "site"
    a_built_site(content, place)
    assert (place / "kardiologs/2/index.html").exists()
    for number in range(48):
        (content / f"doctors/more-{number}.md").unlink()
    entries = "".join(f"  more-{n}: {{name: Anna, town: riga, left: 2026-11-01}}\n" for n in range(48))
    write(content, "gone.yaml", f"doctors:\n{entries}")

    assert published_again(content, place) == 0
    assert not (place / "kardiologs/2").exists()


def test_a_quick_build_lets_an_address_come_and_go(content: Path, tmp_path: Path) -> None:
    place = tmp_path / "site"
    a_built_site(content, place)
    (content / "doctors/card-3.md").unlink()

    a_built_site(content, place)

    assert not (place / "arsti/card-3").exists()
