"""A clinic as it applies by the site's form: texts as typed, tidied but not yet checked by the reader.

Empty text says nothing. `town` and `specialty` are slugs of the tables, or empty with the other word beside them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class AskedService:
    """`minutes` and `price` are digits as content has them; `co_payment` is a key of the price table."""

    title: str
    minutes: str
    payer: str
    price: str = ""
    co_payment: str = ""
    referral: bool = False


@dataclass(frozen=True)
class AskedDoctor:
    """`cases` are genitive, dative and accusative, each perhaps empty; `title` may be left out."""

    kind: str
    given: str
    family: str
    specialty: str = ""
    other_specialty: str = ""
    title: str = ""
    cases: tuple[str, str, str] = ("", "", "")
    languages: tuple[str, ...] = ()
    register_number: str = ""
    text: str = ""
    services: tuple[AskedService, ...] = ()


@dataclass(frozen=True)
class AskedClinic:
    """`coordinates` are latitude and longitude; `hours` are by `mon` … `sun`; `access` by field of `accessibility`."""

    name: str
    kind: str
    company_name: str
    company_number: str
    institution_code: str
    street: str
    post_code: str
    town: str = ""
    other_town: str = ""
    coordinates: tuple[str, str] = ("", "")
    phones: tuple[str, ...] = ()
    email: str = ""
    site: str = ""
    hours: Mapping[str, str] = field(default_factory=dict)
    insurers: tuple[str, ...] = ()
    payment: tuple[str, ...] = ()
    state_contract: bool = False
    access: Mapping[str, str] = field(default_factory=dict)
    transport: str = ""
    text: str = ""
    doctors: tuple[AskedDoctor, ...] = ()
