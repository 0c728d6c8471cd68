"""`python -m demo_content --doctors 348 --clinics 28 --out content`: makes demo content."""

import argparse
import sys
from pathlib import Path

from demo_content.make import make

MOST_WITH_PICTURES = 500


def main() -> None:
    parser = argparse.ArgumentParser(prog="demo_content", description="Makes invented clinics and doctors.")
    parser.add_argument("--doctors", type=int, default=348, help="how many cards of doctors, nurses, rooms (348)")
    parser.add_argument("--clinics", type=int, default=28, help="how many clinics (28)")
    parser.add_argument("--out", type=Path, required=True, help="the content folder to fill")
    parser.add_argument("--pictures", action=argparse.BooleanOptionalAction, help="draw portraits (up to 500 doctors)")
    asked = parser.parse_args()
    pictures = asked.doctors <= MOST_WITH_PICTURES if asked.pictures is None else asked.pictures
    count = make(asked.out, asked.doctors, asked.clinics, pictures)
    sys.stdout.write(f"{count} files in {asked.out}\n")


if __name__ == "__main__":
    main()
