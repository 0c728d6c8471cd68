"""The tables can be made and used on both databases."""

from sqlalchemy import Engine, inspect

from booking_service.tables import METADATA


def test_every_table_exists_on_both_databases(engine: Engine) -> None:
    assert set(METADATA.tables) <= set(inspect(engine).get_table_names())
