"""What the check of content says about sound cards: what they lack, what is overdue, what was copied."""

from datetime import date
from pathlib import Path

import pytest
from clinic_directory.editing.remark import placed
from clinic_directory.editing.warnings import warnings
from clinic_directory.reader import read

from tests.builders.content import DOCTOR, change, write
from tests.clinic_directory.reports import line_of

TODAY = date(2026, 11, 24)
CARD = "doctors/ilze-berzina.md"
VEJA = "clinics/veja-roze.md"
LONG = (
    "Ilze Bērziņa ārstē paaugstinātu asinsspiedienu, ritma traucējumus un sirds mazspēju, un vizītē vispirms izrunā "
    "sūdzības un zāles. Pēc tam pieraksta elektrokardiogrammu, to turpat izskaidro un kopā ar pacientu izlemj, kādi "
    "izmeklējumi tiešām vajadzīgi. Līdzi jāņem iepriekšējie izraksti, analīžu rezultāti un lietoto zāļu saraksts."
)


def told(content: Path, today: date = TODAY, files: set[str] | None = None) -> list[str]:
    """The warnings as lines, without what to do about them."""
    directory = read(content)
    return [str(line).rpartition(";")[0] for line in placed(content, warnings(directory, today, files))]


def about(content: Path, file: str, word: str, today: date = TODAY) -> list[str]:
    return [line for line in told(content, today, {file}) if word in line]


@pytest.mark.parametrize(
    ("file", "line", "field", "word"),
    [
        (CARD, "picture: ilze-berzina.png\n", "picture", "picture"),
        (CARD, "languages: [lv, ru, en]\n", "languages", "languages"),
        (CARD, 'register_number: "12345"\nregister_checked: 2026-02-22\n', "register_number", "register number"),
        (CARD, "certificate_until: 2029-05-01\n", "certificate_until", "certificate"),
        (VEJA, "picture: veja-roze.jpg\n", "picture", "picture"),
        (VEJA, "email: registratura@vejaroze.example\n", "email", "e-mail"),
        (VEJA, "payment: [card, cash]\n", "payment", "ways to pay"),
        (VEJA, "transport: {lv: 3. tramvajs, ru: Трамвай 3, en: Tram 3}\n", "transport", "way to get there"),
        (VEJA, "accessibility: {step_free: yes, lift: no, note: Lifts ir otrajā ieejā.}\n", "accessibility", "a step"),
    ],
)
def test_a_card_that_lacks_what_patients_ask_says_so(
    content: Path, file: str, line: str, field: str, word: str
) -> None:
    before = about(content, file, word)
    change(content, file, line, "")

    found = about(content, file, word)

    assert before == []
    assert len(found) == 1
    assert f": {field}: the card has no" in found[0]


def test_a_room_is_asked_for_no_portrait_and_no_certificate(content: Path) -> None:
    assert [line for line in told(content, files={"doctors/proceduras.md"}) if "patients ask" in line] == []


def test_a_practice_without_services_or_without_preparation_is_told_at_its_line(content: Path) -> None:
    line = line_of(content, CARD, "clinic: juras-prakse")
    found = about(content, CARD, "no services")
    assert [text.partition(" has ")[0] for text in found] == [f"{CARD}:{line}: practices[1]:"]
    assert about(content, CARD, "prepare") == []

    preparation = (
        "        preparation: {lv: Paņemiet līdzi izrakstus., ru: Возьмите выписки., en: Bring your papers.}\n"
    )
    change(content, CARD, preparation, "")

    assert len(about(content, CARD, "prepare")) == 1


