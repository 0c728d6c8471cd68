"""Keeps personal contents out of logs, whatever text a library or a traceback brings along."""

import logging
import re

# A visit's path and what follows it: its token opens the visit.
VISIT = re.compile(r"(/book/[0-9a-fA-F-]{36}/)[A-Za-z0-9_-]{20,}")
EMAIL = re.compile(r"[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+")
PERSONAL_CODE = re.compile(r"(?<![\w-])\d{6}[-\u2010-\u2015 ]?\d{5}(?![\w-])")
PHONE = re.compile(r"(?<![\w.:-])\+\d[\d \u00a0-]{6,16}\d")
# PostgreSQL quotes the row that it refuses, names and all.
DETAIL = re.compile(r"(?m)^(DETAIL: +)(?:Failing row|Key) .*$")
COOKIE = re.compile(r"(?i)((?:__Host-)?session=)[^;\s]+")


def redact(text: str) -> str:
    """Return the text with personal codes, phones, e-mail addresses, visit links, cookies and quoted rows masked."""
    text = DETAIL.sub(r"\1[row]", text)
    text = VISIT.sub(r"\1[token]", text)
    text = COOKIE.sub(r"\1[cookie]", text)
    text = EMAIL.sub("[e-mail]", text)
    text = PERSONAL_CODE.sub("[code]", text)
    return PHONE.sub("[phone]", text)


class Redacting(logging.Filter):
    """Rewrites each record, its traceback too, before a handler sees it. Add it to handlers, not to loggers:
    a logger's filter does not see the records of its children."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redact(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = redact(record.exc_text)
        if record.stack_info:
            record.stack_info = redact(record.stack_info)
        return True


def install() -> None:
    """Send this process's log through the filter, to standard error where nobody has said otherwise."""
    root = logging.getLogger()
    if not root.handlers:
        logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    for handler in root.handlers:
        if not any(isinstance(each, Redacting) for each in handler.filters):
            handler.addFilter(Redacting())
