"""Rules between fields and between files."""

from pathlib import Path

import pytest
from clinic_directory.reader import read

from tests.builders.content import CLINIC, DOCTOR, OTHER_CLINIC, change, write
from tests.clinic_directory.reports import line_of, told, told_after

CARD = "doctors/ilze-berzina.md"
ROOM = "doctors/proceduras.md"
VEJA = "clinics/veja-roze.md"
JURAS = "clinics/juras-prakse.md"
SERVICE = "practices[0].services[0]"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (CARD, "clinic: juras-prakse", "clinic: juras-praks",
         'practices[1].clinic: "juras-praks" is not a clinic; did you mean "juras-prakse"?'),
        (CARD, "branch: juglas", "branch: jugla",
         'practices[0].branch: "jugla" is not a branch of veja-roze; did you mean "juglas"?'),
        (CARD, "clinic: juras-prakse", "clinic: juras-prakse\n    branch: ostas",
         'practices[1].branch: "ostas" is not a branch of juras-prakse; leave it out'),
        (CARD, "specialties: [kardiologs]", "specialties: [kardiologi]",
         'specialties[0]: "kardiologi" is not a specialty; did you mean "kardiologs"?'),
        (CARD, "co_payment: specialist", "co_payment: specialists",
         'practices[0].services[1].co_payment: "specialists" is not a co-payment of tables/prices.yaml; '
         'did you mean "specialist"?'),
        (CARD, "picture: ilze-berzina.png", "picture: ilze-berzina.jpg",
         'picture: "ilze-berzina.jpg" is not a picture in images/; did you mean "ilze-berzina.png"?'),
        (VEJA, "insurers: [sala]", "insurers: [slaa]",
         'insurers[0]: "slaa" is not an insurer; did you mean "sala"?'),
        (VEJA, "12, town: riga", "12, town: rga",
         'address.town: "rga" is not a town; did you mean "riga"?'),
        (VEJA, "3, town: riga", "3, town: ventspils",
         'branches[0].address.town: "ventspils" is not a town; write one of riga, liepaja'),
    ],
)  # fmt: skip
def test_a_dead_reference_is_told_with_what_was_meant(content: Path, file: str, old: str, new: str, said: str) -> None:
    line = line_of(content, file, old) + new.count("\n")

    assert told_after(content, file, old, new) == [f"{file}:{line}: {said}"]


def test_a_clinic_with_a_broken_card_still_exists_for_its_doctors(content: Path) -> None:
    write(content, VEJA, "---\nname: [\n---\n")

    assert [line.partition(":")[0] for line in told(content)] == [VEJA]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (CARD, 'price: "55.00"', "price: ",
         f'{SERVICE}.price: is missing, and a paid service has one; write price: "55.00"'),
        (CARD, 'price: "55.00"', 'price: "55.00"\n        co_payment: specialist',
         f"{SERVICE}.co_payment: belongs to a state-paid service; leave it out, or payer: state"),
        (CARD, "co_payment: specialist", "co_payment: ",
         "practices[0].services[1].co_payment: is missing, and a state-paid service has it; "
         "write co_payment: and a key of tables/prices.yaml"),
        (CARD, "id: valsts-vizite", "id: konsultacija",
         'practices[0].services[1].id: "konsultacija" names two services here; give each its own id'),
        (CARD, "old_ids: [valsts]", "old_ids: [konsultacija]",
         'practices[0].services[1].old_ids[0]: "konsultacija" names two services here; give each its own id'),
        (CARD, "given: Ilze", "given: ", "given: is missing, and a person has it; write given: Ilze"),
        (CARD, "prefix: Dr.", "name: Ilze Bērziņa", "name: belongs to a room or a device; write given and family"),
        (CARD, 'register_number: "12345"', "register_number: ",
         'register_checked: stands without a number; write register_number: "12345"'),
        (CARD, "languages: [lv, ru, en]", "languages: [lv, ru, lv]",
         'languages[2]: "lv" stands there twice; leave one of them'),
        (ROOM, "kind: room", "kind: room\nfamily: Liepa",
         "family: belongs to a person, and this is a room; leave it out"),
        (ROOM, "booking: walk-in", "booking: phone",
         f"{SERVICE}.hours: belongs to a walk-in; write booking: walk-in, or leave it out"),
        (ROOM, "        hours: 7.30–10.00\n", "",
         f"{SERVICE}.hours: is missing, and a walk-in has them; write hours: 7.30–10.00"),
    ],
)  # fmt: skip
def test_fields_that_do_not_go_together_are_refused(content: Path, file: str, old: str, new: str, said: str) -> None:
    assert [line.partition(": ")[2] for line in told_after(content, file, old, new)] == [said]


