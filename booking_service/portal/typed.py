"""What a visitor has typed on the way to a booking, as it was typed; the session keeps it sealed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any


@dataclass(frozen=True, repr=False)
class Typed:
    """Texts of the steps; empty where nothing was typed yet.

    `code_later` says that the code is not at hand, `relation` who somebody new is to the account, `person` is the id
    of the chosen person of it. `code_sent_to` is the address that has a code waiting, `representative` who answers for
    a child, by the phone `representative_phone` or else `phone`. `onward` is the page that a sign-in was asked for.
    Without a repr: a personal code stands in it.
    """

    given: str = ""
    family: str = ""
    code: str = ""
    no_code: bool = False
    code_later: bool = False
    relation: str = ""
    birth_day: str = ""
    birth_month: str = ""
    birth_year: str = ""
    phone: str = ""
    email: str = ""
    pays: str = ""
    insurer: str = ""
    policy: str = ""
    code_sent_to: str = ""
    person: str = ""
    representative: str = ""
    representative_phone: str = ""
    onward: str = ""

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Typed":
        """Read what `as_dict` wrote; a key of an older release is left out."""
        return cls(**{field.name: values[field.name] for field in fields(cls) if field.name in values})

    def as_dict(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value}

    def with_(self, **values: Any) -> "Typed":
        return replace(self, **values)
