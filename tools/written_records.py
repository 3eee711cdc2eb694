"""Records with the methods written out that the dataclass decorator makes at run time: a compiler sees only what is written.

The guard of frozen records is left out: mypy has shown that nothing changes them, and it makes each slower to make.
"""

import ast
from collections.abc import Iterator


def with_records_written_out(code: str) -> str:
    """The code of a module, each `@dataclass(...)` class with its own `__init__`, `__eq__`, `__hash__` and `__reduce__`.

    >>> print(with_records_written_out("@dataclass(frozen=True)\\nclass Span:\\n    start: int\\n    end: int = 0\\n"))
    @dataclass(init=False, eq=False)
    class Span:
        start: int
        end: int = 0
    <BLANKLINE>
        def __init__(self, start: int, end: int = 0) -> None:
            self.start = start
            self.end = end
    <BLANKLINE>
        def __eq__(self, other: object) -> bool:
            return self is other or (isinstance(other, Span) and self.start == other.start and self.end == other.end)
    <BLANKLINE>
        def __hash__(self) -> int:
            return hash((self.start, self.end,))
    <BLANKLINE>
        def __reduce__(self) -> tuple[object, ...]:
            return Span, (self.start, self.end,)
    <BLANKLINE>
    """
    lines = code.split("\n")
    records = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.ClassDef) and _decorator(node)]
    for node in sorted(records, key=lambda node: -node.lineno):
        decorator = _decorator(node)
        assert decorator is not None and node.end_lineno is not None
        lines[node.end_lineno : node.end_lineno] = ["", *_methods(node, _frozen(decorator))]
        generic = any(isinstance(base, ast.Subscript) for base in node.bases)  # mypyc compiles no generic dataclass
        kept = [] if generic else ["@dataclass(init=False, eq=False)"]
        lines[decorator.lineno - 1 : decorator.end_lineno] = kept
        for quick in [found for found in node.decorator_list if ast.unparse(found) == "quick"]:
            lines[quick.lineno - 1 : quick.end_lineno] = []  # it writes another `__init__`; a compiler needs none
    return "\n".join(lines)


def _decorator(node: ast.ClassDef) -> ast.expr | None:
    for found in node.decorator_list:
        called = found.func if isinstance(found, ast.Call) else found
        if isinstance(called, ast.Name) and called.id == "dataclass":
            return found
    return None


def _frozen(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and any(keyword.arg == "frozen" for keyword in decorator.keywords)


def _methods(node: ast.ClassDef, frozen: bool) -> Iterator[str]:
    fields = [line for line in node.body if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)]
    names = [line.target.id for line in fields if isinstance(line.target, ast.Name)]
    values = f"({''.join(f'self.{name}, ' for name in names).rstrip()})"
    same = " and ".join(f"self.{name} == other.{name}" for name in names)
    yield f"    def __init__(self, {', '.join(map(_parameter, fields))}) -> None:"
    yield from map(_assigned, fields)
    yield from ("", "    def __eq__(self, other: object) -> bool:")
    yield f"        return self is other or (isinstance(other, {node.name}) and {same})"
    if frozen:
        yield from ("", "    def __hash__(self) -> int:", f"        return hash({values})")
    yield from ("", "    def __reduce__(self) -> tuple[object, ...]:")
    yield f"        return {node.name}, {values}"


def _parameter(field: ast.AnnAssign) -> str:
    name, kind = ast.unparse(field.target), ast.unparse(field.annotation)
    if field.value is None:
        return f"{name}: {kind}"
    default, factory = _field_option(field, "default"), _field_option(field, "default_factory")
    if factory is not None:
        return f"{name}: {kind} | None = None"
    return f"{name}: {kind} = {ast.unparse(default or field.value)}"


def _assigned(field: ast.AnnAssign) -> str:
    name, factory = ast.unparse(field.target), _field_option(field, "default_factory")
    made = name if factory is None else f"{ast.unparse(factory)}() if {name} is None else {name}"
    return f"        self.{name} = {made}"


def _field_option(field: ast.AnnAssign, option: str) -> ast.expr | None:
    """What `field(option=...)` says, None when the field has no such option."""
    keywords = field.value.keywords if isinstance(field.value, ast.Call) else []
    return next((keyword.value for keyword in keywords if keyword.arg == option), None)
