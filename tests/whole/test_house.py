"""What holds for the whole tree and no module owns."""

import ast
import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOP = {
    "site",
    "content",
    "booking_service",
    "theme",
    "tests",
    ".ci",
    "Makefile",
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
}
TOP |= {
    "LICENSE",
    "pyproject.toml",
    "requirements.txt",
    "requirements-dev.txt",
    "requirements-node.txt",
    ".gitignore",
    "package.json",
    "package-lock.json",
}
TARGETS = ["run", "test", "check", "setup", "site", "serve", "sync", "work"]
TARGETS += ["migrate", "migration", "words", "bench", "demo", "clean"]
TARGETS += ["check-content", "new-doctor", "new-clinic", "apply-correction", "schema", "preview", "publish", "rollback"]


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.split("\0") if name]


def test_the_top_level_is_the_agreed_one() -> None:
    assert {name.split("/")[0] for name in tracked()} <= TOP


def test_help_lists_every_command_with_a_sentence() -> None:
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    for target in TARGETS:
        assert re.search(rf"^  make {target} +\S.+$", shown, re.MULTILINE), target


def test_continuous_integration_runs_what_a_developer_runs() -> None:
    lines = (ROOT / ".ci/run").read_text().splitlines()

    assert [line for line in lines if line and not line.startswith(("#", "set ", "cd "))] == ["exec make test"]


@pytest.mark.parametrize(
    ("lock", "fewest"), [("requirements.txt", 30), ("requirements-dev.txt", 30), ("requirements-node.txt", 2)]
)
def test_every_dependency_is_locked_with_hashes_and_without_an_address(lock: str, fewest: int) -> None:
    text = (ROOT / lock).read_text()
    packages = re.split(r"\n(?=\S)", text.strip())

    assert len(packages) >= fewest
    for package in packages:
        assert re.match(r"^[a-z0-9.-]+(\[[a-z,]+\])?==\S+", package)
        assert "--hash=sha256:" in package
    assert "://" not in text


def test_what_npm_fetches_is_locked_with_hashes_and_without_an_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]

    assert len(packages) > 30
    for name, package in packages.items():
        assert not name or package["integrity"].startswith("sha512-")
        assert "resolved" not in package


def test_packages_open_with_a_sentence_and_no_code() -> None:
    packages = [name for name in tracked() if name.endswith("__init__.py")]

    assert packages
    for name in packages:
        tree = ast.parse((ROOT / name).read_text())
        assert ast.get_docstring(tree), name
        assert len(tree.body) == 1, name


def test_every_module_says_what_it_owns_and_stays_small() -> None:
    for name in tracked():
        if not name.endswith(".py") or "/versions/" in name or name.startswith("site/pelicanconf"):
            continue
        text = (ROOT / name).read_text()
        assert ast.get_docstring(ast.parse(text)), name
        assert len(text.splitlines()) <= 330 or name.startswith(("site/demo_content/", "tests/")), name


def test_site_is_never_a_package() -> None:
    assert not (ROOT / "site/__init__.py").exists(), "the standard library has a module of that name"


def test_tests_have_no_package_files() -> None:
    assert not [name for name in tracked() if name.startswith("tests/") and name.endswith("__init__.py")]
