"""What the API says, as typed values: the answer of slots, and problems (RFC 9457); OpenAPI is made of them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    model_config = ConfigDict(frozen=True)


class Slot(Shape):
    """A free time. Another may take it at any moment; only a booking makes it sure."""

    start: Annotated[datetime, Field(description="Begin of the visit, with the clinic's offset from UTC.")]
    end: Annotated[datetime, Field(description="End of the visit.")]
    clinic: Annotated[str, Field(description="Slug of the clinic.", examples=["veja-roze"])]
    service: Annotated[str, Field(description="Id of the service within the practice.", examples=["konsultacija"])]
    payer: Annotated[Literal["state", "paid"], Field(description="Who pays: the state, or the patient.")]
    approval: Annotated[
        Literal["automatic", "manual"], Field(description="Whether a booking is confirmed at once or asked for.")
    ]
    book: Annotated[str, Field(description="Address of the page on which this time can be booked.")]


class Slots(Shape):
    """The free times of one doctor, ascending."""

    doctor: Annotated[str, Field(description="Slug of the doctor.", examples=["ilze-berzina"])]
    since: Annotated[datetime, Field(alias="from", description="Times from here on were asked for.")]
    until: Annotated[datetime, Field(alias="to", description="Times before this were asked for.")]
    slots: list[Slot]


class Problem(Shape):
    """What went wrong, as RFC 9457 says it."""

    type: Annotated[str, Field(examples=["about:blank"])] = "about:blank"
    title: str
    status: Annotated[int, Field(examples=[400])]
    detail: str
    code: Annotated[str, Field(description="A word for programs, such as `from-wrong`.")]
