"""Any Jinja environment becomes ours: a plain one and Flask's."""

import pytest
from flask import Flask
from jinja2 import Environment, UndefinedError

from tests.builders.sheets import SHEETS, sheet
from tests.page_checks import check_page
from theme.environment import address, equip, sentence_case
from theme.words import speaking

PAGE = '{% extends "layouts/public.html" %}{% block title %}T{% endblock %}{% block content %}<h1>x</h1>{% endblock %}'


def page(env: Environment, lang: str = "lv", extra: str = "") -> str:
    with speaking(lang):
        return env.from_string(extra + PAGE).render(lang=lang, path="/arsti/x/", site_url="https://p.example")


@pytest.fixture
def env() -> Environment:
    env = Environment()  # noqa: S701 - equip turns escaping on
    equip(env)
    return env


def test_flask_and_plain_environments_render_the_same_page(env: Environment) -> None:
    app = Flask(__name__)
    equip(app.jinja_env)

    with app.test_request_context():
        assert page(app.jinja_env) == page(env)


def test_latvian_has_no_prefix() -> None:
    assert address("/arsti/") == "/arsti/"
    with speaking("ru"):
        assert address("/arsti/") == "/ru/arsti/"
        assert address("/arsti/", "lv") == "/arsti/"


def test_page_names_itself_and_its_other_languages(env: Environment) -> None:
    html = page(env, "ru")

    assert '<link rel="canonical" href="https://p.example/ru/arsti/x/">' in html
    assert html.count('rel="alternate"') == 4
    assert 'hreflang="x-default" href="https://p.example/arsti/x/"' in html


def test_page_out_of_search_names_no_other_languages(env: Environment) -> None:
    html = page(env, extra="{% set noindex = true %}")

    assert '<meta name="robots" content="noindex">' in html
    assert "canonical" not in html


def test_language_that_a_page_lacks_leads_home(env: Environment) -> None:
    html = page(env, extra='{% set languages_on = ["lv"] %}')

    assert 'hreflang="ru" href=' not in html
    assert 'href="/ru/" hreflang="ru"' in html


def test_undefined_name_is_an_error(env: Environment) -> None:
    with pytest.raises(UndefinedError):
        env.from_string("{{ nothing_like_it }}").render()


def test_values_are_escaped(env: Environment) -> None:
    assert env.from_string("{{ x }}").render(x="<b>") == "&lt;b&gt;"
    text = env.from_string('{{ _("Step %(current)s of %(count)s", current=x, count=2) }}').render(x="<b>")
    assert text == "&lt;b&gt;. solis no 2"


def test_first_letter_is_made_capital_and_the_rest_left_alone() -> None:
    assert sentence_case("rīt, pie Ilzes Bērziņas") == "Rīt, pie Ilzes Bērziņas"


@pytest.mark.parametrize("lang", ["lv", "ru", "en"])
@pytest.mark.parametrize("name", SHEETS)
def test_every_component_makes_a_sound_page(name: str, lang: str) -> None:
    check_page(sheet(name, lang))
