"""`make bench`: everything that is measured, printed as ratios of one run. Nothing here can fail a test."""

import sys
import tempfile
from pathlib import Path

from tests.bench import pages, search, service, site_build
from tests.servers import Postgres


def main(wanted: list[str]) -> int:
    """Measure all, or only what is named: sqlite, postgresql, search, site, pages."""
    chosen = wanted or ["sqlite", "postgresql", "search", "site", "pages"]
    if "sqlite" in chosen:
        service.on_sqlite()
    if "postgresql" in chosen:
        with Postgres.started(quick=False) as server, tempfile.TemporaryDirectory() as folder:
            service.measure("PostgreSQL", server.url, Path(folder))
    if "search" in chosen:
        search.on_sqlite()
        with Postgres.started(quick=False) as server, tempfile.TemporaryDirectory() as folder:
            search.measure("PostgreSQL", server.url, Path(folder))
    if "site" in chosen:
        site_build.main()
    if "pages" in chosen:
        pages.main()
    return 0


sys.exit(main(sys.argv[1:]))
