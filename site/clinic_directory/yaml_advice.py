"""What libyaml says about broken YAML, in words that tell an author where to look."""

import re

import yaml

_OPEN_QUOTE = re.compile(r"""(?:^|[:,\[{-])[ ]*(?:"[^"\n]*|'[^'\n]*)$""", re.M)
_FIT = ("does not fit the lines above", "look at quotes and indentation")
_ADVICE = {
    "mapping values are not allowed in this context": (
        "has a colon inside plain text",
        'put the text in quotes: "…: …"',
    ),
    "found character that cannot start any token": (
        "begins with a sign that YAML keeps for itself",
        "put the text in quotes",
    ),
    "found a tab character that violates indentation": ("is indented with a tab", "indent with spaces"),
    "found unexpected end of stream": ("has a quote that never ends", "close the quote"),
    "did not find expected ',' or ']'": ("has a list that never ends", "close the list with ]"),
    "did not find expected ',' or '}'": ("has a map that never ends", "close the map with }"),
    "could not find expected ':'": ("has a line without a colon", "write name: value"),
    "found unknown escape character": ("has an unknown \\ sign in quotes", "use single quotes"),
    "did not find expected key": _FIT,
    "did not find expected <document start>": _FIT,
}


def advice(wrong: yaml.YAMLError, yaml_text: str) -> tuple[int, str, str]:
    """The line (from 0), what is wrong there and what to do."""
    text, instead = "is not YAML", "look at the quotes, colons and indentation of this line"
    if not isinstance(wrong, yaml.MarkedYAMLError):
        return 0, text, instead
    said = str(wrong.problem or "")
    text, instead = _ADVICE.get(said, (f"{text} ({said})", instead))
    # An open quote or list is noticed where it cannot go on; the author wants to see where it began.
    mark = wrong.context_mark if "never ends" in text and wrong.context_mark else wrong.problem_mark
    line = min(mark.line if mark else 0, yaml_text.count("\n", 0, len(yaml_text.rstrip())))
    quote = _OPEN_QUOTE.search(yaml_text)
    if quote and (opened := yaml_text.count("\n", 0, quote.end())) <= line:
        return opened, "has a quote that never ends", "close the quote"
    return line, text, instead
