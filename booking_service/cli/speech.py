"""What commands say: plain lines, results on standard output and complaints on standard error."""

import sys
from collections.abc import Mapping


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def complain(text: str) -> int:
    """Say on standard error what is wrong; return the exit status for it."""
    sys.stderr.write(f"{text}\n")
    return 1


def language(env: Mapping[str, str]) -> str:
    """The language of the operator's terminal where we have it, else English."""
    spoken = (env.get("LC_ALL") or env.get("LC_MESSAGES") or env.get("LANG") or "")[:2]
    return spoken if spoken in ("lv", "ru") else "en"
