"""Running a job over many articles: in one or several processes, in the order given, with bounded memory."""

import functools
import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from waqai.model.article import Article
from waqai.reading.outcome import Skipped

if TYPE_CHECKING:
    from waqai.pipeline import Pipeline
    from waqai.store.preparing import Prepared

Task = Literal["read", "mentions", "code", "keep"]
Item = Article | Skipped

_CHUNK_ARTICLES = 16
_CHUNK_CHARACTERS = 100_000
_BEGIN = 40
_SELDOM = 500_000  # new objects between two searches for garbage: an article leaves one small circle (3 objects), and memos stay

Opener = Callable[[str], "Pipeline"]


def open_default(coder: str) -> "Pipeline":
    """The pipeline with this coder; the import waits until it is needed."""
    from waqai.pipeline import open_pipeline

    return open_pipeline(coder)


class JobError(Exception):
    """The job cannot be begun: its coder or the knowledge is wrong; one sentence."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is done with each article: the task, by which coder, limited to which kinds of mention (all when empty); of the task
    "keep", in what kind of database it is kept."""

    task: Task
    coder: str = "grammar"
    kinds: tuple[str, ...] = ()
    opener: Opener = open_default
    dialect: str = "sqlite"


@dataclass(frozen=True, slots=True)
class Done:
    """What came of one article: its label, and its records as lines of JSON; of the task "keep", what is kept of it."""

    doc_id: str
    lines: tuple[bytes, ...]
    kept: "Prepared | None" = None


Outcome = Done | Skipped


def run(items: Iterable[Item], job: Job, jobs: int = 1) -> Iterator[Outcome]:
    """What came of each article, in the order of `items`, by `jobs` processes; the same for any number of them.

    Whatever goes wrong with one article is reported as Skipped, and the rest is done.
    """
    if jobs <= 1:
        for item in items:
            yield from work(job, [item])
    else:
        from waqai.processes import in_processes  # most runs need none, and it is slow to import

        yield from in_processes(_chunks(items), functools.partial(work, job), _crashed, jobs)


def work(job: Job, items: Sequence[Item]) -> list[Outcome]:
    """What came of these articles, done in this process."""
    return [item if isinstance(item, Skipped) else _one(job, item) for item in items]


def _one(job: Job, article: Article) -> Outcome:
    try:
        worker = _worker(job)
    except (ValueError, LookupError) as error:
        raise JobError(str(error)) from error
    try:
        made = worker(article)
        if isinstance(made, Skipped):
            return made
        return Done(article.id, made) if isinstance(made, tuple) else Done(article.id, (), made)
    except Exception as error:  # one article must not end the run, whatever it meets in the coder
        return failed(article, f"{type(error).__name__}: {error}")


def failed(article: Article, reason: str) -> Skipped:
    """An article that the coder failed at, named by its id and how it begins: where it was read is not known here."""
    begins = " ".join((article.title or article.text[:200]).split())
    shown = begins if len(begins) <= _BEGIN else f"{begins[:_BEGIN]}…"
    return Skipped(f"article {article.id} ({shown})", None, f"coder failed: {' '.join(reason.split())[:200]}")


@functools.cache
def _worker(job: Job) -> "Callable[[Article], tuple[bytes, ...] | Prepared | Skipped]":
    """The function of a job, with its pipeline opened once in each process."""
    from waqai.knowledge.load import no_garbage

    with no_garbage():
        pipeline = job.opener(job.coder)
        gc.freeze()  # the knowledge stays to the end: searching it for garbage again and again costs a twentieth of the time
    gc.set_threshold(_SELDOM)
    if job.task == "keep":
        from waqai.keeping import keeper

        return keeper(pipeline, job.dialect)
    from waqai.tasks import worker

    return worker(job.task, pipeline, job.kinds)


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    chunk: list[Item] = []
    size = 0
    for item in items:
        chunk.append(item)
        size += 0 if isinstance(item, Skipped) else len(item.text)
        if len(chunk) >= _CHUNK_ARTICLES or size >= _CHUNK_CHARACTERS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _crashed(item: Item) -> Outcome:
    return item if isinstance(item, Skipped) else failed(item, "its process was ended (out of memory?)")
