"""JSON-LD mirrors the page: only allowed properties, nothing that a reader cannot see."""

import re
from pathlib import Path
from typing import Any, get_args

import pytest
from clinic_directory.seo import graph
from clinic_directory.vocabulary import SchemaOrg

from tests.builders.content import change
from tests.builders.json_ld import is_shown, literals, nodes, spaced
from tests.builders.schema_org import BUSINESSES, VOCABULARY, faults
from tests.builders.sites import ADDRESS, BuiltSite, a_built_site


def test_every_graph_says_only_what_the_vocabulary_allows(site: BuiltSite) -> None:
    wrong = []
    for address in site.pages:
        found = list(nodes(site.graph(address)))
        known = {node["@id"]: node for node in found if len(node) > 1 and "@id" in node}
        wrong += [f"{address}: {fault}" for node in found for fault in faults(node, known)]

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("node", "fault"),
    [
        ({"@type": "Person", "medicalSpecialty": "https://schema.org/Dermatology"},
         "Person may not have medicalSpecialty"),
        ({"@type": "Dentist", "availableService": {"@type": "MedicalProcedure"}},
         "Dentist may not have availableService"),
        ({"@type": "IndividualPhysician", "availableLanguage": "lv"},
         "IndividualPhysician may not have availableLanguage"),
        ({"@type": "WebPage", "primaryImageOfPage": "https://pieraksts.example/a.jpg"},
         "WebPage.primaryImageOfPage may not be 'https://pieraksts.example/a.jpg'"),
        ({"@type": "MedicalClinic", "medicalSpecialty": "https://schema.org/Homeopathy"},
         "MedicalClinic.medicalSpecialty may not be 'https://schema.org/Homeopathy'"),
        ({"@type": "WebPage", "lastReviewed": "2 November 2026"},
         "WebPage.lastReviewed may not be '2 November 2026'"),
        ({"@type": "IndividualPhysician", "practicesAt": {"@id": "#a"}},
         "IndividualPhysician.practicesAt may not be {'@id': '#a'}"),
        ({"@type": "LocationFeatureSpecification", "name": True},
         "LocationFeatureSpecification.name may not be True"),
    ],
)  # fmt: skip
def test_the_vocabulary_refuses_what_schema_org_does_not_have(node: dict[str, Any], fault: str) -> None:
    assert list(faults(node, {"#a": {"@id": "#a", "@type": "Person"}})) == [fault]


def test_an_author_may_write_every_specialty_of_the_vocabulary_that_is_not_superseded() -> None:
    known = {value.rpartition("/")[2] for value in VOCABULARY["values"]["MedicalSpecialty"]}

    assert set(get_args(SchemaOrg)) == known - {"Dermatologic"}


def test_no_value_is_empty(site: BuiltSite) -> None:
    for address in site.pages:
        for node in nodes(site.graph(address)):
            assert [name for name, value in node.items() if value in ("", [], {}, None)] == []


def test_every_literal_stands_on_its_page(site: BuiltSite) -> None:
    hidden = []
    for address, tree in site.trees.items():
        lang = tree.get("lang", "")
        words = spaced(site.words(address))
        links = {element.get(name, "") for element in tree.iter() for name in ("href", "src", "srcset")}
        for key, value in literals(site.graph(address)):
            if not is_shown(key, value, lang, words, links):
                hidden.append(f"{address}: {key} {value}")

    assert not hidden, "\n".join(hidden)


def test_what_google_takes_for_a_local_business_has_a_name_and_an_address(site: BuiltSite) -> None:
    for address in site.pages:
        for node in nodes(site.graph(address)):
            if node.get("@type") in BUSINESSES:
                assert node["name"]
                assert node["address"]["streetAddress"]


def test_ids_that_nodes_name_on_their_own_page_exist(site: BuiltSite) -> None:
    for address in site.pages:
        found = list(nodes(site.graph(address)))
        defined = {node["@id"] for node in found if "@id" in node and len(node) > 1}
        for node in found:
            if set(node) == {"@id"} and node["@id"].partition("#")[0] == ADDRESS + address:
                assert node["@id"] in defined


def test_a_list_counts_its_items_from_one_and_names_pages_that_exist(site: BuiltSite) -> None:
    [listed] = [node for node in site.graph("/kardiologs/riga/") if node["@type"] == "ItemList"]

    assert [item["position"] for item in listed["itemListElement"]] == [1, 2, 3, 4, 5, 6]
    urls = [item["item"]["url"] for item in listed["itemListElement"]]
    assert len(set(urls)) == 6
    assert all(url.removeprefix(ADDRESS) in site.pages for url in urls)


def test_types_that_say_more_than_we_know_are_never_used(site: BuiltSite) -> None:
    used = {node.get("@type") for address in site.pages for node in nodes(site.graph(address))}

    assert used & {"FAQPage", "ProfilePage", "SearchAction", "HowTo", "AggregateRating", "Review"} == set()


def test_a_doctor_is_a_physician_and_a_person_and_a_nurse_only_a_person(site: BuiltSite) -> None:
    kinds = {
        address: {node["@type"] for node in site.graph(address)} & {"IndividualPhysician", "Person", "Service"}
        for address in ("/arsti/ilze-berzina/", "/arsti/laila/", "/arsti/proceduras/")
    }

    assert kinds == {
        "/arsti/ilze-berzina/": {"IndividualPhysician", "Person"},
        "/arsti/laila/": {"Person"},
        "/arsti/proceduras/": {"Service"},
    }


def test_a_dentist_has_no_available_service(content: Path, tmp_path: Path) -> None:
    change(content, "clinics/veja-roze.md", "kind: clinic", "kind: dentist")

    site = a_built_site(content, tmp_path / "site")

    [clinic] = [node for node in site.graph("/klinikas/veja-roze/") if node["@type"] == "Dentist"]
    assert "availableService" not in clinic


def test_a_missing_page_says_nothing_to_search_engines(site: BuiltSite) -> None:
    assert site.graph("/404.html") == []


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--", "&amp;", "]]>"])
def test_no_text_can_end_the_script_element(text: str) -> None:
    document = graph.document([{"@type": "Person", "name": text}])

    assert re.search("[<>&]", document) is None
