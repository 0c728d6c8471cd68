"""`make serve`: the static pages on this machine while content is edited; a saved change shows by itself.

The last good site stays up when a file is broken: the terminal and the page itself then say what to mend.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from watchfiles import watch

from clinic_directory.editing.check import check, inside, lines

SOURCES = ("site", "theme")
MOST = 5
"""Warnings that are told after a build."""

# The page asks this server, and no other, whether it is still fresh; the script exists in `make serve` alone.
SCRIPT = """
const events = new EventSource("/_reload");
events.addEventListener("built", () => location.reload());
events.addEventListener("broken", (event) => {
  const box = document.querySelector("#broken") || document.body.appendChild(document.createElement("pre"));
  box.id = "broken";
  box.textContent = JSON.parse(event.data);
  box.setAttribute("role", "alert");
  Object.assign(box.style, {position: "fixed", inset: "auto 0 0", margin: 0, padding: "16px", maxHeight: "60vh",
    overflow: "auto", background: "#FBEAEC", color: "#A51E36", whiteSpace: "pre-wrap", zIndex: 9});
});
"""


class Builds:
    """The newest build's number and its report: empty when it went well, else what to mend."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.number = 0
        self.report = ""

    def record(self, report: str) -> None:
        with self.changed:
            self.number += 1
            self.report = report
            self.changed.notify_all()

    def after(self, number: int, seconds: float) -> tuple[int, str] | None:
        """Wait for a build newer than `number`; None when none came in time."""
        with self.changed:
            if not self.changed.wait_for(lambda: self.number > number, seconds):
                return None
            return self.number, self.report


class Pages(SimpleHTTPRequestHandler):
    """Serves the built folder, adds the reloading script to pages, and answers /_reload with events."""

    def __init__(self, *args: object, builds: Builds, directory: str) -> None:
        self.builds = builds
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == "/_reload":
            self._events()
        elif path == "/_reload.js":
            self._send(SCRIPT.encode(), "text/javascript; charset=utf-8")
        elif (page := self._page(path)) is not None:
            status = 200 if page.name == "index.html" else 404
            self._send(
                page.read_bytes() + b'<script src="/_reload.js" defer></script>', "text/html; charset=utf-8", status
            )
        else:
            super().do_GET()

    def _page(self, path: str) -> Path | None:
        folder = Path(self.translate_path(path))
        if path.endswith("/") and (folder / "index.html").is_file():
            return folder / "index.html"
        missing = Path(self.directory) / "404.html"
        return missing if not folder.exists() and missing.is_file() else None

    def _send(self, body: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def _events(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        number = self.builds.number
        try:
            if self.builds.report:
                self.wfile.write(f"event: broken\ndata: {json.dumps(self.builds.report)}\n\n".encode())
            while True:
                news = self.builds.after(number, 15)
                if news is None:
                    self.wfile.write(b": still here\n\n")
                else:
                    number, report = news
                    event = "broken" if report else "built"
                    self.wfile.write(f"event: {event}\ndata: {json.dumps(report)}\n\n".encode())
                self.wfile.flush()
        except OSError:
            return

    def log_message(self, *args: object) -> None:
        """Say nothing: the terminal is for what an editor has to mend."""


def build(content: Path, output: Path) -> str:
    """Build once in a process of its own, so that changed code counts too; return the report when it failed."""
    folders = ["--content", str(content), "--output", str(output)]
    command = [sys.executable, "-m", "clinic_directory.build", *folders, "--quick", "--no-share-images"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own module
    return "" if done.returncode == 0 else (done.stderr or done.stdout).strip()


def warned(content: Path, changed: Sequence[str], memory: Path) -> list[str]:
    """What the check says about the changed files alone, a few lines at most; nothing where all is well."""
    files = inside(content, changed)
    if not files:
        return []
    report = check(content, datetime.now(UTC).date(), files, memory)
    # A card may have been broken since, and the next build tells that.
    said = [] if report.problems else list(lines(content, report, everything=True))
    more = [f"… and {len(said) - MOST} more: make check-content"] if len(said) > MOST else []
    return [*said[:MOST], *more]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make serve", description=__doc__)
    parser.add_argument("--content", type=Path, default=Path("content"))
    parser.add_argument("--port", type=int, default=8001)
    chosen = parser.parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix="pieraksts-serve-"))
    builds, output = Builds(), folder / "site"
    say = partial(print, flush=True)
    try:
        say(f"Building {chosen.content} ...")
        builds.record(build(chosen.content, output))
        say(builds.report or "Built.")
        server = ThreadingHTTPServer(("127.0.0.1", chosen.port), partial(Pages, builds=builds, directory=str(output)))
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        say(f"Open http://localhost:{chosen.port}/ and edit; stop with Ctrl-C.")
        for changes in watch(chosen.content, *(Path(part) for part in SOURCES if Path(part).is_dir())):
            builds.record(build(chosen.content, output))
            say(builds.report or "Built again.")
            if not builds.report:
                # The browser shows the page already; this is for whoever looks at the terminal.
                for line in warned(chosen.content, [path for _, path in changes], folder / "check.sqlite"):
                    say(line)
    except KeyboardInterrupt:
        pass
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
