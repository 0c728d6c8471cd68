"""Lists of doctors: which ones there are, and what each says of its own."""

from collections.abc import Iterator
from pathlib import Path

from clinic_directory.briefs import Brief, Place
from clinic_directory.lists import Lists
from clinic_directory.pages import list_facts
from clinic_directory.reader import read
from clinic_directory.tally import tally

from tests.builders.content import change, write
from tests.builders.sites import BuiltSite, a_built_site
from tests.clinic_directory.reports import told
from tests.page_checks import text_of
from theme.words import speaking


def booked_by_phone(content: Path, *slugs: str) -> None:
    """Nothing of these doctors can be booked online any more."""
    for slug in slugs:
        path = content / "doctors" / f"{slug}.md"
        path.write_text(path.read_text().replace("        payer:", "        booking: phone\n        payer:"))


def people(content: Path) -> Iterator[tuple[Brief, tuple[Place, ...]]]:
    return ((brief, brief.practices) for brief in read(content).briefs.values() if brief.specialties)


def test_a_list_says_how_many_at_which_prices_what_the_state_pays_and_in_which_languages(site: BuiltSite) -> None:
    words = site.words("/kardiologs/riga/")

    assert "6 ārsti 1 klīnikā" in words
    assert "Maksas vizīte 55,00 €" in words
    assert "6 no 6 ārstiem ir arī valsts apmaksāti laiki; vajag e-nosūtījumu" in words
    assert "Angļu, latviešu un krievu valoda" in words
    assert "У 6 из 6 врачей есть и время за счёт государства; нужно электронное направление" in site.words(
        "/ru/kardiologs/"
    )


def test_prices_of_a_list_go_from_the_lowest_to_the_highest(content: Path) -> None:
    change(content, "doctors/card-1.md", 'price: "55.00"', 'price: "35.00"')
    change(content, "doctors/card-2.md", 'price: "55.00"', 'price: "80.00"')

    assert list_facts.prices(tally(people(content))) == "Maksas vizīte no 35,00 € līdz 80,00 €".replace(" €", "\xa0€")


def test_only_those_with_state_paid_services_are_counted(content: Path) -> None:
    for slug in ("card-1", "card-2"):
        change(content, f"doctors/{slug}.md", "payer: state", "payer: paid\n        price: 3")
        change(content, f"doctors/{slug}.md", "        co_payment: specialist\n", "")

    found = tally(people(content))

    assert (found.people, found.state, found.paid) == (6, 4, 6)
    assert list_facts.state(found, "doctor").startswith("4 no 6 ārstiem")


def test_numbers_are_said_in_the_form_that_each_language_needs(content: Path) -> None:
    found = tally(people(content))._replace(people=21, state=1, rooms=2, clinics=11)

    assert list_facts.count(found) == "21 ārsts un 2 kabineti"
    assert list_facts.state(found, "doctor").startswith("1 no 21 ārsta ir")
    with speaking("ru"):
        assert list_facts.count(found) == "21 врач и 2 кабинета"
        assert list_facts.state(found, "doctor").startswith("У 1 из 21 врача")
    with speaking("en"):
        assert list_facts.clinics(found) == "at 11 clinics"


def test_a_row_says_prices_without_script_and_the_list_tells_search_engines_the_same(site: BuiltSite) -> None:
    [listed] = [node for node in site.graph("/kardiologs/riga/") if node["@type"] == "ItemList"]
    ranges = {item["item"].get("priceRange", "") for item in listed["itemListElement"]}

    assert ranges == {"", "55\xa0€"}  # a nurse is a person and no business
    assert site.words("/kardiologs/riga/").count("55 €") == 6


def test_every_list_has_three_doctors_or_more_who_can_be_booked(content: Path) -> None:
    booked_by_phone(content, "card-0", "card-1", "card-2", "laila")

    lists = Lists(read(content))

    assert (lists.specialty_pages, lists.town_pages, lists.pairs) == ((), (), frozenset())
    assert lists.insurer_pages == ()


def test_who_stands_in_no_list_is_found_all_the_same(content: Path, tmp_path: Path) -> None:
    booked_by_phone(content, "card-0", "card-1", "card-2", "laila")

    site = a_built_site(content, tmp_path / "site")

    assert not {"/kardiologs/", "/riga/", "/kardiologs/riga/", "/apdrosinataji/"} & site.pages.keys()
    links = {link.get("href") for address in ("/arsti/", "/klinikas/", "/") for link in site.trees[address].iter("a")}
    assert {"/arsti/ilze-berzina/", "/klinikas/veja-roze/", "/klinikas/#riga"} <= links
    assert "/search/?specialty=kardiologs" in links
    for address, tree in site.trees.items():
        led = {link.get("href", "") for link in tree.iter("a") if "/search/" not in link.get("href", "")}
        assert not {href for href in led if href.endswith(("/kardiologs/", "/riga/", "/sala/"))}, address


