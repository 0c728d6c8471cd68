"""`python -m booking_service X` runs the command `booking X`."""

import os
import sys

from booking_service.cli.main import main

sys.exit(main(sys.argv[1:], os.environ))
