"""Pelican's settings for work on this machine; publishconf.py builds on them for the public address."""

import os
from pathlib import Path

_HERE = Path(__file__).resolve().parent

SITENAME = "Pieraksts"
SITEURL = "http://localhost:8000"
# Contacts of whoever runs the site; what is empty is left out of the pages.
SITE_EMAIL = ""
SITE_OPERATOR = ""
SITE_OPERATOR_NUMBER = ""
SECURITY_CONTACT = ""
SECURITY_EXPIRES = ""
# The git host's web editor, https://git.example/pieraksts/edit/main/{path}: each card links there where it is set.
SITE_EDIT_URL = os.environ.get("SITE_EDIT_URL", "")

PATH = str(_HERE.parent / "content")
OUTPUT_PATH = str(_HERE.parent / "var" / "site")
# Cut pictures and the images of shared links are kept here between builds.
PICTURE_CACHE = str(_HERE.parent / "var" / "pictures")
TIMEZONE = "Europe/Riga"
DEFAULT_LANG = "lv"

PLUGINS = ["clinic_directory.plugin"]
THEME = str(_HERE.parent / "theme")
THEME_STATIC_PATHS: list[str] = []

# The plugin makes every page; Pelican's own readers and writers find nothing to do.
ARTICLE_PATHS: list[str] = []
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
DIRECT_TEMPLATES: list[str] = []
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
DELETE_OUTPUT_DIRECTORY = False
CACHE_CONTENT = False
