"""The MIME message of a letter: text, HTML and calendar as alternatives, and the calendar once more as a file.

Some programs read only the alternative, some only attachments; the text tells every fact to those that read neither.
"""

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from booking_service.mail.render import Rendered

SENDER_NAME = "Pieraksts"
# Lines end as the wire wants them, and nothing above 7 bits needs a server's consent.
POLICY = SMTP.clone(cte_type="7bit")


def build(rendered: Rendered, *, message_id: str, sender: str, to: str, lang: str, now: datetime) -> EmailMessage:
    """Build the message from `sender` to `to`; a repeat with the same `message_id` is the same letter."""
    message = EmailMessage(policy=POLICY)
    message["From"] = f"{SENDER_NAME} <{sender}>"
    message["To"] = to
    if rendered.reply_to:
        message["Reply-To"] = rendered.reply_to
    message["Subject"] = rendered.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id
    # Asks out-of-office programs for silence.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(rendered.text, cte="quoted-printable")
    message.add_alternative(rendered.html, subtype="html", cte="quoted-printable")
    if rendered.calendar:
        _add_calendar(message, rendered)
    for file in rendered.attachments:
        # Base64, since a patch must arrive as it was, to the last space.
        message.add_attachment(
            file.text.encode(),
            maintype="text",
            subtype=file.subtype,
            filename=file.name,
            params={"charset": "utf-8"},
        )
    # Last: setting the content clears every Content header.
    message["Content-Language"] = lang
    return message


def _add_calendar(message: EmailMessage, rendered: Rendered) -> None:
    message.add_alternative(
        rendered.calendar,
        maintype="text",
        subtype="calendar",
        cte="base64",
        params={"method": rendered.method, "charset": "UTF-8"},
    )
    # No disposition: as an attachment it would no longer be an alternative.
    del message.get_payload()[-1]["Content-Disposition"]  # type: ignore[index,union-attr]
    # Outlook has refused any other file name.
    message.add_attachment(rendered.calendar, maintype="application", subtype="ics", filename="invite.ics")
