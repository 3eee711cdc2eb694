"""Very many pairs are judged as each pair by itself is."""

import itertools
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from cases import account
from waqai.incidents.comparing import Judge, Pairs
from waqai.incidents.features import Maker, features
from waqai.incidents.judging import Judging
from waqai.knowledge.incidents import load_incidents

JUDGE = Judge(load_incidents())
PLACES: dict[str, list[Any]] = {
    "town": ["x-1", "تل حسان", "Tell Hassan", 35.61, 36.70, "settlement", "Idlib"],
    "quarter": ["x-2", "حي الزهور", "Zuhur", 35.63, 36.71, "neighbourhood", "Idlib"],
    "gov": ["x-3", "إدلب", "Idlib", 35.80, 36.70, "governorate", "Idlib", 4],
}
ROWS = st.fixed_dictionaries(
    {
        "is": st.sampled_from(["air", "shell", "clash", "takes"]),
        "at": st.sampled_from(["town", "quarter", "gov"]),
        "on": st.sampled_from(["2016-05-01", "2016-05-02", "pub", "2016-05", None]),
        "pub": st.sampled_from(["2016-05-02", "2016-05-03", "2016-05-09"]),
        "by": st.sampled_from([None, "regime", "russia", "isis"]),
        "k": st.sampled_from([None, "3", "5", "12", "14", "90"]),
        "i": st.sampled_from([None, "4", "40"]),
        "time": st.sampled_from([None, "night", "morning"]),
        "what": st.sampled_from([None, "market", "hospital"]),
        "m": st.sampled_from(["happened", "attempted", "denied", "planned"]),
    }
)
LEVELS = st.integers(0, 4)


@settings(max_examples=80, deadline=None)
@given(st.lists(ROWS, min_size=2, max_size=12), LEVELS, st.integers(1, 4))
def test_what_is_looked_up_is_what_a_comparison_says(rows: list[dict[str, Any]], level: int, times: int) -> None:
    f = features([account(f"r{number:02}", PLACES, **row) for number, row in enumerate(rows)], Maker(JUDGE.knowledge))
    told = np.array(list(itertools.combinations(range(len(rows)), 2)) * times, dtype=np.int64)
    judging = Judging(JUDGE, f)
    for some in (told, told[:1], told):  # by tables, then few, with and without a table
        pairs = Pairs(some[:, 0], some[:, 1], np.full(len(some), level))
        weighed, compared = judging.weigh(pairs), JUDGE.compare(f, pairs)
        assert weighed.one.tolist() == compared.one.tolist() and weighed.other.tolist() == compared.other.tolist()
        assert weighed.bits.tolist() == compared.bits.tolist()