def test_a_notice_as_long_as_the_horizon_leaves_nothing_to_book(content: Path) -> None:
    (said,) = told_after(content, CARD, "notice: 2 h, horizon: 60 d", "notice: 60 d, horizon: 60 d")

    assert said.endswith("limits: leave no day to book: the notice reaches the horizon; write a shorter notice")


def test_two_branches_of_a_clinic_have_two_ids(content: Path) -> None:
    branch = CLINIC[CLINIC.index("  - id: juglas") : CLINIC.index("phones: [+371 6000 0012]")]
    line = line_of(content, VEJA, "    hours: {mon: 9:00-17:00}") + 1

    lines = told_after(content, VEJA, branch, branch * 2)

    assert lines == [f'{VEJA}:{line}: branches[1].id: "juglas" names two branches; give each its own id']


def test_a_room_needs_a_name(content: Path) -> None:
    change(content, ROOM, "name: {lv: Procedūru kabinets, ru: Процедурный кабинет, en: Treatment room}\n", "")

    assert told(content) == [f"{ROOM}:2: name: is missing, and a room has one; write name: {{lv: …, ru: …, en: …}}"]


def test_one_place_is_one_practice(content: Path) -> None:
    change(content, CARD, "  - clinic: juras-prakse", "  - clinic: veja-roze\n    branch: juglas")

    assert told(content)[0].endswith("practices[1].clinic: stands there twice; join the two practices")


def test_two_branches_of_one_clinic_share_one_set_of_service_ids(content: Path) -> None:
    change(content, CARD, "  - clinic: juras-prakse\n    services: []", (
        "  - clinic: veja-roze\n    services:\n"
        "      - {id: konsultacija, title: Konsultācija, payer: paid, minutes: 30, price: 5}"
    ))  # fmt: skip

    assert told(content)[0].endswith('"konsultacija" names two services here; give each its own id')


def test_a_doctor_without_a_latvian_text_is_refused(content: Path) -> None:
    write(content, CARD, DOCTOR.partition("---\nStrādā")[0] + "---\n\n=== ru\nТекст.\n")

    assert told(content) == [f"{CARD}:2: has no Latvian text; write about the doctor below the second ---"]


def test_two_clinics_cannot_share_the_letters_of_booking_numbers(content: Path) -> None:
    line = line_of(content, VEJA, "number_prefix")

    lines = told_after(content, VEJA, "number_prefix: VR", "number_prefix: JP")

    assert lines == [f'{VEJA}:{line}: number_prefix: "JP" is taken by {JURAS}; choose other letters']


@pytest.mark.parametrize(
    ("old_slug", "said"),
    [
        ("veja-roze", '"veja-roze" is the slug that the card has now; leave it out'),
        ("juras-prakse", f'"juras-prakse" is the slug of {JURAS}; leave it out'),
    ],
)
def test_an_old_slug_never_leads_away_from_a_card_that_has_it_now(content: Path, old_slug: str, said: str) -> None:
    line = line_of(content, VEJA, "old_slugs")

    lines = told_after(content, VEJA, "old_slugs: [veja-roze-riga]", f"old_slugs: [{old_slug}]")

    assert lines == [f"{VEJA}:{line}: old_slugs[0]: {said}"]


