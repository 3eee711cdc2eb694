"""Rounded coordinates."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exported import MAHIN, happening, moved, telling
from waqai.exports.facts import ExportError
from waqai.exports.rounding import rounded, rounded_happening, rounded_telling


@given(st.floats(-89, 89), st.floats(-179, 179), st.floats(0.5, 100))
def test_a_point_moves_no_further_than_the_cell_and_lands_where_its_neighbours_land(
    lat: float, lon: float, km: float
) -> None:
    found = rounded(moved(MAHIN, lat=lat, lon=lon), km)
    assert found.lat is not None and found.lon is not None
    assert abs(found.lat - lat) * 111.2 <= km * 0.51 + 0.02
    assert abs(found.lon - lon) * 111.2 * math.cos(math.radians(found.lat)) <= km * 0.52 + 0.05
    assert found.precision >= 2


def test_the_same_point_in_every_place_it_stands() -> None:
    made = rounded_happening(happening(), 10)
    assert made.incident.place == made.incident.places[0].value
    assert made.reports[0].place is not None and made.reports[0].place.place == made.incident.place
    assert made.incident.place != MAHIN
    told = rounded_telling(telling(), 10).report.place
    assert told is not None and told.place == made.incident.place


def test_no_point_stays_no_point() -> None:
    assert rounded(moved(MAHIN, lat=None, lon=None), 5).lat is None
    assert rounded_happening(happening(place=None), 5).incident.place is None
    assert rounded(moved(MAHIN, precision=4), 40).precision == 4 and rounded(MAHIN, 40).precision == 3


@pytest.mark.parametrize("km", [0, -3, 501, math.nan, math.inf])
def test_a_width_that_cannot_be(km: Any) -> None:
    with pytest.raises(ExportError, match="cannot be rounded to"):
        rounded(MAHIN, km)
