"""Constructs made in a Python program: calls whose second argument, or `id`, is a text or a variable."""

from __future__ import annotations

import ast
import re
import warnings
from functools import lru_cache

from ecslint.lean import TYPE_CHECKING, NamedTuple
from ecslint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.source import SourceFile

IDS = ("id", "construct_id")


class Call(NamedTuple):
    """A call that may make a construct; `holes` says whether `{…}` in the id stands for any text."""

    span: Span
    type: str
    around: str
    scope: str
    variable: str
    id: str
    holes: bool


def calls(file: SourceFile) -> list[Call]:
    """The calls of a file; none where it is no Python that this interpreter reads."""
    tree = parsed(file)
    try:
        return list(_Reader(file).read(tree, "", "")) if tree is not None else []
    except RecursionError:
        return []


@lru_cache(maxsize=32)
def parsed(file: SourceFile) -> ast.Module | None:
    """The syntax of a program; None where it is no Python that this interpreter reads."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(file.text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def span(file: SourceFile, node: ast.expr) -> Span:
    """The place of an expression."""
    end_line, end = node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
    return Span(file, _offset(file, node.lineno, node.col_offset), _offset(file, end_line, end))


def is_call(node: ast.Call, call: Span) -> bool:
    """Whether a node is the call whose function stands at a place."""
    return span(call.file, node.func).end == call.end


def _offset(file: SourceFile, line: int, column: int) -> int:
    """The offset of a column that counts bytes, as `ast` does."""
    return file.line_start(line) + len(file.line(line).encode()[:column].decode("utf-8", "ignore"))


class _Reader:
    def __init__(self, file: SourceFile) -> None:
        self.file = file

    def read(self, node: ast.AST, around: str, variable: str) -> Iterator[Call]:
        """The calls below a node, inside a class and as the value of a variable."""
        if isinstance(node, ast.ClassDef):
            around = node.name
        elif isinstance(node, ast.Assign):
            variable = name(node.targets[0])
        elif isinstance(node, ast.AnnAssign):
            variable = name(node.target)
        elif isinstance(node, ast.stmt):
            variable = ""
        if isinstance(node, ast.Call):
            made = self.made(node, around, variable)
            if made is not None:
                yield made
        for child in ast.iter_child_nodes(node):
            yield from self.read(child, around, variable)

    def made(self, node: ast.Call, around: str, variable: str) -> Call | None:
        named = [keyword.value for keyword in node.keywords if keyword.arg in IDS]
        given = node.args[1:2] or named
        within = node.args[:1] or [keyword.value for keyword in node.keywords if keyword.arg == "scope"]
        scope = name(within[0]) if within else ""
        type = name(node.func)
        if not given or not scope or not type:
            return None
        id = given[0]
        if isinstance(id, ast.Constant) and isinstance(id.value, str):
            text, holes = id.value, False
        elif isinstance(id, (ast.JoinedStr, ast.BinOp)) or _format(id):
            text, holes = _format(id) or "".join(_literal(part) for part in _joined(id)), True
        elif isinstance(id, ast.Name) and scope == "self" and type.rpartition(".")[2][:1].isupper():
            text, holes = "{}", True
        else:
            return None
        if isinstance(id, ast.BinOp) and not text.replace("{}", ""):
            return None
        return Call(span(self.file, node.func), type.rpartition(".")[2], around, scope, variable, text, holes)


def name(node: ast.expr) -> str:
    """A dotted name; empty for anything else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join(reversed([*parts, node.id])) if isinstance(node, ast.Name) else ""


def _joined(node: ast.expr) -> list[ast.expr]:
    """What a text is put together of, by `f"…"` or by `+`."""
    if isinstance(node, ast.JoinedStr):
        return node.values
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return [*_joined(node.left), *_joined(node.right)]
    return [node]


def _format(node: ast.expr) -> str:
    """What `"…" % x` and `"…".format(x)` put texts into, with `{}` for each of them; empty for anything else."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        format, hole = node.left, r"%(?:\(\w*\))?\w"
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        format, hole = node.func.value, r"\{[^{}]*\}"
    else:
        return ""
    return (
        re.sub(hole, "{}", format.value) if isinstance(format, ast.Constant) and isinstance(format.value, str) else ""
    )


def _literal(part: ast.expr) -> str:
    if isinstance(part, ast.Constant) and isinstance(part.value, str):
        return part.value.replace("{", "").replace("}", "")
    return "{}"
