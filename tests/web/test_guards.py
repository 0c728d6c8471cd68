"""What stands before and behind every route: the guard against other sites, headers, languages, error pages."""

import logging
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine

from booking_service.web.networks import network_of
from tests.apps import make_app
from tests.page_checks import check_page, text_of

ADDRESS = "/account/sign-out"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({"Origin": "http://localhost"}, 303),
        ({"Origin": "http://localhost:81"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
    ],
)
def test_a_form_counts_only_from_our_own_pages(client: FlaskClient, headers: dict[str, str], status: int) -> None:
    answer = client.post(ADDRESS, headers=headers)

    assert answer.status_code == status
    if status == 403:
        assert "Poga nospiesta citā vietnē" in text_of(next(check_page(answer.text).iter("h1")))


def test_every_answer_carries_the_headers_that_keep_it_safe(client: FlaskClient) -> None:
    for address in ("/account/sign-in", "/nothing", "/health", "/book/nobody/live"):
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "base-uri 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Robots-Tag"] == "noindex"
        assert "Strict-Transport-Security" not in headers


def test_https_is_kept_for_a_year(sqlite_template: Path, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{sqlite_template}")
    app = make_app(engine, tmp_path / "var", site_url="https://pieraksts.example")

    header = app.test_client().get("/account/sign-in").headers["Strict-Transport-Security"]

    assert header == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize(
    ("address", "lang", "words"),
    [
        ("/nothing", "lv", "Šādas lapas nav"),
        ("/ru/nothing", "ru", "Такой страницы нет"),
        ("/en/nothing/else", "en", "There is no such page"),
        ("/english", "lv", "Šādas lapas nav"),
    ],
)
def test_a_missing_page_says_so_in_the_language_of_its_address(
    client: FlaskClient, address: str, lang: str, words: str
) -> None:
    answer = client.get(address)
    tree = check_page(answer.text)

    assert answer.status_code == 404
    assert tree.get("lang") == lang
    assert text_of(next(tree.iter("h1"))) == words


def test_languages_of_a_page_lead_to_the_same_page(client: FlaskClient) -> None:
    tree = check_page(client.get("/ru/account/sign-in").text)
    nav = next(one for one in tree.iter("nav") if one.get("class") == "langs")

    assert [link.get("href") for link in nav.iter("a")] == [
        "/account/sign-in",
        "/ru/account/sign-in",
        "/en/account/sign-in",
    ]


def test_a_bug_shows_a_calm_page_and_logs_the_route_alone(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    def broken(secret: str) -> str:
        raise RuntimeError("161175-19997")

    app.add_url_rule("/broken/<secret>", view_func=broken)
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False

    with caplog.at_level(logging.ERROR):
        answer = app.test_client().get("/broken/token-of-a-visit")

    assert answer.status_code == 500
    assert text_of(next(check_page(answer.text).iter("h1"))) == "Pie mums kaut kas salūza"
    assert "19997" not in answer.text
    assert "token-of-a-visit" not in caplog.text


@pytest.mark.parametrize(("method", "status"), [("PUT", 405), ("GET", 405)])
def test_a_wrong_method_has_a_page_of_its_own(client: FlaskClient, method: str, status: int) -> None:
    answer = client.open(ADDRESS, method=method, headers={"Sec-Fetch-Site": "same-origin"})

    assert answer.status_code == status
    check_page(answer.text)


def test_more_than_a_form_holds_is_refused(client: FlaskClient) -> None:
    answer = client.post("/account/sign-in", data={"email": "a" * 100_000}, headers={"Sec-Fetch-Site": "same-origin"})

    assert answer.status_code == 413
    check_page(answer.text)


def test_letters_can_be_read_in_demo_mode_alone(app: Flask, sqlite_template: Path, tmp_path: Path) -> None:
    assert app.test_client().get("/_mail/").status_code == 200
    keys = app.extensions["settings"].keys_file
    live = make_app(create_engine(f"sqlite:///{sqlite_template}"), tmp_path / "live", demo=False, keys_file=keys)

    assert live.test_client().get("/_mail/").status_code == 404


def test_health_answers(client: FlaskClient) -> None:
    assert client.get("/health").text == "ok\n"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", "unknown"),
        (None, "unknown"),
    ],
)
def test_a_network_is_an_address_or_a_household(address: str | None, network: str) -> None:
    assert network_of(address) == network


def test_a_proxy_is_believed_only_as_far_as_it_is_trusted(app: Flask, sqlite_template: Path, tmp_path: Path) -> None:
    keys = app.extensions["settings"].keys_file
    engine = create_engine(f"sqlite:///{sqlite_template}")
    behind = make_app(engine, tmp_path / "behind", trusted_proxies=1, keys_file=keys)
    headers = {"X-Forwarded-Host": "pieraksts.example", "X-Forwarded-Proto": "https"}
    own = {**headers, "Origin": "https://pieraksts.example"}

    assert behind.test_client().post(ADDRESS, headers=own).status_code == 303
    assert app.test_client().post(ADDRESS, headers=own).status_code == 403
