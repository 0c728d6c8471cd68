"""A person of the account as if it had just been typed: what the steps then need not ask again."""

from collections.abc import Sequence

from booking_service.patients import store
from booking_service.patients.models import Person, Relation
from booking_service.portal.typed import Typed


def typed_person(before: Typed, person: Person) -> Typed:
    """The person's own details over what was typed before."""
    code, born = store.code_of(person), store.born(person)
    return before.with_(
        given=person.given,
        family=person.family,
        code=code.written() if code else "",
        no_code=person.no_code,
        # What was not at hand once is not asked again on the way: the family's page keeps asking for it.
        code_later=code is None and not person.no_code and born is not None,
        birth_day=str(born.day) if born else "",
        birth_month=str(born.month) if born else "",
        birth_year=str(born.year) if born else "",
        phone=person.phone or before.phone,
        person=str(person.id),
        relation="",
    )


def owner_among(persons: Sequence[Person]) -> Person | None:
    """The account's owner, who answers for its children; none while only others have been booked for."""
    return next((one for one in persons if one.relation is Relation.SELF), None)


def represented(typed: Typed, owner: Person | None) -> Typed:
    """What the owner's own details answer: whom to call, and who answers for a child."""
    if owner is None:
        return typed
    return typed.with_(
        phone=typed.phone or owner.phone,
        representative=f"{owner.given} {owner.family}",
        representative_phone=owner.phone,
    )
