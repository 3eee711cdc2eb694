"""The sample corpus that ships with Waqai: synthetic reports, their gold, and who held which town on which day."""

from importlib.resources import files
from importlib.resources.abc import Traversable


def sample_path(*parts: str) -> Traversable:
    """One file or folder of the sample.

    In: its name below the sample, one part at a time. Out: a `Traversable`, to open with `.open()` or to read with
    `.read_text(encoding="utf-8")`. Raises `FileNotFoundError` when the sample has no such file.

    >>> sample_path("gold", "sample-001.json").is_file()
    True
    """
    path = files("waqai.sample").joinpath(*parts)
    if not (path.is_file() or path.is_dir()):
        raise FileNotFoundError(f"The sample has no {'/'.join(parts)}; see sample/README.md for what it holds.")
    return path
