"""Where commands work."""

from pathlib import Path

from booking_service.cli import place
from booking_service.settings import read


def test_a_new_database_is_its_owners_alone(tmp_path: Path) -> None:
    settings = read({"DEMO": "1", "DATA_DIR": str(tmp_path / "var")})

    with place.engine(settings) as engine, engine.connect():
        pass

    (database,) = (tmp_path / "var").glob("*.sqlite3")
    assert database.stat().st_mode & 0o077 == 0
