"""`python -m booking_service.migrations.check`: the steps, taken on an empty database, must equal the models."""

import sys

from sqlalchemy import create_engine

from booking_service.db import prepare
from booking_service.migrations.comparison import differences
from booking_service.migrations.upgrade import upgrade


def main() -> int:
    engine = create_engine("sqlite://")
    prepare(engine)
    upgrade(engine)
    with engine.connect() as connection:
        found = differences(connection)
    for difference in found:
        sys.stdout.write(f"The models have what no migration makes, or the other way round: {difference}\n")
    if found:
        sys.stdout.write('Write the next step: make migration m="what it does"\n')
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
