"""Work shared out to processes."""

import os
from collections.abc import Sequence

from waqai.processes import in_processes

LEAST_FAVOURED = 19  # nobody gives way further


def niceness(items: Sequence[str]) -> list[int]:
    return [os.nice(0) for _ in items]


def gone(_: str) -> int:
    return -1


def test_processes_give_way_to_others() -> None:
    here = os.nice(0)
    there = list(in_processes(iter([["حلب"], ["دوما"]]), niceness, gone, 1))
    assert len(there) == 2
    assert all(one > here or here == LEAST_FAVOURED for one in there)
