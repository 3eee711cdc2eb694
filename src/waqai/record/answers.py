"""Answers: what a question to a record finds, read one by one, or as a table of pandas, Polars or Arrow."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from waqai.exports.flat import FlatColumn, FlatRow
from waqai.record.errors import WaqaiError, told

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

T = TypeVar("T", covariant=True)
Json = dict[str, Any]


class Found(Generic[T]):
    """One thing that was found: the record of it, and how it is written flat and as JSON."""

    def __init__(self, value: T, row: Callable[[], FlatRow], json: Callable[[], Json]) -> None:
        self.value, self.row, self.json = value, row, json


class Answers(Generic[T]):
    """What a question finds. Nothing is read before it is asked for, and each reading sees the record as it is then.

    Iterate over it for typed records. Raises WaqaiError when the question cannot be answered.
    """

    def __init__(self, ask: Callable[[], Iterator[Found[T]]], columns: Sequence[FlatColumn]) -> None:
        self._ask, self._columns = ask, columns

    def __iter__(self) -> Iterator[T]:
        with told():
            for found in self._ask():
                yield found.value

    def first(self, number: int = 1) -> list[T]:
        """The first so many, in the order of the record."""
        return list(islice(self, number))

    def json(self) -> Iterator[Json]:
        """The same as the objects that the command writes as JSON Lines."""
        with told():
            for found in self._ask():
                yield found.json()

    def to_arrow(self) -> "pa.Table":
        """A typed Arrow table with one row for each, one column for each fact; several values are parted by "; "."""
        from waqai.exports.sheets import arrow_schema, arrow_table

        with told():
            rows = [found.row() for found in self._ask()]
        return arrow_table(rows, arrow_schema(self._columns))

    def to_pandas(self) -> "pd.DataFrame":
        """The same table as a DataFrame of pandas: numbers and yes/no that may be missing are nullable, days datetime64.

        Raises WaqaiError when pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError:
            raise WaqaiError("pandas is not installed: pip install pandas") from None
        import pyarrow as pa

        nullable = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype(), pa.string(): pd.StringDtype()}
        frame: pd.DataFrame = self.to_arrow().to_pandas(types_mapper=nullable.get, date_as_object=False)
        return frame

    def to_polars(self) -> "pl.DataFrame":
        """The same table as a DataFrame of Polars; WaqaiError when it is not installed."""
        try:
            import polars as pl
        except ImportError:
            raise WaqaiError("polars is not installed: pip install polars") from None
        frame = pl.from_arrow(self.to_arrow())
        assert isinstance(frame, pl.DataFrame)
        return frame

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(column.name for column in self._columns[:4])}, …)"


class Held(Answers[T]):
    """Answers that are held in memory: they have a length, and are taken by number."""

    def __init__(self, found: Sequence[Found[T]], columns: Sequence[FlatColumn]) -> None:
        super().__init__(lambda: iter(found), columns)
        self._found = found

    def __len__(self) -> int:
        return len(self._found)

    def __getitem__(self, index: int) -> T:
        return self._found[index].value
