"""`waqai explain`: why a report says what it says."""

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from waqai.cli.arguments import INPUT_HELP, Commands, UsageError, add_coder, add_input, check_coder, command
from waqai.cli.session import Session, articles
from waqai.reading.outcome import Skipped

if TYPE_CHECKING:
    from waqai.cli.stopping import Gate
    from waqai.model.report import Report, Why

_MORE = f"""\
The articles are coded again, and the report whose id begins with ID is told field by field: the words it rests on, the
rule that took it from them, and what else was considered.

{INPUT_HELP}"""


def add(commands: Commands) -> None:
    """Put the command into the command line."""
    parser = command(commands, "explain", "tell why a report says what it says", _MORE)
    parser.add_argument("id", metavar="ID", help="the id of a report, or enough of its beginning to be unique")
    add_input(parser)
    add_coder(parser)
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Do it; the exit status: 1 when no report, or more than one, has this id."""
    check_coder(args.coder)
    session = Session(strict=False, progress=True)
    found = _find(args, session)
    status = session.end()
    if not found:
        print(f"waqai: no report of these articles has an id that begins with {args.id!r}", file=sys.stderr)
        return 1
    if len(found) > 1:
        begin = ", ".join(sorted(key[: len(args.id) + 4] for key in found)[:5])
        print(f"waqai: {len(found)} reports have an id that begins with {args.id!r}: {begin}", file=sys.stderr)
        return 1
    _print(next(iter(found.values())), args.gate)
    return status


def _find(args: Namespace, session: Session) -> "dict[str, Report]":
    found: dict[str, Report] = {}
    items = articles(args, session)
    try:
        pipeline = args.opener(args.coder)
    except (ValueError, LookupError) as error:
        raise UsageError(str(error)) from error
    for item in items:
        if isinstance(item, Skipped):
            session.skip(item)
            continue
        try:
            reports = pipeline.reports(item)
        except Exception as error:  # one article must not end the run, whatever it meets in the coder
            session.skip(Skipped(f"article {item.id}", None, f"coder failed: {type(error).__name__}: {error}"))
            continue
        found |= {report.id: report for report in reports if report.id.startswith(args.id)}
        session.done()
    return found


def _print(report: "Report", gate: "Gate") -> None:
    from rich.console import Console

    from waqai.cli.show import show_reports
    from waqai.knowledge.codebook import load_codebook
    from waqai.knowledge.files import load_files
    from waqai.records import report_json

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 110)
    with gate.whole():
        show_reports(console, report.doc_id, [report_json(report, load_codebook(load_files()))])
        coder = report.coder
        console.print(f"id          {report.id}")
        console.print(f"coder       {coder.name} {coder.version}, knowledge {coder.knowledge[:12]}")
        console.print(f"confidence  {report.confidence:.2f}")
        console.print(f"rules       {', '.join(coder.rules) or 'none named'}\n", markup=False)
        for why in report.why:
            _reason(console, why)
        if not report.why:
            console.print("The coder gives no reasons of its own for this report.")


def _reason(console: object, why: "Why") -> None:
    from rich.console import Console
    from rich.text import Text

    from waqai.cli.show import isolate

    assert isinstance(console, Console)
    console.print(Text.assemble((f"{why.field:<16}", "bold"), (why.rule, "cyan")))
    if why.span is not None:
        at = f"{why.span.start}–{why.span.end}{' of the title' if why.span.part == 'title' else ''}"
        console.print(Text.assemble(("  words       ", "dim"), isolate(why.span.text), (f"  {at}", "dim")))
    if why.considered:
        console.print(Text.assemble(("  considered  ", "dim"), ", ".join(isolate(other) for other in why.considered)))
