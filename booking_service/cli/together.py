"""Runs web server, letter worker and mail catcher together, as `make run` does, and stops them together.

Each part is the same command that runs apart on a large installation.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from types import FrameType

STOP_SECONDS = 10


class Stopped(Exception):
    """A signal asked us to stop."""


def run(parts: Mapping[str, Sequence[str]], env: Mapping[str, str], announce: Callable[[], bool]) -> int:
    """Start every part and wait. Return 0 after a signal, 1 when a part ended by itself; no part is left behind.

    `announce` is called until it returns True: it says that everything answers, once it does.
    """

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise Stopped

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    running: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, command in parts.items():
            # A session of its own: Ctrl-C reaches us alone, and we end the parts in our own order.
            running[name] = subprocess.Popen(command, env=env, start_new_session=True)  # noqa: S603 - our own commands
        announced = False
        while True:
            announced = announced or announce()
            for name, process in running.items():
                if process.poll() is not None:
                    print(f"The {name} ended by itself with status {process.returncode}.", file=sys.stderr)  # noqa: T201
                    return 1
            time.sleep(0.1)
    except Stopped:
        return 0
    finally:
        _end(list(running.values()))


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
