"""One run of a command over its inputs: what is skipped is said, progress is shown, the exit status follows."""

import re
import sys
import time
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace

from waqai.cli.apart import check_apart, read_apart
from waqai.cli.arguments import UsageError, check_coder, check_output
from waqai.cli.output import Form, chosen_format, open_output
from waqai.model.article import Article, Published
from waqai.reading.outcome import ReadOptions, Skipped
from waqai.running import Job, JobError, Task, run

_WAIT = 1.0
_STEP = 0.2
_EACH = 20
"""Lines about what was skipped for one reason; the rest is counted."""


class Session:
    """Counts and messages of one run, on standard error."""

    def __init__(self, strict: bool, progress: bool) -> None:
        self._strict, self._progress = strict, progress and sys.stderr.isatty()
        self._began = self._shown = time.monotonic()
        self._line = ""
        self._kinds: dict[str, tuple[int, str]] = {}
        self.articles = self.skipped = self.notices = 0

    def skip(self, skipped: Skipped) -> None:
        """Say in one line what was skipped; Halted when the run is strict."""
        self.skipped += 1
        kind = re.sub(r"\d+", "#", skipped.reason)
        told, _ = self._kinds.get(kind, (0, ""))
        self._kinds[kind] = (told + 1, skipped.reason)
        if told < _EACH or self._strict:
            self.say(f"skipped {skipped}")
        if self._strict:
            raise Halted

    def notice(self, line: str) -> None:
        """Say the first thing an article was read without; the rest is counted."""
        self.notices += 1
        if self.notices == 1:
            self.say(line)

    def done(self) -> None:
        """Count an article, and show how far the run is."""
        self.articles += 1
        now = time.monotonic()
        if self._progress and now - self._began > _WAIT and now - self._shown > _STEP:
            self._shown = now
            rate = self.articles / (now - self._began)
            self._line = f"{self.articles:,} articles, {rate:,.0f} a second, {self.skipped:,} skipped"
            sys.stderr.write(f"\r\x1b[K{self._line}")
            sys.stderr.flush()

    def say(self, line: str) -> None:
        """One line on standard error, above the progress."""
        self._clear()
        printable = "".join(character if character.isprintable() else "\ufffd" for character in line)
        print(f"waqai: {printable}", file=sys.stderr, flush=True)

    def end(self) -> int:
        """The last words, and the exit status."""
        self._clear()
        for told, reason in self._kinds.values():
            if told > _EACH and not self._strict:
                self.say(f"skipped {told - _EACH:,} more, as the last of these: {reason}")
        if self.notices > 1:
            more = self.notices - 1
            self.say(f"{more:,} more field{'' if more == 1 else 's'} could not be read, like the one above")
        if self._progress and time.monotonic() - self._began > _WAIT:
            self.say(f"{self.articles:,} articles in {time.monotonic() - self._began:,.1f} s, {self.skipped:,} skipped")
        return 3 if self.skipped else 0

    def _clear(self) -> None:
        if self._line:
            sys.stderr.write("\r\x1b[K")
            self._line = ""


class Halted(Exception):
    """A strict run met a bad article."""


def run_command(args: Namespace, task: Task, form: Form, kinds: tuple[str, ...] = ()) -> int:
    """Do one task with every article of the inputs and write what comes of it; the exit status."""
    check_output(args.output)
    check_apart(args.output, args.input)
    coder = getattr(args, "coder", "grammar")
    check_coder(coder)
    format = chosen_format(args.format, args.output)
    session = Session(args.strict, progress=format != "table")
    job = Job(task, coder, kinds, args.opener)
    items = articles(args, session)
    try:
        with open_output(args.output, format, form, args.gate) as output:
            for outcome in run(items, job, args.jobs):
                if isinstance(outcome, Skipped):
                    session.skip(outcome)
                else:
                    output.write(outcome.doc_id, outcome.lines)
                    session.done()
    except Halted:
        return 1
    except JobError as error:
        raise UsageError(str(error)) from error
    return session.end()


def articles(args: Namespace, session: Session) -> Iterator[Article | Skipped]:
    """The inputs of a command; UsageError when one is not there."""
    found = read_apart(getattr(args, "output", None), args.input, ReadOptions(args.input_format, session.notice))
    return found if args.published is None else _dated(found, Published(args.published, "record"))


def _dated(items: Iterator[Article | Skipped], day: Published) -> Iterator[Article | Skipped]:
    for item in items:
        if isinstance(item, Article) and item.published is None:
            item = replace(item, published=day)
        yield item
