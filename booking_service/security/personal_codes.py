"""The Latvian personal code (personas kods) as a value that does not show itself.

Two forms exist: the old `DDMMYY-CNNNK` holds the birth date and a check digit; the new one (given since 2017-07-01)
begins with 32 to 39, and its other nine digits say nothing.
"""

import re
from dataclasses import dataclass
from datetime import date

from booking_service.refusals import Refusal

WEIGHTS = (10, 5, 8, 4, 2, 1, 6, 3, 7, 9)
CENTURIES = {"0": 1800, "1": 1900, "2": 2000}


@dataclass(frozen=True, repr=False)
class PersonalCode:
    """Eleven digits. Its repr is masked, so that a log or a traceback cannot tell it."""

    digits: str

    @classmethod
    def parse(cls, text: str) -> "PersonalCode":
        """Read a code as people write it, with or without hyphen and spaces.

        Raises Refusal `code-wrong` for what no code can be; a check digit that does not fit is only `doubtful`.
        """
        digits = re.sub(r"[\s\-\u2010-\u2015]", "", text)
        if not re.fullmatch(r"[0-9]{11}", digits):
            raise Refusal("code-wrong")
        code = cls(digits)
        if not code.new_form and code.birth_date() is None:
            raise Refusal("code-wrong")
        return code

    @property
    def new_form(self) -> bool:
        return "32" <= self.digits[:2] <= "39"

    @property
    def doubtful(self) -> bool:
        """True when an old code's check digit does not fit: the person is asked once to look again, never stopped.

        The state publishes no rule for the digit; the known one is `(1 + weighted sum) mod 11 mod 10`.
        """
        if self.new_form:
            return False
        weighted = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, self.digits, strict=False))
        return (1 + weighted) % 11 % 10 != int(self.digits[10])

    def birth_date(self) -> date | None:
        """Return the birth date that an old code holds; a new code holds none."""
        century = CENTURIES.get(self.digits[6])
        if self.new_form or century is None:
            return None
        try:
            return date(century + int(self.digits[4:6]), int(self.digits[2:4]), int(self.digits[:2]))
        except ValueError:
            return None

    @property
    def masked(self) -> str:
        """The code with all but its last two digits hidden, for screens: `••••••-•••42`."""
        return f"••••••-•••{self.digits[-2:]}"

    def written(self) -> str:
        """Return the whole code as it is written, `161175-19997`. Showing it is an act for the journal."""
        return f"{self.digits[:6]}-{self.digits[6:]}"

    def __repr__(self) -> str:
        return f"PersonalCode({self.masked})"
