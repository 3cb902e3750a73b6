"""``comity read`` with a language model and with annotations: what is said, sent, kept and printed."""

import io
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from comity.workbench import main
from tests.documents.model_server import Exchange, answering, completion, rows, serving

TEXT = "Kenya imposed sanctions on Uganda in May 2014.\n\nLater, Norway thanked both."
ROW = {
    "quotation": "Kenya imposed sanctions on Uganda in May 2014",
    "sender": ["Kenya"],
    "receiver": ["Uganda"],
    "date_start": "2014-05-01",
    "date_end": "2014-05-31",
    "precision": "month",
    "basis": "stated",
}
ANSWER = rows(events=[ROW])
KEY = "sk-test-0123456789abcdef"


@pytest.fixture
def report(tmp_path: Path) -> str:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, "utf-8")
    return str(path)


def configure(content: str) -> None:
    (Path(os.environ["COMITY_HOME"]) / "config.toml").write_text(content, "utf-8")


def printed(capsys: pytest.CaptureFixture[str]) -> tuple[list[dict[str, object]], str]:
    out, err = capsys.readouterr()
    return [json.loads(line) for line in out.splitlines()], err


def test_nothing_is_asked_unless_an_address_is_configured(
    report: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", report, "--coder", "model", "--yes"]) == 2
    assert "base_url" in capsys.readouterr().err


def test_what_leaves_the_machine_is_said_before_it_does(
    report: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    with serving(lambda one: (said.append(capsys.readouterr().err), answering(ANSWER)(one))) as server:
        ask = ["read", report, "--coder", "model", "--base-url", server.url, "--model", "made-up", "--json"]
        assert main([*ask, "--yes"]) == 0
        length = len(json.loads(server.bodies[0])["messages"][-1]["content"])
        host = server.url.removeprefix("http://").removesuffix("/v1")
        assert f"To {host} (made-up) go {length} characters of report, in 1 question." in said[0]
        found, _ = printed(capsys)
        assert [(one["sender"], one["coder"]) for one in found] == [(["KEN"], "model:made-up")]
        assert main(ask) == 0  # kept: nobody needs to agree again
        assert "nothing is sent" in capsys.readouterr().err
        assert len(server.bodies) == 1


def test_without_a_terminal_and_without_yes_nothing_is_sent(
    report: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(answering(ANSWER)) as server:
        assert main(["read", report, "--coder", "model", "--base-url", server.url, "--model", "m"]) == 2
        assert server.bodies == []
    assert "nothing was sent" in capsys.readouterr().err


@pytest.mark.parametrize(("typed", "code", "sent"), [("y\n", 0, 1), ("\n", 2, 0), ("no\n", 2, 0), ("", 2, 0)])
def test_on_a_terminal_somebody_is_asked(
    typed: str, code: int, sent: int, report: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    shown = Terminal()
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    monkeypatch.setattr(sys, "stderr", shown)
    with serving(answering(ANSWER)) as server:
        ask = ["read", report, "--coder", "model", "--base-url", server.url, "--model", "m", "--json"]
        assert main(ask) == code
        assert len(server.bodies) == sent
    assert "Send it? [y/N]" in shown.getvalue()


def test_the_configuration_names_address_model_and_key(
    report: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MADE_UP_KEY", KEY)
    with serving(answering(ANSWER)) as server:
        configure(f'[reading]\nbase_url = "{server.url}"\nmodel = "made-up"\napi_key_env = "MADE_UP_KEY"\n')
        assert main(["read", report, "--coder", "model", "--yes", "--json"]) == 0
        assert server.headers[0]["Authorization"] == f"Bearer {KEY}"
    out, err = capsys.readouterr()
    assert KEY not in out + err
    home = Path(os.environ["COMITY_HOME"])
    assert not [one for one in home.rglob("*") if one.is_file() and KEY in one.read_text("utf-8")]


def test_the_key_of_the_configuration_goes_to_no_other_address(
    report: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MADE_UP_KEY", KEY)
    configure(
        '[reading]\nbase_url = "https://models.example.org/v1"\nmodel = "m"\napi_key_env = "MADE_UP_KEY"\n'
    )
    with serving(answering(ANSWER)) as server:
        assert main(["read", report, "--coder", "model", "--base-url", server.url, "--yes", "--json"]) == 0
        assert "Authorization" not in server.headers[0]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (
            f'[reading]\nbase_url = "http://localhost/v1"\nmodel = "m"\napi_key = "{KEY}"\n',
            "api_key is no setting",
        ),
        ("[reading]\nmodel = 3\n", "model is no setting"),
        ("reading = 3\n", "reading is no setting"),
        ("[reading\n", "not TOML"),
        ('[reading]\nbase_url = "http://models.example.org/v1"\nmodel = "m"\n', "plain http"),
        (
            '[reading]\nbase_url = "http://localhost/v1"\nmodel = "m"\napi_key_env = "NO_SUCH_KEY"\n',
            "NO_SUCH_KEY",
        ),
    ],
)
def test_a_faulty_configuration_is_named_and_shows_no_key(
    content: str, word: str, report: str, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(content)
    assert main(["read", report, "--coder", "model", "--yes"]) in (1, 2)
    err = capsys.readouterr().err
    assert word in err
    assert KEY not in err


def test_a_setting_in_the_folder_of_the_document_has_no_say(
    report: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(answering(ANSWER)) as server:
        for name in ("config.toml", "case.toml", ".env"):
            (tmp_path / name).write_text(f'[reading]\nbase_url = "{server.url}"\nmodel = "m"\n')
        monkeypatch.chdir(tmp_path)
        assert main(["read", report, "--coder", "model", "--yes"]) == 2
        assert server.bodies == []


def test_kept_answers_are_replayed_offline(
    report: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = ["--coder", "model", "--model", "m", "--replies", str(tmp_path / "kept"), "--json"]
    assert main(["read", report, *kept, "--offline"]) == 3
    assert "no answer of m is kept" in capsys.readouterr().err
    with serving(answering(ANSWER)) as server:
        assert main(["read", report, *kept, "--base-url", server.url, "--yes"]) == 0
    asked = capsys.readouterr().out
    assert main(["read", report, *kept, "--offline"]) == 0
    assert capsys.readouterr().out == asked


def test_a_failing_server_is_one_line_and_prints_no_half_answer(
    report: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(lambda one: one.send(b"", 503)) as server:
        assert (
            main(["read", report, "--coder", "model", "--base-url", server.url, "--model", "m", "--yes"]) == 1
        )
    out, err = capsys.readouterr()
    assert out == ""
    assert "503" in err
    assert "Traceback" not in err


def test_rows_that_were_refused_are_listed_without_control_characters(
    report: str, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = ROW | {"quotation": "\x1b[2JUganda declared war on Kenya"}
    with serving(answering(rows(events=[ROW, bad]))) as server:
        main(
            ["read", report, "--coder", "model", "--base-url", server.url, "--model", "m", "--yes", "--json"]
        )
    err = capsys.readouterr().err
    assert "not taken in:" in err
    assert "Uganda declared war on Kenya" in err
    assert "\x1b" not in err


@pytest.mark.parametrize(
    "options",
    [
        ("--base-url", "http://localhost/v1"),
        ("--yes",),
        ("--annotations", "coded.csv"),
        ("--coder", "annotations", "--offline"),
        ("--coder", "annotations"),
    ],
)
def test_an_option_of_another_coder_is_a_mistake(options: tuple[str, ...], report: str) -> None:
    assert main(["read", report, *options]) == 2


CODED = (
    "kind,quotation,sender,receiver,event_type\nevent,Kenya imposed sanctions on Uganda,KEN,UGA,SANCTION\n"
)


def test_annotations_are_brought_in(report: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    coded = tmp_path / "coded.csv"
    coded.write_text(CODED + "event,Uganda attacked Kenya,UGA,KEN,ASSAULT\n", "utf-8")
    assert main(["read", report, "--coder", "annotations", "--annotations", str(coded), "--json"]) == 0
    found, err = printed(capsys)
    assert [(one["sender"], one["coder"]) for one in found] == [(["KEN"], "annotations")]
    assert "not taken in: Uganda attacked Kenya: not in the text" in err


def test_of_several_documents_each_annotation_names_its_own(
    report: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    second = tmp_path / "second.txt"
    second.write_text(TEXT, "utf-8")
    coded = tmp_path / "coded.csv"
    coded.write_text(CODED, "utf-8")
    bring = ["read", report, str(second), "--coder", "annotations", "--annotations", str(coded), "--json"]
    assert main(bring) == 2
    lines = CODED.splitlines()
    coded.write_text(f"document,{lines[0]}\nsecond,{lines[1]}\nthird,{lines[1]}\n", "utf-8")
    capsys.readouterr()
    assert main(bring) == 0
    found, err = printed(capsys)
    assert [one["document"] for one in found] == ["second"]
    assert "not read here (third): 1 annotations" in err


def test_what_read_prints_as_csv_can_be_brought_back(
    report: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(answering(ANSWER)) as server:
        ask = ["read", report, "--coder", "model", "--base-url", server.url, "--model", "m"]
        assert main([*ask, "--yes", "--csv"]) == 0
        coded = tmp_path / "coded.csv"
        coded.write_text(capsys.readouterr().out, "utf-8")
        assert main([*ask, "--json"]) == 0
    (before,), _ = printed(capsys)
    assert main(["read", report, "--coder", "annotations", "--annotations", str(coded), "--json"]) == 0
    (after,), _ = printed(capsys)
    assert after.pop("coder") == "annotations"
    assert before.pop("coder") == "model:m"
    assert after == before


def gold(folder: Path) -> str:
    """Write gold annotation of one made-up document with one event."""
    (folder / "texts").mkdir(parents=True)
    (folder / "texts" / "a.txt").write_text(TEXT, "utf-8")
    (folder / "docs.json").write_text(json.dumps({"documents": [{"id": "a", "file": "a.txt"}]}), "utf-8")
    (folder / "a").mkdir()
    date = {"start": "2014-05-01", "end": "2014-05-31", "precision": "month", "basis": "stated"}
    event = {
        "id": "E1", "doc": "a", "date": date, "source": ["KEN"], "target": ["UGA"], "dyads": [["KEN", "UGA"]],
        "type": "SANCTION", "alt_types": [], "sign": -1, "confidence": "high", "par": 1, "start": 0,
        "end": 45, "also": [], "aux": None, "event_key": None, "reciprocal": False, "mode": None,
    }  # fmt: skip
    (folder / "a" / "events.jsonl").write_text(json.dumps(event) + "\n", "utf-8")
    for name in ("pledges", "quotes"):
        (folder / "a" / f"{name}.jsonl").write_text("\n", "utf-8")
    return str(folder)


def test_a_model_is_scored_against_gold_from_kept_answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = gold(tmp_path / "gold")
    wrong = ROW | {"event_type": "ACCUSE", "sender": ["Norway"], "quotation": "Norway thanked both"}
    score = ["score-reading", folder, "--coder", "model", "--model", "m", "--json"]
    with serving(answering(rows(events=[ROW, wrong]))) as server:
        assert main([*score, "--base-url", server.url, "--yes"]) == 0
    (first,), _ = printed(capsys)
    assert main([*score, "--offline"]) == 0
    (again,), _ = printed(capsys)
    assert first == again
    assert first["coder"] == "model:m"
    typed = next(one for one in first["scores"] if one["measure"] == "events: dyad and type")
    # Two pairs printed, one of them the gold's one.
    assert (typed["precision"], typed["recall"]) == (0.5, 1.0)


def test_ctrl_c_while_the_model_thinks_leaves_kept_answers_whole(report: str, tmp_path: Path) -> None:
    paragraphs = [f"In {year} Kenya imposed sanctions on Uganda. " * 80 for year in range(1990, 2000)]
    Path(report).write_text("\n\n".join(paragraphs), "utf-8")  # of 3,440 characters: two to a question
    waiting = threading.Event()

    def handle(exchange: Exchange) -> None:
        if len(exchange.server.bodies) > 1:
            waiting.set()
            exchange.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n", *[b"x"] * 900, seconds=0.05)
        else:
            exchange.send(completion(rows()))

    with serving(handle) as server:
        ask = ["read", report, "--coder", "model", "--base-url", server.url, "--model", "m", "--yes"]
        command = [sys.executable, "-m", "comity.workbench", *ask, "--replies", str(tmp_path / "kept")]
        running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert waiting.wait(30)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=20)
    assert (running.returncode, out) == (130, "")
    assert "nothing is left half-written" in err
    assert "Traceback" not in err
    (kept,) = [one for one in (tmp_path / "kept").rglob("*") if one.is_file()]  # the first answer
    assert json.loads(kept.read_text())["model"] == "m"
