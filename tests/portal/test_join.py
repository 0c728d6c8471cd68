"""A clinic applies to join: what it may type, what comes back, and the letter with ready cards that the editors get."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from clinic_directory.editing.correction import changed, check_with, patch_in
from clinic_directory.editing.patches import parse
from clinic_directory.reader import read
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.db import db
from booking_service.directory.sync import sync
from booking_service.mail import sender
from booking_service.mail.letter import Kind, load
from booking_service.mail.models import Letter
from booking_service.mail.to_editors import JoinFacts
from booking_service.security.encryption import unseal
from booking_service.security.tokens import digest
from tests.apps import Clock, make_app
from tests.builders import people
from tests.builders.content import a_content_folder
from tests.builders.joining import an_application
from tests.builders.letters import POST, everything_said
from tests.builders.smtp import listening, transport_to
from tests.conftest import NOW
from tests.pages import HERE, Browser, values_of

Sessions = sessionmaker[Session]
EDITORS = "redakcija@pieraksts.example"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return a_content_folder(tmp_path / "content")


@pytest.fixture
def app(engine: Engine, tmp_path: Path, clock: Clock, content: Path) -> Iterator[Flask]:
    made = make_app(engine, tmp_path / "var", content_dir=content)
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def another(engine: Engine, tmp_path: Path, clock: Clock) -> Iterator[Callable[..., Browser]]:
    """A visitor of an application with other settings."""
    made: list[Flask] = []

    def visitor_of(**settings: object) -> Browser:
        made.append(make_app(engine, tmp_path / "other", **settings))
        return Browser(made[-1])

    yield visitor_of
    for app in made:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(autouse=True)
def _synced(app: Flask, sessions: Sessions, content: Path) -> None:
    with sessions.begin() as session:
        sync(session, read(content), NOW)


def letters(sessions: Sessions) -> dict[str, tuple[Letter, str]]:
    """The letters that wait, with their address, by kind."""
    with sessions() as session:
        rows = session.scalars(select(Letter)).all()
        return {row.kind: (row, unseal(row.to or b"", row.id, "letter.to")) for row in rows}


def facts_of(sessions: Sessions) -> JoinFacts:
    row, _ = letters(sessions)["join"]
    facts = load(Kind.JOIN, unseal(row.facts or b"", row.id, "letter.facts"))
    assert isinstance(facts, JoinFacts)
    return facts


def test_a_complete_application_reaches_editors_and_sender(visitor: Browser, sessions: Sessions) -> None:
    visitor.open("/join/")
    visitor.post("/join/", an_application())

    assert visitor.here.address == "/join/sent"
    assert visitor.here.h1 == "Pieteikums nosūtīts"
    written = letters(sessions)
    assert {kind: to for kind, (_, to) in written.items()} == {
        "join": EDITORS,
        "join-received": "anna@kugi.example",
    }
    assert facts_of(sessions).open == []
    assert not facts_of(sessions).proven


def test_over_smtp_the_cards_arrive_as_files_and_one_patch_that_apply_correction_takes(
    visitor: Browser, sessions: Sessions, content: Path, tmp_path: Path
) -> None:
    visitor.post("/join/", an_application())
    with listening() as server:
        sender.send_due(sessions, transport_to(server.port), POST, now=lambda: NOW)
        received = {str(one["To"]): one for one in server.received}
    letter = received[EDITORS]
    files = {part.get_filename(): part for part in letter.iter_attachments()}

    assert letter["Reply-To"] == "anna@kugi.example"
    assert {name: part.get_content_type() for name, part in files.items()} == {
        "kugu-prakse.md": "text/markdown",
        "juris-abols.md": "text/markdown",
        "kugu-prakse.patch": "text/x-patch",
    }
    saved = tmp_path / "join.eml"
    saved.write_bytes(letter.as_bytes())
    texts = changed(content, parse(patch_in(saved)))
    assert texts["doctors/juris-abols.md"] == files["juris-abols.md"].get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert check_with(content, texts, NOW.date())[0]
    # The answer quotes nothing that was typed.
    said = everything_said(received["anna@kugi.example"]).replace("anna@kugi.example", "")
    for typed in ("Kuģu", "Ābols", "Ozola", "Zvaniet"):
        assert typed not in said


def test_the_cards_say_what_was_typed_in_contents_own_way(visitor: Browser, sessions: Sessions) -> None:
    visitor.post("/join/", an_application())
    clinic, doctor = (text for _, text in facts_of(sessions).files)

    for line in (
        "name: Kuģu prakse",
        'company_number: "40003000019"',
        "number_prefix: KP",
        "  town: riga",
        "post_code: LV-1048",
        'site: "https://kugi.example"',
        'mon: "8:00-12:00, 13:00-17:00"',
        "sun: closed",
        "checked: 2027-03-02",
        'note: "Zvans: pie durvīm."',
        "\\<b\\>Bez rindas\\</b\\>",
    ):
        assert line.strip() in clinic
    for line in (
        "visit_to: {lv: pie Jura Ābola,",
        "  - clinic: kugu-prakse",
        "id: konsultacija-valsts",
        "co_payment: specialist",
        'price: "55.00"',
        "referral: yes",
    ):
        assert line in doctor


def test_what_is_open_is_named_by_file_line_and_field(visitor: Browser, sessions: Sessions) -> None:
    typed = an_application(town="other", other_town="Salaspils", coordinates="")
    typed |= {"d1-genitive": "", "d1-text": "", "d1-specialty": "other", "d1-other_specialty": "Sirds ķirurgs"}
    visitor.post("/join/", typed)
    facts = facts_of(sessions)

    found = {(file, field): int(line) for file, line, field, _ in facts.open}
    texts = {name: text.split("\n") for name, text in facts.files}
    assert ("doctors/juris-abols.md", "") in found
    for field in ("address.town", "address.latitude", "address.longitude"):
        line = texts["clinics/kugu-prakse.md"][found["clinics/kugu-prakse.md", field] - 1]
        assert line.strip().startswith(field.rpartition(".")[2])
    assert texts["doctors/juris-abols.md"][found["doctors/juris-abols.md", "cases.genitive"] - 1] == "  genitive:"
    assert ("doctors/juris-abols.md", "specialties[0]") in found


def test_names_and_letters_are_not_those_of_other_cards(visitor: Browser, sessions: Sessions) -> None:
    typed = an_application(name="Klīnika „Vēja roze”") | {"d1-given": "Ilze", "d1-family": "Bērziņa"}
    typed |= {f"d2-{name[3:]}": text for name, text in typed.items() if name.startswith("d1-")}
    visitor.post("/join/", typed)
    facts = facts_of(sessions)

    assert [name for name, _ in facts.files] == [
        "clinics/veja-roze-2.md",
        "doctors/ilze-berzina-veja-roze-2.md",
        "doctors/ilze-berzina-2.md",
    ]
    assert "number_prefix: VR\n" not in facts.files[0][1]


def test_a_signed_in_address_is_marked_as_proven(visitor: Browser, sessions: Sessions) -> None:
    with sessions.begin() as session:
        account = people.account(session, "anna@kugi.example")
        people.visitor(session, account_id=account.id).digest = digest("token")
    visitor.client.set_cookie("__Host-session", "token", domain="localhost", secure=True)

    visitor.post("/join/", an_application())

    assert facts_of(sessions).proven


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("name", "", "Trūkst klīnikas nosaukuma"),
        ("company_number", "123", "Reģistrācijas numurs nav pareizs"),
        ("institution_code", "0100-0000", "Iestādes kods nav pareizs"),
        ("town", "nowhere", "Trūkst pilsētas vai vietas"),
        ("post_code", "LT-1010", "Pasta indekss nav pareizs"),
        ("coordinates", "0.0, 0.0", "Koordinātas nav pareizas"),
        ("phones", "6000 0015, 12", "Tālruņa numurs nav pareizs"),
        ("site", "javascript:alert(1)", "Tīmekļa vietnes adrese nav pareiza"),
        ("email", "prakse.example", "E-pasta adresē trūkst @ zīmes"),
        ("mon", "17-8", "Darba laiks nav pareizs"),
        ("contact_email", "", "Trūkst e-pasta adreses"),
        ("contact_phone", "x", "Tālruņa numurs nav pareizs"),
        ("homepage", "https://spam.example", "Aizpildīts lauks, kam jāpaliek tukšam"),
        ("text", "A" * 1201, "Teksts ir par garu"),
        ("d1-given", "", "1. ārsts: trūkst vārda"),
        ("d1-specialty", "", "1. ārsts: trūkst specialitātes"),
        ("d1-register_number", "#", "1. ārsts: reģistra numurs nav pareizs"),
        ("d1-s1-minutes", "7", "1. ārsts: ilgums nav pareizs"),
        ("d1-s1-price", "", "1. ārsts: pakalpojumam trūkst cenas"),
        ("d1-s2-payer", "state:nothing", "1. ārsts: nav norādīts, kas maksās"),
        ("d1-s2-title", "", "1. ārsts: pakalpojumam trūkst nosaukuma"),
    ],
)
def test_each_mistake_comes_back_named_and_linked_with_everything_that_was_typed(
    visitor: Browser, sessions: Sessions, field: str, text: str, said: str
) -> None:
    visitor.post("/join/", an_application(**{field: text}))

    assert visitor.here.status == 422
    links = [link for link in visitor.here.tree.iter("a") if link.get("href") == f"#f-{field}"]
    assert [link.text for link in links] == [said]
    form = next(one for one in visitor.here.tree.iter("form"))
    kept = values_of(form)
    for name, typed in an_application(**{field: text}).items():
        # A word that no option has can only fall back to the first one.
        if name != field or field not in ("town", "d1-s2-payer"):
            assert " ".join(kept[name].split()) == " ".join(typed.split()), name
    assert letters(sessions) == {}


def test_without_consent_nothing_is_sent(visitor: Browser, sessions: Sessions) -> None:
    typed = an_application()
    del typed["agree"]

    visitor.post("/join/", typed)

    assert visitor.here.status == 422
    assert "Trūkst piekrišanas" in visitor.here.main
    assert letters(sessions) == {}


def test_doctors_and_services_are_added_and_removed_without_script_and_nothing_is_lost(
    visitor: Browser, sessions: Sessions
) -> None:
    visitor.open("/join/")
    visitor.post("/join/", an_application(**{"add-doctor": "1"}))
    assert visitor.here.status == 200
    assert "2. ārsts" in visitor.here.main
    visitor.press("Pievienot pakalpojumu 2. ārstam", **{"d2-given": "Zane", "d2-family": "Kalna"})
    names = {one.get("name") for one in visitor.here.tree.iter("input")}
    assert {"d2-s1-title", "d2-s2-title", "d2-s3-title"} <= names
    visitor.press("Noņemt ārstu, 1.")
    assert "1. ārsts · Zane Kalna" in visitor.here.main
    visitor.press("Nosūtīt pieteikumu", **{"d2-specialty": "kardiologs"})

    assert visitor.here.address == "/join/sent"
    assert [name for name, _ in facts_of(sessions).files] == ["clinics/kugu-prakse.md", "doctors/zane-kalna.md"]


def test_an_application_without_doctors_is_one_of_the_clinic_alone(visitor: Browser, sessions: Sessions) -> None:
    visitor.post("/join/", {name: text for name, text in an_application().items() if not name.startswith("d1-")})

    assert visitor.here.address == "/join/sent"
    assert [name for name, _ in facts_of(sessions).files] == ["clinics/kugu-prakse.md"]


def test_more_than_a_few_an_hour_from_one_network_wait_and_keep_what_was_typed(
    visitor: Browser, sessions: Sessions
) -> None:
    for number in range(5):
        visitor.post("/join/", an_application(contact_email=f"a{number}@kugi.example"))
    visitor.post("/join/", an_application(contact_email="last@kugi.example"))

    assert visitor.here.status == 429
    assert "Nosūtīts pārāk daudz pieteikumu" in visitor.here.main
    assert "Nospiediet pogu vēlreiz otrdien, 2. martā, plkst. 11.00." in visitor.here.main.replace("\xa0", " ")
    assert values_of(next(visitor.here.tree.iter("form")))["name"] == "Kuģu prakse"


def test_one_address_is_not_answered_again_and_again_but_its_applications_are_taken(
    visitor: Browser, sessions: Sessions
) -> None:
    for _ in range(5):
        assert visitor.post("/join/", an_application()).address == "/join/sent"

    with sessions() as session:
        kinds = [row.kind for row in session.scalars(select(Letter))]
    assert (kinds.count("join"), kinds.count("join-received")) == (5, 3)


def test_nothing_that_was_typed_is_logged(
    visitor: Browser, sessions: Sessions, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    visitor.post("/join/", an_application())
    visitor.post("/join/", an_application(company_number="x"))
    visitor.post("/report/doctor/ilze-berzina/", {"what": "left", "email": "anna@kugi.example"})
    with listening() as server:
        sender.send_due(sessions, transport_to(server.port), POST, now=lambda: NOW)
        assert len(server.received) == 3

    said = "\n".join(record.getMessage() for record in caplog.records if record.name != "mail.log")
    for typed in ("Kuģu", "kugi.example", "Ozola", "Ābols", "20000000"):
        assert typed not in said


def test_without_editors_the_form_says_that_it_is_closed(another: Callable[..., Browser]) -> None:
    visitor = another(editors_email="", operator_email="op@pieraksts.example")

    visitor.open("/join/")
    assert visitor.here.h1 == "Veidlapa ir slēgta"
    assert "op@pieraksts.example" in visitor.here.main
    visitor.post("/join/", an_application())
    assert visitor.here.status == 409
    visitor.open("/report/doctor/ilze-berzina/")
    assert visitor.here.h1 == "Veidlapa ir slēgta"


def test_without_content_at_hand_the_letter_still_carries_the_cards(
    another: Callable[..., Browser], sessions: Sessions, tmp_path: Path
) -> None:
    visitor = another(content_dir=tmp_path / "nowhere")

    visitor.post("/join/", an_application(**{"d1-s2-payer": "state"}))

    facts = facts_of(sessions)
    assert len(facts.files) == 2
    assert facts.patch.count("new file mode 100644") == 2
    assert [field for *_, field, _ in facts.open] == ["practices[0].services[1].co_payment"]


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "\u202eklīnika\u200b", "text": "=== ru\n# A\n---\n<script>x</script>\n[a](javascript:x)"},
        {"name": "yes", "street": "{a: b}", "transport": "& * ! | > %@`", "company_name": "- a: [b"},
        {"name": '"\\"', "access_note": "a\\nb: 'c'", "other_town": "#"},
        {"d1-given": "- {", "d1-family": "}]", "d1-title": "null", "d1-text": "---\n---"},
        {"d1-s1-title": "!!python/object", "d1-s2-title": "*a", "d999-given": "X", "d1-s999-title": "Y"},
        {"name": "Ķ" * 160, "d1-given": "Ж" * 160, "d1-s1-title": "9" * 160},
        {"name": "🩺", "company_name": "—", "d1-given": "1", "d1-family": "2"},
    ],
)
def test_strange_words_make_cards_that_the_reader_can_still_read(
    visitor: Browser, sessions: Sessions, content: Path, typed: dict[str, str]
) -> None:
    visitor.post("/join/", an_application(**typed))
    if visitor.here.status == 422:
        assert letters(sessions) == {}
        return
    facts = facts_of(sessions)

    texts = changed(content, parse(facts.patch))
    assert texts == dict(map(tuple, facts.files))
    for _, _, field, said in facts.open:
        assert field in ("", "number_prefix", "cases", "specialties") or "is missing" in said or "shorter" in said, said
    assert not [said for *_, said in facts.open if "HTML" in said or "YAML" in said or "invisible" in said]


def test_a_form_of_endless_doctors_stays_small(visitor: Browser, sessions: Sessions) -> None:
    typed = {f"d{number}-given": "X" for number in range(500)} | {f"d1-s{number}-title": "Y" for number in range(500)}
    visitor.post("/join/", {**typed, "add-doctor": "1"})
    sections = [one for one in visitor.here.tree.iter("section") if one.get("class") == "doctor-part"]

    assert len(sections) == 10
    assert sum(one.get("class") == "service" for one in visitor.here.tree.iter("fieldset")) <= 12 + 9 * 2


@pytest.mark.parametrize("values", [{"add-service": "x"}, {"remove-doctor": "-1"}, {"add-service": "99"}])
def test_buttons_that_no_page_has_change_nothing(visitor: Browser, values: dict[str, str]) -> None:
    visitor.post("/join/", {"d1-given": "Anna", **values})

    assert visitor.here.status in (200, 422)
    assert values_of(next(visitor.here.tree.iter("form")))["d1-given"] == "Anna"


def test_a_large_form_is_taken_here_and_nowhere_else(app: Flask, visitor: Browser) -> None:
    large = an_application(text="Ж" * 1200, **{f"d{number}-text": "Ж" * 1200 for number in range(1, 11)})
    visitor.post("/join/", large)
    assert visitor.here.status == 422

    assert app.test_client().post("/account/sign-in", data=large, headers=HERE).status_code == 413
    huge = {**large, "word": "Ж" * 200_000}
    assert app.test_client().post("/join/", data=huge, headers=HERE).status_code == 413


def test_another_sites_page_sends_nothing(app: Flask, sessions: Sessions) -> None:
    elsewhere = {"Sec-Fetch-Site": "cross-site"}

    assert app.test_client().post("/join/", data=an_application(), headers=elsewhere).status_code == 403
    assert app.test_client().post("/report/doctor/ilze-berzina/", headers=elsewhere).status_code == 403
    assert letters(sessions) == {}


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_answer_speaks_the_senders_language_and_the_editors_letter_latvian(
    visitor: Browser, sessions: Sessions, lang: str
) -> None:
    visitor.post(f"/{lang}/join/", an_application())

    assert {kind: row.lang for kind, (row, _) in letters(sessions).items()} == {"join": "lv", "join-received": lang}
    assert facts_of(sessions).spoken == lang


def test_the_facts_lie_encrypted(visitor: Browser, sessions: Sessions) -> None:
    visitor.post("/join/", an_application())
    row, _ = letters(sessions)["join"]

    for typed in ("Kuģu", "Ozola", "anna@kugi.example"):
        assert typed.encode() not in (row.facts or b"") + (row.to or b"")
