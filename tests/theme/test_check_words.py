"""The check of catalogues names each kind of fault, and finds none where there is none."""

from pathlib import Path

import pytest

from theme.check_words import Key, Used, faults, needs_entry, used_messages
from theme.words import PLURAL_FORMS

USED: dict[Key, Used] = {(None, "My visits"): Used(None, "theme/templates/a.html:1")}
COUNTED: dict[Key, Used] = {(None, "%(num)s visit"): Used("%(num)s visits", "a.html:1")}


def catalogue(folder: Path, room: str, *entries: str, lang: str = "lv") -> None:
    (folder / lang).mkdir(exist_ok=True)
    header = f'msgid ""\nmsgstr ""\n"Plural-Forms: {PLURAL_FORMS[lang]}\\n"\n'
    (folder / lang / f"{room}.po").write_text("\n".join([header, *entries]), "utf-8")


def entry(msgid: str, msgstr: str, mark: str = "") -> str:
    return f'{mark}msgid "{msgid}"\nmsgstr "{msgstr}"\n'


def test_complete_catalogue_has_no_fault(tmp_path: Path) -> None:
    catalogue(tmp_path, "theme", entry("My visits", "Manas vizītes"))

    assert faults(USED, tmp_path, ["lv"]) == []


def test_missing_message_is_named_with_its_place(tmp_path: Path) -> None:
    catalogue(tmp_path, "theme")

    assert faults(USED, tmp_path, ["lv"]) == ["lv: missing 'My visits', used in theme/templates/a.html:1"]


@pytest.mark.parametrize(
    ("entries", "word"),
    [
        ([entry("My visits", "")], "empty"),
        ([entry("My visits", "Manas vizītes", "#, fuzzy\n")], "fuzzy"),
        ([entry("My visits", "Manas vizītes"), entry("Old words", "Veci vārdi")], "nobody says"),
    ],
)
def test_bad_entry_is_named(tmp_path: Path, entries: list[str], word: str) -> None:
    catalogue(tmp_path, "theme", *entries)

    found = faults(USED, tmp_path, ["lv"])

    assert len(found) == 1
    assert word in found[0]


def test_differing_placeholder_is_named(tmp_path: Path) -> None:
    used: dict[Key, Used] = {(None, "Until %(time)s"): Used(None, "a.html:1")}
    catalogue(tmp_path, "theme", "#, python-format\n" + entry("Until %(time)s", "Līdz %(laiks)s"))

    found = faults(used, tmp_path, ["lv"])

    assert len(found) == 1
    assert "laiks" in found[0]


def test_plural_that_lacks_a_form_is_named(tmp_path: Path) -> None:
    forms = 'msgid "%(num)s visit"\nmsgid_plural "%(num)s visits"\nmsgstr[0] "vizīte"\nmsgstr[1] ""\nmsgstr[2] ""\n'
    catalogue(tmp_path, "theme", forms)

    assert any("empty" in fault for fault in faults(COUNTED, tmp_path, ["lv"]))


def test_two_rooms_must_say_one_message_alike(tmp_path: Path) -> None:
    catalogue(tmp_path, "portal", entry("My visits", "Manas vizītes"))
    catalogue(tmp_path, "site", entry("My visits", "Mani apmeklējumi"))

    assert faults(USED, tmp_path, ["lv"]) == ["lv: 'My visits' differs between portal.po and site.po"]


def test_english_needs_entries_for_symbols_and_plurals_only() -> None:
    assert not needs_entry("en", (None, "My visits"), USED[None, "My visits"])
    assert needs_entry("en", (None, "refusal.slot-taken"), Used(None, "a.py:1"))
    assert needs_entry("en", (None, "%(num)s visit"), Used("%(num)s visits", "a.html:1"))


def test_messages_are_found_in_templates_python_and_refusals(tmp_path: Path) -> None:
    for name in ("theme/templates", "booking_service", "site"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "theme/templates/a.html").write_text(
        '{{ _("My visits") }}{% trans n=2 %}\n  %(n)s visit\n{% pluralize %}{{ n }} visits{% endtrans %}', "utf-8"
    )
    (tmp_path / "booking_service/b.py").write_text('raise Refusal("slot-taken", x=1)\nN_("Later")\n', "utf-8")

    used = used_messages(tmp_path)

    assert {key[1] for key in used} >= {"My visits", "Later", "refusal.slot-taken"}
    assert any(use.plural == "%(n)s visits" for use in used.values())
