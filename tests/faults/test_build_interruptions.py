"""A build that is killed at any moment leaves a record that opens, holds nothing twice, and that the next build completes."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from waqai.store.opening import open_store
from waqai.store.schema import articles, pending, reports

TESTS = str(Path(__file__).parents[1])
PLACES = ("دوما", "حرستا", "سرمين", "بنش", "تدمر", "مهين", "صدد", "مورك")
PROGRAM = (
    f"import sys; sys.path.insert(0, {TESTS!r})\n"
    "import waqai.store.writing\n"
    "waqai.store.writing.BATCH = 10\n"
    "waqai.store.writing.Writer.__init__.__kwdefaults__['batch'] = 10\n"
    "from fake_pipeline import open_fake\n"
    "from waqai.cli.main import main\n"
    "sys.exit(main(opener=open_fake))"
)
NUMBER = 80
PATIENCE = 120.0  # seconds in which what has to happen happens on any machine


def written(folder: Path) -> Path:
    """Articles that differ from each other, so that none is a copy."""
    chance = random.Random(3)
    path = folder / "a.jsonl"
    lines = []
    for n in range(NUMBER):
        words = " ".join(f"{chance.choice(PLACES)} {chance.randrange(10**6)}" for _ in range(40))
        lines.append(json.dumps({"id": f"n{n}", "text": f"قصف الطيران {words}", "published": "2016-05-04"}))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def start(*arguments: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "build", *arguments],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


def counted(address: str) -> dict[str, Any]:
    """What stands in the record, once it has been found whole."""
    store = open_store(address)
    with store.read() as connection:
        if store.dialect == "sqlite":
            assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        keys = [key for (key,) in connection.execute(select(articles.c.key))]
        ids = [id for (id,) in connection.execute(select(reports.c.id))]
        words = connection.scalar(text("SELECT count(*) FROM article_words"))
        waiting = connection.scalar(select(func.count()).select_from(pending))
    store.close()
    assert len(set(keys)) == len(keys) == len(set(ids)) == len(ids) == words
    return {"keys": set(keys), "waiting": waiting}


def there(address: str) -> bool:
    """Whether the record has been made."""
    return "://" in address or os.path.exists(address)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_killed_at_any_moment(tmp_path: Path, record_address: str, jobs: str) -> None:
    given = str(written(tmp_path))
    chance = random.Random(jobs)
    began = time.monotonic()
    assert start(given, "--db", str(tmp_path / "whole.db"), "--jobs", jobs).wait(timeout=240) == 0
    whole = time.monotonic() - began
    kept: set[str] = set()
    for _ in range(6 if jobs == "1" else 2):
        process = start(given, "--db", record_address, "--jobs", jobs)
        killer = threading.Timer(whole * chance.uniform(0.1, 1), os.killpg, (process.pid, signal.SIGKILL))
        killer.start()
        process.wait(timeout=120)
        killer.cancel()
        if there(record_address) and _made(record_address):
            now = counted(record_address)["keys"]
            assert kept <= now
            kept = now
    process = start(given, "--db", record_address, "--jobs", jobs)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err.decode()
    assert counted(record_address)["waiting"] == 0
    assert len(counted(record_address)["keys"]) == NUMBER
    again = start(given, "--db", record_address)
    assert (
        f"0 new articles; {NUMBER} articles known already; 0 new reports" in again.communicate(timeout=120)[1].decode()
    )


def _made(address: str) -> bool:
    from waqai.store.opening import StoreError

    try:
        open_store(address).close()
    except StoreError as error:
        assert "holds no record yet" in str(error)
        return False
    return True


def test_two_builds_at_once_both_finish(tmp_path: Path, record_address: str) -> None:
    given = str(written(tmp_path))
    both = [start(given, "--db", record_address) for _ in range(2)]
    said = [process.communicate(timeout=240)[1].decode() for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    counts = sorted(int(line.split()[1]) for each in said for line in each.splitlines() if "new article" in line)
    assert counts == [0, NUMBER]
    assert len(counted(record_address)["keys"]) == NUMBER
    for other in ("another build", "another program"):  # the second may be said to either while one makes the record
        assert sum(f"{other} is writing" in each for each in said) <= 1


def test_stopped_by_a_signal_whole_batches_are_kept(tmp_path: Path, record_address: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "build", "-", "--input-format", "jsonl", "--db", record_address],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    assert process.stdin is not None
    lines = written(tmp_path).read_bytes() * 5  # more than are looked up at a time
    process.stdin.write(lines)
    process.stdin.flush()
    _until(lambda: there(record_address) and _made(record_address) and len(counted(record_address)["keys"]) >= 20)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130 and err.decode().count("\n") == 1
    assert len(counted(record_address)["keys"]) % 10 == 0


def _until(happened: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < ends, "it never happened"
