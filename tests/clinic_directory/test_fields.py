"""Each kind of field: what is refused, where it is told, and what to write instead."""

from pathlib import Path

import pytest
from clinic_directory.reader import read

from tests.builders.content import change
from tests.clinic_directory.reports import told_after

DOCTOR = "doctors/ilze-berzina.md"
CLINIC = "clinics/veja-roze.md"
ON_DOCTOR = [
    ("lay_title:", "lay_titel:", 'lay_titel: is not a field; did you mean "lay_title"?'),
    ("prefix: Dr.", "favourite: yes", "favourite: is not a field; leave it out"),
    ("prefix: Dr.", "slug: ilze", "slug: is not written, the file itself says it; leave it out"),
    ("kind: doctor", "kind: docter", 'kind: "docter" is not one of the words for it; did you mean "doctor"?'),
    ("kind: doctor", "kind: [doctor]", "kind: takes one value; write one of doctor, nurse, midwife, room, device"),
    ("new_patients: yes", "new_patients: true", 'new_patients: "true" is not an answer; write yes or no'),
    ("checked: 2026-11-02\nold", "checked: 2026-02-30\nold",
     'checked: "2026-02-30" is not a day of the calendar; write a day such as 2026-11-02'),
    ("checked: 2026-11-02\nold", "checked: 1026-02-20\nold",
     'checked: "1026-02-20" is too far away; write a day between 2000-01-01 and 2100-12-31'),
    ("checked: 2026-11-02\nold", "checked:\nold", "checked: is missing; write checked: 2026-11-02"),
    ("ages: {from: 12, to: }", "ages: {from: 12, to: 6}", "ages: goes from 12 to 6; write from: 6, to: 12"),
    ("ages: {from: 12, to: }", "ages: {from_: 12}", 'ages.from_: is not a field; did you mean "from"?'),
    ("ages: {from: 12, to: }", "ages: 12", "ages: takes a map of fields; write {}"),
    ("languages: [lv, ru, en]", "languages: [lv, ru, eng]",
     'languages[2]: "eng" is not one of the words for it; did you mean "en"?'),
    ("languages: [lv, ru, en]", "languages: lv", "languages: takes a list; write [lv]"),
    ("arrive_early: 10 min", "arrive_early: 10 minutes",
     'practices[0].arrive_early: "10 minutes" is not a length of time; write 10 min, 2 h or 90 d'),
    ("horizon: 60 d", "horizon: 60 h", 'practices[0].limits.horizon: "60 h" is not a number of days; write 90 d'),
    ("visits: 2", "visits: 0", "practices[0].limits.visits: is less than 1; write 1 or more"),
    ("visits: 2", "visits: two", 'practices[0].limits.visits: "two" is not a whole number; write a number such as 30'),
    ("minutes: 30", "minutes: 700", "practices[0].services[0].minutes: is more than 600; write 600 or less"),
    ("after: 5", "after: 7",
     'practices[0].services[0].buffer.after: "7" is not a multiple of 5 minutes; write 5 or 10'),
    ('price: "55.00"', 'price: "55,00"',
     'practices[0].services[0].price: "55,00" is not an amount in euro; write "55.00"'),
    ("id: konsultacija", "id: Konsultācija",
     'practices[0].services[0].id: "Konsultācija" is not a slug (a–z, 0–9 and single hyphens); write konsultacija'),
    ("picture: ilze-berzina.png", "picture: ../ilze.png",
     'picture: "../ilze.png" is not a picture\'s file name; write ilze-berzina.jpg'),
    ("title: {lv: Kardioloģe, ru: Кардиолог, en: Cardiologist}", "title: {ru: Кардиолог}",
     "title.lv: is missing; write lv: the text in Latvian"),
    ("title: {lv: Kardioloģe, ru: Кардиолог, en: Cardiologist}", "title: {lv: Kardioloģe, lt: Kardiologė}",
     "title.lt: is not a field; write one of lv, ru, en"),
    ("family: Bērziņa", f"family: {'B' * 161}", "family: has 161 characters, at most 160 fit; write a shorter text"),
    ("family: Bērziņa", "family: [Bērziņa]", "family: takes one value; write a line of text"),
    ("ru: Возьмите выписки.", f"ru: {'Я' * 1201}",
     "practices[0].services[0].preparation.ru: has 1201 characters, at most 1200 fit; write a shorter text"),
    ('register_number: "12345"', 'register_number: "12 345"',
     'register_number: "12 345" is not a register number; write "12345"'),
]  # fmt: skip
ON_CLINIC = [
    ("kind: clinic", "kind: hospital",
     'kind: "hospital" is not one of the words for it; write one of clinic, dentist, practice'),
    ("number_prefix: VR", "number_prefix: Vr",
     'number_prefix: "Vr" is not two or three capital letters; write VR'),
    ('company_number: "40003000000"', 'company_number: "4000300000"',
     'company_number: "4000300000" is not a company number; write 11 digits from "4" up, such as "40003000000"'),
    ('company_number: "40003000000"', 'company_number: "30003000000"',
     'company_number: "30003000000" is not a company number; write 11 digits from "4" up, such as "40003000000"'),
    ("post_code: LV-1010", "post_code: 1010", 'address.post_code: "1010" is not a post code; write LV-1010'),
    ('latitude: "56.94965"', 'latitude: "24.10519"',
     'address.latitude: "24.10519" is outside Latvia; write a latitude between 55.6 and 58.1'),
    ('longitude: "24.10519"', "longitude: 24.1 E",
     'address.longitude: "24.1 E" is not a coordinate; write degrees with a point, such as "21.90000"'),
    ("phones: [+371 6000 0012]", "phones: [+371 600 0012]",
     'phones[0]: "+371 600 0012" is not a telephone number; write +371 6000 0012'),
    ("phones: [+371 6000 0012]", "phones: []", "phones: is an empty list; write [+371 6000 0012]"),
    ("email: registratura@vejaroze.example", "email: registratura@vejaroze",
     'email: "registratura@vejaroze" is not an e-mail address; write registratura@klinika.lv'),
    ("site: https://vejaroze.example/", "site: http://vejaroze.example/",
     'site: "http://vejaroze.example/" is not a safe link; write an address that begins with https://'),
    ("site: https://vejaroze.example/", "site: https://user@vejaroze.example/",
     'site: "https://user@vejaroze.example/" is not a safe link; write an address that begins with https://'),
    ("mon: 8:00-19:00, tue", "mon: 8-19, tue",
     'hours.mon: "8-19" is not a time span; write "8:00-12:00, 13:00-17:00" or closed'),
    ("mon: 8:00-19:00, tue", "mon: 19:00-8:00, tue",
     'hours.mon: "19:00-8:00" does not run from earlier to later in one day; '
     'write "8:00-12:00, 13:00-17:00" or closed'),
    ("8:00-12:00, 13:00-17:00", "8:00-12:00, 11:00-17:00",
     'hours.tue: "11:00-17:00" begins before the span before it ends; write "8:00-12:00, 13:00-17:00" or closed'),
    ("sun: closed", "sunday: closed", 'hours.sunday: is not a day of the week; did you mean "sun"?'),
    ("payment: [card, cash]", "payment: [card, coins]",
     'payment[1]: "coins" is not one of the words for it; write one of card, cash, transfer'),
    ("checked: 2026-11-02", "timezone: Europe/Rīga\nchecked: 2026-11-02",
     'timezone: "Europe/Rīga" is not a time zone; did you mean "Europe/Riga"?'),
    ("institution_code: 0100-00000", "institution_code: 100",
     'institution_code: "100" is not an institution code; write 0100-00000'),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "problem"), ON_DOCTOR)
