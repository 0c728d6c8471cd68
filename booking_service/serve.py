"""What a server loads: `booking_service.serve:app`, with its settings from the environment."""

import sys
from pathlib import Path

# The project is not installed, and the reader that checks a new clinic's cards lies in site/.
sys.path.append(str(Path(__file__).resolve().parent.parent / "site"))

from booking_service.app import create_app
from booking_service.settings import read

app = create_app(read())
