"""Records made quickly are the records that `dataclass` makes."""

import dataclasses
import pickle

import pytest

from waqai.model.quick import replace
from waqai.model.report import Why
from waqai.model.text import Span

SPAN = Span("text", 3, 7, "حلب")


def test_a_quick_record_is_made_by_place_by_name_and_with_its_defaults() -> None:
    assert Span("text", start=3, end=7, text="حلب") == SPAN
    assert Why("place", "rule") == Why("place", "rule", None, ())
    assert repr(SPAN) == "Span(part='text', start=3, end=7, text='حلب')"


@pytest.mark.parametrize("given", [("text", 3, 7), ("text", 3, 7, "حلب", 1)])
def test_a_quick_record_wants_each_field_once(given: tuple[object, ...]) -> None:
    with pytest.raises(TypeError):
        Span(*given)  # type: ignore[call-arg, arg-type]


def test_a_quick_record_stays_as_it_is() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        SPAN.start = 4  # type: ignore[misc]
    assert not hasattr(SPAN, "__dict__")


def test_a_quick_record_is_copied_and_sent() -> None:
    assert replace(SPAN, end=8) == dataclasses.replace(SPAN, end=8) == Span("text", 3, 8, "حلب")
    assert pickle.loads(pickle.dumps(SPAN)) == SPAN
    assert len({SPAN, Span("text", 3, 7, "حلب")}) == 1


def test_no_other_field_is_replaced() -> None:
    with pytest.raises(KeyError):
        replace(SPAN, first=8)  # type: ignore[call-arg]
