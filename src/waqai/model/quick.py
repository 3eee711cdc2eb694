"""Records that are made by the hundred thousand: frozen as others are, in a quarter of the time."""

from dataclasses import fields
from typing import Any, TypeVar

T = TypeVar("T")


def quick(record: type[T]) -> type[T]:
    """A frozen record with slots whose `__init__` fills the slots itself: the one that `dataclass` writes asks for leave field
    by field.

    In: a class under `@dataclass(frozen=True, slots=True)`, with no default factories and no `__post_init__`. Out: the class.

    >>> from dataclasses import dataclass
    >>> @quick
    ... @dataclass(frozen=True, slots=True)
    ... class Point:
    ...     x: int
    ...     y: int = 0
    >>> Point(1), Point(x=1, y=2) == Point(1, 2)
    (Point(x=1, y=0), True)
    """
    names = [field.name for field in fields(record)]  # type: ignore[arg-type]
    space: dict[str, Any] = {f"set_{name}": vars(record)[name].__set__ for name in names}
    lines = [f"def __init__(self, {', '.join(names)}):", *(f"    set_{name}(self, {name})" for name in names)]
    exec("\n".join(lines), space)
    written = record.__init__
    space["__init__"].__defaults__ = written.__defaults__
    space["__init__"].__annotations__ = written.__annotations__
    record.__init__ = space["__init__"]  # type: ignore[method-assign]
    return record
