"""An address that answers as OpenAI's chat completions do: one request, one whole answer or an error."""

import http.client
import ipaddress
import json
import os
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final, NoReturn
from urllib.parse import SplitResult, urlsplit

from comity.provenance import ComityError, UsageError

SEED: Final = 1  # asked for, with temperature 0; a server may not heed either
REQUEST_SECONDS: Final = 180.0  # one answer, from the first byte sent to the last received
TOTAL_SECONDS: Final = 3_600.0  # all answers of one run
MAX_ANSWER_BYTES: Final = 4 * 1024 * 1024
CHUNK_BYTES: Final = 64 * 1024
LONGEST_NAME: Final = 200
SHOWN: Final = 200  # characters of what a server says is wrong
KEY_PART: Final = 6  # so many characters of the key are the key
_SHAPE_REFUSED: Final = (400, 415, 422, 501)  # a server that does not know a part of the question says so
_UNAUTHORISED: Final = (401, 403)

Message = dict[str, str]


class ModelError(ComityError):
    """A language model's server did not give a whole answer; what was answered before is kept."""


@dataclass
class Endpoint:
    """Where a model is asked, and which one; the key stays in its environment variable.

    Only this host is spoken to: a redirect is an error, and no proxy is used. Plain http goes to this
    machine alone, unless `insecure` says otherwise.
    """

    base_url: str
    model: str
    api_key_env: str = ""
    insecure: bool = False
    request_seconds: float = REQUEST_SECONDS
    total_seconds: float = TOTAL_SECONDS
    _url: SplitResult = field(init=False, repr=False)
    _shape: int = field(init=False, default=0, repr=False)
    _ends: float | None = field(init=False, default=None, repr=False)

    def __post_init__(self) -> None:
        self._url = _checked_url(self.base_url, insecure=self.insecure)
        if not self.model or len(self.model) > LONGEST_NAME or not self.model.isprintable():
            raise UsageError("no name of a model, or one that cannot be printed", where="model")

    @property
    def host(self) -> str:
        """Where requests go: the host and the port."""
        port = self._url.port or (443 if self._url.scheme == "https" else 80)
        return f"{self._url.hostname}:{port}"

    @property
    def is_this_machine(self) -> bool:
        """Whether requests go to this machine alone."""
        return _is_loopback(self._url.hostname or "")

    def check_key(self) -> None:
        """Look whether the key is there, where one is named.

        Raises
        ------
        UsageError : the environment variable is not set, or holds no key
        """
        self._key()

    def complete(self, messages: Sequence[Message], schema: dict[str, Any]) -> str:
        """Ask the model and give the text of its answer.

        A server that refuses the form of the question is asked in simpler ones: without temperature and
        seed, for any JSON, for plain text.

        Raises
        ------
        ModelError : no connection, a redirect, an error, no whole answer in time, or no chat completion
        """
        if self._ends is None:
            self._ends = time.monotonic() + self.total_seconds
        shapes = list(_shapes(self.model, messages, schema))
        while True:
            status, content = self._post(
                json.dumps(shapes[self._shape], ensure_ascii=False).encode("utf-8", "replace")
            )
            if status == HTTPStatus.OK:
                return _text_of(content, self.host)
            if status not in _SHAPE_REFUSED or self._shape + 1 == len(shapes):
                self._refused(status, content)
            self._shape += 1  # and from now on

    def _post(self, body: bytes) -> tuple[int, bytes]:
        key = self._key()
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "Connection": "close",
        }
        if key:
            headers["Authorization"] = f"Bearer {key}"
        seconds = min(self.request_seconds, (self._ends or 0.0) - time.monotonic())
        if seconds <= 0:
            self._fail(f"the model took longer than {self.total_seconds:g} seconds for all answers")
        path = f"{self._url.path.rstrip('/')}/chat/completions"
        late = threading.Event()
        try:
            with self._connected(seconds, late) as connection:
                connection.request("POST", path, body=body, headers=headers)
                return self._answer(connection.getresponse())
        except (OSError, http.client.HTTPException, ValueError) as error:
            if late.is_set() or isinstance(error, TimeoutError):
                self._fail(f"the model gave no whole answer within {seconds:.3g} seconds")
            if isinstance(error, ssl.SSLCertVerificationError):
                self._fail(f"the certificate is not valid: {error.verify_message}")
            if isinstance(error, http.client.IncompleteRead | http.client.RemoteDisconnected):
                self._fail("the answer broke off")
            if not isinstance(error, OSError):
                self._fail("the server does not speak HTTP")
            self._fail(f"the model's server cannot be reached: {error.strerror or type(error).__name__}")

    @contextmanager
    def _connected(self, seconds: float, late: threading.Event) -> Iterator[http.client.HTTPConnection]:
        """Connect, and cut the connection when the time is over, however slowly bytes trickle in."""
        host = self._url.hostname or ""
        port = self._url.port or (443 if self._url.scheme == "https" else 80)
        ends = time.monotonic() + seconds
        opened: socket.socket = socket.create_connection((host, port), timeout=seconds)
        if self._url.scheme == "https":
            context = ssl.create_default_context()
            opened = context.wrap_socket(opened, server_hostname=host, do_handshake_on_connect=False)

        def cut() -> None:
            late.set()
            with suppress(OSError):  # it has ended by itself
                socket.socket.shutdown(opened, socket.SHUT_RDWR)  # below TLS, which another thread may read

        watch = threading.Timer(max(ends - time.monotonic(), 0.0), cut)
        watch.daemon = True
        watch.start()
        connection = http.client.HTTPConnection(host, port, timeout=seconds)
        connection.sock = opened
        try:
            if isinstance(opened, ssl.SSLSocket):
                opened.do_handshake()
            yield connection
            if late.is_set():
                raise TimeoutError
        finally:
            watch.cancel()
            connection.close()
            opened.close()

    def _answer(self, response: http.client.HTTPResponse) -> tuple[int, bytes]:
        if HTTPStatus.MULTIPLE_CHOICES <= response.status < HTTPStatus.BAD_REQUEST:
            self._fail(
                f"the server answers {response.status} and sends requests elsewhere",
                remedy="That is not followed. Give the address that answers itself.",
            )
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            self._fail("the server packs its answer, which was not asked for")
        content, room = bytearray(), memoryview(bytearray(CHUNK_BYTES))
        while count := response.readinto(room):  # a read of its own size may be told to be endless
            content += room[:count]
            if len(content) > MAX_ANSWER_BYTES:
                self._fail(f"the answer is longer than {MAX_ANSWER_BYTES:,} bytes")
        return response.status, bytes(content)

    def _key(self) -> str:
        if not self.api_key_env:
            return ""
        key = os.environ.get(self.api_key_env, "").strip()
        if not key:
            raise UsageError(
                f"the environment variable {self.api_key_env} is not set",
                where="api_key_env",
                remedy="Set it to the key, or name no variable where the server needs none.",
            )
        if not key.isascii() or not key.isprintable():
            raise UsageError(f"the environment variable {self.api_key_env} holds no key", where="api_key_env")
        return key

    def _refused(self, status: int, content: bytes) -> NoReturn:
        known = {one.value: one.phrase for one in HTTPStatus}
        what = f"the server answers {status} {known.get(status, '')}".rstrip()
        if status in _UNAUTHORISED:  # such a message likes to repeat the key
            self._fail(what, remedy="Look at the key in the environment variable that api_key_env names.")
        said = _message_of(content)
        key = self._key()
        parts = {key[i : i + KEY_PART] for i in range(max(len(key) - KEY_PART + 1, 0))}
        if said and not any(part in said for part in parts):
            what = f"{what}: {said}"
        self._fail(what)

    def _fail(self, what: str, *, remedy: str = "") -> NoReturn:
        again = "Answers that came whole are kept; run it again to go on."
        raise ModelError(what, where=self.host, remedy=remedy or again)


