"""A build codes what is not there yet, keeps what it coded, says what it skipped."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from fake_pipeline import CRASH, open_fake
from stored import article
from waqai.building import Built, Plan, building
from waqai.model.article import Article
from waqai.reading.outcome import Skipped
from waqai.running import Item, JobError, Opener
from waqai.store.opening import Store, open_store
from waqai.store.schema import articles, pending

TEXTS = [article(f"قصف الطيران الحربي مدينة حلب صباح اليوم رقم {n}", f"n{n}") for n in range(5)]


class Counting:
    """An opener of a pipeline that counts what it is asked to code."""

    def __init__(self) -> None:
        self.coded = 0

    def __call__(self, coder: str) -> "Counting":
        return self

    def found(self, given: Article) -> object:
        self.coded += 1
        return open_fake("grammar").found(given)


def built(
    store: Store, items: Sequence[Item], opener: object = open_fake, recode: bool = False
) -> tuple[Built, list[Skipped]]:
    plan = Plan("grammar", 1, recode, opener)  # type: ignore[arg-type]
    with building(store, plan) as build:
        skipped = [outcome for outcome in build.outcomes(items) if isinstance(outcome, Skipped)]
        return build.finish(), skipped


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(str(tmp_path / "x.db"), create=True)


def test_only_what_is_not_there_is_coded(store: Store) -> None:
    counting = Counting()
    first, _ = built(store, TEXTS[:3], counting)
    assert (first.new.articles, first.known, counting.coded) == (3, 0, 3)
    second, _ = built(store, TEXTS, counting)
    assert (second.new.articles, second.known, counting.coded) == (2, 3, 5)
    again, _ = built(store, TEXTS, counting, recode=True)
    assert (again.new.recoded, counting.coded) == (5, 10)


def test_the_same_text_under_other_labels_is_counted(store: Store) -> None:
    others = [replace(TEXTS[0], id=f"label {n}", outlet="جريدة") for n in range(2)]
    first, _ = built(store, [TEXTS[0], *others, TEXTS[1]])
    assert (first.new.articles, first.known, first.same) == (2, 0, 2)
    second, _ = built(store, [TEXTS[0], others[0], TEXTS[1]])
    assert (second.new.articles, second.known, second.same) == (0, 2, 1)


def test_nothing_waits_when_a_build_has_finished(store: Store) -> None:
    assert built(store, TEXTS)[0].incidents >= 1
    with store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(pending)) == 0


def test_what_cannot_be_coded_is_named_and_the_rest_is_kept(store: Store) -> None:
    unread = Skipped("file", 3, "it is broken")
    done, skipped = built(store, [TEXTS[0], unread, article(CRASH, "bad"), TEXTS[1]])
    assert done.new.articles == 2
    assert skipped[0] == unread and "bad" in str(skipped[1]) and len(skipped) == 2


def test_what_was_coded_is_kept_when_the_build_ends_early(store: Store) -> None:
    with building(store, Plan(opener=_fake())) as build:
        outcomes = build.outcomes(TEXTS)
        next(outcomes)
        next(outcomes)
        build.keep()
    with store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(articles)) == 2


def test_a_coder_that_is_not_installed(store: Store) -> None:
    with pytest.raises(JobError, match="no coder named 'x'"), building(store, Plan("x")):
        pass


def _fake() -> Opener:
    return open_fake  # type: ignore[return-value]
