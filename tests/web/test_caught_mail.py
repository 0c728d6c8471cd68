"""Reading caught letters in demo mode: list, text, HTML in its frame, raw file."""

from base64 import b64encode
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from booking_service.mail.letter import Kind
from tests.builders.letters import a_letter
from tests.page_checks import check_page, text_of

NAME = "20270302T084200000000-0a1b2c3d"
LETTER = """\
From: Pieraksts <pieraksts@pieraksts.example>
To: anna@example.lv
Subject: =?utf-8?q?Viz=C4=ABte?=
Date: Tue, 02 Mar 2027 10:42:00 +0200
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=x

--x
Content-Type: text/plain; charset=utf-8

Labdien! http://localhost/book/1/x/ <b>
--x
Content-Type: text/html; charset=utf-8

<html><head></head><body><script>alert(1)</script><p>Labdien!</p></body></html>
--x--
"""


@pytest.fixture
def letter(app: Flask) -> Path:
    folder = Path(app.extensions["settings"].data_dir) / "mail"
    folder.mkdir(parents=True)
    path = folder / f"{NAME}.eml"
    path.write_text(LETTER)
    return path


def test_the_list_leads_to_each_letter(client: FlaskClient, letter: Path) -> None:
    tree = check_page(client.get("/_mail/").text)

    links = [link for link in tree.iter("a") if text_of(link) == "Vizīte"]
    assert [link.get("href") for link in links] == [f"/_mail/{NAME}/"]


def test_a_letter_shows_its_text_and_its_html_in_a_sandbox(client: FlaskClient, letter: Path) -> None:
    answer = client.get(f"/_mail/{NAME}/")
    tree = check_page(answer.text)

    assert "&lt;b&gt;" in answer.text
    frame = next(tree.iter("iframe"))
    assert frame.get("sandbox") == "allow-top-navigation-by-user-activation"
    assert "frame-src 'self'" in answer.headers["Content-Security-Policy"]
    inside = client.get(frame.get("src", "")).headers["Content-Security-Policy"]
    assert inside.startswith("sandbox allow-top-navigation-by-user-activation; default-src 'none'")
    assert "frame-ancestors 'self'" in inside


def test_the_raw_file_is_the_letter_as_it_came(client: FlaskClient, letter: Path) -> None:
    answer = client.get(f"/_mail/{NAME}/raw")

    assert answer.data == LETTER.encode()
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{NAME}.eml"'


@pytest.mark.parametrize("name", ["nothing", "..", "%2e%2e%2fkeys", NAME.replace("a", "b")])
def test_no_other_file_can_be_read(client: FlaskClient, letter: Path, name: str) -> None:
    assert client.get(f"/_mail/{name}/raw").status_code == 404


def test_a_letters_files_can_be_read_too(app: Flask, client: FlaskClient, letter: Path) -> None:
    # The builder's own letter to the editors, with a card that says something for HTML.
    attached = a_letter(Kind.JOIN)
    letter.write_bytes(attached.as_bytes().replace(b"LS0tCi0tLQo=", b64encode(b"<script>x</script>")))

    tree = check_page(client.get(f"/_mail/{NAME}/").text)

    heads = [text_of(head) for head in tree.iter("h3")]
    assert heads == ["juras-prakse.md", "juris-abols.md", "juras-prakse.patch"]
    assert any(text_of(pre) == "<script>x</script>" for pre in tree.iter("pre"))
