"""A web server on this machine's loopback, for windows that may reach it, and windows that may not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

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

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[str] = []
        self.moved = ""
        """Where ``/moved`` leads."""
        self.page = "a page"
        """What is at ``/page``."""

    @property
    def origin(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_address[1]}"


@contextmanager
def web_server() -> Iterator[WebServer]:
    """It runs until the end of the block."""
    with WebServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), name="web-server")
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
