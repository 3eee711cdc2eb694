"""Articles coded a second, in one pass over about 20 MB of text that does not repeat, in a fresh process.

python bench/throughput.py [--jobs N] [--articles N] [--fast]

Without --jobs the process is held on one core; with --fast it is the command that `make fast` compiled. The time is that
of the whole command, start and output included. For comparison the same text goes through spaCy's blank Arabic tokenizer,
which only parts words (`make bench` installs it).
"""

import argparse
import importlib.util
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import orjson

from made_articles import made_articles
from measuring import COMMAND, FAST, Run, run, save

MEGABYTES = 20
NAME = "throughput"


def main() -> None:
    """Make the articles, measure, print and keep the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--jobs", type=int, default=1, metavar="N")
    options.add_argument("--articles", type=int, metavar="N", help=f"default: as many as make {MEGABYTES} MB")
    options.add_argument("--fast", action="store_true", help="measure waqai-fast, which `make fast` makes")
    options.add_argument("--tokenize", metavar="FILE", help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.tokenize:
        sys.stdout.write(json.dumps({"seconds": _tokenize(Path(asked.tokenize))}))
        return
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "articles.jsonl", Path(folder) / "reports.jsonl"
        made = _make(source, asked.articles)
        coder = str(FAST if asked.fast else COMMAND)
        command = [coder, "code", str(source), "-o", str(target), "--jobs", str(asked.jobs)]
        done = run(command, one_core=asked.jobs == 1)
        reports = target.read_bytes().count(b"\n")
        figures = _figures(made, done, asked.jobs, reports) | _compared(source, made, done)
    name = f"{NAME}_fast" if asked.fast else NAME
    save(name if asked.jobs == 1 else f"{name}_{asked.jobs}_jobs", figures)


def _make(target: Path, articles: int | None) -> dict[str, int]:
    made = {"articles": 0, "characters": 0, "bytes": 0}
    with target.open("wb") as file:
        for line in made_articles():
            text = orjson.loads(line)["text"]
            made["articles"] += 1
            made["characters"] += len(text)
            made["bytes"] += len(text.encode())
            file.write(line)
            if made["articles"] == articles or (articles is None and made["bytes"] >= MEGABYTES * 1_000_000):
                return made
    return made


def _figures(made: dict[str, int], done: Run, jobs: int, reports: int) -> dict[str, Any]:
    return {
        "jobs": jobs,
        **made,
        "reports": reports,
        "seconds": round(done.seconds, 1),
        "articles_a_second": round(made["articles"] / done.seconds, 1),
        "characters_a_second": round(made["characters"] / done.seconds),
        "peak_mb": round(done.peak_mb),
    }


def _compared(source: Path, made: dict[str, int], done: Run) -> dict[str, Any]:
    """How many times longer the coder takes than a tokenizer alone."""
    if importlib.util.find_spec("spacy") is None:
        sys.stdout.write("spaCy is not installed, nothing to compare with: `make bench` installs it.\n")
        return {}
    spent = json.loads(run([sys.executable, __file__, "--tokenize", str(source)], one_core=True).output)["seconds"]
    return {
        "spacy_characters_a_second": round(made["characters"] / spent),
        "times_the_time_of_spacy": round(done.seconds / spent, 2),
    }


def _tokenize(source: Path) -> float:
    import spacy

    tokenizer = spacy.blank("ar").tokenizer
    texts = [orjson.loads(line)["text"] for line in source.read_bytes().splitlines()]
    began = time.perf_counter()
    for text in texts:
        tokenizer(text)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
