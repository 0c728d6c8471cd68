"""What the pages of doctors and clinics say."""

from pathlib import Path

from tests.builders.content import change
from tests.builders.sites import BuiltSite, a_built_site


def test_a_doctors_page_says_every_fact_in_plain_html(site: BuiltSite) -> None:
    words = site.words("/arsti/ilze-berzina/")

    for fact in (
        "Dr. Ilze Bērziņa",
        "Kardioloģe (sirds ārste)",
        "Klīnika „Vēja roze”, Juglas filiāle",
        "Juglas iela 3, Rīga · 304. kabinets, 3. stāvs",
        "reģistrā Nr. 12345, pārbaudīts 2026. gada 22. februārī",
        "Speciālista sertifikāts derīgs līdz 2029. gada 1. maijam",
        "Pieaugušie un bērni no 12 gadiem",
        "Pieņem jaunus pacientus",
        "Latviešu, krievu un angļu valoda",
        "55,00 €",
        "Valsts apmaksāts",
        "e-nosūtījums",
        "4,00 €*",
        "Bērniem bez maksas",
        "Pacienta līdzmaksājums, spēkā no 2026. gada 1. janvāra.",
        "Rinda uz valsts apmaksātu vizīti: 7 mēneši",
        "Paņemiet līdzi izrakstus.",
        "Ierodieties 10 min pirms vizītes.",
        "Reģistratūrā 1. stāvā.",
        "3. tramvajs",
        "Ieeja bez pakāpieniem",
        "Norēķini uz vietas: „Sala”.",
        "līdz 24 stundām pirms vizītes",
        "+371 6000 0013",
        "Strādā ar sirds ritma traucējumiem.",
        "Kartīti pārbaudīja klīnika 2026. gada 2. novembrī.",
    ):
        assert fact in words, fact


def test_a_clinics_page_says_every_fact_in_plain_html(site: BuiltSite) -> None:
    words = site.words("/klinikas/veja-roze/")

    for fact in (
        "Klīnika „Vēja roze”",
        "Kastaņu aleja 12, Rīga, LV-1010",
        "+371 6000 0012",
        "registratura@vejaroze.example",
        "vejaroze.example",
        "reģistrā, kods 0100-00000",
        "līgums ar Nacionālo veselības dienestu",
        "Kardioloģe (sirds ārste)",
        "Ilze Bērziņa",
        "8.00–19.00",
        "8.00–12.00, 13.00–17.00",
        "slēgts",
        "Ar karti un skaidrā naudā.",
        "Apdrošināšana: „Sala”.",
        "Maksas vizītes: 5–55 €.",
        "Lifts ir otrajā ieejā.",
        "Juglas filiāle",
        "Juglas iela 3, Rīga, LV-1064",
        "Klīnika netālu no parka.",
        "SIA „Vēja roze”, reģistrācijas numurs 40003000000.",
    ):
        assert fact in words, fact


def test_a_text_that_a_language_lacks_is_shown_in_latvian_and_says_so(site: BuiltSite) -> None:
    tree = site.trees["/en/arsti/ilze-berzina/"]
    latvian = ["".join(element.itertext()).strip() for element in tree.iter("div") if element.get("lang") == "lv"]

    assert latvian[0].startswith("Strādā ar sirds ritma traucējumiem.")


def test_a_walk_in_service_shows_its_hours_and_is_never_booked(site: BuiltSite) -> None:
    tree = site.trees["/arsti/proceduras/"]

    words = site.words("/arsti/proceduras/")
    assert "Analīzes: 7.30–10.00. 5,00 €. Pieraksts nav vajadzīgs." in words
    assert [link for link in tree.iter("a") if "/book/" in link.get("href", "")] == []


def test_names_stand_in_latvian_order_under_their_letters(site: BuiltSite) -> None:
    tree = site.trees["/arsti/"]
    main = tree.find("body/main")
    assert main is not None
    letters = [heading.get("id") for heading in main.iter("h2")]
    names = [
        link.text for link in main.iter("a") if "/arsti/" in link.get("href", "") and "#" not in link.get("href", "")
    ]

    assert letters == ["A", "B", "Č", "P"]
    assert names == [
        "Ābele Māra",
        "Āboliņa Anna",
        "Bērziņa Ilze",
        "Bērziņa Ilze",
        "Bērziņa Laila",
        "Čakste Jānis",
        "Procedūru kabinets",
    ]


def test_a_town_with_fewer_than_three_bookable_doctors_of_a_specialty_gets_no_page_for_it(site: BuiltSite) -> None:
    assert "/kardiologs/liepaja/" not in site.pages
    assert "/liepaja/" not in site.pages
    assert "Jūras prakse" in site.words("/klinikas/")


def test_a_doctor_who_is_away_says_until_when(content: Path, tmp_path: Path) -> None:
    change(
        content, "doctors/ilze-berzina.md", "ages: {from: 12, to: }", "ages: {from: 18, to: }\naway_until: 2027-03-15"
    )

    site = a_built_site(content, tmp_path / "site")

    assert "Nepieņem līdz 2027. gada 15. martam" in site.words("/arsti/ilze-berzina/")
    assert "Не принимает до 15 марта 2027 года" in site.words("/ru/arsti/ilze-berzina/")
    assert "Pieaugušie" in site.words("/arsti/ilze-berzina/")
