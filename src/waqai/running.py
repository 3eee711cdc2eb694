"""Running a job over many articles: in one or several processes, in the order given, with bounded memory."""

import functools
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from waqai.model.article import Article
from waqai.reading.outcome import Skipped

if TYPE_CHECKING:
    from waqai.pipeline import Pipeline

Task = Literal["read", "mentions", "code"]
Item = Article | Skipped

_CHUNK_ARTICLES = 16
_CHUNK_CHARACTERS = 100_000
_AHEAD = 3
_BEGIN = 40


Opener = Callable[[str], "Pipeline"]


def open_default(coder: str) -> "Pipeline":
    """The pipeline with this coder; the import waits until it is needed."""
    from waqai.pipeline import open_pipeline

    return open_pipeline(coder)


class JobError(Exception):
    """The job cannot be begun: its coder or the knowledge is wrong; one sentence."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is done with each article: the task, by which coder, limited to which kinds of mention (all when empty)."""

    task: Task
    coder: str = "grammar"
    kinds: tuple[str, ...] = ()
    opener: Opener = open_default


@dataclass(frozen=True, slots=True)
class Done:
    """What came of one article: its label, and its records as lines of JSON."""

    doc_id: str
    lines: tuple[bytes, ...]


Outcome = Done | Skipped


def run(items: Iterable[Item], job: Job, jobs: int = 1) -> Iterator[Outcome]:
    """What came of each article, in the order of `items`, by `jobs` processes; the same for any number of them.

    Whatever goes wrong with one article is reported as Skipped, and the rest is done.
    """
    if jobs <= 1:
        for item in items:
            yield from work(job, [item])
    else:
        yield from _parallel(_chunks(items), job, jobs)


def work(job: Job, items: Sequence[Item]) -> list[Outcome]:
    """What came of these articles, done in this process."""
    return [item if isinstance(item, Skipped) else _one(job, item) for item in items]


def _one(job: Job, article: Article) -> Outcome:
    try:
        worker = _worker(job)
    except (ValueError, LookupError) as error:
        raise JobError(str(error)) from error
    try:
        return Done(article.id, worker(article))
    except Exception as error:  # one article must not end the run, whatever it meets in the coder
        return failed(article, f"{type(error).__name__}: {error}")


def failed(article: Article, reason: str) -> Skipped:
    """An article that the coder failed at, named by its id and how it begins: where it was read is not known here."""
    begins = " ".join((article.title or article.text[:200]).split())
    shown = begins if len(begins) <= _BEGIN else f"{begins[:_BEGIN]}…"
    return Skipped(f"article {article.id} ({shown})", None, f"coder failed: {' '.join(reason.split())[:200]}")


@functools.cache
def _worker(job: Job) -> Callable[[Article], tuple[bytes, ...]]:
    """The function of a job, with its pipeline opened once in each process."""
    from waqai.tasks import worker

    return worker(job.task, job.opener(job.coder), job.kinds)


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


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """In a new process: leave the group that signals are sent to (the parent answers them), and end with the parent."""
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)
    threading.Thread(target=_end_with_parent, daemon=True).start()


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Processes begun inside never see Ctrl-C, not even before `_begin`; here it is only answered a little later."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


Waiting = deque[tuple[list[Item], "Future[list[Outcome]]"]]


def _parallel(chunks: Iterator[list[Item]], job: Job, jobs: int) -> Iterator[Outcome]:
    pool = _pool(jobs)
    waiting: Waiting = deque()
    try:
        for chunk in chunks:
            _submit(pool, job, chunk, waiting)
            if len(waiting) >= jobs * _AHEAD:
                pool, done = _first(pool, job, jobs, waiting)
                yield from done
        while waiting:
            pool, done = _first(pool, job, jobs, waiting)
            yield from done
    finally:
        _end(pool)


def _end(pool: ProcessPoolExecutor) -> None:
    """Let each process finish the chunk it is at (one killed while it answers would leave us waiting), and no other."""
    pool.shutdown(wait=True, cancel_futures=True)


def _submit(pool: ProcessPoolExecutor, job: Job, chunk: list[Item], waiting: Waiting) -> None:
    try:
        with _without_interrupts():
            waiting.append((chunk, pool.submit(work, job, chunk)))
    except BrokenProcessPool:
        failed: Future[list[Outcome]] = Future()
        failed.set_exception(BrokenProcessPool())
        waiting.append((chunk, failed))


def _first(
    pool: ProcessPoolExecutor, job: Job, jobs: int, waiting: Waiting
) -> tuple[ProcessPoolExecutor, list[Outcome]]:
    """The outcomes of the first chunk waiting; when a process died it is done again, article by article."""
    chunk, future = waiting.popleft()
    try:
        return pool, future.result()
    except BrokenProcessPool:
        _end(pool)
    done = _apart(job, chunk)
    pool = _pool(jobs)
    for other, _ in [waiting.popleft() for _ in range(len(waiting))]:
        _submit(pool, job, other, waiting)
    return pool, done


def _apart(job: Job, chunk: list[Item]) -> list[Outcome]:
    """Each article in a process that may die of it without harm to the others."""
    done: list[Outcome] = []
    pool = _pool(1)
    try:
        for item in chunk:
            try:
                with _without_interrupts():
                    future = pool.submit(work, job, [item])
                done += future.result()
            except BrokenProcessPool:
                gone = "its process was ended (out of memory?)"
                done.append(item if isinstance(item, Skipped) else failed(item, gone))
                _end(pool)
                pool = _pool(1)
    finally:
        _end(pool)
    return done
