"""Every page of the desk, gathered for the application to open."""

from flask import Flask

from booking_service.desk import (
    home,
    routes_bookings,
    routes_day,
    routes_days_off,
    routes_hours,
    routes_move,
    routes_new,
    routes_patients,
    routes_requests,
)
from booking_service.refusals import Refusal

ROOMS = (
    home.pages,
    routes_days_off.pages,
    routes_hours.pages,
    routes_move.pages,
    routes_new.pages,
    routes_patients.pages,
    routes_requests.pages,
    routes_bookings.pages,
    routes_day.pages,
)


# Once, and not at each start: a blueprint takes no more handlers after an application has opened it.
for room in ROOMS:
    room.register_error_handler(Refusal, home.refused)


def install(app: Flask) -> None:
    for pages in ROOMS:
        app.register_blueprint(pages)
