"""Stopped, cut off or crashing runs leave whole lines, and say so in one."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from fake_pipeline import CRASH, DEATH, open_fake
from waqai.cli.main import main

TESTS = str(Path(__file__).parents[1])
TEXT = "قصف الطيران الحربي مدينة تدمر صباح اليوم الأحد وقتل خمسة مدنيين."
PROGRAM = (
    f"import sys; sys.path.insert(0, {TESTS!r})\n"
    "from fake_pipeline import open_fake\n"
    "from waqai.cli.main import main\n"
    "sys.exit(main(opener=open_fake))"
)


def start(*arguments: str, **options: object) -> "subprocess.Popen[bytes]":
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([sys.executable, "-c", PROGRAM, *arguments], **pipes | options)  # type: ignore[call-overload]


def lines(number: int, special: dict[int, str] | None = None) -> bytes:
    texts = [f"{TEXT} {n} {(special or {}).get(n, '')}" for n in range(number)]
    return b"".join(json.dumps({"id": f"n{n}", "text": text}).encode() + b"\n" for n, text in enumerate(texts))


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_leaves_whole_lines(tmp_path: Path, number: signal.Signals, status: int, jobs: str) -> None:
    output = tmp_path / "out.jsonl"
    process = start("code", "-", "--jobs", jobs, "-o", str(output), "--input-format", "jsonl", start_new_session=True)
    assert process.stdin is not None
    process.stdin.write(lines(600))
    process.stdin.flush()
    while not output.exists() or output.stat().st_size < 1000:  # the input stays open, so the run cannot end by itself
        assert process.poll() is None
    os.killpg(process.pid, number)
    _, err = process.communicate(timeout=60)
    assert process.returncode == status
    assert err.decode().count("\n") == 1 and "whole line" in err.decode()
    written = output.read_bytes()
    assert written.endswith(b"\n")
    assert all(json.loads(line)["schema"] == 1 for line in written.splitlines())


def test_a_reader_that_has_seen_enough(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines(3000))
    process = start("code", str(tmp_path / "a.jsonl"))
    assert process.stdout is not None and process.stderr is not None
    assert json.loads(process.stdout.readline())["doc_id"] == "n0"
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(timeout=60) == 141


def test_standard_input_of_any_format() -> None:
    for data in (lines(2), TEXT.encode("cp1256"), json.dumps([{"text": TEXT}]).encode()):
        out, err = start("code", "-").communicate(data, timeout=60)
        assert err == b"" and out.count(b"\n") == (2 if data.count(b"\n") else 1)


def test_the_same_bytes_for_any_number_of_processes(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines(120, {7: CRASH, 40: CRASH}) + b"{broken\n")
    outs = [start("code", str(path), "--jobs", jobs).communicate(timeout=100) for jobs in ("1", "3")]
    assert outs[0] == outs[1]
    assert outs[0][0].count(b"\n") == 118 and outs[0][1].count(b"\n") == 3


def test_an_article_that_ends_its_process(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines(40, {20: DEATH}))
    assert main(["code", str(path), "--jobs", "2"], open_fake) == 3  # type: ignore[arg-type]
    out, err = capsys.readouterr()
    assert [json.loads(line)["doc_id"] for line in out.splitlines()] == [f"n{n}" for n in range(40) if n != 20]
    assert err == f"waqai: skipped article n20 ({TEXT[:40]}…): coder failed: its process was ended (out of memory?)\n"
