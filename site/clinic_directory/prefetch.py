"""Speculation rules: which pages a browser may fetch as soon as somebody points at their link.

A header names the file, so that no page needs a script for it (https://html.spec.whatwg.org/#speculation-rules). Pages
of the service stay out: what it answers is one visitor's. Nothing is rendered before it is opened, since that would
run scripts and ask for free times nobody wants yet.
"""

import json
from typing import Final

from clinic_directory.addresses import SERVICE
from clinic_directory.vocabulary import LANGS

FILE: Final = "speculation-rules.json"


def rules() -> bytes:
    """The file: pages of the site, in every language, that a link without `nofollow` leads to."""
    languages = "|".join(lang for lang in LANGS if lang != "lv")
    kept_out = [f"{{/({languages})}}?/{word}{rest}" for word in sorted(SERVICE) for rest in ("", "/*")]
    where = {
        "and": [
            {"href_matches": "/*"},
            {"not": {"href_matches": kept_out}},
            {"not": {"selector_matches": "[rel~=nofollow]"}},
        ]
    }
    said = {"prefetch": [{"source": "document", "where": where, "eagerness": "moderate"}]}
    return json.dumps(said, indent=1).encode()
