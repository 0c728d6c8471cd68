"""Python's search for cycles of garbage, switched off where millions of small values are made and none points back."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unsearched() -> Iterator[None]:
    """It took a third of the time of reading, and a tenth of that of making pages, and found nothing."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
