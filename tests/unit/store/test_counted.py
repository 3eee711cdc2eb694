"""The columns that are counted by: kept or made from the rows, they are the same, whatever the writer did."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from databases import database
from stored import ALEPPO, NOW, article, put, record, report
from waqai.deriving.counted import keep_counted
from waqai.model.mention import Actor, DateRange, Place, Source
from waqai.model.report import Claim, NamedActor, NamedDate, NamedSource
from waqai.model.text import Span
from waqai.store import counted
from waqai.store.opening import Store
from waqai.store.writing import Writer

WORDS = Span("text", 0, 3, "قصف")
DOUMA = Place("g2", "دوما", "Douma", 33.57, 36.4, "settlement", 1, None, "SY", "Rural Damascus")


def kept(store: Store) -> dict[int, counted.Piece]:
    with store.read() as connection:
        gone = set(counted.missing(connection))
        return {
            first: piece
            for first, piece in counted.pieces(connection, counted.NAMES)
            if first // counted.PIECE not in gone
        }


def check(store: Store) -> None:
    """Whatever is kept is what the rows say."""
    with store.read() as connection:
        for first, piece in kept(store).items():
            made = counted.made(connection, first // counted.PIECE, counted.NAMES)
            for name in counted.NAMES:
                one, other = read(piece[name]), read(made[name])
                assert one == other, name


def read(packed: counted.Packed) -> list[object]:
    """The values themselves: tuples of two come back from JSON as lists."""
    width = 4 if packed.rows else 2
    codes = [int.from_bytes(packed.codes[at : at + width], "little") for at in range(0, len(packed.codes), width)]
    if not packed.values:
        return [*codes]
    values = [tuple(value) if isinstance(value, list) else value for value in packed.values]
    return [values[code] for code in codes]


def test_a_build_keeps_them_and_what_changes_goes(record_address: str) -> None:
    with record(record_address, article("قصف على حلب"), article("قصف على دوما", "a2")) as store:
        assert keep_counted(store) == 1 and keep_counted(store) == 0
        check(store)
        put(store, article("قصف عنيف على حلب", day="2016-05-05"))  # a newer text under the same label
        assert kept(store) == {}
        assert keep_counted(store) == 1
        check(store)
        assert read(kept(store)[0]["superseded"]) == ["2016-05-05", None, None]


def test_coding_again_takes_them_away(record_address: str) -> None:
    with record(record_address, article("قصف على حلب")) as store:
        keep_counted(store)
        put(store, article("قصف على حلب"), recode=True)
        assert kept(store) == {}


def test_the_writer_keeps_full_pieces(record_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counted, "PIECE", 4)
    monkeypatch.setattr("waqai.store.adding.PIECE", 4)
    with record(record_address) as store:
        put(store, *(article(f"قصف على حلب {number}", f"a{number}") for number in range(9)), batch=2)
        assert sorted(kept(store)) == [0, 4]
        check(store)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 5), st.integers(0, 3), st.sampled_from((ALEPPO, DOUMA, None)), st.integers(0, 3),
            st.sampled_from(("put", "keep", "recode")),
        ),
        max_size=12,
    )
)  # fmt: skip
def test_kept_or_made_it_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, int, Place | None, int, str]]
) -> None:
    with database("sqlite", tmp_path_factory.mktemp("counted")) as address, record(address) as store:
        for label, text, place, number, step in steps:
            if step == "keep":
                keep_counted(store)
                continue
            given = article(f"قصف {text} على البلدة", f"a{label}", f"2016-05-0{label + 1}")
            day = dt.date(2016, 5, 1 + number)
            found = [
                report(
                    given, ordinal, killed=(number, None),
                    place=place,
                    date=NamedDate(DateRange(day, day, 1, "stated"), WORDS) if number else None,
                    actor2=tuple(NamedActor(Actor(f"x{n}", "x", "س", "opposition", "rebel group"), WORDS) for n in range(number)),
                    claims=(Claim((NamedSource(Source(f"s{number}", "مصدر", "witness"), WORDS),), "denies"),),
                )
                for ordinal in range(number)
            ]  # fmt: skip
            with Writer(store, recode=step == "recode", now=lambda: NOW) as writer:
                writer.add(given, found, [], f"made {number}")
        check(store)
