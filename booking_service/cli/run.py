"""Makes, fills and serves everything on this machine, as `make run` does: demo mode only.

What is already made and unchanged is left alone, so that a second start takes a moment.
"""

import argparse
import os
import socket
import subprocess
import sys
from importlib import import_module
from urllib.error import URLError
from urllib.request import urlopen

from booking_service.cli import demo, migrate, stamp, together
from booking_service.cli.speech import complain, say
from booking_service.mail.catcher import catcher
from booking_service.settings import ROOT, Settings, SettingsError

MADE_OF = ("site", "theme")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults()


def run(_args: argparse.Namespace, settings: Settings) -> int:
    if not settings.demo:
        raise SettingsError("`booking run` is for trying things out; set DEMO=1, or start each part as README says")
    if not _free(settings.host, settings.port):
        return complain(f"Port {settings.port} is taken; stop what uses it, or choose another: make run PORT=8010")
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    made = settings.data_dir / "made.stamp"
    sources = stamp.of([settings.content_dir, *(ROOT / name for name in MADE_OF)])
    fresh = stamp.fresh(made, sources) and settings.site_dir.is_dir()
    if not fresh and (failed := _build(settings)):
        return failed
    nothing = argparse.Namespace()
    if failed := migrate.run(nothing, settings) or (0 if fresh else _sync(nothing, settings)):
        return failed
    if failed := demo.run(nothing, settings):
        return failed
    stamp.write(made, sources)
    return _serve(settings)


def _sync(nothing: argparse.Namespace, settings: Settings) -> int:
    # Found by name only when content has changed: reading it loads much that a second start can do without.
    status: int = import_module("booking_service.cli.sync").run(nothing, settings)
    return status


def _build(settings: Settings) -> int:
    say("Building the pages; the first time takes about half a minute ...")
    command = [sys.executable, "-m", "clinic_directory.build", "--quick", "--content", str(settings.content_dir)]
    command += ["--output", str(settings.site_dir), "--site-url", settings.site_url]
    return subprocess.run(command, check=False).returncode  # noqa: S603 - our own module


def _serve(settings: Settings) -> int:
    """Serve until stopped. The mail catcher runs in this process, on a port that nobody else has."""
    mail_port = _any_port()
    env = {**os.environ, "SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(mail_port)}
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "warning"]
    web += ["--host", settings.host, "--port", str(settings.port), "--workers", "1", "--blocking-threads", "2"]
    parts = {
        "web server": [*web, "booking_service.serve:app"],
        "letter worker": [sys.executable, "-m", "booking_service", "work"],
    }
    post = catcher(settings.data_dir / "mail", mail_port)
    post.start()
    try:
        return together.run(parts, env, lambda: _announce(settings))
    finally:
        post.stop()


def _announce(settings: Settings) -> bool:
    """Say where everything is, once it answers."""
    here = f"http://127.0.0.1:{settings.port}"
    try:
        with urlopen(f"{here}/health", timeout=1):  # noqa: S310 - our own address
            pass
    except (URLError, OSError):
        return False
    say(f"Pieraksts is at {settings.site_url}/ (letters: /_mail/, desk: /desk/). Stop with Ctrl-C.")
    return True


def _free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _any_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
