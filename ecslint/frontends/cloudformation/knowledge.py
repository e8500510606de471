"""What a resource that runs somebody's own code may know of, and so may add to."""

from __future__ import annotations

from ecslint.frontends.cloudformation.ordering import awaited
from ecslint.lean import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.frontends.cloudformation.declared import Declared
    from ecslint.model import Resource
    from ecslint.value import Value

_IMPORTS = frozenset({"Fn::ImportValue", "Fn::GetStackOutput"})
_READER = "Custom::CrossRegionExportReader"


def known_to(declared: Declared) -> tuple[Resource, ...]:
    """What a resource refers to or waits for in its own stack; all of the others too, if one of those is told to it."""
    stacks = declared.stack.deployment.stacks
    before = awaited(declared)
    if before is None:
        return tuple(one.resource for stack in stacks for one in stack.declared.values())
    mine = _outermost(declared)
    known = {id(resource) for resource in before}
    around = (one for stack in stacks for one in stack.declared.values() if _outermost(one) is mine)
    reached = [one for one in around if one is declared or id(one.resource) in known]
    return before if any(map(_is_told, reached)) else tuple(one.resource for one in reached)


def _outermost(declared: Declared) -> object:
    *_, stack = declared.stack.ancestry()
    return stack


def _is_told(declared: Declared) -> bool:
    """Whether a resource is given something of another stack."""
    names = _functions(declared.declaration.part("Properties"))
    return declared.declaration.type == _READER or not _IMPORTS.isdisjoint(names)


def _functions(value: Value) -> Iterator[str]:
    """The keys of a raw value, those of intrinsic functions among them."""
    for key, item in value.entries():
        yield key.written
        yield from _functions(item)
    for item in value.items():
        yield from _functions(item)