@pytest.mark.parametrize(
    ("file", "old", "new", "word"),
    [
        (CARD, "\nchecked: 2026-11-02", "\nchecked: 2026-05-28", "the card was last checked"),
        (CARD, "register_checked: 2026-02-22", "register_checked: 2025-11-24", "the entry in the register"),
        (CARD, "certificate_until: 2029-05-01", "certificate_until: 2026-11-24", "the certificate ended"),
        (CARD, "new_patients: yes", "away_until: 2026-11-24", "to be back"),
        (CARD, "checked: 2026-11-01", "checked: 2026-08-26", "the queue"),
        (VEJA, "\nchecked: 2026-11-02", "\nchecked: 2026-05-28", "the card was last checked"),
    ],
)
def test_a_date_is_told_from_the_day_after_its_last(content: Path, file: str, old: str, new: str, word: str) -> None:
    change(content, file, old, new)
    last, line = TODAY, line_of(content, file, new.strip())

    assert about(content, file, word, last) == []
    overdue = about(content, file, word, date(2026, 11, 25))
    assert len(overdue) == 1
    assert overdue[0].startswith(f"{file}:{line}: ")


def test_a_check_that_has_not_come_yet_is_told(content: Path) -> None:
    change(content, CARD, "\nchecked: 2026-11-02", "\nchecked: 2026-11-25")

    assert about(content, CARD, "has not come yet") != []
    assert about(content, CARD, "has not come yet", date(2026, 11, 25)) == []


def test_texts_that_lack_a_language_are_told_in_one_line_a_language(content: Path) -> None:
    change(content, CARD, "ru: Кардиолог, en: Cardiologist", "ru: Кардиолог")
    change(content, CARD, "ru: Возьмите выписки., en: Bring your papers.", "ru: Возьмите выписки.")

    assert about(content, CARD, "not in Russian") == []
    assert about(content, CARD, "not in English") == [
        f"{CARD}:{line_of(content, CARD, 'title: {lv: Kardioloģe')}: title: not in English: text, title, "
        "practices[0].services[0].preparation"
    ]


def test_names_digits_and_abbreviations_need_no_translation(content: Path) -> None:
    change(content, "doctors/proceduras.md", "title: Analīzes", "title: EKG")

    assert about(content, "clinics/juras-prakse.md", "not in") == []
    assert about(content, "doctors/proceduras.md", "not in") == []


def test_a_thin_text_is_told_with_its_line(content: Path) -> None:
    text = "Strādā ar sirds ritma traucējumiem."
    assert about(content, CARD, "words") == [f"{CARD}:{line_of(content, CARD, text)}: the text has 10 words"]

    change(content, CARD, text, LONG)

    assert about(content, CARD, "words") == []


def test_a_paragraph_copied_with_changed_names_is_told_in_both_cards(content: Path) -> None:
    other = DOCTOR.replace("old_slugs: [ilze-kalnina]\n", "").replace("Ilze\n", "Anna\n")
    copied = LONG.replace("Ilze Bērziņa", "Anna Liepa").replace("izrunā", "pārrunā")
    change(content, CARD, "Strādā ar sirds ritma traucējumiem.", LONG)
    write(content, "doctors/anna.md", other.replace("Strādā ar sirds ritma traucējumiem.", copied))

    both = [line for line in told(content) if "word for word" in line]

    assert [line.split(":")[0] for line in both] == ["doctors/anna.md", CARD]
    assert "almost word for word in doctors/anna.md" in both[1]
    assert f"{CARD}:{line_of(content, CARD, 'Ilze Bērziņa ārstē')}: " in both[1]
    assert about(content, "doctors/anna.md", "word for word") == [both[0]]


def test_a_text_of_its_own_on_the_same_matter_is_no_copy(content: Path) -> None:
    own = (
        "Anna Liepa strādā ar cilvēkiem, kam mainās spiediens vai sirds sitas nevienmērīgi, un sāk ar garu sarunu par "
        "dienas gaitu. Elektrokardiogrammu pieraksta vizītes beigās, bet rezultātus nosūta tajā pašā vakarā kopā ar "
        "nākamo soļu sarakstu. Līdzi jāņem iepriekšējie izraksti un lietoto zāļu saraksts, ja tāds ir."
    )
    change(content, CARD, "Strādā ar sirds ritma traucējumiem.", LONG)
    other = DOCTOR.replace("old_slugs: [ilze-kalnina]\n", "").replace("Strādā ar sirds ritma traucējumiem.", own)
    write(content, "doctors/anna.md", other)

    assert [line for line in told(content) if "word for word" in line] == []
