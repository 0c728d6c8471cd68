"""Whoever or whatever is visited: a doctor's card, its practices and their services.

Names are those of the content format; `from`, which Python keeps for itself, is `from_`. Durations are minutes (a
horizon: days), money is cents, "nothing" is None or an empty tuple.
"""

from typing import Annotated, Self

from pydantic import Field, model_validator

from clinic_directory import fields
from clinic_directory.vocabulary import Booking, DoctorKind, Payer, Spoken, Where
from clinic_directory.words import LongWords, ShortWords, Value, Words


class Ages(Value):
    """Whole years, both ends included; None is open."""

    from_: fields.Age | None = Field(None, alias="from")
    to: fields.Age | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.from_ is not None and self.to is not None and self.from_ > self.to:
            raise fields.refused(f"goes from {self.from_} to {self.to}", f"from: {self.to}, to: {self.from_}")
        return self


class Buffer(Value):
    """Minutes kept free round a visit."""

    before: fields.Buffer = 0
    after: fields.Buffer = 0


class Service(Value):
    """`price` is cents; `co_payment` is a key of the price table; `hours` only words a walk-in."""

    id: fields.Slug
    old_ids: tuple[fields.Slug, ...] = ()
    title: ShortWords
    payer: Payer
    minutes: fields.Minutes
    buffer: Buffer = Buffer()
    price: fields.Money | None = None
    co_payment: fields.Slug | None = None
    where: Where = "on-site"
    ages: Ages | None = None
    referral: fields.Flag = False
    preparation: LongWords | None = None
    preparation_neutral: fields.Flag = False
    booking: Booking = "online"
    hours: LongWords | None = None


class Limits(Value):
    """`notice` and `cancel_by` are minutes, `horizon` is days, `visits` is how many a patient may have coming."""

    notice: fields.Duration = 120
    horizon: fields.Days = 90
    cancel_by: fields.Duration = 24 * 60
    visits: fields.Count = 2

    @model_validator(mode="after")
    def _open_some_time(self) -> Self:
        if self.notice >= self.horizon * 24 * 60:
            raise fields.refused("leave no day to book: the notice reaches the horizon", "a shorter notice")
        return self


class Queue(Value):
    """How long the state-paid queue was when last checked."""

    length: ShortWords
    checked: fields.Day


class Practice(Value):
    """A doctor at a clinic; `arrive_early` is minutes."""

    clinic: fields.Slug
    branch: fields.Slug | None = None
    room: fields.Line | None = None
    floor: fields.Line | None = None
    arrive_early: fields.Early | None = None
    phone: fields.Phone | None = None
    own_patients_only: fields.Flag = False
    limits: Limits = Limits()
    queue: Queue | None = None
    services: tuple[Service, ...] = ()


class Cases(Value):
    """The case forms of a name that sentences need, written by hand since no rule makes them right."""

    genitive: fields.Line
    dative: fields.Line
    accusative: fields.Line
    visit_to: ShortWords


class Doctor(Value):
    """Whoever or whatever is visited: persons have given and family names, rooms and devices a name."""

    slug: fields.Slug
    file: str
    text: Words | None = None
    kind: DoctorKind = "doctor"
    given: fields.Line | None = None
    family: fields.Line | None = None
    name: ShortWords | None = None
    prefix: fields.Line | None = None
    title: ShortWords
    lay_title: ShortWords | None = None
    cases: Cases | None = None
    specialties: tuple[fields.Slug, ...] = ()
    languages: tuple[Spoken, ...] = ()
    register_number: fields.RegisterNumber | None = None
    register_checked: fields.Day | None = None
    certificate_until: fields.Day | None = None
    new_patients: fields.Flag = True
    ages: Ages | None = None
    away_until: fields.Day | None = None
    picture: fields.PictureName | None = None
    checked: fields.Day
    old_slugs: tuple[fields.Slug, ...] = ()
    practices: Annotated[tuple[Practice, ...], Field(min_length=1, examples=["- clinic: veja-roze"])]

    @property
    def is_person(self) -> bool:
        return self.kind not in ("room", "device")

    def full_name(self, lang: str = "lv") -> str:
        """`Ilze Bērziņa`, or the name of a room or a device in this language."""
        return self.name.get(lang) if self.name else f"{self.given} {self.family}"
