"""A clinic and its places: addresses, branches, hours and how to get in."""

from typing import Annotated

from pydantic import Field

from clinic_directory import fields
from clinic_directory.hours import Hours
from clinic_directory.vocabulary import ClinicKind, Payment
from clinic_directory.words import LongWords, ShortWords, Value, Words


class Address(Value):
    street: fields.Line
    town: fields.Slug
    post_code: fields.PostCode
    latitude: fields.Latitude
    longitude: fields.Longitude


class Accessibility(Value):
    """None where the clinic has not said."""

    step_free: fields.Flag | None = None
    lift: fields.Flag | None = None
    toilet: fields.Flag | None = None
    note: LongWords | None = None


class Branch(Value):
    """Another place of a clinic; what it leaves out is as at the clinic."""

    id: fields.Slug
    name: ShortWords
    address: Address
    phones: tuple[fields.Phone, ...] = ()
    hours: Hours = ()
    hours_note: LongWords | None = None
    accessibility: Accessibility | None = None
    transport: LongWords | None = None
    parking: LongWords | None = None
    reception: LongWords | None = None


class Clinic(Value):
    """`file` is the path inside the content folder; `text` is Markdown."""

    slug: fields.Slug
    file: str
    text: Words | None = None
    name: ShortWords
    kind: ClinicKind
    number_prefix: fields.Prefix
    company_name: fields.Line
    company_number: fields.CompanyNumber
    institution_code: fields.InstitutionCode
    address: Address
    branches: tuple[Branch, ...] = ()
    phones: Annotated[tuple[fields.Phone, ...], Field(min_length=1, examples=["[+371 6000 0012]"])]
    email: fields.Email | None = None
    site: fields.Link | None = None
    hours: Hours = ()
    hours_note: LongWords | None = None
    insurers: tuple[fields.Slug, ...] = ()
    payment: tuple[Payment, ...] = ()
    state_contract: fields.Flag = False
    accessibility: Accessibility = Accessibility()
    transport: LongWords | None = None
    parking: LongWords | None = None
    reception: LongWords | None = None
    group: fields.Slug | None = None
    picture: fields.PictureName | None = None
    checked: fields.Day
    old_slugs: tuple[fields.Slug, ...] = ()
    timezone: fields.TimeZone = "Europe/Riga"

    def branch(self, branch_id: str | None) -> Branch | None:
        """The branch of this id, or None for the clinic itself."""
        return next((branch for branch in self.branches if branch.id == branch_id), None)
