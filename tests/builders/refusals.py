"""Saying which refusal a test expects."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from booking_service.refusals import Refusal


@contextmanager
def refused(code: str) -> Iterator[pytest.ExceptionInfo[Refusal]]:
    """Expect the refusal with this code inside the block."""
    with pytest.raises(Refusal) as caught:
        yield caught
    assert caught.value.code == code
