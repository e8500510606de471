"""What a Python program gives to a construct: the argument that becomes a property, the statement, the variable.

An argument is followed from the call as a property is from its resource, through keywords, dictionaries and lists as
they are written. Nothing is evaluated: where a literal is not what was synthesized, something else set the property.
"""

from __future__ import annotations

import ast

from ecslint.frontends.cloudformation.pythonsource import is_call, parsed, span
from ecslint.lean import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeVar

    from ecslint.source import Keys, SourceFile, Span

    _Node = TypeVar("_Node", bound=ast.AST)

_OTHERWISE = {
    "memory": "memory_limit_mib",
    "minimumhealthypercent": "min_healthy_percent",
    "maximumpercent": "max_healthy_percent",
    "deploymentcircuitbreaker": "circuit_breaker",
    "healthcheckgraceperiodseconds": "health_check_grace_period",
    "logconfiguration": "logging",
}
"""The arguments of aws-cdk-lib's own ECS constructs that are called otherwise than the property."""

_ADDING = frozenset({"add_environment", "add_secret"})
"""The methods that add a variable to a container."""

_OTHER_MAPS = frozenset({"tags", "labels", "docker_labels", "options", "metadata", "context"})
"""Arguments of aws-cdk-lib whose dictionary has names for something else than variables."""

_GROUPS = frozenset({"deploymentconfiguration", "networkconfiguration"})
"""Properties whose parts are arguments of their own there."""


def argument(call: Span, keys: Keys, synthesized: str | None) -> Span | None:
    """Where the argument stands that becomes the property at some keys below the construct of a call.

    `synthesized` is what it became, where that is a text. None where the call does not have the argument, or another.
    """
    for node in _nodes(call.file, ast.Call):
        if is_call(node, call):
            found = follow(node, keys)
            if found is not None and not differs(found, synthesized):
                return span(call.file, found)
    return None


def statement(file: SourceFile, actions: frozenset[str]) -> Iterator[tuple[Span, Span]]:
    """The policy statements in a program for just these actions, each with the place of its resources."""
    for node in _nodes(file, ast.Call) if "PolicyStatement" in file.text else ():
        if not _name(node.func).endswith("PolicyStatement"):
            continue
        given = {keyword.arg: keyword.value for keyword in node.keywords}
        listed = given.get("actions")
        if isinstance(listed, (ast.List, ast.Tuple)) and frozenset(_texts(listed.elts)) == actions:
            yield span(file, node.func), span(file, given.get("resources", node.func))


def variable(file: SourceFile, name: str, synthesized: str | None) -> Iterator[Span]:
    """Where a program writes a name for a value: in a dictionary, into one, for `add_environment` and the like.

    Places with another literal than what was `synthesized` are none.
    """
    if name not in file.text:
        return
    others = {
        id(keyword.value) for call in _nodes(file, ast.Call) for keyword in call.keywords if keyword.arg in _OTHER_MAPS
    }
    for node in _nodes(file, ast.AST):
        for key, value in _pairs(node) if id(node) not in others else ():
            written = key.arg if isinstance(key, ast.keyword) else text(key)
            if key is not None and written == name and not differs(value, synthesized):
                yield span(file, value if isinstance(key, ast.keyword) else key)


def _pairs(node: ast.AST) -> Iterator[tuple[ast.expr | ast.keyword | None, ast.expr]]:
    """What a node puts under which key."""
    if isinstance(node, ast.Dict):
        yield from zip(node.keys, node.values, strict=True)
    elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
        yield node.targets[0].slice, node.value
    elif isinstance(node, ast.Call) and _name(node.func) in _ADDING and len(node.args) == 2:
        yield node.args[0], node.args[1]
    elif isinstance(node, ast.Call) and _name(node.func) == "dict":
        yield from ((keyword, keyword.value) for keyword in node.keywords)


def _nodes(file: SourceFile, type: type[_Node]) -> Iterator[_Node]:
    tree = parsed(file)
    for node in ast.walk(tree) if tree is not None else ():
        if isinstance(node, type):
            yield node


def follow(node: ast.expr, keys: Keys) -> ast.expr | None:
    """The expression that is nearest to some keys; None where not even the first of them is written."""
    found: ast.expr | None = None
    for key in keys:
        below = _below(node, key)
        if below is None and found is None and isinstance(key, str) and plain(key) in _GROUPS:
            continue
        if below is None:
            break
        node = found = below
    return found


def _below(node: ast.expr, key: str | int) -> ast.expr | None:
    """What stands under a key, in either spelling."""
    if isinstance(key, int):
        items = node.elts if isinstance(node, (ast.List, ast.Tuple)) else []
        whole = not any(isinstance(item, ast.Starred) for item in items)
        return items[key] if whole and key < len(items) else None
    names = {plain(key), plain(_OTHERWISE.get(plain(key), key))}
    if isinstance(node, ast.Call):
        return next((keyword.value for keyword in node.keywords if plain(keyword.arg or "") in names), None)
    if isinstance(node, ast.Dict):
        named = ((plain(text(name)), value) for name, value in zip(node.keys, node.values, strict=True))
        return next((value for name, value in named if name in names), None)
    return None


def plain(name: str) -> str:
    """A name in no spelling: `minimumHealthyPercent` is `minimum_healthy_percent`."""
    return name.replace("_", "").lower()


def differs(node: ast.expr, synthesized: str | None) -> bool:
    """Whether a literal is another than what was synthesized."""
    literal = isinstance(node, ast.Constant) and isinstance(node.value, (str, int))
    return literal and synthesized is not None and str(getattr(node, "value", "")).lower() != synthesized.lower()


def text(node: ast.expr | None) -> str:
    """A literal text; empty for anything else."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _texts(nodes: list[ast.expr]) -> list[str]:
    return [text(node) for node in nodes]


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