def test_an_old_slug_leads_to_one_card_only(content: Path) -> None:
    write(content, "doctors/ilze-liepa.md", DOCTOR)
    line = line_of(content, CARD, "old_slugs")

    said = f'"ilze-kalnina" is also an old slug of {CARD}; leave it in one card'
    assert told(content) == [f"doctors/ilze-liepa.md:{line}: old_slugs[0]: {said}"]


def test_doctors_and_clinics_may_have_the_same_slug(content: Path) -> None:
    write(content, "clinics/ilze-berzina.md", OTHER_CLINIC.replace("JP", "IB"))

    assert "ilze-berzina" in read(content).clinics


def test_a_town_cannot_have_the_slug_of_a_specialty(content: Path) -> None:
    before = (content / "tables/towns.yaml").read_text(encoding="utf-8")
    write(content, "tables/towns.yaml", before + before.splitlines()[0].replace("riga:", "kardiologs:", 1) + "\n")

    assert told(content) == [
        'tables/towns.yaml:3: kardiologs: "kardiologs" is also a specialty in tables/specialties.yaml, '
        "and both would have the address /kardiologs/; choose another slug"
    ]


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("book", '"book" is a word of the site itself'),
        ("ru", '"ru" is a word of the site itself'),
        ("riga", '"riga" is also a town in tables/towns.yaml, and both would have the address /riga/'),
    ],
)
def test_a_page_cannot_take_an_address_that_is_taken(content: Path, slug: str, said: str) -> None:
    for lang in ("lv", "ru", "en"):
        (content / f"pages/palidziba.{lang}.md").rename(content / f"pages/{slug}.{lang}.md")

    assert told(content) == [f"pages/{slug}.en.md: {said}; choose another slug"]


def test_a_page_that_lacks_a_language_is_told_how_to_mark_it(content: Path) -> None:
    (content / "pages/palidziba.ru.md").unlink()

    assert told(content) == [
        "pages/palidziba.ru.md: is missing; write it, or mark the page: languages: [lv, en] in pages/palidziba.lv.md"
    ]


def test_a_page_without_a_latvian_file_is_refused(content: Path) -> None:
    (content / "pages/palidziba.lv.md").unlink()

    assert told(content) == ["pages/palidziba.lv.md: is missing; write the page in Latvian"]


def test_a_page_in_a_language_that_its_mark_leaves_out_is_refused(content: Path) -> None:
    change(content, "pages/palidziba.lv.md", "menu: yes", "menu: yes\nlanguages: [lv, en]")

    assert told(content) == [
        'pages/palidziba.lv.md:5: languages: leaves out "ru", yet pages/palidziba.ru.md is there; add ru'
    ]


def test_a_page_needs_a_text_and_a_description(content: Path) -> None:
    write(content, "pages/palidziba.ru.md", "---\ntitle: Помощь\n---\n")

    assert told(content) == [
        "pages/palidziba.ru.md:2: has no text; write it below the second ---",
        "pages/palidziba.ru.md:2: description: is missing; write description: a sentence or two",
    ]


def test_language_lines_do_not_belong_into_pages(content: Path) -> None:
    change(content, "pages/palidziba.lv.md", "Zvaniet klīnikai.", "Zvaniet klīnikai.\n=== ru\nПозвоните.")

    assert told(content) == [
        'pages/palidziba.lv.md:7: has "===" language lines, yet a page has a file for each language; '
        "move each text to its own file"
    ]


def test_a_list_of_no_specialty_or_town_is_refused(content: Path) -> None:
    (content / "lists/kardiologs--riga.md").rename(content / "lists/kardiologi--rigs.md")

    assert told(content) == [
        'lists/kardiologi--rigs.md: "kardiologi" is not a specialty; did you mean "kardiologs"?',
        'lists/kardiologi--rigs.md: "rigs" is not a town; did you mean "riga"?',
    ]


