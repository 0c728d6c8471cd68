"""A real SMTP server on this machine that answers as a test wants, and the way to it through Flask-Mail."""

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as Conversation
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from flask import Flask

from booking_service.mail.transport import LetterMail, Transport

Answer = str | None


@dataclass
class Server:
    """What arrived, and how it answers: `rcpt` and `data` are asked with the recipient; None means yes."""

    port: int
    received: list[EmailMessage] = field(default_factory=list)
    connections: int = 0
    rcpt: Callable[[str], Answer] = lambda _to: None
    data: Callable[[str], Answer] = lambda _to: None
    sender: Callable[[str], Answer] = lambda _from: None
    wait: float = 0.0

    @property
    def subjects(self) -> list[str]:
        return [str(each["Subject"]) for each in self.received]

    @property
    def recipients(self) -> list[str]:
        return [str(each["To"]) for each in self.received]


class Handler:
    """aiosmtpd's side. The answer "hang up" ends the conversation without a word."""

    def __init__(self, server: Server) -> None:
        self._server = server

    async def handle_EHLO(  # noqa: N802
        self, _smtp: SMTP, conversation: Conversation, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        conversation.host_name = hostname
        self._server.connections += 1
        return responses

    async def handle_MAIL(  # noqa: N802
        self, _smtp: SMTP, _conversation: Conversation, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if answer := self._server.sender(address):
            return answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, smtp: SMTP, _conversation: Conversation, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if answer := self._server.rcpt(address):
            return self._said(smtp, answer)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, smtp: SMTP, _conversation: Conversation, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(self._server.wait)
        if answer := self._server.data(envelope.rcpt_tos[0]):
            return self._said(smtp, answer)
        content = envelope.content
        assert isinstance(content, bytes)
        message = BytesParser(policy=policy.default).parsebytes(content)
        assert isinstance(message, EmailMessage)
        self._server.received.append(message)
        return "250 OK"

    def _said(self, smtp: SMTP, answer: str) -> str:
        if answer == "hang up":
            assert isinstance(smtp.transport, asyncio.WriteTransport)
            smtp.transport.abort()
        return answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def listening(tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Run a server for the block; with `tls` it demands STARTTLS under that context's certificate."""
    server = Server(free_port())
    options: dict[str, Any] = {"tls_context": tls, "require_starttls": True} if tls else {}
    controller = Controller(Handler(server), hostname="127.0.0.1", port=server.port, ready_timeout=10, **options)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


def transport_to(port: int, **configuration: Any) -> Transport:
    """The product's transport through a bare application, to a port of this machine."""
    app = Flask("letters")
    app.config.update(MAIL_SERVER="127.0.0.1", MAIL_PORT=port, MAIL_SUPPRESS_SEND=False, TESTING=True, **configuration)
    mail = LetterMail()
    mail.init_app(app)
    return Transport(mail, app.app_context)


def self_signed(folder: Path) -> ssl.SSLContext:
    """Make a server's TLS context with a certificate for localhost that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=2))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    form = serialization.PrivateFormat.PKCS8
    path = folder / "server.pem"
    path.write_bytes(key.private_bytes(pem, form, serialization.NoEncryption()) + certificate.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context
