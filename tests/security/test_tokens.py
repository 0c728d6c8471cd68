"""Links to one visit."""

from uuid import uuid4

from booking_service.security.tokens import digest, new_token, opens_visit, visit_token


def test_a_link_opens_its_own_visit_only() -> None:
    booking, other = uuid4(), uuid4()

    assert opens_visit(visit_token(booking, 0), booking, 0)
    assert not opens_visit(visit_token(booking, 0), other, 0)
    assert not opens_visit("", booking, 0)
    assert not opens_visit("ģ" * 22, booking, 0)


def test_raising_the_generation_ends_earlier_links() -> None:
    booking = uuid4()

    assert not opens_visit(visit_token(booking, 0), booking, 1)


def test_a_link_has_128_bits_that_need_no_escaping() -> None:
    token = visit_token(uuid4(), 3)

    assert len(token) == 22
    assert token.replace("-", "").replace("_", "").isalnum()


def test_a_random_token_is_kept_as_its_digest() -> None:
    token = new_token()

    assert len(digest(token)) == 32
    assert digest(token) == digest(token) != digest(new_token())
