"""`waqai demo`: the sample, coded."""

import os
import shlex
import shutil
import sys
import tempfile
from argparse import Namespace
from pathlib import Path
from typing import BinaryIO, cast

from waqai.cli.apart import check_apart
from waqai.cli.arguments import Commands, UsageError, add_coder, check_coder, check_output, command

SAMPLE = Path(__file__).parents[1] / "sample" / "articles.jsonl"
_MORE = """\
The sample is synthetic: its outlets are fictional, its victims unnamed, its tolls as publicly sourced.
"""


def add(commands: Commands) -> None:
    """Put the command into the command line."""
    parser = command(commands, "demo", "code the bundled, synthetic sample and show what comes of it", _MORE)
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="where the JSON Lines go (default: a new temporary folder)"
    )
    parser.add_argument("--articles", type=int, default=5, metavar="N", help="how many articles to show (default: 5)")
    add_coder(parser)
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Do it; the exit status."""
    if not SAMPLE.exists():
        raise UsageError(f"the sample is not installed: {SAMPLE} is missing")
    check_coder(args.coder)
    output = args.output or str(Path(tempfile.mkdtemp(prefix="waqai-demo-")) / "reports.jsonl")
    check_output(output)
    check_apart(output, [str(SAMPLE)])
    return _demo(args, output)


def _demo(args: Namespace, output: str) -> int:
    import orjson
    from rich.console import Console

    from waqai.cli.output import WholeWriter
    from waqai.cli.session import Session
    from waqai.cli.show import show_reports
    from waqai.reading import Skipped, read_inputs
    from waqai.running import Job, JobError, run

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 110)
    console.print(
        "The sample is synthetic: outlets are fictional, victims unnamed, tolls as publicly sourced.\n", style="dim"
    )
    session, total = Session(strict=False, progress=True), 0
    with open(output, "wb", buffering=0) as file:
        writer = WholeWriter(cast(BinaryIO, file), output)
        try:
            for outcome in run(read_inputs([str(SAMPLE)]), Job("code", args.coder, (), args.opener)):
                if isinstance(outcome, Skipped):
                    session.skip(outcome)
                    continue
                session.done()
                with args.gate.whole():
                    writer.write(b"".join(outcome.lines))
                    total += len(outcome.lines)
                    if session.articles <= args.articles and outcome.lines:
                        show_reports(console, outcome.doc_id, [orjson.loads(line) for line in outcome.lines])
        except JobError as error:
            raise UsageError(str(error)) from error
    status = session.end()
    _next(console, session.articles, total, output)
    return status


def _next(console: object, articles: int, events: int, output: str) -> None:
    from rich.console import Console

    assert isinstance(console, Console)
    console.print(
        f"{events} events from {articles} articles. All of them, as JSON Lines: {output}\n",
        style="bold",
        soft_wrap=True,
    )
    console.print("Next, try:", style="bold")
    waqai = _called()
    for line in (
        f"{waqai} read {SAMPLE}        what the coder sees",
        f"{waqai} mentions {SAMPLE} --kind place",
        f"{waqai} explain ID {SAMPLE}  with an id from above",
        f"{waqai} code YOUR-ARTICLES/ -o reports.csv",
        f"{waqai} build {SAMPLE} --db sample.db  and then",
        f"{waqai} serve --db sample.db  opens its map, lists and evidence at http://127.0.0.1:8000/",
    ):
        console.print(f"  {line}", soft_wrap=True, markup=False)


def _called() -> str:
    """How this command can be called from here: by its name where the shell finds it, else by its path."""
    own = sys.argv[0]
    found = shutil.which("waqai")
    if not os.path.exists(own) or (found and os.path.samefile(found, own)):
        return "waqai"
    return shlex.quote(min(os.path.relpath(own), os.path.abspath(own), key=len))
