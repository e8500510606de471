"""What a Python program says of a construct after it was made: overrides, and methods that add to a list.

The construct is known by the variable that it was given to, in the function that made it, or in the class where the
variable is an attribute. A variable that is given twice there says nothing.
"""

from __future__ import annotations

import ast

from ecslint.frontends.cloudformation.pythonarguments import differs, follow, plain, text
from ecslint.frontends.cloudformation.pythonsource import is_call, name, parsed, span
from ecslint.lean import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.source import Keys, Span

_CHILD = ".node.default_child"
_ADDING = {
    "mountpoints": "add_mount_points",
    "portmappings": "add_port_mappings",
    "ulimits": "add_ulimits",
    "volumes": "add_volume",
    "volumesfrom": "add_volumes_from",
    "dependson": "add_container_dependencies",
}
"""The methods of aws-cdk-lib that add to a property of a task definition or a container."""

_Scope = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def override(call: Span, keys: Keys, synthesized: str | None) -> Span | None:
    """Where a property of the construct that a call makes is overridden: the last override that is about it."""
    for holder, node in reversed(list(_said(call))):
        method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if method not in {"add_property_override", "add_override"} or len(node.args) != 2 or not holder:
            continue
        path = text(node.args[0]).split(".")
        path = path[1:] if method == "add_override" and path[:1] == ["Properties"] else path
        route = [str(key) for key in keys]
        if path[: len(route)] == route[: len(path)]:
            found = follow(node.args[1], keys[len(path) :]) or node.args[1]
            if not differs(found, synthesized):
                return span(call.file, found)
    return None


def added(call: Span, keys: Keys, count: int) -> Span | None:
    """Where an item of a list is added to what a call makes; `count` is how many the list has."""
    method = _ADDING.get(plain(str(keys[0])))
    index = keys[1] if len(keys) > 1 else None
    if method is None or not isinstance(index, int):
        return None
    items: list[ast.expr] = []
    for holder, node in _said(call):
        if not holder and isinstance(node.func, ast.Attribute) and node.func.attr == method:
            items += node.args or [node]
    if len(items) != count or any(isinstance(item, ast.Starred) for item in items):
        return None
    return span(call.file, follow(items[index], keys[2:]) or items[index])


def _said(call: Span) -> Iterator[tuple[bool, ast.Call]]:
    """The methods called of the construct that a call makes, in their order, and whether of its default child."""
    tree = parsed(call.file)
    scopes = [node for node in ast.walk(tree) if isinstance(node, _Scope)] if tree is not None else []
    around = [scope for scope in scopes if _contains(scope, call)]
    if not around:
        return
    given = [pair for node in ast.walk(around[-1]) for pair in _given(node)]
    made = [target for target, value in given if isinstance(value, ast.Call) and is_call(value, call)]
    if len(made) != 1 or [target for target, _ in given].count(made[0]) != 1:
        return
    (variable,) = made
    children = {target for target, value in given if variable + _CHILD in _held(value)} | {variable + _CHILD}
    classes = [scope for scope in around if isinstance(scope, ast.ClassDef)]
    reach = classes[-1] if variable.startswith("self.") and classes else around[-1]
    calls = [node for node in ast.walk(reach) if isinstance(node, ast.Call)]
    for node in sorted(calls, key=lambda node: (node.end_lineno or 0, node.end_col_offset or 0)):
        of = name(node.func.value) if isinstance(node.func, ast.Attribute) else ""
        if of == variable or of in children:
            yield of != variable, node


def _given(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """The variables that a statement gives, each with what it is given."""
    if isinstance(node, ast.Assign):
        yield from ((name(target), node.value) for target in node.targets if name(target))
    elif isinstance(node, ast.AnnAssign) and node.value is not None and name(node.target):
        yield name(node.target), node.value


def _held(node: ast.expr) -> set[str]:
    """What a value is: a variable's attribute, or the last argument of a cast."""
    return {name(node)} | ({name(item) for item in node.args} if isinstance(node, ast.Call) else set())


def _contains(scope: _Scope, call: Span) -> bool:
    """Whether a call stands in a class, a function or the module; the innermost one is the last."""
    if isinstance(scope, ast.Module):
        return True
    line, _ = call.file.position(call.start)
    return scope.lineno <= line <= (scope.end_lineno or scope.lineno)
