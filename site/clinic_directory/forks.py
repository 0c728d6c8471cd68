"""Does one half of a long work in a second process: forked, so that nothing is sent there and only answers come back.

Off where fork is not to be had, or not safe: beside other threads, and on systems other than Linux.
"""

import os
import pickle
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

LEAST = 400
"""Work on fewer items is done before a second process has begun."""


def in_halves(work: Callable[[Sequence[Item]], Result], items: Sequence[Item]) -> list[Result]:
    """The results of `work` on each half of the items, or on all at once. What `work` raises is raised here."""
    if len(items) < LEAST or not possible():
        return [work(items)]
    middle = len(items) // 2
    inlet, outlet = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(inlet)
        _answer(work, items[middle:], outlet)
    os.close(outlet)
    with os.fdopen(inlet, "rb") as answers:
        try:
            first = work(items[:middle])
        finally:
            said = answers.read()
            os.waitpid(process, 0)
    if not said:
        raise RuntimeError("the second process ended without an answer")
    done, second = pickle.loads(said)  # noqa: S301 - from our own child
    if not done:
        raise second
    return [first, second]


def possible() -> bool:
    return sys.platform == "linux" and threading.active_count() == 1 and (os.cpu_count() or 1) > 1


def _answer(work: Callable[[Sequence[Item]], Result], items: Sequence[Item], outlet: int) -> None:
    """Never returns: the child must not go on with what its parent was about to do."""
    code = 1
    try:
        try:
            said = pickle.dumps((True, work(items)))
        except BaseException as wrong:  # noqa: BLE001 - whatever it is, the parent raises it
            traceback.print_exc()
            said = pickle.dumps((False, RuntimeError(f"{type(wrong).__name__}: {wrong}")))
        with os.fdopen(outlet, "wb") as answers:
            answers.write(said)
        code = 0
    finally:
        os._exit(code)