def _checked_url(text: str, *, insecure: bool) -> SplitResult:
    """Take an address apart, and refuse what could send text or key where nobody means it to go."""
    try:
        url = urlsplit(text)
        host, _ = url.hostname, url.port  # the port may be none
    except ValueError:
        host, url = None, urlsplit("")
    if (
        not host
        or url.scheme not in ("http", "https")
        or not text.isascii()
        or not text.isprintable()
        or " " in text
    ):
        raise UsageError(
            "no address of a server", where="base_url", allowed="As in https://models.example.org/v1."
        )
    if url.username is not None or url.password is not None or url.query or url.fragment:
        raise UsageError(
            "an address with a user, a key or a question in it",
            where="base_url",
            remedy="Put the key into an environment variable and name that in api_key_env.",
        )
    if url.scheme == "http" and not insecure and not _is_loopback(host):
        raise UsageError(
            f"plain http to {host}: everybody on the way could read the text and the key",
            where="base_url",
            allowed="https, or http to this machine.",
            remedy="On a network of your own: --insecure.",
        )
    return url


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _shapes(model: str, messages: Sequence[Message], schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The same question, with fewer and fewer parts that a server may not know."""
    plain: dict[str, Any] = {"model": model, "messages": list(messages)}
    strict = {"name": "rows", "strict": True, "schema": schema}
    forms: tuple[dict[str, Any], ...] = (
        {"type": "json_schema", "json_schema": strict},
        {"type": "json_object"},
    )
    for form in (*({"response_format": one} for one in forms), {}):
        yield {**plain, "temperature": 0, "seed": SEED, **form}
        yield {**plain, **form}  # some models take no temperature


def _text_of(content: bytes, host: str) -> str:
    answer = _parsed(content)
    choices = answer.get("choices") if isinstance(answer, dict) else None
    first = choices[0] if isinstance(choices, list) and choices else None
    message = first.get("message") if isinstance(first, dict) else None
    if not isinstance(message, dict):
        raise ModelError("the answer is no chat completion", where=host)
    text = message.get("content")
    return text if isinstance(text, str) else ""


def _message_of(content: bytes) -> str:
    answer = _parsed(content)
    error = answer.get("error") if isinstance(answer, dict) else None
    said = error.get("message") if isinstance(error, dict) else error
    if not isinstance(said, str):
        return ""
    return "".join(sign if sign.isprintable() else " " for sign in said)[:SHOWN]


def _parsed(content: bytes) -> object:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None
