"""Flask-Mail over SMTP, with what it lacks: a timeout, checked certificates, and messages built by ourselves."""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from email.message import EmailMessage
from types import TracebackType
from typing import Any

from flask_mail import Connection, Mail, Message

from booking_service.settings import Settings

TIMEOUT = 20.0


def configuration(settings: Settings) -> dict[str, Any]:
    """Return Flask-Mail's settings from ours."""
    return {
        "MAIL_SERVER": settings.smtp_host,
        "MAIL_PORT": settings.smtp_port,
        "MAIL_USERNAME": settings.smtp_user or None,
        "MAIL_PASSWORD": settings.smtp_password or None,
        "MAIL_USE_TLS": settings.smtp_security == "starttls",
        "MAIL_USE_SSL": settings.smtp_security == "tls",
        "MAIL_DEFAULT_SENDER": settings.mail_from,
        # Tests talk to a real server; and Flask's debug would print whole letters.
        "MAIL_SUPPRESS_SEND": False,
        "MAIL_DEBUG": 0,
    }


class LetterMessage(Message):
    """A message that is already built: Flask-Mail cannot make `text/calendar` an alternative."""

    def __init__(self, message: EmailMessage, *, sender: str, to: str) -> None:
        super().__init__(subject=str(message["Subject"]), recipients=[to], sender=sender)
        self.built = message

    def as_bytes(self) -> bytes:
        return self.built.as_bytes()


class LetterConnection(Connection):
    """A connection that gives up after a while and checks whom it speaks to."""

    def configure_host(self) -> smtplib.SMTP:
        server, port = self.mail.server, self.mail.port
        if self.mail.use_ssl:
            host: smtplib.SMTP = smtplib.SMTP_SSL(server, port, timeout=TIMEOUT, context=ssl.create_default_context())
        else:
            host = smtplib.SMTP(server, port, timeout=TIMEOUT)
        try:
            if self.mail.use_tls:
                host.starttls(context=ssl.create_default_context())
            if self.mail.username and self.mail.password:
                host.login(self.mail.username, self.mail.password)
        except BaseException:
            host.close()
            raise
        return host

    def __exit__(
        self, exc_type: type[BaseException] | None, exc_value: BaseException | None, tb: TracebackType | None
    ) -> None:
        # The letters are through; a server that hangs up without a word has lost nothing.
        with suppress(smtplib.SMTPException, OSError):
            if self.host is not None:
                self.host.quit()


class LetterMail(Mail):
    """Flask-Mail with our connection. Call `init_app` on the application as usual."""

    def connect(self) -> LetterConnection:
        return LetterConnection((self.app.extensions if self.app else self.extensions)["mail"])

    def init_app(self, app: Any) -> Any:
        self.extensions = app.extensions
        return super().init_app(app)


class Line:
    """An open connection over which letters go, one by one."""

    def __init__(self, connection: LetterConnection) -> None:
        self._connection = connection

    def send(self, message: EmailMessage, *, sender: str, to: str) -> None:
        """Hand one letter to the server. Raises what `smtplib` raises; OSError when nobody answers in time."""
        LetterMessage(message, sender=sender, to=to).send(self._connection)


class Transport:
    """Opens lines. `context` is the application's, which Flask-Mail needs around each sending."""

    def __init__(self, mail: LetterMail, context: Callable[[], AbstractContextManager[object]]) -> None:
        self._mail = mail
        self._context = context

    @contextmanager
    def line(self) -> Iterator[Line]:
        """Connect, sign in, and hang up at the end. Raises `smtplib.SMTPException` or OSError when that fails."""
        with self._context(), self._mail.connect() as connection:
            yield Line(connection)