def test_a_list_of_one_name_is_of_a_specialty_or_of_a_town(content: Path) -> None:
    (content / "lists/kardiologs--riga.md").rename(content / "lists/rigs.md")

    assert told(content) == ['lists/rigs.md: "rigs" is not a specialty or a town; did you mean "riga"?']

    (content / "lists/rigs.md").rename(content / "lists/riga.md")

    found = read(content).lists["riga"]
    assert (found.specialty, found.town) == (None, "riga")


def test_a_list_of_few_words_is_refused_in_each_language(content: Path) -> None:
    write(content, "lists/kardiologs.md", "---\n---\nKardiologi ārstē sirdi.\n\n=== ru\nКардиологи лечат сердце.\n")

    assert told(content) == [
        "lists/kardiologs.md:3: has 3 words in lv, and a list worth finding has at least 40; "
        "say what these doctors do and what to know before",
        "lists/kardiologs.md:6: has 3 words in ru, and a list worth finding has at least 40; "
        "say what these doctors do and what to know before",
    ]


def test_two_lists_never_say_the_same(content: Path) -> None:
    """Line breaks and capitals do not make a text another one, and one paragraph of it is enough."""
    lines = (content / "lists/kardiologs--riga.md").read_text().split("=== en")[0].split("\n")
    copied = " ".join(lines[2:]).strip().replace("Pie sirds", "PIE SIRDS")
    own = "Tas, ko raksta pats redaktors par šo sarakstu un ko citur neraksta. " * 4
    write(content, "lists/kardiologs.md", f"---\n---\n{own}\n\n{copied}\n")

    assert told(content) == [
        "lists/kardiologs.md:5: says what lists/kardiologs--riga.md says; write each list a text of its own"
    ]


def test_a_list_needs_a_text(content: Path) -> None:
    write(content, "lists/kardiologs--riga.md", "---\n---\n")

    assert told(content) == ["lists/kardiologs--riga.md:2: has no Latvian text; write it below the second ---"]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("tables/specialties.yaml", "schema_org: [Cardiovascular]", "schema_org: [Cardiovasculr]",
         '5: kardiologs.schema_org[0]: "Cardiovasculr" is not one of the words for it; did you mean "Cardiovascular"?'),
        ("tables/specialties.yaml", "kardiologs:", "Kardiologs:",
         "1: Kardiologs: is not a slug; write a–z, 0–9 and single hyphens"),
        ("tables/towns.yaml", "region: LV-RIX", "region: Rīga",
         '1: riga.region: "Rīga" is not a region of ISO 3166-2; write LV-RIX'),
        ("tables/towns.yaml", "in: {lv: Rīgā, ru: в Риге, en: in Riga}, ", "",
         "1: riga.in: is missing; write in: {lv: …, ru: …, en: …}"),
        ("tables/prices.yaml", 'amount: "4.00"', 'amount: "4,00"',
         '4: prices.specialist.amount: "4,00" is not an amount in euro; write "55.00"'),
        ("tables/insurers.yaml", "sala: {", "sala: [{", "1: has a list that never ends; close the list with ]"),
    ],
)  # fmt: skip
def test_a_table_is_checked_like_a_card(content: Path, file: str, old: str, new: str, said: str) -> None:
    assert f"{file}:{said}" in told_after(content, file, old, new)


def test_a_table_that_cannot_be_read_kills_no_references(content: Path) -> None:
    write(content, "tables/towns.yaml", "riga: [\n")

    assert [line.partition(":")[0] for line in told(content)] == ["tables/towns.yaml"]


def test_an_unknown_or_empty_language_of_a_body_is_refused(content: Path) -> None:
    lines = told_after(content, VEJA, "=== ru\nКлиника", "=== lt\nKlinika\n=== ru\n\n=== lv\nКлиника")
    start = CLINIC[: CLINIC.index("=== ru")].count("\n") + 1

    assert lines == [
        f'{VEJA}:{start}: "=== lt" is not a language of the site; write one of lv, ru, en',
        f'{VEJA}:{start + 2}: has no text after "=== ru"; write the text, or leave the line out',
        f'{VEJA}:{start + 4}: has a second text for "lv"; join the two',
    ]
