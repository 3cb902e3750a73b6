"""A model's server that redirects, trickles, floods, hangs or is not there cannot do more than fail."""

import json
import shutil
import socket
import ssl
import subprocess
import time
from pathlib import Path

import pytest
from tests.documents.model_server import Exchange, answering, completion, serving

from comity.documents import Endpoint, ModelError
from comity.documents.question import reply_schema
from comity.provenance import UsageError

MESSAGES = [{"role": "user", "content": "{}"}]
KEY = "sk-test-0123456789abcdef"


def ask(url: str, **options: float | str) -> str:
    return Endpoint(url, "made-up", **options).complete(MESSAGES, reply_schema())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("http://models.example.org/v1", "plain http"),
        ("http://127.0.0.1.example.org/v1", "plain http"),
        ("ftp://models.example.org", "no address"),
        ("models.example.org/v1", "no address"),
        ("https://user:secret@models.example.org/v1", "a user"),
        ("https://models.example.org/v1?key=secret", "a user"),
        ("https://models.example.org:999999/v1", "no address"),
        ("https://models.example.org/v1\r\nHost: other", "no address"),
        ("https://mödels.example.org/v1", "no address"),
        ("https://models.example.org/v 1", "no address"),
        ("", "no address"),
    ],
)
def test_an_address_that_could_send_text_astray_is_refused(url: str, word: str) -> None:
    with pytest.raises(UsageError, match=word) as caught:
        Endpoint(url, "made-up")
    assert "secret" not in str(caught.value)


def test_plain_http_goes_to_this_machine_or_where_it_is_said_to_be_safe() -> None:
    assert Endpoint("http://localhost:8000/v1", "m").is_this_machine
    assert Endpoint("http://[::1]:8000/v1", "m").host == "::1:8000"
    assert Endpoint("http://models.example.org/v1", "m", insecure=True).host == "models.example.org:80"
    assert Endpoint("https://models.example.org/v1", "m").host == "models.example.org:443"


def test_temperature_seed_and_schema_are_asked_for() -> None:
    with serving(answering("hello")) as server:
        assert ask(server.url) == "hello"
        sent = server.bodies[0].decode()
    assert '"temperature": 0, "seed": 1' in sent
    assert '"type": "json_schema"' in sent
    assert '"strict": true' in sent


def test_a_server_without_schemas_is_asked_for_any_json_and_then_for_text() -> None:
    shapes = []

    def handle(exchange: Exchange) -> None:
        asked = json.loads(exchange.body)
        shapes.append((asked.get("response_format", {}).get("type"), "seed" in asked))
        if len(shapes) < 6:
            exchange.send(b'{"error": {"message": "response_format is not supported"}}', status=400)
        else:
            exchange.send(completion("hello"))

    with serving(handle) as server:
        endpoint = Endpoint(server.url, "made-up")
        assert endpoint.complete(MESSAGES, reply_schema()) == "hello"
        assert endpoint.complete(MESSAGES, reply_schema()) == "hello"
    # Six ways to ask, from the strictest; the second question starts with the one that worked.
    forms = ["json_schema", "json_schema", "json_object", "json_object", None, None, None]
    assert shapes == list(zip(forms, [True, False, True, False, True, False, False], strict=True))


def test_the_key_is_sent_as_a_header_and_named_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MADE_UP_KEY", KEY)
    with serving(lambda one: one.send(f'{{"error": {{"message": "no {KEY}"}}}}'.encode(), 500)) as server:
        with pytest.raises(ModelError) as caught:
            ask(server.url, api_key_env="MADE_UP_KEY")
        assert server.headers[0]["Authorization"] == f"Bearer {KEY}"
        assert KEY not in server.bodies[0].decode()
    assert KEY not in str(caught.value)
    assert "500" in str(caught.value)
    assert KEY not in repr(Endpoint("https://models.example.org/v1", "m", "MADE_UP_KEY"))


def test_a_part_of_the_key_is_not_shown_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MADE_UP_KEY", KEY)
    with (
        serving(lambda one: one.send(f'{{"error": "key {KEY[:9]}..."}}'.encode(), 404)) as server,
        pytest.raises(ModelError) as caught,
    ):
        ask(server.url, api_key_env="MADE_UP_KEY")
    assert KEY[:9] not in str(caught.value)


