"""Latvian names in their cases, as the tables of the demo decline them."""

import pytest
from demo_content.declension import of_man, of_woman
from demo_content.material import table
from demo_content.names import person


@pytest.mark.parametrize(
    ("name", "genitive", "dative", "accusative"),
    [
        ("Līga", "Līgas", "Līgai", "Līgu"),
        ("Ilze", "Ilzes", "Ilzei", "Ilzi"),
        ("Bērziņa", "Bērziņas", "Bērziņai", "Bērziņu"),
        ("Pētersone", "Pētersones", "Pētersonei", "Pētersoni"),
        ("Garā", "Garās", "Garajai", "Garo"),
        ("Ķirsone-Ģēģere", "Ķirsones-Ģēģeres", "Ķirsonei-Ģēģerei", "Ķirsoni-Ģēģeri"),
    ],
)
def test_womens_names_decline_by_their_ending(name: str, genitive: str, dative: str, accusative: str) -> None:
    cases = of_woman(name)
    assert (cases.genitive, cases.dative, cases.accusative) == (genitive, dative, accusative)


@pytest.mark.parametrize(
    ("entry", "genitive", "dative", "accusative"),
    [
        ("Andrejs", "Andreja", "Andrejam", "Andreju"),
        ("Ozoliņš", "Ozoliņa", "Ozoliņam", "Ozoliņu"),
        ("Kārlis:Kārļa", "Kārļa", "Kārlim", "Kārli"),
        ("Guntis:Gunta", "Gunta", "Guntim", "Gunti"),
        ("Čerņavskis", "Čerņavska", "Čerņavskim", "Čerņavski"),
        ("Garais", "Garā", "Garajam", "Garo"),
        ("Mikus", "Mikus", "Mikum", "Miku"),
        ("Liepa", "Liepas", "Liepam", "Liepu"),
        ("Bite", "Bites", "Bitem", "Biti"),
    ],
)
def test_mens_names_decline_by_their_ending(entry: str, genitive: str, dative: str, accusative: str) -> None:
    cases = of_man(entry)
    assert (cases.genitive, cases.dative, cases.accusative) == (genitive, dative, accusative)


def test_a_mans_name_in_is_needs_its_genitive_written_by_hand() -> None:
    with pytest.raises(ValueError, match="Kārlis"):
        of_man("Kārlis")


def test_every_listed_name_declines() -> None:
    for origin in table("names").values():
        for given in origin["women"]:
            for family in origin["families"]:
                assert person(given, family.split("/")[1], woman=True).slug
        for given in origin["men"]:
            for family in origin["families"]:
                assert person(given, family.split("/")[0], woman=False).slug


def test_a_full_name_declines_in_both_parts() -> None:
    full = person("Ģirts", "Ķeniņš", woman=False).full
    assert (full.nominative, full.genitive, full.accusative) == ("Ģirts Ķeniņš", "Ģirta Ķeniņa", "Ģirtu Ķeniņu")
