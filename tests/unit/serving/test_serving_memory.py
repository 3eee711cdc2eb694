"""What a server remembers of the record is what stands there."""

import numpy as np

from waqai.queries.columns import Column
from waqai.serving.memory import Columns
from waqai.store.counted import Packed


def test_a_column_is_made_again_when_a_byte_of_it_is_another() -> None:
    columns = Columns()
    made: list[Column] = []

    def make() -> Column:
        made.append(Column((), np.zeros(0, dtype=np.int64)))
        return made[-1]

    def asked(codes: bytes, size: int = 1, name: str = "place") -> Column:
        return columns(("reports", name), [(size, Packed('["p1"]', codes))], make)

    first = asked(b"00")
    assert asked(b"00") is first and made == [first]
    assert asked(b"00", name="start") is made[1]
    assert asked(b"01") is made[2]
    assert asked(b"01", size=2) is made[3]
    assert asked(b"00") is made[4]
