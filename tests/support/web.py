"""A web server on this machine's loopback, for windows that may reach it, and windows that may not."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CERTIFICATE = Path(__file__).with_name("certificate.pem")
"""Of 127.0.0.1, signed by itself, with its key: known to everybody, and good for nothing but tests."""

_PIXEL = "<svg xmlns='http://www.w3.org/2000/svg' width='3' height='2'/>"


class _Handler(BaseHTTPRequestHandler):
    server: WebServer

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.send_response(302 if self.path == "/moved" else 200)
        if self.path == "/moved":
            self.send_header("Location", f"{self.server.moved}/there")
        texts = {"/pixel.svg": _PIXEL, "/page": self.server.page}
        body = texts.get(self.path, f"hello from {self.path}").encode()
        self.send_header("Content-Type", "image/svg+xml" if self.path == "/pixel.svg" else "text/html")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


class WebServer(ThreadingHTTPServer):
    """It answers every path, with CORS, and keeps what it was asked."""

    daemon_threads = True

    def __init__(self, host: str = "127.0.0.1", *, secure: bool = False) -> None:
        if ":" in host:
            self.address_family = socket.AF_INET6
        super().__init__((host, 0), _Handler)
        if secure:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(CERTIFICATE)
            self.socket = context.wrap_socket(self.socket, server_side=True)
        self.origin = f"http{'s' if secure else ''}://{f'[{host}]' if ':' in host else host}:{self.server_address[1]}"
        """Its address."""
        self.asked: list[str] = []
        self.moved = ""
        """Where ``/moved`` leads."""
        self.page = "a page"
        """What is at ``/page``."""

    def handle_error(self, *_: object) -> None:
        """A client that breaks off, for one since it does not like the certificate, is no error of the server's."""


@contextmanager
def web_server(host: str = "127.0.0.1", *, secure: bool = False) -> Iterator[WebServer]:
    """It runs until the end of the block. `secure`: by https, with a certificate that no browser trusts."""
    with WebServer(host, secure=secure) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), name="web-server")
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
