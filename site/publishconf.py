"""Pelican's settings for publishing: the public address and contacts come from the environment."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from pelicanconf import *  # noqa: F403

SITEURL = os.environ["SITEURL"]
SITE_EMAIL = os.environ.get("SITE_EMAIL", "")
SITE_OPERATOR = os.environ.get("SITE_OPERATOR", "")
SITE_OPERATOR_NUMBER = os.environ.get("SITE_OPERATOR_NUMBER", "")
SECURITY_CONTACT = os.environ.get("SECURITY_CONTACT", "")
SECURITY_EXPIRES = os.environ.get("SECURITY_EXPIRES", "")
