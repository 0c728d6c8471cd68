"""Cold and one-edit builds of the site at 348 and 10,000 doctors, in three languages.

Each figure stands beside the time that this machine needs to write the same bytes from memory: trust the ratio.
A cold build is a new process with nothing kept; one edit is a new process after a line was added to one doctor's card.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SIZES = ((348, 28), (10_000, 1_000))


@dataclass(frozen=True)
class Spent:
    """Seconds on the wall and of processors, children included."""

    wall: float
    cpu: float


def spent(act: Callable[[], object]) -> Spent:
    before, started = os.times(), time.monotonic()
    act()
    after = os.times()
    cpu = sum(after[:4]) - sum(before[:4])
    return Spent(time.monotonic() - started, cpu)


def run(*words: object) -> None:
    subprocess.run([sys.executable, "-m", *map(str, words)], check=True, stdout=subprocess.DEVNULL)


def pages_in(folder: Path) -> dict[str, bytes]:
    """Everything that Pelican's run writes: the compressed copies come after it."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in (".br", ".gz")
    }


def write_all(files: dict[str, bytes], folder: Path) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def measure(doctors: int, clinics: int, folder: Path) -> None:
    content, site = folder / "content", folder / "site"
    run("demo_content", "--doctors", doctors, "--clinics", clinics, "--no-pictures", "--out", content)
    build = ("clinic_directory.build", "--content", content, "--output", site, "--site-url", "https://x.example")
    cold = spent(lambda: run(*build, "--quick"))
    files = pages_in(site)
    base = spent(lambda: write_all(files, folder / "base"))
    again = spent(lambda: run(*build, "--quick"))
    card = sorted((content / "doctors").glob("*.md"))[doctors // 2]
    card.write_text(card.read_text(encoding="utf-8") + "\nPieņem arī sestdienās.\n", encoding="utf-8")
    edit = spent(lambda: run(*build, "--quick"))
    pages, size = sum(name.endswith(".html") for name in files), sum(map(len, files.values()))
    say(f"\nSite, {doctors} doctors: {pages} pages, {size / 1e6:.0f} MB; written from memory in {base.wall:.2f} s")
    for name, found in (("cold", cold), ("nothing changed", again), ("one edit", edit)):
        ratio = found.cpu / base.cpu
        say(f"  {name:<16} {found.wall:7.2f} s wall {found.cpu:7.2f} s CPU   {ratio:6.1f} × the CPU of writing it")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    for doctors, clinics in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            measure(doctors, clinics, Path(folder))


if __name__ == "__main__":
    main()
