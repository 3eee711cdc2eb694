"""Building a record: articles are read, coded, stored; then incidents and control are derived from what is new."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waqai.model.article import Article
from waqai.reading.outcome import Skipped
from waqai.running import Done, Item, Job, JobError, Opener, Outcome, open_default, run
from waqai.store.locking import alone
from waqai.store.publications import Standing, as_first, standings
from waqai.store.rows import publication_row
from waqai.store.writing import New, Writer, count_same

if TYPE_CHECKING:
    from waqai.store.opening import Store

_LOOKED_UP = 256  # articles that are looked for in the record at a time
_CHARACTERS = 4_000_000  # or fewer, when they are this long

Say = Callable[[str], None]


def _say_nothing(_: str) -> None:
    """What a caller without a place for messages gives."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to build: the coder, in how many processes, whether to code again what this coder has coded."""

    coder: str = "grammar"
    jobs: int = 1
    recode: bool = False
    opener: Opener = open_default


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: what is new in the record, and how many articles were there already; incidents that were made,
    changed or dropped, places whose control was told anew."""

    new: New
    known: int
    incidents: int = 0
    places: int = 0
    same: int = 0  # of texts that were given under another label, outlet or day than the one that the record holds


@contextmanager
def building(store: "Store", plan: Plan, say: Say = _say_nothing) -> Iterator["Building"]:
    """A build, alone: waits for another one that writes to the record, and says so.

    Raises JobError when there is no such coder, StoreError when the record cannot be written.
    """
    with alone(store, say):
        yield Building(store, plan, say)


class Building:
    """One build, made by `building`: iterate `outcomes`, then `finish`."""

    def __init__(self, store: "Store", plan: Plan, say: Say = _say_nothing) -> None:
        from waqai.pipeline import coder_mark

        try:
            self._mark = coder_mark(plan.coder)
        except (LookupError, ValueError) as error:
            raise JobError(str(error)) from error
        self._store, self._plan, self._say = store, plan, say
        self._writer = Writer(store, recode=plan.recode)
        self._known = self._same = 0

    def outcomes(self, items: Iterable[Item]) -> Iterator[Outcome]:
        """What came of each article, in their order; an article that is in the record already is done without coding.

        Articles are kept in batches as they come; what is held when the iteration ends early is kept by `finish`, or lost.
        """
        waiting: deque[tuple[Item, bool]] = deque()

        def coded() -> Iterator[Item]:
            for item, given in self._unknown(items):
                waiting.append((item, given))
                yield item

        job = Job("keep", self._plan.coder, opener=self._plan.opener, dialect=self._store.dialect)
        for outcome in run(coded(), job, self._plan.jobs):
            item, given = waiting.popleft()
            kept = self._kept(item, outcome)
            if given:
                yield kept

    def _kept(self, item: Item, outcome: Outcome) -> Outcome:
        if isinstance(outcome, Done) and outcome.kept is not None and isinstance(item, Article):
            if item.published is None:  # its day is found in its words: it came without one
                self._writer.note(item)
            self._writer.put(outcome.kept, self._mark)
            return Done(outcome.doc_id, outcome.lines)
        return outcome

    def _unknown(self, items: Iterable[Item]) -> Iterator[tuple[Item, bool]]:
        """What has to be coded, and whether it is an item that was given: a text that is known is coded as its earliest
        publication, beside another one of which only its words can tell whether it is earlier."""
        for some in _pieces(items):
            given = [item for item in some if isinstance(item, Article)]
            with self._store.read() as connection:
                there = standings(connection, [item.key for item in given])
                left = [] if self._plan.recode else [one for one in given if self._stands(one, there)]
                same = count_same(connection, left)
            self._same += same
            self._known -= same
            for item in some:
                if isinstance(item, Skipped) or item.key not in there:
                    yield item, True
                elif self._plan.recode or not self._stands(item, there):
                    standing = there[item.key]
                    first = as_first(item, standing)
                    if item.published is None and not standing.knows(publication_row(item)):
                        if first is not item and (self._plan.recode or standing.coder != self._mark):
                            yield first, False
                        yield item, True
                        continue
                    self._writer.note(item)
                    yield first, True
                else:
                    self._known += 1
                    if not there[item.key].knows(publication_row(item)):
                        self._writer.note(item)

    def _stands(self, item: Article, there: Mapping[str, Standing]) -> bool:
        """Whether an article is in the record, and coding it again would tell nothing else."""
        held = there.get(item.key)
        return held is not None and held.coder == self._mark and not held.coded_anew(item)

    def finish(self) -> Built:
        """Keep what is held, and derive what waits in the record."""
        from waqai.deriving.control import derive_control
        from waqai.deriving.counted import keep_counted
        from waqai.deriving.incidents import derive_incidents

        self.keep()
        clustered = derive_incidents(self._store, self._say)
        places = derive_control(self._store, self._say)
        keep_counted(self._store)
        new = self._writer.new
        return Built(new, self._known, clustered.written, places, self._same + new.same)

    def keep(self) -> None:
        """Keep what is held, and derive nothing: it waits in the record for the next build."""
        self._writer.flush()


def _pieces(items: Iterable[Item]) -> Iterator[list[Item]]:
    some: list[Item] = []
    size = 0
    for item in items:
        some.append(item)
        size += 0 if isinstance(item, Skipped) else len(item.text)
        if len(some) >= _LOOKED_UP or size >= _CHARACTERS:
            yield some
            some, size = [], 0
    if some:
        yield some
