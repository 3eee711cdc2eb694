"""`waqai build`: a record of articles, their events, incidents, and who held which place when."""

from argparse import Namespace
from typing import TYPE_CHECKING

from waqai.cli.arguments import INPUT_HELP, Commands, UsageError, add_coder, add_input, add_run, check_coder, command
from waqai.cli.filtering import add_record, record_of
from waqai.cli.session import Halted, Session, articles
from waqai.reading.outcome import Skipped
from waqai.running import JobError

if TYPE_CHECKING:
    from waqai.building import Built

_MORE = f"""\
{INPUT_HELP}
Reads and codes articles, keeps them in the record with all that was found in them, merges reports of one happening into
incidents, and tells who held which place when. Run it again with more articles: the record grows by exactly what is new,
and an article that is there is not coded again, whatever its label, unless the coder or its knowledge has changed, or
--recode asks for it. What a person decided stays. Another text under a label that is there is a newer version of that
article: the older text is kept, its reports count no longer. A build that was stopped is completed by the next one.
The last line says what is new in the record.
"""


def add(commands: Commands) -> None:
    """Put the command into the command line."""
    parser = command(commands, "build", "build a record of events and incidents, or add articles to it", _MORE)
    add_input(parser)
    add_record(parser)
    add_run(parser)
    add_coder(parser)
    parser.add_argument("--recode", action="store_true", help="code articles again that this coder has coded")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Do it; the exit status."""
    from waqai.building import Plan, building
    from waqai.store.opening import StoreError, open_store

    check_coder(args.coder)
    record = record_of(args)
    session = Session(args.strict, progress=True)
    items = articles(args, session)
    plan = Plan(args.coder, args.jobs, args.recode, args.opener)
    try:
        store = open_store(record, create=True, say=session.say)
        try:
            with building(store, plan, session.say) as build:
                try:
                    for outcome in build.outcomes(items):
                        if isinstance(outcome, Skipped):
                            session.skip(outcome)
                        else:
                            session.done()
                except Halted:
                    build.keep()
                    return 1
                built = build.finish()
        finally:
            store.close()
    except JobError as error:
        raise UsageError(str(error)) from error
    except StoreError as error:
        session.say(str(error))
        return 1
    session.say(said(built))
    return session.end()


def said(built: "Built") -> str:
    """What a build did, in one line."""
    new = built.new
    parts = [_counted(new.articles, "new article")]
    parts += [_counted(new.copies, "copy", "copies") + " of others among them"] if new.copies else []
    parts += [f"{_counted(new.versions, 'article')} in a newer version"] if new.versions else []
    parts += [f"{_counted(built.known, 'article')} known already"] if built.known else []
    parts += [f"{_counted(built.same, 'time')} the same text again, as published elsewhere"] if built.same else []
    parts += [f"{_counted(new.recoded, 'article')} coded again"] if new.recoded else []
    parts.append(_counted(new.reports, "new report" if not new.recoded else "report"))
    parts.append(f"{_counted(built.incidents, 'incident')} new or changed")
    parts.append(f"control of {_counted(built.places, 'place')} told anew")
    return "; ".join(parts)


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
