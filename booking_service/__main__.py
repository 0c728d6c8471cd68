"""`python -m booking_service X` runs the command `booking X`."""

import os
import sys
from pathlib import Path

# The project is not installed: the directory half lies in site/, whoever calls this by hand sets no PYTHONPATH.
sys.path.append(str(Path(__file__).resolve().parent.parent / "site"))

from booking_service.cli.main import main

sys.exit(main(sys.argv[1:], os.environ))
