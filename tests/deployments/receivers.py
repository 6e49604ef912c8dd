"""Who is told, on loopback: an HTTP server that keeps what is posted, and an SMTP server."""

import email
import email.policy
import json
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Received:
    """Messages in the order in which they came.

    Attributes
    ----------
    url
        Where they are sent.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.messages: list[Any] = []

    def wait(self, wanted: Callable[[Any], bool], *, within_s: float = 60) -> Any:
        """Wait for a message and give it."""
        until = time.monotonic() + within_s
        while True:
            for message in list(self.messages):
                if wanted(message):
                    return message
            assert time.monotonic() < until, f"not among {self.messages}"
            time.sleep(0.1)


@contextmanager
def webhook() -> Iterator[Received]:
    """Receive JSON documents over HTTP."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.messages.append(json.loads(body))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with _running(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as port:
        received = Received(f"http://127.0.0.1:{port}/alerts")
        yield received


@contextmanager
def mailbox() -> Iterator[Received]:
    """Receive e-mail over SMTP: RFC 5321's least, for one message a connection."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 test ESMTP")
            for line in self.rfile:
                command = line.split()[0].upper()
                if command == b"DATA":
                    self._say("354 go on")
                    received.messages.append(self._message())
                self._say("221 bye" if command == b"QUIT" else "250 ok")
                if command == b"QUIT":
                    return

        def _message(self) -> EmailMessage:
            lines = iter(self.rfile.readline, b".\r\n")
            text = b"".join(line.removeprefix(b".") for line in lines)
            return email.message_from_bytes(text, policy=email.policy.default)

        def _say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

    with _running(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)) as port:
        received = Received(
            f"mailto://127.0.0.1:{port}/?from=night@example.com&to=operator@example.com"
        )
        yield received


@contextmanager
def _running(server: socketserver.TCPServer) -> Iterator[int]:
    """Serve on a thread; give the port."""
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
