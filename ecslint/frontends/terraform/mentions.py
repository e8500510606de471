"""Which resources an expression is made of, by way of locals, variables and outputs.

A module that is not on disk can change only what it is given, and Terraform lets nothing reach it but by reference. A
reference to an argument of a resource, such as the role of an attachment, is one to whatever that argument is made of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.arguments import META
from ecslint.frontends.terraform.hcl.expression import Reference
from ecslint.frontends.terraform.hcl.postfix import AttributeStep, Index, Splat, Traverse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecslint.frontends.terraform.hcl.expression import Expression
    from ecslint.frontends.terraform.hcl.postfix import Step
    from ecslint.frontends.terraform.hcl.syntax import Body
    from ecslint.frontends.terraform.instance import Call, Instance
    from ecslint.model import Resource

    Todo = tuple[Expression, Instance, str]

_ORDER = META - {"for_each"}
"""What of a block says nothing of its values. A `for_each` may stand in any of them, as `each`."""

_CALL = frozenset({"source", "version", "providers"})


def given(call: Call) -> tuple[Resource, ...]:
    """The resources that the arguments of a module call are made of."""
    return Mentions().gather(_arguments(call.block.body, call.caller, _ORDER | _CALL))


def told(root: Instance) -> tuple[Resource, ...]:
    """The resources that the outputs of a root module are made of: a caller of it may add to them."""
    blocks = root.module.outputs.values() if root.module is not None else ()
    attributes = (block.body.attributes.get("value") for block in blocks)
    return Mentions().gather((found.expression, root, "") for found in attributes if found is not None)


class Mentions:
    """A search for resources. Every expression is looked at once."""

    def __init__(self) -> None:
        self._found: dict[int, Resource] = {}
        self._seen: set[tuple[int, int, str]] = set()

    def gather(self, todo: Iterable[Todo]) -> tuple[Resource, ...]:
        """The resources that expressions of some instances are made of."""
        rows = list(todo)
        while rows:
            expression, instance, attribute = rows.pop()
            key = (id(expression), id(instance), attribute)
            if key not in self._seen:
                self._seen.add(key)
                rows += self._inside(expression, instance, attribute)
        return tuple(self._found.values())

    def _inside(self, expression: Expression, instance: Instance, attribute: str) -> Iterator[Todo]:
        """What an expression leads to; `attribute` is what is taken of its value, empty for all of it."""
        if isinstance(expression, Reference):
            yield from self._reference(expression, instance, attribute)
        elif isinstance(expression, Traverse):
            yield expression.inner, instance, _first(expression.steps) or attribute
        elif isinstance(expression, Index):
            yield expression.inner, instance, attribute
            yield expression.key, instance, ""
        elif isinstance(expression, Splat):
            steps = expression.each.steps if isinstance(expression.each, Traverse) else ()
            yield expression.inner, instance, _first(steps)
        else:
            for inner, _ in expression.children():
                yield inner, instance, ""

    def _reference(self, reference: Reference, instance: Instance, attribute: str) -> Iterator[Todo]:
        names = [step.name for step in reference.steps if isinstance(step, AttributeStep)]
        first, *rest = (reference.name, *names)
        if first == "var" and rest:
            yield from _variable(rest[0], instance)
        elif first == "local" and rest:
            local = instance.module.locals.get(rest[0]) if instance.module is not None else None
            if local is not None:
                yield local.expression, instance, ""
        elif first == "module" and rest:
            yield from _outputs(rest[0], rest[1] if len(rest) > 1 else attribute, instance)
        else:
            mode = first if first in {"data", "ephemeral"} else "managed"
            path = rest if mode != "managed" or first == "resource" else [first, *rest]
            if len(path) >= 2:
                yield from self._resource(mode, path[0], path[1], (path[2:] or [attribute])[0], instance)

    def _resource(self, mode: str, type: str, name: str, attribute: str, instance: Instance) -> Iterator[Todo]:
        group = instance.group(mode, type, name)
        if group is None:
            return
        for declared in group.declared:
            self._found[id(declared.resource)] = declared.resource
        body = group.block.body
        if not attribute or mode == "data":
            yield from _arguments(body, instance, _ORDER)
        elif attribute in body.attributes:
            yield body.attributes[attribute].expression, instance, ""
        else:
            for block in body.of_type(attribute):
                yield from _arguments(block.body, instance, frozenset())


def _first(steps: Iterable[Step]) -> str:
    return next((step.name for step in steps if isinstance(step, AttributeStep)), "")


def _variable(name: str, instance: Instance) -> Iterator[Todo]:
    if instance.call is None:
        return
    body = instance.call.block.body
    for argument in (name, "for_each"):
        attribute = body.attributes.get(argument)
        if attribute is not None:
            yield attribute.expression, instance.call.caller, ""


def _outputs(name: str, output: str, instance: Instance) -> Iterator[Todo]:
    call = instance.called(name)
    for callee in call.instances if call is not None else ():
        blocks = callee.module.outputs if callee.module is not None else {}
        for key, block in blocks.items():
            attribute = block.body.attributes.get("value")
            if attribute is not None and output in {"", key}:
                yield attribute.expression, callee, ""


def _arguments(body: Body, instance: Instance, without: frozenset[str]) -> Iterator[Todo]:
    for name, attribute in body.attributes.items():
        if name not in without:
            yield attribute.expression, instance, ""
    for block in body.blocks:
        if block.type not in without:
            yield from _arguments(block.body, instance, frozenset())
