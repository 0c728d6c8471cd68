"""Files of the theme: named by content, complete, small enough."""

import re
from pathlib import Path

import brotli
import pytest

from theme.assets import STATIC, Assets, hashed, squeeze

TEMPLATES = Path(__file__).parents[2] / "theme" / "templates"


@pytest.fixture(scope="module")
def assets() -> Assets:
    return Assets()


def test_name_changes_with_the_content_only() -> None:
    assert hashed("site.css", b"a{}") == hashed("site.css", b"a{}")
    assert hashed("site.css", b"a{}") != hashed("site.css", b"b{}")
    assert re.fullmatch(r"/theme/site\.[0-9a-f]{8}\.css", Assets().url("site.css"))


def test_publishing_twice_writes_nothing_new(assets: Assets, tmp_path: Path) -> None:
    first = assets.publish(tmp_path)
    times = [path.stat().st_mtime_ns for path in first]

    assert assets.publish(tmp_path) == first
    assert [path.stat().st_mtime_ns for path in first] == times
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in first)


def test_public_stylesheet_is_at_most_ten_kilobytes(assets: Assets) -> None:
    assert len(brotli.compress(assets.files["site.css"][1])) <= 10_000


def test_scripts_are_at_most_ten_kilobytes_together(assets: Assets) -> None:
    scripts = [content for name, (_, content) in assets.files.items() if name.endswith(".js")]

    assert sum(len(brotli.compress(script)) for script in scripts) <= 10_000


def test_stylesheets_name_only_files_that_exist(assets: Assets) -> None:
    names = {name for name, _ in assets.files.values()}
    for sheet in ("site.css", "desk.css"):
        text = assets.files[sheet][1].decode()
        assert "asset:" not in text
        assert set(re.findall(r'url\("([^"]+)"\)', text)) <= names


def test_layers_come_first_and_in_order(assets: Assets) -> None:
    assert assets.files["site.css"][1].startswith(b"@layer tokens,base,layout,components,pages,print;")


def test_squeezing_keeps_what_matters() -> None:
    css = "/* why */\na:hover,\n b { width: calc(100% - 2px) ; color: red; }\n"

    assert squeeze(css) == "a:hover,b{width:calc(100% - 2px);color:red}"


@pytest.mark.parametrize(
    ("name", "most"),
    [("core", 21_000), ("lv", 6_500), ("cyr", 19_500), ("num", 3_500), ("accents", 7_000), ("other", 8_000)],
)
def test_letters_stay_small(name: str, most: int) -> None:
    assert (STATIC / "fonts" / f"{name}.woff2").stat().st_size <= most


def test_only_icons_that_somebody_names_are_kept() -> None:
    root = TEMPLATES.parents[1]
    files = [*TEMPLATES.rglob("*.html"), *(root / "booking_service").rglob("*.py"), *(root / "site").rglob("*.py")]
    text = "\n".join(path.read_text("utf-8") for path in files)
    said = set(re.findall(r'"([a-z]+(?:-[a-z]+)*)"', text))

    assert {path.stem for path in (STATIC / "icons").glob("*.svg")} - said == set()


def test_no_template_holds_a_style_or_a_script_of_its_own() -> None:
    for path in TEMPLATES.rglob("*.html"):
        if "letters" in path.parts:
            continue  # A letter carries its styles inline: mail programs know no other.
        text = path.read_text("utf-8")
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*(src=|application/ld\+json))", text), path


def test_every_icon_that_a_template_names_exists() -> None:
    text = "\n".join(path.read_text("utf-8") for path in TEMPLATES.rglob("*.html"))
    named = set(re.findall(r'(?:icon\(|sign=|"sign": )"([a-z-]+)"', text))

    assert named - {path.stem for path in (STATIC / "icons").glob("*.svg")} == set()
