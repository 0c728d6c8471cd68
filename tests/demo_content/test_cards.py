"""The made cards: people, places and services that agree with each other."""

import pytest
from demo_content import doctors
from demo_content.clinics import clinics
from demo_content.front_matter import document, scalar
from demo_content.make import WRITTEN
from demo_content.material import table, towns
from demo_content.names import invented, person, slug_of
from demo_content.posts import posts
from demo_content.services import services_of


def test_a_title_has_the_gender_of_the_person() -> None:
    gendered, named = {"m": "Kardiologs", "f": "Kardioloģe"}, {"ru": "Кардиолог", "en": "Cardiologist"}
    assert doctors.titled(gendered, named, woman=True)["lv"] == "Kardioloģe"
    assert doctors.titled(gendered, named, woman=False)["lv"] == "Kardiologs"


@pytest.mark.parametrize("specialty", sorted(table("services")))
def test_the_words_for_a_visit_name_no_specialty(specialty: str) -> None:
    cases = doctors.cases(person("Ilze", "Bērziņa", woman=True), specialty)
    assert isinstance(cases, dict)
    visit = cases["visit_to"]
    assert isinstance(visit, dict)
    assert visit["lv"] in {f"pie {role} Ilzes Bērziņas" for role in ("ārstes", "speciālistes", "māsas")}
    assert visit["ru"].endswith(": Ilze Bērziņa")
    assert visit["en"] == "with Ilze Bērziņa"


def test_no_two_people_have_one_name() -> None:
    taken: set[str] = set()
    made = [invented(f"key/{number}", taken).slug for number in range(5000)]
    assert len(set(made)) == 5000


def test_a_slug_has_plain_letters() -> None:
    assert slug_of("Žanete Ķirsone-Ģēģere") == "zanete-kirsone-gegere"


def test_exactly_as_many_posts_are_handed_out_as_asked_for() -> None:
    places = clinics(28, towns(WRITTEN))
    assert len(posts(places, 348)) == 348
    assert len(posts(places, 348)) == len({post.key for post in posts(places, 348)})
    assert len(posts(places, 1000)) == 1000


def test_many_clinics_differ_in_slug_prefix_and_name() -> None:
    made = clinics(1000, towns(WRITTEN))
    assert len({clinic.slug for clinic in made}) == 1000
    assert len({clinic.facts["prefix"] for clinic in made}) == 1000
    assert len({clinic.facts["name"]["lv"] for clinic in made}) == 1000


@pytest.mark.parametrize("specialty", sorted(table("services")))
def test_services_of_a_practice_have_ids_of_their_own_and_fit_the_grid(specialty: str) -> None:
    for number in range(20):
        made = services_of(f"key/{number}", specialty, state=True)
        ids = [str(service["id"]) for service in made]
        assert len(set(ids)) == len(ids)
        for service in made:
            assert int(str(service["minutes"])) % 5 == 0
            assert bool(service["price"]) == (service["payer"] == "paid")
            assert bool(service["co_payment"]) == (service["payer"] == "state")


def test_a_clinic_without_a_state_contract_offers_only_paid_visits() -> None:
    for number in range(20):
        assert {s["payer"] for s in services_of(f"key/{number}", "kardiologs", state=False)} == {"paid"}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Kardiologs", "Kardiologs"),
        ("Holtera monitorēšana, 24 h", '"Holtera monitorēšana, 24 h"'),
        ("55.00", '"55.00"'),
        ("2026-11-02", "2026-11-02"),
        ("304", "304"),
        ('a "b"', '"a \\"b\\""'),
        ("приём у врача: Ilze", '"приём у врача: Ilze"'),
        ("8:00-19:00", '"8:00-19:00"'),
    ],
)
def test_yaml_is_quoted_where_it_would_mean_something_else(text: str, written: str) -> None:
    assert scalar(text) == written


def test_empty_fields_are_left_out() -> None:
    assert document({"given": "Ilze", "prefix": "", "ages": {}}, "Text.") == "---\ngiven: Ilze\n---\n\nText.\n"
