"""`python -m booking_service X` runs the command `booking X`."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The project is not installed and its directory half lies in site/; whoever calls this by hand sets no PYTHONPATH, and
# the programs that a command starts need the same two folders.
FOLDERS = [str(ROOT), str(ROOT / "site")]
sys.path += [folder for folder in FOLDERS if folder not in sys.path]
os.environ["PYTHONPATH"] = os.pathsep.join([*FOLDERS, *filter(None, [os.environ.get("PYTHONPATH")])])

from booking_service.cli.main import main  # noqa: E402

sys.exit(main(sys.argv[1:], os.environ))
