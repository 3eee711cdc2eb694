"""Work shared out to processes: in the order given, with bounded memory, through the death of any of them."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")
_AHEAD = 3
_YIELDING = 10  # how far (`nice`) the processes give way to others, such as the server that answers readers meanwhile


def in_processes(
    chunks: Iterator[list[Given]],
    work: Callable[[Sequence[Given]], list[Made]],
    crashed: Callable[[Given], Made],
    jobs: int,
) -> Iterator[Made]:
    """What `work` makes of the items of each chunk, in their order, by `jobs` processes.

    `work` and the items must be fit for pickling. An item whose process dies gives `crashed(item)`; the rest is done.
    """
    shared = _Shared(work, crashed, jobs, _pool(jobs), deque())
    try:
        for chunk in chunks:
            shared.submit(chunk)
            if len(shared.waiting) >= jobs * _AHEAD:
                yield from shared.first()
        while shared.waiting:
            yield from shared.first()
    finally:
        _end(shared.pool)


@dataclass(slots=True)
class _Shared(Generic[Given, Made]):
    """The chunks given out, and the processes that work on them."""

    work: Callable[[Sequence[Given]], list[Made]]
    crashed: Callable[[Given], Made]
    jobs: int
    pool: ProcessPoolExecutor
    waiting: "deque[tuple[list[Given], Future[list[Made]]]]"

    def submit(self, chunk: list[Given]) -> None:
        """Give a chunk out."""
        try:
            with _without_interrupts():
                self.waiting.append((chunk, self.pool.submit(self.work, chunk)))
        except BrokenProcessPool:
            failed: Future[list[Made]] = Future()
            failed.set_exception(BrokenProcessPool())
            self.waiting.append((chunk, failed))

    def first(self) -> list[Made]:
        """The outcomes of the first chunk waiting; when a process died it is done again, item by item."""
        chunk, future = self.waiting.popleft()
        try:
            return future.result()
        except BrokenProcessPool:
            _end(self.pool)
        done = self._apart(chunk)
        self.pool = _pool(self.jobs)
        for other, _ in [self.waiting.popleft() for _ in range(len(self.waiting))]:
            self.submit(other)
        return done

    def _apart(self, chunk: list[Given]) -> list[Made]:
        """Each item in a process that may die of it without harm to the others."""
        done: list[Made] = []
        pool = _pool(1)
        try:
            for item in chunk:
                try:
                    with _without_interrupts():
                        future = pool.submit(self.work, [item])
                    done += future.result()
                except BrokenProcessPool:
                    done.append(self.crashed(item))
                    _end(pool)
                    pool = _pool(1)
        finally:
            _end(pool)
        return done


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """In a new process: leave the group that signals are sent to (the parent answers them), give way to others, and end
    with the parent."""
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)
    if hasattr(os, "nice"):
        os.nice(_YIELDING)
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


def _end(pool: ProcessPoolExecutor) -> None:
    """Let each process finish the chunk it is at (one killed while it answers would leave us waiting), and no other."""
    pool.shutdown(wait=True, cancel_futures=True)
