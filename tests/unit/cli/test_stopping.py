"""A signal ends the program wherever it comes, also where Python lets nothing be raised."""

import signal
import threading

import pytest

from waqai.cli.stopping import Stopped, raise_when_stopped

LONG = 20.0  # seconds; nobody waits so long


class Interrupted:
    """Something that a signal meets while it is let go: what is raised there is swallowed."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGTERM)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_is_raised_as_stopped(number: signal.Signals) -> None:
    with pytest.raises(Stopped) as stopped, raise_when_stopped():
        signal.raise_signal(number)
    assert stopped.value.status == 128 + number


def test_a_signal_that_was_swallowed_is_sent_again(capsys: pytest.CaptureFixture[str]) -> None:
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(Stopped) as stopped, raise_when_stopped():
        held = [Interrupted()]
        held.clear()
        threading.Event().wait(LONG)
    assert stopped.value.status == 128 + signal.SIGTERM
    assert signal.getsignal(signal.SIGTERM) is before
    assert capsys.readouterr().err == ""


def test_a_line_that_is_being_written_goes_out_whole() -> None:
    written = []
    with pytest.raises(Stopped), raise_when_stopped() as gate:
        with gate.whole():
            signal.raise_signal(signal.SIGINT)
            written.append("line")
        written.append("next")
    assert written == ["line"]
