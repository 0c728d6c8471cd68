"""What every page says about itself where its link is shared."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

from clinic_directory import build
from PIL import Image

from tests.builders.content import change
from tests.builders.sites import ADDRESS, BuiltSite, a_built_site, inside_of

LOCALES = {"lv": "lv_LV", "ru": "ru_RU", "en": "en_GB"}


def said(site: BuiltSite, address: str) -> list[tuple[str, str]]:
    metas = site.trees[address].iter("meta")
    return [(one.get("property") or one.get("name") or "", one.get("content", "")) for one in metas]


def indexed(site: BuiltSite) -> Iterator[str]:
    return (address for address in site.pages if "404" not in address)


def image(site: BuiltSite, address: str) -> str:
    return dict(said(site, address))["og:image"].removeprefix(ADDRESS)


def test_every_page_shows_a_large_image_that_is_there(site: BuiltSite) -> None:
    for address in indexed(site):
        found = dict(said(site, address))
        content = (site.folder / image(site, address).lstrip("/")).read_bytes()
        shown = Image.open(io.BytesIO(content))

        assert (shown.format, shown.size) == ("JPEG", (1200, 630))
        assert len(content) < 120_000
        assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
        assert found["twitter:card"] == "summary_large_image"
        assert found["og:image:alt"]
        assert found["og:url"] == ADDRESS + address


def test_a_page_names_its_own_language_and_the_others_it_exists_in(site: BuiltSite) -> None:
    for address in indexed(site):
        lang = site.trees[address].get("lang") or ""
        found = said(site, address)
        others = {link.get("hreflang") for link in site.links(address, "alternate")} & set(LOCALES) - {lang}

        assert [content for name, content in found if name == "og:locale"] == [LOCALES[lang]]
        alternates = [content for name, content in found if name == "og:locale:alternate"]
        assert sorted(alternates) == sorted(LOCALES[other] for other in others if other)


def test_a_card_has_its_own_image_in_each_language_and_all_other_pages_one(site: BuiltSite) -> None:
    doctor = {image(site, f"{prefix}/arsti/ilze-berzina/") for prefix in ("", "/ru", "/en")}
    clinic = {image(site, f"{prefix}/klinikas/veja-roze/") for prefix in ("", "/ru", "/en")}

    assert (len(doctor), len(clinic)) == (3, 3)
    assert image(site, "/") == image(site, "/kardiologs/riga/") == image(site, "/arsti/")
    assert image(site, "/") != image(site, "/ru/")
    assert dict(said(site, "/ru/arsti/ilze-berzina/"))["og:image:alt"] == "Ilze Bērziņa, Кардиолог · Рига, Лиепая"


def test_an_image_changes_its_name_with_what_it_shows_and_the_others_are_not_drawn_again(
    content: Path, tmp_path: Path
) -> None:
    before = a_built_site(content, tmp_path / "site")
    kept = before.folder.parent / "site.versions" / "pictures"
    times = {path.name: path.stat().st_mtime_ns for path in kept.iterdir()}
    old, other = image(before, "/arsti/ilze-berzina/"), image(before, "/arsti/card-0/")
    change(content, "doctors/ilze-berzina.md", "title: {lv: Kardioloģe", "title: {lv: Bērnu kardioloģe")

    after = a_built_site(content, tmp_path / "site")

    assert image(after, "/arsti/ilze-berzina/") != old
    assert image(after, "/arsti/card-0/") == other
    assert not (after.folder / old.lstrip("/")).exists()
    new = {path.name for path in kept.iterdir() if times.get(path.name) != path.stat().st_mtime_ns}
    assert new == {image(after, "/arsti/ilze-berzina/").removeprefix("/images/")}


def test_a_build_without_the_images_has_the_same_pages(content: Path, tmp_path: Path, site: BuiltSite) -> None:
    build.build(content, tmp_path / "site", ADDRESS, quick=True, share_images=False)

    bare = inside_of(tmp_path / "site")
    whole = inside_of(site.folder)
    assert {name for name in whole if name not in bare} == {name for name in whole if "-share." in name}
    assert all(whole[name] == content for name, content in bare.items())


def test_no_image_of_a_shared_link_stands_in_the_facts_for_search_engines(site: BuiltSite) -> None:
    assert [address for address in indexed(site) if "-share." in json.dumps(site.graph(address))] == []


def test_search_engines_get_photos_in_their_shapes_and_large_enough(site: BuiltSite) -> None:
    for address, kind in (
        ("/arsti/ilze-berzina/", "IndividualPhysician"),
        ("/en/klinikas/veja-roze/", "MedicalClinic"),
    ):
        (node,) = [one for one in site.graph(address) if one["@type"] == kind and "image" in one]

        paths = [one.removeprefix(f"{ADDRESS}/") for one in node["image"]]
        sizes = [Image.open(io.BytesIO((site.folder / path).read_bytes())).size for path in paths]
        assert [round(width / height, 2) for width, height in sizes] == [1, 1.33, 1.78]
        assert all(width * height >= 50_000 for width, height in sizes)
