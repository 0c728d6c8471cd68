"""A field of a card is changed and nothing else; the change is a patch that `make apply-correction` takes."""

import subprocess
from pathlib import Path

import pytest
from clinic_directory.editing.amended import CannotAmend, amended
from clinic_directory.editing.difference import patch
from clinic_directory.editing.patches import applied, parse
from clinic_directory.yaml_events import Tree

CARD = """\
---
name: {lv: Klīnika, ru: Клиника}   # both
address: {street: "Kastaņu aleja 12", town: riga}
phones: [+371 6000 0012]
email: a@b.lv   # reception's

# How it is open.
hours:
  mon: "8:00-12:00"   # mornings
  tue: closed

note: >-
  One
  two.

practices:
  - clinic: veja-roze
    services:
      - id: ekg
        minutes: 15
  - clinic: jura
# The end.
---
Text: stays.
"""


@pytest.mark.parametrize(
    ("path", "value", "before", "after"),
    [
        (("email",), "new@b.lv", "email: a@b.lv   #", 'email: "new@b.lv"   #'),
        (("phones",), ["+371 6000 0013"], "[+371 6000 0012]", '["+371 6000 0013"]'),
        (("address", "street"), "Jūras iela 3, 5", '"Kastaņu aleja 12"', '"Jūras iela 3, 5"'),
        (("address", "post_code"), "LV-1010", "town: riga}", "town: riga, post_code: LV-1010}"),
        (("address", "town"), "", ", town: riga}", "}"),
        (("hours", "mon"), "9:00-13:00", '"8:00-12:00"', '"9:00-13:00"'),
        (("hours", "sat"), "closed", "tue: closed\n", "tue: closed\n  sat: closed\n"),
        (("hours",), {"mon": "closed"}, '\n  mon: "8:00-12:00"   # mornings\n  tue: closed\n', " {mon: closed}\n"),
        (("note",), "Three.", "note: >-\n  One\n  two.\n", "note: Three.\n"),
        (("note",), "", "note: >-\n  One\n  two.\n", ""),
        (("practices", 0, "services", 0, "minutes"), "20", "minutes: 15", "minutes: 20"),
        (("practices", 0, "services", 0, "id"), "echo", "id: ekg", "id: echo"),
        (("practices", 1, "room"), "304", "- clinic: jura\n", "- clinic: jura\n    room: 304\n"),
        (("site",), "https://b.lv/", "- clinic: jura\n", '- clinic: jura\nsite: "https://b.lv/"\n'),
    ],
)
def test_one_field_changes_and_every_other_sign_stays(
    path: tuple[str | int, ...], value: Tree, before: str, after: str
) -> None:
    assert CARD.count(before) == 1

    assert amended(CARD, {path: value}) == CARD.replace(before, after)


def test_several_changes_are_made_one_after_another() -> None:
    changed = amended(CARD, {("email",): "", ("hours", "tue"): "9:00-10:00", ("kind",): "clinic"})

    assert "a@b.lv" not in changed
    assert 'tue: "9:00-10:00"' in changed
    assert "kind: clinic" in changed


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("no fences", ("email",)),
        ("---\na: [\n---\n", ("a",)),
        (CARD, ("email", "domain")),
        (CARD, ("nowhere", "x")),
        (CARD, ("practices", 7, "clinic")),
        (CARD, ("practices", 0)),
    ],
)
def test_a_place_that_is_not_there_is_refused(text: str, path: tuple[str | int, ...]) -> None:
    with pytest.raises(CannotAmend):
        amended(text, {path: "x"})


def test_the_field_that_a_list_item_begins_with_is_not_taken_away() -> None:
    with pytest.raises(CannotAmend, match="begins with clinic"):
        amended(CARD, {("practices", 1, "clinic"): ""})


def test_the_change_of_a_card_is_a_patch_that_leads_from_one_to_the_other() -> None:
    new = amended(CARD, {("email",): "new@b.lv", ("practices", 0, "services", 0, "minutes"): "20"})
    text = patch({"clinics/jura.md": (CARD, new), "clinics/same.md": (CARD, CARD)})

    assert text.startswith("diff --git a/content/clinics/jura.md b/content/clinics/jura.md\n--- a/content/")
    (one,) = parse(text)
    assert (one.file, one.fresh) == ("clinics/jura.md", False)
    assert applied(one, CARD) == new


@pytest.mark.parametrize("text", ["one\n", "one\n\n", "a\u2028b\x0cc\n", "no end"])
def test_a_new_file_is_a_patch_too(text: str) -> None:
    written = patch({"doctors/ilze-berzina.md": (None, text)})

    assert "new file mode 100644\n--- /dev/null\n+++ b/content/doctors/ilze-berzina.md\n" in written
    if not set(text) & {"\u2028", "\x0c"}:
        (one,) = parse(written)
        assert one.fresh
        assert applied(one, "") == text if text.endswith("\n") else text + "\n"


def test_git_takes_the_patch(tmp_path: Path) -> None:
    home = tmp_path / "content" / "clinics"
    home.mkdir(parents=True)
    (home / "jura.md").write_text(CARD, encoding="utf-8")
    new = amended(CARD, {("email",): "new@b.lv"})
    text = patch({"clinics/jura.md": (CARD, new), "clinics/rasa.md": (None, CARD)})
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)

    subprocess.run(["git", "apply", "-"], input=text.encode(), cwd=tmp_path, check=True)

    assert (home / "jura.md").read_text(encoding="utf-8") == new
    assert (home / "rasa.md").read_text(encoding="utf-8") == CARD
