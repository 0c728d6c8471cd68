"""A small HTTP/1.1 load client: threads with one kept connection each, loopback only, bounded in time and count."""

import socket
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

Request = bytes
"""A whole HTTP request, head and body."""


def get(path: str, port: int, cookie: str = "") -> Request:
    return f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n{_cookie(cookie)}\r\n".encode()


def post(path: str, port: int, body: str = "", cookie: str = "") -> Request:
    content = body.encode()
    return (
        f"POST {path} HTTP/1.1\r\nHost: localhost:{port}\r\nSec-Fetch-Site: same-origin\r\n{_cookie(cookie)}"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(content)}\r\n\r\n"
    ).encode() + content


def _cookie(cookie: str) -> str:
    return f"Cookie: {cookie}\r\n" if cookie else ""


class Connection:
    """One kept connection. `ask` returns status, head and body."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket = self._open()

    def _open(self) -> socket.socket:
        opened = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return opened

    def ask(self, request: Request) -> tuple[int, bytes, bytes]:
        self.socket.sendall(request)
        seen = b""
        while (end := seen.find(b"\r\n\r\n")) < 0:
            seen += self._more()
        head, body = seen[:end], seen[end + 4 :]
        length = _length(head)
        while len(body) < length:
            body += self._more()
        return int(head[9:12]), head, body

    def _more(self) -> bytes:
        part = self.socket.recv(65536)
        if not part:
            raise ConnectionError("the server closed the connection")
        return part

    def close(self) -> None:
        self.socket.close()


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


@dataclass
class Sample:
    """What one run saw: seconds per answer, the time that all took, and how often each status came."""

    seconds: list[float] = field(default_factory=list)
    wall: float = 0.0
    statuses: dict[int, int] = field(default_factory=dict)

    @property
    def per_second(self) -> float:
        return len(self.seconds) / self.wall if self.wall else 0.0

    def percentile(self, share: float) -> float:
        """The time in milliseconds under which this share of the answers stayed."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0

    @property
    def median(self) -> float:
        return 1000 * statistics.median(self.seconds) if self.seconds else 0.0


def run(port: int, feeds: list[Iterator[Request]], seconds: float) -> Sample:
    """Send each feed's requests one after another on a connection of its own, for at most `seconds`."""
    sample, lock, ready = Sample(), threading.Lock(), threading.Barrier(len(feeds) + 1)

    def client(feed: Iterator[Request]) -> None:
        connection, own, statuses = Connection(port), [], dict[int, int]()
        ready.wait()
        end = time.perf_counter() + seconds
        for request in feed:
            begun = time.perf_counter()
            if begun >= end:
                break
            status, _, _ = connection.ask(request)
            own.append(time.perf_counter() - begun)
            statuses[status] = statuses.get(status, 0) + 1
        connection.close()
        with lock:
            sample.seconds.extend(own)
            for status, count in statuses.items():
                sample.statuses[status] = sample.statuses.get(status, 0) + count

    threads = [threading.Thread(target=client, args=(feed,)) for feed in feeds]
    for thread in threads:
        thread.start()
    ready.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    sample.wall = time.perf_counter() - begun
    return sample


def at_once(port: int, requests: list[Request]) -> list[tuple[int, bytes]]:
    """Send all requests at the same instant, each on its own connection; return status and body of each."""
    answers: list[tuple[int, bytes]] = []
    lock, ready = threading.Lock(), threading.Barrier(len(requests))

    def client(request: Request) -> None:
        connection = Connection(port)
        ready.wait()
        status, _, body = connection.ask(request)
        connection.close()
        with lock:
            answers.append((status, body))

    threads = [threading.Thread(target=client, args=(request,)) for request in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def idle(port: int, count: int) -> Callable[[], None]:
    """Open `count` connections that say nothing, half of them after half a request line; return what closes them."""
    opened = [socket.create_connection(("127.0.0.1", port), timeout=30) for _ in range(count)]
    for number, connection in enumerate(opened):
        if number % 2:
            connection.sendall(b"GET / HT")

    def close() -> None:
        for connection in opened:
            connection.close()

    return close
