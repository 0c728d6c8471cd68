"""Which language is spoken, and which form of a message fits a number."""

from pathlib import Path

import pytest

from theme import words
from theme.words import speaking


def test_latvian_is_spoken_unless_another_is_named() -> None:
    assert words.current() == "lv"
    with speaking("ru"):
        assert words.current() == "ru"
    assert words.current() == "lv"


def test_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="de"), speaking("de"):
        pass


def test_message_is_said_in_the_current_language() -> None:
    with speaking("lv"):
        assert words.translate("My visits") == "Manas vizītes"
    with speaking("en"):
        assert words.translate("My visits") == "My visits"


def test_values_are_filled_in() -> None:
    assert words.translate("Step %(current)s of %(count)s", current=2, count=6) == "2. solis no 6"


def test_message_without_translation_is_shown_as_it_is() -> None:
    assert words.gettext("Nobody has said this yet") == "Nobody has said this yet"


LATVIAN = {0: 2, 1: 0, 2: 1, 9: 1, 10: 2, 11: 2, 19: 2, 20: 2, 21: 0, 22: 1, 30: 2, 101: 0, 111: 2, 121: 0}
RUSSIAN = {1: 0, 2: 1, 4: 1, 5: 2, 11: 2, 12: 2, 14: 2, 21: 0, 22: 1, 25: 2, 101: 0, 111: 2, 112: 2}
CATALOGUE = """msgid ""
msgstr ""
"Plural-Forms: {header}\\n"

msgid "%(num)s free time"
msgid_plural "%(num)s free times"
{forms}
"""


@pytest.mark.parametrize(("lang", "rule"), [("lv", LATVIAN), ("ru", RUSSIAN)])
def test_number_picks_the_form(
    lang: str, rule: dict[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / lang).mkdir()
    forms = "\n".join(f'msgstr[{form}] "form {form}"' for form in range(3))
    text = CATALOGUE.format(header=words.PLURAL_FORMS[lang], forms=forms)
    (tmp_path / lang / "theme.po").write_text(text, "utf-8")
    messages = list(words.read_messages(lang, tmp_path))
    monkeypatch.setattr(words, "read_messages", lambda _: messages)
    words._table.cache_clear()

    with speaking(lang):
        said = {n: words.ngettext("%(num)s free time", "%(num)s free times", n) for n in rule}
    words._table.cache_clear()

    assert said == {n: f"form {form}" for n, form in rule.items()}


@pytest.mark.parametrize("lang", words.LANGS)
def test_every_catalogue_carries_the_plural_rule_of_its_language(lang: str) -> None:
    for path in (words.FOLDER / lang).glob("*.po"):
        text = path.read_text("utf-8").replace('"\n"', "")
        if "Plural-Forms" in text:
            assert words.PLURAL_FORMS[lang].rstrip(";") in text, path.name
