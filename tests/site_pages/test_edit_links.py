"""Where the git host's web editor is known, each card leads to it; nowhere else, and not by default."""

from pathlib import Path

import pytest
from clinic_directory.problems import ContentError

from tests.builders.sites import BuiltSite, a_built_site


def editors(site: BuiltSite, address: str) -> list[tuple[str | None, str | None, str]]:
    links = site.trees[address].iter("a")
    return [
        (link.get("href"), link.get("rel"), link.text or "") for link in links if "/edit/" in (link.get("href") or "")
    ]


def test_no_page_leads_to_an_editor_by_default(site: BuiltSite) -> None:
    assert not [address for address in site.pages if editors(site, address)]


def test_each_card_leads_to_its_own_file_once_and_in_the_readers_language(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_EDIT_URL", "https://git.example/pieraksts/edit/main/{path}")

    site = a_built_site(content, tmp_path / "site")

    here = "https://git.example/pieraksts/edit/main/content/"
    assert editors(site, "/arsti/ilze-berzina/") == [(f"{here}doctors/ilze-berzina.md", "nofollow", "Labot kartīti")]
    assert editors(site, "/ru/klinikas/veja-roze/") == [(f"{here}clinics/veja-roze.md", "nofollow", "Править карточку")]
    assert [editors(site, address) for address in ("/", "/arsti/", "/kardiologs/", "/palidziba/")] == [[], [], [], []]


@pytest.mark.parametrize(
    "address", ["https://git.example/edit/main/", "http://git.example/{path}", "javascript:{path}"]
)
def test_an_address_that_names_no_file_stops_the_build(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("SITE_EDIT_URL", address)

    with pytest.raises(ContentError, match="SITE_EDIT_URL"):
        a_built_site(content, tmp_path / "site")
    assert not (tmp_path / "site").exists()
