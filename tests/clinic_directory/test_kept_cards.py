"""A reading that remembers an earlier one finds what one without memory finds: the same values, the same problems."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from clinic_directory import cards, forks
from clinic_directory.kept_cards import KeptCards
from clinic_directory.problems import ContentError
from clinic_directory.reader import read
from clinic_directory.schema import Directory
from clinic_directory.shelf import Shelf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders.content import DOCTOR, change, write
from tests.builders.sites import a_site_folder

ANY = (
    ("doctors/ilze-berzina.md", 'price: "55.00"', 'price: "57.00"'),
    ("doctors/ilze-berzina.md", "payer: paid", "payer: card"),
    ("doctors/ilze-berzina.md", "given: Ilze", "given: [Ilze"),
    ("doctors/ilze-berzina.md", "Strādā ar sirds", "<b>Strādā</b> ar sirds"),
    ("doctors/ilze-berzina.md", "old_slugs: [ilze-kalnina]", "old_slugs: [card-0]"),
    ("doctors/card-0.md", "branch: juglas", "branch: kaugura"),
    ("doctors/card-1.md", "kind: doctor", "kind: doctor\nold_slugs: [ilze-kalnina]"),
    ("doctors/card-2.md", "specialties: [kardiologs]", "specialties: [kardiologs, neirologs]"),
    ("clinics/veja-roze.md", "id: juglas", "id: teikas"),
    ("clinics/veja-roze.md", "mon: 8:00-19:00", "mon: 8-19"),
    ("clinics/juras-prakse.md", "number_prefix: JP", "number_prefix: VR"),
    ("tables/towns.yaml", "riga:", "rigas:"),
    ("tables/specialties.yaml", "kardiologs:", "kardiologi:"),
    ("tables/prices.yaml", "specialist:", "arsts:"),
)


def kept_in(file: Path) -> KeptCards:
    return KeptCards(Shelf(file))


def outcome(content: Path, kept: KeptCards | None = None) -> object:
    """Everything that a reading finds, or all of its problems."""
    try:
        found = read(content, kept)
    except ContentError as wrong:
        return wrong.problems
    shown = (found.specialties, found.towns, found.insurers, found.prices, found.pages, found.lists, found.gone)
    return dict(found.doctors), dict(found.clinics), dict(found.briefs), shown, list(found.doctors), found.renamed


def remembered(content: Path, file: Path) -> object:
    """The outcome of a process that finds what the last one kept, and keeps what it finds itself."""
    shelf = Shelf(file)
    kept = KeptCards(shelf)
    found = outcome(content, kept)
    kept.put()
    shelf.save()
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_after_any_edits_nothing_differs_from_a_reading_without_memory(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("kept")
    content, file = a_site_folder(folder / "content"), folder / "shelf"
    remembered(content, file)
    for _ in range(data.draw(st.integers(1, 4))):
        for path, old, new in data.draw(st.lists(st.sampled_from(ANY), min_size=1, max_size=2)):
            text = (content / path).read_text(encoding="utf-8") if (content / path).exists() else ""
            there = old if old in text else new
            if there in text:
                change(content, path, there, new if there == old else old)
        what = data.draw(st.sampled_from(("nothing", "remove", "add", "rename", "clinic")))
        if what == "remove":
            (content / "doctors/card-3.md").unlink(missing_ok=True)
        if what == "add":
            write(content, "doctors/jauna.md", DOCTOR.replace("old_slugs: [ilze-kalnina]\n", ""))
        if what == "rename" and (content / "doctors/card-2.md").exists():
            (content / "doctors/card-2.md").rename(content / "doctors/anna-cakste.md")
        if what == "clinic" and (content / "clinics/juras-prakse.md").exists():
            (content / "clinics/juras-prakse.md").rename(content / "clinics/prakse.md")

        assert remembered(content, file) == outcome(content)


def opened_by(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> list[str]:
    """The cards that are read while something is done."""
    names: list[str] = []
    real = cards.card

    def noted(path: Path, slug: str, file: str, problems: list[cards.Problem]) -> cards.Card:
        names.append(file)
        return real(path, slug, file, problems)

    monkeypatch.setattr("clinic_directory.checked_cards.card", noted)
    act()
    return names


def grown_old(content: Path) -> None:
    """As if nobody had touched a file for a minute: what changed just now is not trusted by its times."""
    for path in content.rglob("*.*"):
        os.utime(path, ns=(1_700_000_000_000_000_000, 1_700_000_000_000_000_000))


def test_one_edit_reads_one_card(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_site_folder(content)
    grown_old(content)
    remembered(content, tmp_path / "shelf")
    change(content, "doctors/card-1.md", "given: Māra", "given: Zane")

    assert opened_by(monkeypatch, lambda: remembered(content, tmp_path / "shelf")) == ["doctors/card-1.md"]


def test_a_fresh_clone_with_all_times_moved_reads_nothing_anew(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remembered(content, tmp_path / "shelf")
    grown_old(content)

    assert opened_by(monkeypatch, lambda: remembered(content, tmp_path / "shelf")) == []


def test_an_edit_of_equal_length_in_the_same_instant_is_seen(content: Path, tmp_path: Path) -> None:
    card = content / "doctors/ilze-berzina.md"
    times = card.stat().st_mtime_ns
    remembered(content, tmp_path / "shelf")
    change(content, "doctors/ilze-berzina.md", 'price: "55.00"', 'price: "57.00"')
    os.utime(card, ns=(times, times))

    found = read(content, kept_in(tmp_path / "shelf"))

    assert found.doctors["ilze-berzina"].practices[0].services[0].price == 5700


def test_a_broken_card_is_told_until_it_is_mended(content: Path, tmp_path: Path) -> None:
    remembered(content, tmp_path / "shelf")
    change(content, "doctors/ilze-berzina.md", "specialties: [kardiologs]", "specialties: [kardiolog]")

    assert remembered(content, tmp_path / "shelf") == remembered(content, tmp_path / "shelf") == outcome(content)
    assert not isinstance(outcome(content), Directory)


def test_a_second_process_finds_the_same(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_site_folder(content)
    monkeypatch.setattr(forks, "LEAST", 2)
    monkeypatch.setattr(forks, "possible", lambda: True)

    assert remembered(content, tmp_path / "shelf") == outcome(content)
    change(content, "doctors/card-0.md", "payer: paid", "payer: card")
    change(content, "doctors/laila.md", "kind: nurse", "kind: nun")
    assert remembered(content, tmp_path / "other") == outcome(content)


def test_a_shelf_that_is_no_database_is_begun_anew(content: Path, tmp_path: Path) -> None:
    (tmp_path / "shelf").write_bytes(b"not a database" * 100)

    assert remembered(content, tmp_path / "shelf") == outcome(content)
