"""The product with three bare routes beside it, so that both are measured on one server in one run."""

import os
from uuid import UUID, uuid4

from flask import Flask, Response
from sqlalchemy import text

from booking_service.app import create_app
from booking_service.db import db, transaction
from booking_service.settings import read

READ = text("SELECT starts FROM booking WHERE doctor_id = :doctor LIMIT 40")
WRITE = text("INSERT INTO bench_row (id, note) VALUES (:id, 'one committed row')")


def bare_routes(app: Flask, doctor: UUID) -> None:
    doctor_key = doctor if db_is_postgres(app) else doctor.hex

    @app.get("/bench/bare")
    def bare() -> Response:
        return Response('{"ok":true}', mimetype="application/json")

    @app.get("/bench/read")
    def read_one() -> Response:
        with transaction(writes=False) as session:
            rows = session.execute(READ, {"doctor": doctor_key}).all()
        return Response(f'{{"rows":{len(rows)}}}', mimetype="application/json")

    @app.post("/bench/write")
    def write_one() -> Response:
        with transaction() as session:
            session.execute(WRITE, {"id": uuid4().hex})
        return Response('{"ok":true}', mimetype="application/json")


def db_is_postgres(app: Flask) -> bool:
    with app.app_context():
        return db.engine.dialect.name == "postgresql"


app = create_app(read())
bare_routes(app, UUID(os.environ["BENCH_DOCTOR"]))
