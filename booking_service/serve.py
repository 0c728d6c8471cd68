"""What a server loads: `booking_service.serve:app`, with its settings from the environment."""

from booking_service.app import create_app
from booking_service.settings import read

app = create_app(read())
