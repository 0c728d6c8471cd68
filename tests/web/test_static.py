"""The built site served by the service: compressed, cached, switched to a new build without a gap."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient


@pytest.fixture
def builds(app: Flask) -> Path:
    """Where builds lie, with the first one switched in."""
    folder = app.extensions["settings"].site_dir.parent
    build(folder / "build-1", "first")
    app.extensions["settings"].site_dir.symlink_to(folder / "build-1")
    return Path(folder)


def build(folder: Path, words: str) -> None:
    (folder / "arsti").mkdir(parents=True)
    (folder / "theme").mkdir()
    (folder / "index.html").write_text(f"<p>{words}</p>")
    (folder / "index.html.br").write_bytes(b"br")
    (folder / "index.html.gz").write_bytes(b"gzip")
    (folder / "arsti" / "index.html").write_text(f"<p>doctors, {words}</p>")
    (folder / "theme" / "site.0123abcd.css").write_text("p{}")


def test_pages_come_from_the_build_with_the_services_headers(client: FlaskClient, builds: Path) -> None:
    answer = client.get("/arsti/", buffered=True)

    assert answer.text == "<p>doctors, first</p>"
    assert answer.headers["Cache-Control"] == "max-age=60, public"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "X-Robots-Tag" not in answer.headers
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(("accepted", "encoding"), [("br, gzip", "br"), ("gzip", "gzip"), ("", None)])
def test_a_browser_gets_the_best_compression_it_knows(
    client: FlaskClient, builds: Path, accepted: str, encoding: str | None
) -> None:
    answer = client.get("/", headers={"Accept-Encoding": accepted}, buffered=True)

    assert answer.headers.get("Content-Encoding") == encoding
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_files_named_by_their_content_are_kept_for_good(client: FlaskClient, builds: Path) -> None:
    assert "immutable" in client.get("/theme/site.0123abcd.css", buffered=True).headers["Cache-Control"]


def test_an_unchanged_page_is_not_sent_again(client: FlaskClient, builds: Path) -> None:
    first = client.get("/arsti/", buffered=True)

    again = client.get("/arsti/", headers={"If-Modified-Since": first.headers["Last-Modified"]})

    assert again.status_code == 304


def test_a_new_build_is_served_once_its_link_is_switched(app: Flask, client: FlaskClient, builds: Path) -> None:
    assert client.get("/", buffered=True).text == "<p>first</p>"
    build(builds / "build-2", "second and longer")
    (builds / "build-2" / "jauns").mkdir()
    (builds / "build-2" / "jauns" / "index.html").write_text("<p>new</p>")
    link = builds / "next"
    link.symlink_to(builds / "build-2")

    link.replace(app.extensions["settings"].site_dir)

    assert client.get("/", buffered=True).text == "<p>second and longer</p>"
    assert client.get("/jauns/", buffered=True).text == "<p>new</p>"


def test_an_address_without_its_slash_is_sent_on(client: FlaskClient, builds: Path) -> None:
    answer = client.get("/arsti")

    assert answer.status_code == 302
    assert answer.headers["Location"] == "arsti/"


@pytest.mark.parametrize(
    "address", ["/../keys.json", "/..%2fkeys.json", "/arsti/../../keys.json", "//etc/passwd", "/%00"]
)
def test_nothing_outside_the_build_is_served(app: Flask, client: FlaskClient, builds: Path, address: str) -> None:
    (builds / "keys.json").write_text("secret")

    answer = client.get(address)

    assert answer.status_code in (400, 404, 308)
    assert "secret" not in answer.text


def test_without_a_build_the_service_still_gives_the_theme(app: Flask, client: FlaskClient) -> None:
    address = app.jinja_env.globals["asset"]("site.css")  # type: ignore[operator]

    answer = client.get(address)

    assert answer.mimetype == "text/css"
    assert "immutable" in answer.headers["Cache-Control"]
    assert client.get("/theme/other.css").status_code == 404
    assert client.get("/").status_code == 404


def test_a_former_address_is_sent_on_for_good_with_its_query(client: FlaskClient, builds: Path) -> None:
    (builds / "build-1" / "redirects.json").write_text('{"/ru/arsti/ilze-kalnina/": "/ru/arsti/ilze-berzina/"}')

    answer = client.get("/ru/arsti/ilze-kalnina/?ref=banner")

    assert answer.status_code == 301
    assert answer.headers["Location"].endswith("/ru/arsti/ilze-berzina/?ref=banner")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get("/ru/arsti/nobody/").status_code == 404


def test_a_former_address_without_its_slash_leads_on_in_one_hop(client: FlaskClient, builds: Path) -> None:
    (builds / "build-1" / "redirects.json").write_text('{"/arsti/ilze-kalnina/": "/arsti/ilze-berzina/"}')

    answer = client.get("/arsti/ilze-kalnina")

    assert (answer.status_code, answer.headers["Location"]) == (301, "/arsti/ilze-berzina/")


@pytest.mark.parametrize("kept", [{}, {"If-Modified-Since": "Fri, 01 Jan 2100 10:00:00 GMT"}, {"Range": "bytes=0-1"}])
def test_the_page_of_who_left_is_answered_with_410_whatever_a_browser_has_kept(
    client: FlaskClient, builds: Path, kept: dict[str, str]
) -> None:
    (builds / "build-1" / "gone.json").write_text('["/arsti/janis-kalns/"]')
    (builds / "build-1" / "arsti" / "janis-kalns").mkdir()
    (builds / "build-1" / "arsti" / "janis-kalns" / "index.html").write_text("<p>Colleagues</p>")

    answer = client.get("/arsti/janis-kalns/", headers=kept, buffered=True)

    assert (answer.status_code, answer.text) == (410, "<p>Colleagues</p>")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get("/arsti/", buffered=True).status_code == 200


def test_an_unknown_address_is_a_404_with_a_search_form_and_the_main_links(client: FlaskClient, builds: Path) -> None:
    for address in ("/arsti/nobody/", "/kardiologs/99/", "/ru/arsti/nobody/"):
        answer = client.get(address)

        prefix = "/ru" if address.startswith("/ru") else ""
        assert answer.status_code == 404
        for part in (f'action="{prefix}/search/"', f'href="{prefix}/arsti/"', f'href="{prefix}/klinikas/"'):
            assert part in answer.text


def test_pages_name_the_rules_for_fetching_ahead_and_the_rules_have_their_type(
    client: FlaskClient, builds: Path
) -> None:
    (builds / "build-1" / "speculation-rules.json").write_text("{}")

    page, rules, style = (
        client.get(path, buffered=True) for path in ("/arsti/", "/speculation-rules.json", "/theme/site.0123abcd.css")
    )

    assert page.headers["Speculation-Rules"] == '"/speculation-rules.json"'
    assert rules.headers["Content-Type"] == "application/speculationrules+json"
    assert "Speculation-Rules" not in style.headers