def test_a_bad_field_of_a_doctor_is_told_with_its_line_and_the_cure(
    content: Path, old: str, new: str, problem: str
) -> None:
    _assert_told(content, DOCTOR, old, new, problem)


@pytest.mark.parametrize(("old", "new", "problem"), ON_CLINIC)
def test_a_bad_field_of_a_clinic_is_told_with_its_line_and_the_cure(
    content: Path, old: str, new: str, problem: str
) -> None:
    _assert_told(content, CLINIC, old, new, problem)


def _assert_told(content: Path, file: str, old: str, new: str, problem: str) -> None:
    before = (content / file).read_text(encoding="utf-8")
    line = before[: before.index(old)].count("\n") + 1

    assert told_after(content, file, old, new)[0] == f"{file}:{line}: {problem}"


def test_a_swapped_pair_of_coordinates_is_two_problems(content: Path) -> None:
    lines = told_after(
        content,
        CLINIC,
        'latitude: "56.94965", longitude: "24.10519"',
        'latitude: "24.10519", longitude: "56.94965"',
    )

    assert [line.partition(": ")[2].partition(":")[0] for line in lines] == ["address.latitude", "address.longitude"]


def test_an_amount_without_cents_and_a_national_phone_are_understood(content: Path) -> None:
    change(content, DOCTOR, 'price: "55.00"', "price: 55")
    change(content, CLINIC, "phones: [+371 6000 0012]", "phones: [6000 0012]")

    directory = read(content)

    assert directory.doctors["ilze-berzina"].practices[0].services[0].price == 5500
    assert directory.clinics["veja-roze"].phones == ("+37160000012",)
