"""The server: how long a page, counts and a search take, and how 50 readers fare while a build writes.

python bench/serving.py --db RECORD [--articles N] [--seconds N] [--readers N] [--arriving N]

The record is one that `bench/record_store.py --db RECORD` made and `waqai build` derived; where it is not there, one of
--articles articles (default: 2,000) is made and derived first. Every question is asked of a server of its own process, over the
network of this machine, each with other conditions, so that none is answered from memory. Then readers ask at once, each what
a person would (the map, a list, an incident, a search, counts), while `waqai build` adds articles that are coded as they come.
The load comes from this machine too and takes its share of it.
"""

import argparse
import asyncio
import itertools
import os
import random
import shutil
import statistics
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from sqlalchemy import Connection, func, select

from made_articles import made_articles
from measuring import COMMAND, save
from record_made import made_coded
from waqai.deriving.control import derive_control
from waqai.deriving.incidents import derive_incidents
from waqai.store.opening import open_store
from waqai.store.schema import articles, control, incidents, report_actors, reports
from waqai.store.writing import Writer

API = "/api/v1"
WORDS = ("حلب", "قصف مدفعي", '"غارات جوية"', "المرصد السوري", "مدن*", "اشتباكات", "مقتل", "السيطرة")
Questions = dict[str, list[str]]


