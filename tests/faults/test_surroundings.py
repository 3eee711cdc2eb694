"""Closed streams, other locales and early signals: one line, and the right status."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ENTRY = [sys.executable, "-c", "import sys; from waqai.cli.main import main; sys.exit(main())"]
GOLD = Path(__file__).parents[2] / "src" / "waqai" / "sample" / "gold"
TEXT = "قصف الطيران الحربي مدينة تدمر صباح اليوم الأحد وقتل خمسة مدنيين."
ASCII = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
Done = subprocess.CompletedProcess[bytes]


@pytest.fixture
def article(tmp_path: Path) -> str:
    path = tmp_path / "خبر.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def waqai(*arguments: str, shell: str = "", **environment: str) -> Done:
    """The command, called by a shell that closes streams or sets limits as `shell` says, before or after it."""
    line = f'{shell} "$@"' if shell.endswith(";") else f'"$@" {shell}'
    return subprocess.run(
        ["bash", "-c", line, "bash", *ENTRY, *arguments],
        capture_output=True,
        check=False,
        timeout=60,
        env=os.environ | environment,
    )


def test_an_early_signal_is_one_line_at_most(article: str) -> None:
    for delay in (0.02, 0.05, 0.1, 0.15, 0.2, 0.3):
        program = (
            "import sys; from waqai.cli.main import main; sys.stdout.write('.'); sys.stdout.flush(); sys.exit(main())"
        )
        arguments = [sys.executable, "-c", program, "code", article, "--format", "table"]
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout is not None and process.stdout.read(1) == b"."
            time.sleep(delay)
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=60)
        assert process.returncode in (0, 130)
        assert err.count(b"\n") <= 1 and b"Traceback" not in err


def test_closed_standard_input() -> None:
    done = waqai("code", "-", shell="<&-")
    assert (done.returncode, done.stderr) == (2, b"waqai: standard input is closed\n")


@pytest.mark.parametrize("arguments", [["code"], ["explain", "3f"]])
def test_closed_standard_output(arguments: list[str], article: str, tmp_path: Path) -> None:
    done = waqai(*arguments, article, shell=">&-")
    assert done.returncode == 2 and done.stderr.startswith(b"waqai: standard output is closed")
    assert done.stderr.count(b"\n") == 1
    done = waqai("code", article, "-o", str(tmp_path / "out.jsonl"), shell=">&-")
    assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / "out.jsonl").read_bytes().endswith(b"\n")


def test_closed_standard_error(article: str) -> None:
    done = waqai("code", article, str(GOLD / "sample-001.json"), "--format", "jsonl", shell="2>&-")
    assert done.returncode == 3
    assert all(json.loads(line) for line in done.stdout.splitlines())


def test_a_locale_without_arabic(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    path = str(tmp_path / "a.txt")
    done = waqai("code", path, "--format", "table", **ASCII)
    assert (done.returncode, done.stderr) == (0, b"") and "تدمر" in done.stdout.decode()
    label = json.loads(waqai("code", path, **ASCII).stdout)["id"]
    done = waqai("explain", label, path, **ASCII)
    assert (done.returncode, done.stderr) == (0, b"") and "تدمر" in done.stdout.decode()
    (tmp_path / "none.jsonl").write_bytes(b"")
    done = waqai("evaluate", str(GOLD), str(tmp_path / "none.jsonl"), "--errors", **ASCII)
    assert (done.returncode, done.stderr) == (0, b"") and "بابا عمرو" in done.stdout.decode()


def test_the_package_can_be_run() -> None:
    done = subprocess.run([sys.executable, "-m", "waqai", "--version"], capture_output=True, check=False, timeout=60)
    assert done.returncode == 0 and done.stdout.startswith(b"waqai ")


@pytest.mark.parametrize(("form", "own"), [("jsonl", True), ("csv", True), ("table", True), ("jsonl", False)])
def test_a_full_disk_leaves_whole_lines(form: str, own: bool, tmp_path: Path) -> None:
    records = [{"id": f"n{number}", "text": f"{TEXT} {number}"} for number in range(60)]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, records)))
    out = tmp_path / "out"
    to = ["-o", str(out)] if own else []
    redirect = "" if own else f"> {out}"
    arguments = ["code", str(tmp_path / "a.jsonl"), "--format", form, *to]
    line = f'ulimit -f 5; "$@" {redirect}'
    done = subprocess.run(
        ["bash", "-c", line, "bash", *ENTRY, *arguments], capture_output=True, check=False, timeout=60
    )
    assert done.returncode == 1 and done.stderr.count(b"\n") == 1
    assert (str(out) if own else "standard output").encode() in done.stderr
    written = out.read_bytes()
    assert 1000 < len(written) <= 5 * 1024 and written.endswith(b"\n")
    if form == "jsonl":
        assert all(json.loads(line) for line in written.splitlines())
