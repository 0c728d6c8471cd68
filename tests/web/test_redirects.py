"""Where the service leads: along its own origin, whatever the request calls it."""

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/account?x=1", "/account/?x=1"),
        ("/ru/account", "/ru/account/"),
        ("/en/desk", "/en/desk/"),
    ],
)
def test_an_address_without_its_slash_leads_on_without_an_origin(client: FlaskClient, asked: str, led: str) -> None:
    answer = client.get(asked, headers={"Host": "elsewhere.example"})

    assert answer.status_code == 308
    assert answer.headers["Location"] == led