@pytest.mark.parametrize("value", ["", "two\nlines", "schlüssel\x00"])
def test_a_variable_without_a_key_is_an_error_that_does_not_show_it(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "\0" not in value:
        monkeypatch.setenv("MADE_UP_KEY", value)
    with pytest.raises(UsageError, match="MADE_UP_KEY") as caught:
        Endpoint("https://models.example.org/v1", "m", "MADE_UP_KEY").check_key()
    assert "lines" not in str(caught.value)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MADE_UP_KEY", KEY)
    with serving(answering("caught")) as elsewhere:
        with (
            serving(lambda one: one.send(b"", status, Location=elsewhere.url)) as server,
            pytest.raises(ModelError, match="sends requests elsewhere"),
        ):
            ask(server.url, api_key_env="MADE_UP_KEY")
        assert elsewhere.bodies == []


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with serving(answering("hello")) as server:
        assert ask(server.url) == "hello"


def test_nobody_there_is_an_error_that_names_the_host() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(ModelError, match=f"127.0.0.1:{port}"):
        ask(f"http://127.0.0.1:{port}/v1")


def test_a_server_that_never_answers_is_left_in_time() -> None:
    started = time.monotonic()
    with (
        serving(lambda one: one.raw(b"", seconds=30)) as server,
        pytest.raises(ModelError, match=r"within 0\.3 seconds"),
    ):
        ask(server.url, request_seconds=0.3)
    assert time.monotonic() - started < 5


TRICKLES = {
    "the first line": b"H",
    "a header": b"HTTP/1.1 200 OK\r\nX-Slow: ",
    "the body": b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n",
    "chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    "no length": b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n",
    "going on": b"HTTP/1.1 100 Continue\r\n\r\n",
}


@pytest.mark.parametrize("part", TRICKLES)
def test_bytes_that_trickle_do_not_stretch_the_time(part: str) -> None:
    drop = {"chunks": b"1\r\nx\r\n", "going on": b"HTTP/1.1 100 Continue\r\n\r\n"}.get(part, b"x")
    started = time.monotonic()
    with (
        serving(lambda one: one.raw(TRICKLES[part], *[drop] * 400, seconds=0.02)) as server,
        pytest.raises(ModelError, match=r"within 0\.3 seconds"),
    ):
        ask(server.url, request_seconds=0.3)
    assert time.monotonic() - started < 3  # 400 drops would take 8 seconds


def test_the_time_for_all_answers_is_kept_too() -> None:
    def slow(exchange: Exchange) -> None:
        exchange.raw(b"", seconds=0.2)
        exchange.send(completion("hello"))

    with serving(slow) as server:
        endpoint = Endpoint(server.url, "made-up", total_seconds=0.5)
        with pytest.raises(ModelError, match="seconds"):
            [endpoint.complete(MESSAGES, reply_schema()) for _ in range(10)]
        assert len(server.bodies) <= 3  # 0.2 seconds each


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        (b"", "no chat completion"),
        (b"<html>busy</html>", "no chat completion"),
        (b"[1, 2]", "no chat completion"),
        (b'{"choices": []}', "no chat completion"),
        (b'{"choices": [{"message": "hello"}]}', "no chat completion"),
        (b"[" * 100_000, "no chat completion"),
        (b"\xff\xfe\x00", "no chat completion"),
        (b"9" * 50_000, "no chat completion"),
    ],
)
def test_an_answer_that_is_no_completion_is_an_error(answer: bytes, word: str) -> None:
    with serving(lambda one: one.send(answer)) as server, pytest.raises(ModelError, match=word):
        ask(server.url)


def test_a_flood_is_cut_off() -> None:
    flood = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", *[b"x" * 1_000_000] * 20
    with serving(lambda one: one.raw(*flood)) as server, pytest.raises(ModelError, match="longer than"):
        ask(server.url)


def test_a_chunk_without_end_is_cut_off() -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n"
    with serving(lambda one: one.raw(head, *[b"x" * 1_000_000] * 20)) as server, pytest.raises(ModelError):
        ask(server.url, request_seconds=5)


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH_9.0\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 300 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
        b"HTTP/1.1 999 \x1b[2J\r\nContent-Length: 0\r\n\r\n",
    ],
)
def test_broken_http_is_an_error(answer: bytes) -> None:
    with serving(lambda one: one.raw(answer)) as server, pytest.raises(ModelError) as caught:
        ask(server.url)
    assert "\x1b" not in str(caught.value)


def test_control_characters_of_a_servers_message_are_not_shown() -> None:
    with (
        serving(lambda one: one.send(b'{"error": {"message": "\\u001b[2J gone"}}', 404)) as server,
        pytest.raises(ModelError) as caught,
    ):
        ask(server.url)
    assert "\x1b" not in str(caught.value)
    assert "gone" in str(caught.value)


def test_https_to_a_server_without_tls_fails_in_time() -> None:
    with serving(answering("hello")) as server, pytest.raises(ModelError):
        ask(server.url.replace("http:", "https:"), request_seconds=2)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Make a certificate for localhost that nobody signed."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl on this machine")
    path = tmp_path / "localhost.pem"
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    named = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2"]
    subprocess.run([*made, *named, "-keyout", path, "-out", tmp_path / "c"], check=True, capture_output=True)
    path.write_text(path.read_text() + (tmp_path / "c").read_text())
    return path


def test_only_a_certificate_that_is_trusted_and_of_that_name_is_taken(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with serving(answering("hello"), tls=context) as server:
        url = server.url.replace("http://127.0.0.1", "https://localhost")
        with pytest.raises(ModelError, match="certificate is not valid"):
            ask(url)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert ask(url) == "hello"
        with pytest.raises(ModelError, match="certificate is not valid"):
            ask(url.replace("localhost", "127.0.0.1"))
        assert len(server.bodies) == 1


def test_bytes_that_trickle_through_tls_do_not_stretch_the_time(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with (
        serving(
            lambda one: one.raw(TRICKLES["the body"], *[b"x"] * 400, seconds=0.02), tls=context
        ) as server,
        pytest.raises(ModelError, match=r"within 0\.3 seconds"),
    ):
        ask(server.url.replace("http://127.0.0.1", "https://localhost"), request_seconds=0.3)
