"""Files and functions stay short enough to read."""

from house.tree import functions, name, parsed, python_files

FUNCTION_LINES = 60
FILE_LINES = 500


def test_functions_are_short() -> None:
    long = []
    for path in python_files():
        for function in functions(parsed(path)):
            lines = (function.end_lineno or 0) - function.lineno + 1
            if lines > FUNCTION_LINES:
                long.append(f"{name(path)}:{function.lineno} {function.name} has {lines} lines")
    assert not long, "\n".join(long)


def test_files_are_short() -> None:
    counted = [(path, path.read_text(encoding="utf-8").count("\n")) for path in python_files()]
    long = [f"{name(path)} has {lines} lines" for path, lines in counted if lines > FILE_LINES]
    assert not long, "\n".join(long)


def test_most_functions_are_very_short() -> None:
    lengths = sorted(
        (function.end_lineno or 0) - function.lineno + 1
        for path in python_files()
        if name(path).startswith("src/")
        for function in functions(parsed(path))
    )
    assert lengths[len(lengths) // 2] <= 12
    assert lengths[len(lengths) * 9 // 10] <= 45
