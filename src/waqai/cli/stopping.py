"""Being stopped (Ctrl-C, SIGTERM) between lines, never within one."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_SOON = 0.002  # seconds until a signal that came to nothing is sent again


class Stopped(BaseException):
    """A signal asked the program to end. `status` is the exit status for it."""

    def __init__(self, number: int) -> None:
        super().__init__("interrupted" if number == signal.SIGINT else "ended by a signal")
        self.number = number
        self.status = 128 + number


class Gate:
    """Holds a signal back while a line is being written."""

    def __init__(self) -> None:
        self._writing = False
        self._asked: int | None = None

    def handle(self, number: int, _frame: FrameType | None) -> None:
        """The signal handler: raises Stopped, at once or when the line is out. A second signal does not wait."""
        if self._writing and self._asked is None:
            self._asked = number
        else:
            raise Stopped(number)

    @contextmanager
    def whole(self) -> Iterator[None]:
        """What is written inside goes out whole."""
        self._writing = True
        try:
            yield
        finally:
            self._writing = False
        if self._asked is not None:
            raise Stopped(self._asked)


@contextmanager
def raise_when_stopped() -> Iterator[Gate]:
    """Within, SIGINT and SIGTERM raise Stopped, but not while the gate given is held."""
    gate = Gate()
    if threading.current_thread() is not threading.main_thread():
        yield gate
        return
    before = {number: signal.signal(number, gate.handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with _again_where_lost():
            yield gate
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _again_where_lost() -> Iterator[None]:
    """Within, a signal whose Stopped was raised where Python lets nothing be raised (as in what runs when an object is let go,
    or a module's lock while it is imported) is sent once more, a moment later."""
    main, waiting, otherwise = threading.get_ident(), list[threading.Timer](), sys.unraisablehook

    def send_again(lost: "UnraisableHookArgs") -> None:
        if not isinstance(lost.exc_value, Stopped):
            otherwise(lost)
            return
        timer = threading.Timer(_SOON, signal.pthread_kill, (main, lost.exc_value.number))
        timer.daemon = True
        waiting.append(timer)
        timer.start()

    sys.unraisablehook = send_again
    try:
        yield
    finally:
        sys.unraisablehook = otherwise
        for timer in waiting:
            timer.cancel()
            timer.join()
