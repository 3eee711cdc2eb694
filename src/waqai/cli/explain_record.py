"""`waqai explain ID --db RECORD`: a report coded again from its article as stored, and why an incident's reports are one."""

import sys
from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING

from waqai.cli.arguments import UsageError
from waqai.cli.filtering import opened
from waqai.cli.show import isolate, show_entry
from waqai.records import Json

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from waqai.cli.stopping import Gate
    from waqai.model.report import Report

Print = Callable[["Report", "Gate"], None]


def explain_recorded(args: Namespace, print_report: Print) -> int:
    """Tell why a report or an incident of the record says what it says; the exit status: 1 when there is none, or several."""
    import orjson

    from waqai.queries.errors import QueryError
    from waqai.queries.single import incident
    from waqai.store.reading import Unclear, report_by_id

    with opened(args) as store, store.read() as connection:
        try:
            report = report_by_id(connection, args.id)
            merged = incident(connection, (report.incident if report else None) or args.id)
        except Unclear as error:
            print(f"waqai: {error}", file=sys.stderr)
            return 1
        except QueryError as error:
            if report is None:
                print(f"waqai: no report and no incident of this record: {error}", file=sys.stderr)
                return 1
            merged = None
        if report is not None:
            _explain_report(args, connection, report.id, report.article, print_report)
        if merged is not None:
            whole = report is None or report.id == merged.id
            _explain_incident(args, orjson.loads(merged.json), None if whole or report is None else report.id)
    return 0


def _explain_report(args: Namespace, connection: "Connection", id: str, article: int, print_report: Print) -> None:
    from waqai.store.reading import article_by_number

    stored = article_by_number(connection, article)
    assert stored is not None
    try:
        pipeline = args.opener(args.coder)
    except (ValueError, LookupError) as error:
        raise UsageError(str(error)) from error
    found = [report for report in pipeline.reports(stored.article) if report.id == id]
    for report in found:
        print_report(report, args.gate)
    if not found:
        said = f"{stored.coder!r} made the report {id} of {stored.article.id!r}; the coder of today makes it no more"
        print(f"waqai: {said}; `waqai build --recode` codes the record anew", file=sys.stderr)


def _explain_incident(args: Namespace, incident: Json, report: str | None) -> None:
    """The incident, and the reasons of its merges: all of them, or those of one report."""
    from rich.console import Console

    from waqai.cli.show_record import show_incidents

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 110)
    where = {one["id"]: one for one in incident["reports"]}
    with args.gate.whole():
        console.print()
        console.print(f"incident {incident['id']}", style="bold")
        show_incidents(console, "", [incident])
        shown = [
            merge for merge in incident["merges"] if report is None or report in (merge["report"], merge["joined"])
        ]
        for merge in shown:
            first, second = (_named(where.get(merge[name]), merge[name]) for name in ("report", "joined"))
            show_entry(console, f"{merge['score']:.2f}", f"{first} with {second}", 0, 8)
            for reason in merge["reasons"]:
                show_entry(console, "", reason, 0, 8)
        if not shown:
            console.print("It rests on one report; nothing was merged.")


def _named(report: Json | None, id: str) -> str:
    return f"{id[:8]} ({isolate(report['doc_id'])})" if report else id[:8]
