"""A server on this machine that answers as a language model's would, well or badly."""

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Row = dict[str, Any]
Asked = dict[str, Any]
Handler = Callable[["Exchange"], None]

EVENT: Row = {
    "block": 1, "quotation": "", "also": [], "sender": [], "receiver": [], "reciprocal": False,
    "event_type": "SANCTION", "mode": None, "sign": None, "aux": "", "date_start": None, "date_end": None,
    "precision": "unknown", "basis": "none", "confidence": "high",
}  # fmt: skip
PLEDGE: Row = {
    "block": 1, "quotation": "", "also": [], "by": [], "to": [], "via": [], "pledge_kind": "commitment",
    "stage": "committed", "quantity": None, "bound": "exact", "unit": None, "currency": None,
    "deadline_start": None, "deadline_end": None,
}  # fmt: skip
QUOTE: Row = {
    "block": 1, "quotation": "", "said": None, "speaker": [], "mode": "direct", "venue": None,
    "date_start": None, "date_end": None, "precision": "unknown", "basis": "none",
}  # fmt: skip


def rows(*, events: list[Row] = [], pledges: list[Row] = [], quotes: list[Row] = []) -> str:  # noqa: B006
    """Write an answer with rows; what a row leaves open has a default."""
    return json.dumps(
        {
            "events": [EVENT | one for one in events],
            "pledges": [PLEDGE | one for one in pledges],
            "quotes": [QUOTE | one for one in quotes],
        }
    )


def completion(text: str) -> bytes:
    """Put an answer into a chat completion."""
    return json.dumps({"choices": [{"index": 0, "message": {"role": "assistant", "content": text}}]}).encode()


class Exchange:
    """One request, and the ways to answer it."""

    def __init__(self, server: "ModelServer", http: BaseHTTPRequestHandler, body: bytes) -> None:
        self.server, self.http, self.body = server, http, body

    @property
    def asked(self) -> Asked:
        """What the user's message holds."""
        found: Asked = json.loads(json.loads(self.body)["messages"][-1]["content"])
        return found

    def send(self, content: bytes, status: int = 200, **headers: str) -> None:
        """Answer with bytes."""
        self.http.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            self.http.send_header(name.replace("_", "-"), value)
        self.http.end_headers()
        self.http.wfile.write(content)

    def raw(self, *parts: bytes, seconds: float = 0.0) -> None:
        """Answer with anything at all, waiting between the parts."""
        for part in parts:
            if self.server.over.wait(seconds):
                return
            try:
                self.http.wfile.write(part)
            except OSError:
                return
        self.http.close_connection = True


class ModelServer:
    """Keeps what it was sent, and answers by a function of the exchange."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler
        self.bodies: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self.over = threading.Event()
        outer = self

        class Http(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.bodies.append(body)
                outer.headers.append(dict(self.headers))
                outer.handler(Exchange(outer, self, body))

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Http)
        self.http.daemon_threads = True

    @property
    def url(self) -> str:
        """The base address."""
        return f"http://127.0.0.1:{self.http.server_port}/v1"

    @property
    def asked(self) -> list[Asked]:
        """What each request asked."""
        return [json.loads(json.loads(one)["messages"][-1]["content"]) for one in self.bodies]


@contextmanager
def serving(handler: Handler, *, tls: ssl.SSLContext | None = None) -> Iterator[ModelServer]:
    """Run a server while the test lasts."""
    server = ModelServer(handler)
    if tls:
        server.http.socket = tls.wrap_socket(server.http.socket, server_side=True)
    thread = threading.Thread(target=server.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.http.shutdown()
        server.http.server_close()
        thread.join()


def answering(*texts: str) -> Handler:
    """Answer with these texts in turn, the last one for ever."""
    left = list(texts)

    def handle(exchange: Exchange) -> None:
        exchange.send(completion(left.pop(0) if len(left) > 1 else left[0]))

    return handle
