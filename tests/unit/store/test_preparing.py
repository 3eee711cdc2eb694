"""What is prepared where an article is coded is all that the record needs of it, and survives the way from there."""

import datetime as dt
import pickle
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from databases import database
from stored import ALEPPO, NEAR, NOW, article, holding, record, report
from waqai.knowledge.codebook import own_codebook
from waqai.model.report import Report
from waqai.store.opening import Store
from waqai.store.preparing import NotStorable, Prepared, prepare
from waqai.store.schema import METADATA
from waqai.store.writing import Writer

GIVEN = article("قصف الطيران الحربي سوقا في مدينة حلب وقتل ثلاثة مدنيين صباح اليوم", "a1", title="قصف على حلب")
OTHER = article("سيطر مقاتلون على قرية في ريف إدلب بعد معارك عنيفة مساء أمس", "a2", None)


def prepared(given: Any, reports: list[Report], dialect: str = "sqlite") -> Prepared:
    return prepare(given, reports, [holding(given)], own_codebook(), dialect)


def held(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    with store.read() as connection:
        return {
            name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for name, table in METADATA.tables.items()
        }


def written(address: str, sent: bool) -> dict[str, list[tuple[Any, ...]]]:
    """What stands in a record of both articles, added, or put as they were sent from another process."""
    with record(address) as store:
        with Writer(store, now=lambda: NOW) as writer:
            for given in (GIVEN, OTHER):
                told = [report(given, 0, NEAR), report(given, 1, ALEPPO)]
                if sent:
                    made = prepared(given, told, store.dialect)
                    came = pickle.loads(pickle.dumps(made))
                    assert came == made
                    writer.put(came, "made 1")
                else:
                    writer.add(given, told, [holding(given)], "made 1")
        return held(store)


def test_what_was_prepared_elsewhere_is_kept_as_if_it_were_added(record_address: str, tmp_path: Path) -> None:
    second = tmp_path / "second"
    second.mkdir()
    with database("sqlite" if record_address.endswith(".db") else "postgresql", second) as other:
        one, two = written(record_address, False), written(other, True)
    assert one == two and len(one["reports"]) == 4


def test_a_place_is_named_once_by_its_own_point() -> None:
    for places in ((NEAR, ALEPPO), (ALEPPO, NEAR)):
        (named,) = prepared(GIVEN, [report(GIVEN, n, place) for n, place in enumerate(places)]).named.places
        assert (named.id, named.own, named.town) == ("g1", True, True)
    (named,) = prepared(GIVEN, [report(GIVEN, 0, NEAR)]).named.places
    assert not named.own and not named.town


def test_a_day_that_is_not_told_is_left_to_the_record() -> None:
    assert prepared(OTHER, []).published is None
    assert prepared(GIVEN, []).published == dt.date(2016, 5, 4)


def test_what_cannot_be_kept_says_so_in_one_sentence() -> None:
    with pytest.raises(NotStorable, match="article a1: the coder gave two reports one id"):
        prepared(GIVEN, [report(GIVEN), report(GIVEN)])