def main() -> None:
    """Ask, measure, print and keep the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--db", required=True, metavar="RECORD")
    options.add_argument("--articles", type=int, default=2000, metavar="N", help="of a record that has to be made")
    options.add_argument("--seconds", type=float, default=60, metavar="N", help="how long readers and a build go on")
    options.add_argument("--arriving", type=float, default=4, metavar="N", help="seconds in which the readers come")
    options.add_argument("--readers", type=int, default=50, metavar="N")
    asked = options.parse_args()
    _make(asked.db, asked.articles)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "record.db")  # the build writes to a copy
        shutil.copy(asked.db, path)
        figures, questions = _known(path)
        server, address = _started(path)
        try:
            figures |= asyncio.run(_alone(server.pid, address, questions))
            figures |= _crowded(asked, path, address, questions)
        finally:
            server.terminate()
            server.wait()
    save("serving", figures)


def _make(path: str, limit: int) -> None:
    if Path(path).exists():
        return
    store = open_store(path, create=True)
    with Writer(store) as writer:
        for article, told in itertools.islice(made_coded(), limit):
            writer.add(article, told, (), "made 1")
    derive_incidents(store)
    derive_control(store)
    store.close()


def _known(path: str) -> tuple[dict[str, Any], Questions]:
    """How large the record is, and what is asked of it."""
    store = open_store(path)
    tables = {"articles": articles, "reports": reports, "incidents": incidents}
    with store.read() as connection:
        held: dict[str, Any] = {
            name: connection.scalar(select(func.count()).select_from(table)) for name, table in tables.items()
        }
        questions = _questions(connection)
    store.close()
    return held, questions


def _started(path: str) -> tuple["subprocess.Popen[str]", str]:
    command = [str(COMMAND), "serve", "--db", path, "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    return server, next(word for word in server.stdout.readline().split() if word.startswith("http://"))


def _questions(connection: Connection) -> Questions:
    """Questions of each kind, none twice: over common and rare values, alone and together."""
    chance = random.Random(5)
    conditions = list(_conditions(connection))
    ids = list(connection.scalars(select(incidents.c.id).order_by(incidents.c.id).limit(4000)))
    keys = list(connection.scalars(select(articles.c.key).limit(2000)))
    days = list(connection.scalars(select(control.c.start).distinct().limit(200))) or ["2017-01-01"]
    page = [_path("/incidents", one) for one in conditions] + [_path("/reports", one) for one in conditions]
    by = ("month", "week,type", "month,governorate", "actor", "place", "camp,year")
    return {
        "page": page + [_path("/articles", one) for one in conditions[:8]],
        "one": [f"/incidents/{id}" for id in chance.sample(ids, min(40, len(ids)))]
        + [f"/articles/{key}" for key in chance.sample(keys, min(20, len(keys)))],
        "map": [_path("/histogram", one | {"step": "week"}) for one in conditions[:20]]
        + [_path("/tiles/6/38/25.mvt", one) for one in conditions[:20]],
        "points": [_path("/points", one) for one in conditions[:10]],
        "facets": [_path("/facets", one | {"of": of}) for one in conditions for of in ("incidents", "reports")],
        "stats": [_path("/stats", one | {"by": name}) for one in conditions[:12] for name in by],
        "search": [_path("/search", {"words": words, "limit": n}) for words in WORDS for n in ("20", "19", "18")],
        "control": [_path("/control", {"at": day}) for day in chance.sample(days, min(30, len(days)))],
    }


def _conditions(connection: Connection) -> Iterator[dict[str, str]]:
    types, places = _values(connection, reports.c.sub_event_type), _values(connection, reports.c.place)
    governorates, actors = _values(connection, reports.c.governorate), _values(connection, report_actors.c.actor)
    last = str(connection.scalar(select(func.max(reports.c.start))))[:7]
    yield {}
    for name, values in (("type", types), ("place", places), ("governorate", governorates), ("actor", actors)):
        yield from ({name: value} for value in dict.fromkeys((values[0], values[len(values) // 2], values[-1])))
    yield from ({"from": last}, {"to": "2016-06"}, {"from": "2016-03", "to": "2016-04"}, {"min_killed": "20"})
    yield from ({"bbox": "36,35,38,37"}, {"words": "قصف"}, {"country": "SY"}, {"modality": "happened"})
    yield from ({"type": types[0], "governorate": value} for value in governorates[:6])
    yield from ({"actor": actors[0], "place": value} for value in places[:6])


def _values(connection: Connection, column: Any) -> list[str]:
    """The values of a column, commonest first."""
    counted = select(column).where(column.is_not(None)).group_by(column).order_by(func.count().desc(), column)
    return list(connection.scalars(counted))


def _path(path: str, asked: dict[str, str]) -> str:
    return f"{path}?{urlencode(asked, quote_via=quote)}"


class Line:
    """A connection that is kept open, as a browser keeps it."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._host, self._port = parts.hostname or "", parts.port or 80
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> int:
        """Ask and read the whole answer; its status. A connection that was left alone for long is opened anew."""
        if self._streams is not None and self._streams[0].at_eof():
            self._streams[1].close()
            self._streams = None
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._host, self._port)
        reader, writer = self._streams
        writer.write(f"GET {API}{path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = int(head.partition("content-length:")[2].split("\r\n", 1)[0] or 0)
        await reader.readexactly(length)
        return int(head.split(" ", 2)[1])


async def _alone(server: int, address: str, questions: Questions) -> dict[str, Any]:
    """Every question, one after the other."""
    line, figures = Line(address), dict[str, Any]()
    await line.get("/record")
    await line.get(questions["one"][-1])  # the coder is loaded
    for kind, paths in questions.items():
        spent, wrong, worked = [], Counter[int](), _worked(server)
        for path in paths:
            began = time.perf_counter()
            status = await line.get(path)
            spent.append(1000 * (time.perf_counter() - began))
            wrong[status] += 1
        figures |= _percentiles(kind, spent) | _errors(kind, wrong)
        if worked is not None:
            mean = ((_worked(server) or 0.0) - worked) / len(paths)
            figures[f"{kind}_processor_mean_ms"] = round(1000 * mean, 1)
    return figures


def _worked(process: int) -> float | None:
    """The seconds of the processor that a process has had, where the system tells: they do not depend on other work."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _errors(kind: str, statuses: Counter[int]) -> dict[str, Any]:
    wrong = sum(number for status, number in statuses.items() if status != 200)
    return {f"{kind}_errors": wrong} if wrong else {}


def _crowded(asked: argparse.Namespace, path: str, address: str, questions: Questions) -> dict[str, Any]:
    """Many readers at once, while a build writes."""
    with tempfile.TemporaryDirectory() as folder:
        new = Path(folder) / "new.jsonl"
        new.write_bytes(b"".join(itertools.islice(made_articles(1500, 99), 20_000)))
        build = subprocess.Popen(
            [str(COMMAND), "build", str(new), "--db", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            spent, statuses = asyncio.run(_read_at_once(address, questions, asked))
            still = build.poll() is None
        finally:
            build.terminate()
            build.wait()
    return {
        "readers": asked.readers, "arriving_in_s": asked.arriving, "build_was_writing": still, "crowded_answers": len(spent),
        "crowded_answers_a_second": round(len(spent) / asked.seconds, 1),
        "crowded_errors": sum(number for status, number in statuses.items() if status != 200),
        **_percentiles("crowded", spent),
    }  # fmt: skip


async def _read_at_once(
    address: str, questions: Questions, asked: argparse.Namespace
) -> tuple[list[float], Counter[int]]:
    spent: list[float] = []
    statuses: Counter[int] = Counter()
    end = time.perf_counter() + asked.seconds

    async def reader(number: int) -> None:
        """Somebody who opens the map, looks at a list and an incident, searches, counts, and reads in between."""
        chance, line = random.Random(number), Line(address)
        await asyncio.sleep(chance.uniform(0, asked.arriving))
        while time.perf_counter() < end:
            kind = chance.choice(("page", "page", "one", "one", "map", "facets", "stats", "search", "control"))
            began = time.perf_counter()
            statuses[await line.get(chance.choice(questions[kind]))] += 1
            spent.append(1000 * (time.perf_counter() - began))
            await asyncio.sleep(chance.uniform(2, 6))  # what a person does with an answer

    await asyncio.gather(*(reader(number) for number in range(asked.readers)))
    return spent, statuses


def _percentiles(name: str, spent: Sequence[float]) -> dict[str, float]:
    cut = statistics.quantiles(spent, n=20, method="inclusive")[-1] if len(spent) > 1 else spent[0]
    return {
        f"{name}_p50_ms": round(statistics.median(spent), 1),
        f"{name}_p95_ms": round(cut, 1),
        f"{name}_max_ms": round(max(spent), 1),
    }


if __name__ == "__main__":
    main()
