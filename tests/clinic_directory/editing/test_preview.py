"""`make preview`, the one command for a build server: the check, a build to look at, and what it would change."""

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from clinic_directory.editing import preview
from clinic_directory.editing.preview import compared

from tests.builders.content import DOCTOR, change, write
from tests.builders.sites import a_built_site

NEW = DOCTOR.replace("old_slugs: [ilze-kalnina]\n", "").replace("given: Ilze\n", "given: Anna\n")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def published(content: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a published site of the sound content."""
    folder = tmp_path / "published"
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    address = f"http://127.0.0.1:{server.server_port}"
    a_built_site(content, folder, address)
    Thread(target=server.serve_forever, daemon=True).start()
    yield address
    server.shutdown()
    server.server_close()


def run(content: Path, output: Path, published: str) -> int:
    return preview.main(["--content", str(content), "--output", str(output), "--published", published])


@pytest.mark.parametrize("by", ["address", "folder"])
def test_it_checks_builds_and_names_the_pages_that_would_change(
    content: Path, tmp_path: Path, published: str, by: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(content, "doctors/anna-berzina.md", NEW)

    code = run(content, tmp_path / "preview", published if by == "address" else str(tmp_path / "published"))

    said = capsys.readouterr().out
    assert code == 0
    assert "No problems" in said
    assert "Against the published site:\n  new     /arsti/anna-berzina/ (lv, ru, en)\n" in said
    page = (tmp_path / "preview/arsti/anna-berzina/index.html").read_text()
    assert f'<link rel="canonical" href="{published}/arsti/anna-berzina/">' in page


def test_the_same_content_would_change_no_page(
    content: Path, tmp_path: Path, published: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(content, tmp_path / "preview", published) == 0
    assert "No page would change." in capsys.readouterr().out


def test_without_a_published_site_it_builds_and_compares_with_nothing(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(content, tmp_path / "preview", str(tmp_path / "nowhere")) == 0
    assert "Against" not in capsys.readouterr().out


def test_a_problem_of_content_or_a_lost_address_ends_it_with_1(
    content: Path, tmp_path: Path, published: str, capsys: pytest.CaptureFixture[str]
) -> None:
    change(content, "doctors/ilze-berzina.md", "old_slugs: [ilze-kalnina]\n", "")
    assert run(content, tmp_path / "preview", published) == 1
    assert "/arsti/ilze-kalnina/" in capsys.readouterr().err

    change(content, "doctors/ilze-berzina.md", "clinic: juras-prakse", "clinic: juras-praks")
    assert run(content, tmp_path / "preview", published) == 1
    assert "did you mean" in capsys.readouterr().out


def test_a_site_that_does_not_answer_is_no_success(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(content, tmp_path / "preview", "http://127.0.0.1:9") == 1
    assert "http://127.0.0.1:9/sitemap.xml" in capsys.readouterr().err


def test_pages_are_told_once_for_all_languages_and_many_are_counted() -> None:
    before = {"/a/": "1", "/ru/a/": "1", "/b/": "", "/en/b/": ""}
    after = {"/a/": "2", "/ru/a/": "2", **{f"/c{number:02}/": "1" for number in range(22)}}

    lines = list(compared(before, after))

    assert lines[0] == "  new     /c00/ (lv)"
    assert lines[20:] == ["  new     2 pages more", "  changed /a/ (lv, ru)", "  gone    /b/ (lv, en)"]
