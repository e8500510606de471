"""What CloudFormation makes before a resource: all that it refers to or depends on, and all that those do.

Source: the template reference, "DependsOn attribute": `Ref`, `Fn::GetAtt` and `Fn::Sub` depend as well. A nested stack
is one resource of the stack around it: what waits for it waits for everything in it, and all in it waits for what it
waits for. Stacks that stand beside each other are taken to be deployed in the right order.
"""

from __future__ import annotations

import re

from ecslint.lean import TYPE_CHECKING
from ecslint.value import Mapping, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.frontends.cloudformation.declared import Declared
    from ecslint.frontends.cloudformation.stack import Stack
    from ecslint.model import Resource
    from ecslint.value import Value

_PLACEHOLDER = re.compile(r"\$\{([^!${}][^${}]*)\}")


def awaited(declared: Declared) -> tuple[Resource, ...] | None:
    """The resources that are made before one; None where something rewrites the template or could not be read."""
    root = _root(declared.stack)
    stacks = declared.stack.deployment.stacks
    if any(stack.open or stack.rewritten for stack in stacks):
        return None
    found: dict[int, Resource] = {}
    seen: set[int] = set()
    todo = [declared]
    while todo:
        one = todo.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if one is not declared:
            found[id(one.resource)] = one.resource
        if one.evaluation.variables:
            return None
        inner = one.stack.nested.get(one.logical_id)
        todo += inner.declared.values() if inner is not None and one is not declared else ()
        todo += _before(one)
    for stack in stacks:
        if _root(stack) is not root:
            found.update((id(item.resource), item.resource) for item in stack.declared.values())
    return tuple(found.values())


def _before(declared: Declared) -> Iterator[Declared]:
    """What a resource itself waits for, and what the stack that holds it waits for."""
    stack = declared.stack
    if declared.names is None:
        raw = declared.declaration.part("DependsOn")
        names = [raw.string or "", *(item.string or "" for item in raw.items())]
        _refer(declared.declaration.part("Properties"), names)
        declared.names = tuple(dict.fromkeys(names))
    for name in declared.names:
        found = stack.declared.get(name)
        if found is not None:
            yield found
    if stack.parent is not None:
        for logical_id, inner in stack.parent.nested.items():
            if inner is stack:
                yield from _before(stack.parent.declared[logical_id])


def _refer(value: Value, names: list[str]) -> None:
    """Add the logical ids, and whatever else, that a raw value refers to."""
    data = value.data
    if isinstance(data, Sequence):
        for item in data.items:
            if isinstance(item.data, (Mapping, Sequence)):
                _refer(item, names)
    for key, item in data.entries if isinstance(data, Mapping) else ():
        if key.written == "Ref":
            names.append(item.string or "")
        elif key.written == "Fn::GetAtt":
            first = next(item.items(), item)
            names.append((first.string or "").partition(".")[0])
        elif key.written == "Fn::Sub":
            text = next(item.items(), item)
            names += [name.partition(".")[0] for name in _PLACEHOLDER.findall(text.string or "")]
        if isinstance(item.data, (Mapping, Sequence)):
            _refer(item, names)


def _root(stack: Stack) -> Stack:
    *_, outermost = stack.ancestry()
    return outermost
