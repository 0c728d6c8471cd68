"""The state's co-payments: one table, right on every card, by kind of service and age."""

from pathlib import Path

import pytest
from clinic_directory.co_payments import CoPayment, co_payment
from clinic_directory.reader import read

from tests.builders.content import change
from tests.builders.sites import BuiltSite, a_built_site
from tests.clinic_directory.reports import told_after

CARD = "doctors/ilze-berzina.md"
TABLE = "tables/prices.yaml"
CHILDREN = 'ages: [{to: 17, amount: "0.00"}]'


def of_the_state_visit(content: Path) -> CoPayment:
    directory = read(content)
    doctor = directory.doctors["ilze-berzina"]
    found = co_payment(directory, doctor, doctor.practices[0].services[1])
    assert found
    return found


def test_what_children_pay_stands_beside_what_others_pay(content: Path) -> None:
    found = of_the_state_visit(content)

    assert (found.amount, [(band.to, band.amount) for band in found.others]) == (400, [(17, 0)])


def test_a_doctor_of_adults_says_nothing_of_children(content: Path) -> None:
    change(content, CARD, "ages: {from: 12, to: }", "ages: {from: 18, to: }")

    assert of_the_state_visit(content) == CoPayment(400)


def test_a_doctor_of_children_alone_says_what_they_pay(content: Path) -> None:
    change(content, CARD, "ages: {from: 12, to: }", "ages: {from: 0, to: 17}")

    assert of_the_state_visit(content) == CoPayment(0)


def test_the_service_s_own_ages_count_too(content: Path) -> None:
    change(content, CARD, "        referral: yes\n", "        referral: yes\n        ages: {to: 15}\n")

    assert of_the_state_visit(content) == CoPayment(0)


def test_a_paid_service_has_no_co_payment(content: Path) -> None:
    directory = read(content)
    doctor = directory.doctors["ilze-berzina"]

    assert co_payment(directory, doctor, doctor.practices[0].services[0]) is None


def test_the_doctors_page_says_the_amount_the_children_and_the_day(site: BuiltSite) -> None:
    said = {
        "": ("Bērniem bez maksas", "4,00 €*", "Pacienta līdzmaksājums, spēkā no 2026. gada 1. janvāra. Kas to nemaksā"),
        "/ru": ("Детям бесплатно", "4,00 €*", "Пациентский взнос, действует с 1 января 2026 года. Кто его не платит"),
        "/en": ("Children free of charge", "€4.00*", "The patient’s co-payment, in force since 1 January 2026."),
    }
    for prefix, facts in said.items():
        words = site.words(f"{prefix}/arsti/ilze-berzina/")
        assert [fact for fact in facts if fact not in words] == []


def test_the_whole_table_and_the_exempt_stand_on_one_page(site: BuiltSite) -> None:
    words = site.words("/lidzmaksajumi/")

    for fact in ("Speciālists", "4,00 €", "Bērniem bez maksas", "Bērni un grūtnieces.", "2026. gada 1. janvāra"):
        assert fact in words, fact


def test_one_edit_of_the_table_changes_every_card(content: Path, tmp_path: Path) -> None:
    change(content, TABLE, 'amount: "4.00"', 'amount: "6.50"')
    change(content, TABLE, "from: 2026-01-01", "from: 2027-01-01")

    site = a_built_site(content, tmp_path / "site")

    cards = [address for address in site.pages if address.startswith("/arsti/card-")]
    assert len(cards) == 4
    for address in (*cards, "/lidzmaksajumi/"):
        assert "6,50 €" in site.words(address)
        assert "2027. gada 1. janvāra" in site.words(address)


@pytest.mark.parametrize(
    ("ages", "said"),
    [
        ('ages: [{to: 17, amount: "0,00"}]',
         'prices.specialist.ages[0].amount: "0,00" is not an amount in euro; write "55.00"'),
        ('ages: [{amount: "0.00"}]', 'prices.specialist.ages[0]: says no age; write {to: 17, amount: "0.00"}'),
        ("ages: [{to: 17}]", 'prices.specialist.ages[0].amount: is missing; write amount: "55.00"'),
        ('ages: [{from: 70, to: 17, amount: "0.00"}]',
         "prices.specialist.ages[0]: goes from 70 to 17; write from: 17, to: 70"),
        ('ages: [{to: 17, amount: "0.00"}, {from: 17, to: 24, amount: "2.00"}]',
         "prices.specialist.ages[1]: shares an age with one above; give each age one amount"),
        ('ages: [{until: 17, amount: "0.00"}]',
         "prices.specialist.ages[0].until: is not a field; write one of from, to, amount"),
    ],
)  # fmt: skip
def test_a_wrong_age_group_is_told_with_its_line(content: Path, ages: str, said: str) -> None:
    assert f"{TABLE}:4: {said}" in told_after(content, TABLE, CHILDREN, ages)


def test_a_state_paid_service_with_a_price_of_its_own_is_refused(content: Path) -> None:
    [said] = told_after(content, CARD, "co_payment: specialist", 'co_payment: specialist\n        price: "3.00"')

    assert said.endswith(
        "services[1].price: belongs to a paid service: what the state pays for has a co-payment; "
        "leave it out and write co_payment: specialist"
    )
