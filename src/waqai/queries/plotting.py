"""Counts as a picture: bars for a series in time with the articles of the time as a line, or bars by size.

Matplotlib is imported when something is drawn. It shapes Arabic and sets it from right to left by itself.
"""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from waqai.queries.stats import TIMES, Stats, StatsRow, period

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SERIES = 7
_BARS = 25
_TICKS = 14
_MOST_PERIODS = 3000
_COLOURS = ("#1b6ca8", "#d1495b", "#66a182", "#edae49", "#6f5e76", "#00798c", "#a5502a", "#9aa0a6")
_TWICE = " (one counts for each of its actors or sources)"
_REST = "others"
_UNKNOWN = "not known"


def draw(found: Stats, path: str, what: str) -> None:
    """Draw counts of `what` ("incidents" or "reports") into a file, .png or .svg by its ending. OSError when it cannot be
    written; the same counts give the same picture."""
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10, 5.6), dpi=130, layout="constrained")
    FigureCanvasAgg(figure)
    with matplotlib.rc_context({"svg.hashsalt": "waqai", "font.family": "DejaVu Sans", "svg.fonttype": "path"}):
        axes = figure.add_subplot()
        axes.spines[["top", "right"]].set_visible(False)
        time = next((at for at, name in enumerate(found.by) if name in TIMES), None)
        if time is None:
            _bars(axes, found, what)
        else:
            _series(axes, found, time, what)
        figure.savefig(path, metadata={"Date": None} if path.lower().endswith(".svg") else None)


def _label(found: Stats, keys: Sequence[str | None]) -> str:
    """What stands beside a bar: the Arabic name of a place or an actor where there is one."""
    shown = [(found.labels.get(key, key).partition(" / ")[0] if key else _UNKNOWN) for key in keys]
    return ", ".join(_plain(label if len(label) <= 40 else f"{label[:39]}…") for label in shown)


def _plain(label: str) -> str:
    """A name as Matplotlib draws it: dollars begin no formula, nothing that cannot be seen turns the line around, and no
    underscore at the beginning hides it from the legend."""
    shown = "".join(character for character in label if character.isprintable()).replace("$", r"\$")
    return f" {shown}" if shown.startswith("_") else shown


def _bars(axes: "Axes", found: Stats, what: str) -> None:
    from matplotlib.ticker import MaxNLocator

    rows = sorted(found.rows, key=lambda row: -row.events)[:_BARS]
    labels = [_label(found, row.keys) for row in rows]
    axes.barh(range(len(rows)), [row.events for row in rows], color=_COLOURS[0])
    axes.set_yticks(range(len(rows)), labels)
    axes.invert_yaxis()
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    left = len(found.rows) - len(rows)
    twice = set(found.by) & {"actor", "camp", "source"}
    axes.set_xlabel(f"{what}{_TWICE if twice else ''}{f' (the {_BARS} largest of {len(found.rows)})' if left else ''}")


def _series(axes: "Axes", found: Stats, time: int, what: str) -> None:
    """Stacked bars of the commonest values over the periods; undated ones cannot be placed and are said apart."""
    from matplotlib.ticker import MaxNLocator

    dated = [row for row in found.rows if row.keys[time] is not None]
    periods = _all_periods(sorted({str(row.keys[time]) for row in dated}), found.by[time])
    at = {period: place for place, period in enumerate(periods)}
    bottom = [0] * len(periods)
    for colour, (label, rows) in zip(_COLOURS, _stacks(found, dated, time), strict=False):
        heights = [0] * len(periods)
        for row in rows:
            heights[at[str(row.keys[time])]] += row.events
        axes.bar(range(len(periods)), heights, bottom=bottom, color=colour, label=label, width=0.85)
        bottom = [below + height for below, height in zip(bottom, heights, strict=True)]
    step = max(1, -(-len(periods) // _TICKS))
    axes.set_xticks(range(0, len(periods), step), periods[::step], rotation=40, ha="right")
    axes.set_ylabel(f"{what}{_TWICE if set(found.by) & {'actor', 'camp', 'source'} else ''}")
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    undated = sum(row.events for row in found.rows if row.keys[time] is None)
    if undated:
        axes.set_xlabel(f"{undated:,} {what} without a known day are not drawn")
    _articles(axes, dated, at, time)


def _all_periods(periods: list[str], name: str) -> list[str]:
    """The periods from the first to the last: those without anything leave a gap, as far as that can be drawn."""
    if len(periods) < 2:
        return periods
    day, last = _first_day(periods[0]), _first_day(periods[-1])
    found: dict[str, None] = {}
    while day <= last and len(found) < _MOST_PERIODS:
        found[str(period(day.isoformat(), name))] = None  # type: ignore[arg-type]
        day += dt.timedelta({"day": 1, "week": 7}.get(name, 28))
    found[periods[-1]] = None
    return sorted(found) if len(found) < _MOST_PERIODS else periods


def _first_day(name: str) -> dt.date:
    if "W" in name:
        return dt.date.fromisocalendar(int(name[:4]), int(name[6:]), 1)
    return dt.date.fromisoformat(f"{name}-01-01"[:10])


def _stacks(found: Stats, rows: Sequence[StatsRow], time: int) -> list[tuple[str, list[StatsRow]]]:
    """The rows of each value that is not of time, commonest first; the rare ones together."""
    by_key: dict[tuple[str | None, ...], list[StatsRow]] = {}
    for row in rows:
        by_key.setdefault((*row.keys[:time], *row.keys[time + 1 :]), []).append(row)
    ordered = sorted(by_key.items(), key=lambda item: (-sum(row.events for row in item[1]), str(item[0])))
    stacks = [(_label(found, keys), held) for keys, held in ordered[:_SERIES]]
    rest = [row for _, held in ordered[_SERIES:] for row in held]
    return [*stacks, (_REST, rest)] if rest else stacks


def _articles(axes: "Axes", rows: Sequence[StatsRow], at: dict[str, int], time: int) -> None:
    """How much was published in each period, on an axis of its own: coverage is not violence."""
    from matplotlib.ticker import MaxNLocator

    published: dict[int, int] = {at[str(row.keys[time])]: row.articles or 0 for row in rows}
    beside: Any = axes.twinx()
    places = list(range(len(at)))
    beside.plot(places, [published.get(place, 0) for place in places], color="#555555", linewidth=1.2, linestyle="--",
                marker="." if len(places) < 60 else "", label="articles published")  # fmt: skip
    beside.set_ylim(bottom=0)
    beside.set_ylabel("articles published")
    beside.spines["top"].set_visible(False)
    beside.yaxis.set_major_locator(MaxNLocator(integer=True))
    handles, labels = axes.get_legend_handles_labels()
    more, beside_labels = beside.get_legend_handles_labels()
    shown = [(handle, label) for handle, label in zip(handles, labels, strict=True) if label]
    axes.figure.legend(
        [handle for handle, _ in shown] + more, [label for _, label in shown] + beside_labels,
        fontsize="small", frameon=False, loc="outside upper left", ncols=4,
    )  # fmt: skip
