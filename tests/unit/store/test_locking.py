"""One build at a time; another one waits and says so."""

import os
import threading

from stored import record
from waqai.store.locking import alone
from waqai.store.opening import Store


def test_another_build_waits_until_the_first_has_ended(record_address: str) -> None:
    said: list[str] = []
    order: list[str] = []
    with record(record_address) as store:
        with alone(store, said.append):
            other = threading.Thread(target=_second, args=(store, said, order))
            other.start()
            while not said:
                assert other.is_alive()
            order.append("first ended")
        other.join(20)
    assert order == ["first ended", "second began"]
    assert len(said) == 1 and said[0].startswith("another build is writing to")
    assert not os.path.exists(f"{record_address}-build")


def _second(store: Store, said: list[str], order: list[str]) -> None:
    with alone(store, said.append):
        order.append("second began")


def test_the_lock_can_be_taken_again_and_again(record_address: str) -> None:
    said: list[str] = []
    with record(record_address) as store:
        for _ in range(3):
            with alone(store, said.append):
                assert said == []