def test_doctors_of_an_insurer_are_a_list_that_cards_lead_to(site: BuiltSite) -> None:
    words = site.words("/apdrosinataji/sala/")

    assert "Ārsti, kas strādā ar apdrošinātāju „Sala”" in words
    assert "Klīnika „Vēja roze”" in words
    assert "Ilze Bērziņa" in words
    assert "Jūras prakse" not in words
    for address in ("/arsti/ilze-berzina/", "/klinikas/veja-roze/", "/apdrosinataji/"):
        assert "/apdrosinataji/sala/" in [link.get("href") for link in site.trees[address].iter("a")], address


def test_the_words_of_an_editor_stand_on_a_towns_page(content: Path, tmp_path: Path) -> None:
    said = "Rīgā poliklīnikas ir gandrīz katrā apkaimē, un lielākās no tām strādā līdz vēlam vakaram. " * 4
    (content / "lists" / "riga.md").write_text(f"---\n---\n{said}\n")

    site = a_built_site(content, tmp_path / "site")

    assert "Rīgā poliklīnikas ir gandrīz katrā apkaimē" in site.words("/riga/")


GROUP = "krasti: {name: {lv: Krastu klīnikas, ru: Клиники Krasti, en: Krasti clinics}, about: Divas klīnikas.}\n"


def grouped(content: Path) -> Path:
    """Both clinics belong to one owner."""
    write(content, "tables/groups.yaml", GROUP)
    for clinic in ("veja-roze", "juras-prakse"):
        change(content, f"clinics/{clinic}.md", "kind: ", "group: krasti\nkind: ")
    return content


def test_clinics_of_one_owner_have_a_page_that_each_of_them_leads_to(content: Path, tmp_path: Path) -> None:
    site = a_built_site(grouped(content), tmp_path / "site")

    words = site.words("/grupas/krasti/")
    for fact in ("Krastu klīnikas", "Divas klīnikas.", "6 ārsti un 1 kabinets 2 klīnikās", "Jūras prakse", "Vēja roze"):
        assert fact in words, fact
    for address in ("/klinikas/veja-roze/", "/klinikas/juras-prakse/", "/klinikas/"):
        assert "/grupas/krasti/" in [link.get("href") for link in site.trees[address].iter("a")], address
    [clinic] = [node for node in site.graph("/klinikas/veja-roze/") if node["@type"] == "MedicalClinic"]
    assert clinic["parentOrganization"]["name"] == "Krastu klīnikas"
    [owner] = [node for node in site.graph("/grupas/krasti/") if node["@type"] == "Organization"]
    assert clinic["parentOrganization"]["@id"] == owner["@id"]


def test_a_group_of_one_clinic_has_no_page(content: Path, tmp_path: Path) -> None:
    change(grouped(content), "clinics/juras-prakse.md", "group: krasti\n", "")

    site = a_built_site(content, tmp_path / "site")

    assert "/grupas/krasti/" not in site.pages
    assert "Krastu klīnikas" not in site.words("/klinikas/veja-roze/")


def test_a_group_that_nobody_named_is_refused(content: Path) -> None:
    change(grouped(content), "clinics/veja-roze.md", "group: krasti", "group: krastu")

    [said] = told(content)

    assert said.endswith('group: "krastu" is not a group of tables/groups.yaml; did you mean "krasti"?')


def test_a_clinic_shows_each_branch_with_its_address_hours_and_doctors(site: BuiltSite) -> None:
    tree = site.trees["/klinikas/veja-roze/"]
    [branch] = [one for one in tree.iter("section") if "branch" in one.get("class", "")]
    words = text_of(branch)

    for fact in ("Juglas filiāle", "Juglas iela 3, Rīga, LV-1064", "9.00–17.00", "Ilze Bērziņa", "Anna Āboliņa"):
        assert fact in words, fact
    [clinic] = [node for node in site.graph("/klinikas/veja-roze/") if node["@type"] == "MedicalClinic"]
    [department] = clinic["department"]
    assert department["employee"] == clinic["employee"]


def test_who_works_at_a_branch_stands_only_there(content: Path, tmp_path: Path) -> None:
    change(content, "doctors/card-1.md", "    branch: juglas\n", "")

    site = a_built_site(content, tmp_path / "site")

    [branch] = [one for one in site.trees["/klinikas/veja-roze/"].iter("section") if "branch" in one.get("class", "")]
    assert "Māra Ābele" not in text_of(branch)
    assert site.words("/klinikas/veja-roze/").count("Māra Ābele") == 1
