"""What a server loads finds everything by itself: operators start it without any search path."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_application_loads_without_a_search_path(tmp_path: Path) -> None:
    env = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
    env |= {"DEMO": "1", "DATA_DIR": str(tmp_path)}

    loaded = [sys.executable, "-c", "from booking_service.serve import app; print(app.name)"]
    said = subprocess.run(loaded, cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout

    assert said.strip() == "booking_service"
