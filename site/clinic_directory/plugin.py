"""The Pelican plugin: a generator of its own makes the whole site. The only module that imports Pelican.

Pelican's article and page readers get empty paths, since they parse and render too slowly and know no checked values.
Errors are raised, never logged and skipped, so that a broken card stops the build.
"""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pelican import Pelican, signals
from pelican.log import console
from pelican.settings import read_settings

from clinic_directory import commit_times, generation
from clinic_directory.edition import Site
from clinic_directory.problems import ContentError, Problem
from clinic_directory.reader import read
from clinic_directory.workbench import Workbench


class DirectoryGenerator:
    """One object for one run; Pelican calls the two methods in turn."""

    def __init__(self, settings: dict[str, Any], path: str, output_path: str, **_others: object) -> None:
        self._settings = settings
        self._content = Path(path)
        self._output = Path(output_path)
        self._caches: generation.Caches = settings.get("CACHES") or generation.Caches(Path(settings["PICTURE_CACHE"]))

    def generate_context(self) -> None:
        """Read and check all content; raises ContentError before anything is written."""
        self._directory = read(self._content, self._caches.cards)

    def generate_output(self, _writer: object) -> None:
        times = commit_times.read(self._content)
        today = datetime.now(UTC).date()
        bench: Workbench | None = self._settings.get("BENCH")
        begin = bench.begin if bench and not bench.begun else None
        written = generation.generate(
            self._directory, site(self._settings), times, self._output, self._caches, today, begin
        )
        self._settings.get("WRITTEN", []).append(written)


def site(settings: dict[str, Any]) -> Site:
    expires = settings.get("SECURITY_EXPIRES") or None
    return Site(
        url=settings["SITEURL"].rstrip("/"),
        email=settings.get("SITE_EMAIL", ""),
        operator=settings.get("SITE_OPERATOR", ""),
        operator_number=settings.get("SITE_OPERATOR_NUMBER", ""),
        security_contact=settings.get("SECURITY_CONTACT", ""),
        security_expires=date.fromisoformat(expires) if expires else None,
        edit_url=_edit_url(settings.get("SITE_EDIT_URL", "")),
    )


def _edit_url(address: str) -> str:
    if address and not (address.startswith("https://") and "{path}" in address):
        example = "write an address such as https://git.example/pieraksts/edit/main/{path}"
        raise ContentError([Problem("SITE_EDIT_URL", None, "", f'"{address}" does not say where a file is', example)])
    return address


def generators(_pelican: Pelican) -> type[DirectoryGenerator]:
    return DirectoryGenerator


def register() -> None:
    """Pelican holds receivers weakly, so this one lives in the module."""
    signals.get_generators.connect(generators)


def run(
    settings_file: Path, content: Path, bench: Workbench, caches: generation.Caches, site_url: str
) -> generation.Written:
    """One build with a settings file, as `pelican CONTENT -s FILE -o OUTPUT` makes it; errors are raised."""
    written: list[generation.Written] = []
    chosen = {"PATH": str(content), "OUTPUT_PATH": str(bench.folder), "BENCH": bench}
    chosen |= {"CACHES": caches, "WRITTEN": written}
    if site_url:
        chosen["SITEURL"] = site_url
    settings = read_settings(str(settings_file), override=chosen)
    # Its closing line counts articles, of which there are none.
    console.quiet = True
    Pelican(settings).run()
    return written[0]
