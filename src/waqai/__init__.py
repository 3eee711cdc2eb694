"""Waqai (وقائع): reads Arabic reporting of armed conflict into attributed, dated, located events.

The public names (docs/PYTHON.md) are imported when they are first used, so that `import waqai` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from waqai.record.coding import build as build
    from waqai.record.coding import code as code
    from waqai.record.coding import find_mentions as find_mentions
    from waqai.record.coding import open_record as open_record
    from waqai.record.coding import read as read
    from waqai.record.errors import WaqaiError as WaqaiError
    from waqai.record.record import Record as Record

__version__ = "0.1.0"
__all__ = ["Record", "WaqaiError", "__version__", "build", "code", "find_mentions", "open_record", "read"]

_HOMES = (
    ("coding", ("build", "code", "find_mentions", "open_record", "read")),
    ("errors", ("WaqaiError",)),
    ("record", ("Record",)),
)


def __getattr__(name: str) -> object:
    """A public name, imported now."""
    for module, names in _HOMES:
        if name in names:
            return getattr(import_module(f"waqai.record.{module}"), name)
    raise AttributeError(f"module 'waqai' has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
