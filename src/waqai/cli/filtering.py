"""The options that limit a question, the same for every command that reads a record; and the record itself."""

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from waqai.cli.arguments import UsageError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from waqai.queries.filters import Filter
    from waqai.store.opening import Store

DEFAULT = "waqai.db"
_LISTS = {
    "type": ("TYPE", "event type, sub-event type or family of types, as in docs/CODEBOOK.md"),
    "actor": ("NAME", "actor, by its id or its name in Arabic or English"),
    "camp": ("CAMP", "camp of an actor: regime, opposition, isis, sdf, …"),
    "role": ("ROLE", "what --actor and --camp have to be: actor1, actor2 or blamed (default: any)"),
    "place": ("NAME", "place, by its id or its name in Arabic or English"),
    "governorate": ("NAME", "governorate"),
    "source": ("NAME", "source that is quoted"),
    "outlet": ("NAME", "outlet that published it"),
    "modality": ("MODALITY", "happened, attempted, planned or denied"),
    "grade": ("GRADE", "grade of the incident: confirmed, fair, weak, contested or discounted"),
}
_SINGLE = {
    "bbox": ("W,S,E,N", "box of degrees: west,south,east,north, such as 36.5,35.9,37.5,36.5"),
    "country": ("CODE", "country, by its two letters"),
    "pcode": ("CODE", "beginning of an OCHA p-code: SY02, SY0200, …"),
    "from": ("DAY", "not over before this day (2015-10-31; also 2015-10 or 2015)"),
    "to": ("DAY", "begun by this day"),
    "background": ("yes|no", "only what is told as history, or only news"),
    "min-killed": ("N", "at least so many killed, by the lowest number told"),
    "words": ("WORDS", 'words of the article: all of them, a "phrase", a beginn*'),
    "as-of": ("DAY", "what was known at the end of this day"),
}


def add_record(parser: ArgumentParser) -> None:
    """Which record is read."""
    parser.add_argument(
        "--db",
        metavar="RECORD",
        help="the record: a file, or a postgresql:// address (default: $WAQAI_DB, else waqai.db)",
    )


def record_of(args: Namespace) -> str:
    """The address of the record that is meant; UsageError when --db is given without one."""
    if args.db is not None and not args.db.strip():
        raise UsageError("the value of --db is empty: name a record, or leave --db out")
    return args.db or os.environ.get("WAQAI_DB") or DEFAULT


def add_filters(parser: ArgumentParser, leave: str | None = None) -> None:
    """What of the record is asked for. Read by `filter_of`. The option `leave` is left to the command to add."""
    group = parser.add_argument_group(
        "conditions", "All have to hold; one that is given several times holds when any of its values does."
    )
    for name, (metavar, about) in _LISTS.items():
        group.add_argument(
            f"--{name}", dest=_dest(name), nargs=1, action="extend", default=[], metavar=metavar, help=about
        )
    for name, (metavar, about) in _SINGLE.items():
        if name != leave:
            group.add_argument(f"--{name}", dest=_dest(name), metavar=metavar, help=about)
    group.add_argument(
        "--polygon", dest="asked_polygon", metavar="FILE", help="within the polygons of this GeoJSON file"
    )


def _dest(name: str) -> str:
    return f"asked_{name.replace('-', '_')}"


@contextmanager
def opened(args: Namespace) -> "Iterator[Store]":
    """The record that --db names; UsageError when it cannot be opened or read, or a question cannot be answered, or when
    the command would write into the record itself."""
    from waqai.cli.apart import check_record_apart
    from waqai.queries.errors import QueryError
    from waqai.store.opening import StoreError, open_store

    record = record_of(args)
    check_record_apart(args, record)
    try:
        store = open_store(record)
        try:
            yield store
        finally:
            store.close()
    except (StoreError, QueryError) as error:
        raise UsageError(str(error)) from error


def filter_of(args: Namespace, connection: "Connection", **more: str) -> "Filter":
    """The filter that the options of `add_filters` mean in this record; `more` are further parameters.

    Raises QueryError, in one line with the names that are near, for what the record does not hold.
    """
    from waqai.knowledge.codebook import load_codebook
    from waqai.knowledge.files import load_files
    from waqai.queries.areas import read_area
    from waqai.queries.asking import filter_asked
    from waqai.queries.errors import QueryError

    asked: dict[str, list[str]] = {name.replace("-", "_"): list(getattr(args, _dest(name))) for name in _LISTS}
    for name in _SINGLE:
        value = getattr(args, _dest(name))
        asked[name.replace("-", "_")] = [] if value is None else [value]
    if args.asked_polygon is not None and not args.asked_polygon.strip():
        raise QueryError("the value of polygon is empty")
    area = None if args.asked_polygon is None else read_area(args.asked_polygon)
    return filter_asked(
        connection, asked | {name: [value] for name, value in more.items()}, load_codebook(load_files()), area
    )
