"""What Terraform makes before a resource: all that its block refers to, and all that those refer to.

Source: Terraform's `internal/terraform/transform_reference.go`. A reference to an output waits for what that output is
made of and for its own `depends_on`, not for the rest of the module; `depends_on` with a module waits for all of it,
and `depends_on` of a module call holds for everything in the module. Where a reference cannot be told apart, more is
taken to come before than may be.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from ecslint.frontends.terraform.failure import Failure
from ecslint.frontends.terraform.hcl.expression import Literal, Reference, Tuple
from ecslint.frontends.terraform.hcl.origin import Origin
from ecslint.frontends.terraform.hcl.postfix import AttributeStep, IndexStep, Traverse
from ecslint.frontends.terraform.hcl.standalone import expression as parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecslint.frontends.terraform.declared import Group
    from ecslint.frontends.terraform.hcl.expression import Expression
    from ecslint.frontends.terraform.hcl.syntax import Body
    from ecslint.frontends.terraform.instance import Call, Instance
    from ecslint.model import Resource

    Todo = tuple[Expression, Instance]

_REPEATS = ("count", "for_each")


def awaited(group: Group) -> tuple[Resource, ...] | None:
    """The resources that are made before those of a block; None where a part of the way could not be read."""
    return _Search().run(group)


class _Search:
    """A walk over everything that a block refers to. Each expression, block and module is looked at once."""

    def __init__(self) -> None:
        self.found: dict[int, Resource] = {}
        self.seen: set[tuple[int, int]] = set()
        self.todo: list[Todo] = []
        self.kept: list[Expression] = []
        self.blind = False

    def run(self, group: Group) -> tuple[Resource, ...] | None:
        self._group(group)
        while self.todo and not self.blind:
            expression, instance = self.todo.pop()
            if self._fresh(expression, instance):
                self._expression(expression, instance)
        for declared in group.declared:
            self.found.pop(id(declared.resource), None)
        return None if self.blind else tuple(self.found.values())

    def _fresh(self, thing: object, instance: Instance) -> bool:
        key = (id(thing), id(instance))
        fresh = key not in self.seen
        self.seen.add(key)
        return fresh

    # What there is

    def _group(self, group: Group) -> None:
        self._within(group.instance)
        if self._fresh(group, group.instance):
            for declared in group.declared:
                self.found[id(declared.resource)] = declared.resource
            self._body(group.block.body, group.instance)

    def _body(self, body: Body, instance: Instance) -> None:
        self.blind = self.blind or bool(body.open)
        self.todo += [(attribute.expression, instance) for attribute in body.attributes.values()]
        self._written_in_quotes(body, instance)
        for block in body.blocks:
            self._body(block.body, instance)

    def _within(self, instance: Instance) -> None:
        """What all of a module waits for."""
        if not self._fresh(instance, instance):
            return
        self.blind = self.blind or bool(instance.module is not None and instance.module.open)
        if instance.call is not None:
            self._named(instance.call, ("depends_on", *_REPEATS))
            self._within(instance.call.caller)

    def _named(self, call: Call, names: Iterable[str]) -> None:
        """Some arguments of a module call."""
        attributes = call.block.body.attributes
        self.blind = self.blind or bool(call.block.body.open)
        self.todo += [(attributes[name].expression, call.caller) for name in names if name in attributes]
        self._written_in_quotes(call.block.body, call.caller)

    def _written_in_quotes(self, body: Body, instance: Instance) -> None:
        """The references of `depends_on` that Terraform before 0.12 wrote in quotes, and all later ones take."""
        attribute = body.attributes.get("depends_on")
        listed = attribute.expression if attribute is not None else None
        for item in listed.items if isinstance(listed, Tuple) else ():
            text = item.constant.data if isinstance(item, Literal) else None
            if isinstance(text, str):
                with suppress(Failure):
                    # It is kept, so that no other expression gets its identity.
                    self.kept.append(parsed(Origin(text, item.place)))
                    self.todo.append((self.kept[-1], instance))

    def _call(self, call: Call, output: str) -> None:
        """An output of a module, or all of the module."""
        for callee in call.instances:
            self._within(callee)
            if callee.module is None:
                # What is in it is not known, but it can lead to nothing that it is not given.
                self._named(call, call.block.body.attributes)
            elif output:
                block = callee.module.outputs.get(output)
                if block is not None:
                    self._body(block.body, callee)
            else:
                self._all(callee)

    def _all(self, instance: Instance) -> None:
        if not self._fresh(instance.module, instance):
            return
        for group in instance.groups():
            self._group(group)
        for call in instance.calls():
            self._call(call, "")

    # What it is written as

    def _expression(self, expression: Expression, instance: Instance) -> None:
        if isinstance(expression, Reference):
            self._reference(expression, instance)
        steps = expression.steps if isinstance(expression, (Reference, Traverse)) else ()
        self.todo += [(step.key, instance) for step in steps if isinstance(step, IndexStep)]
        self.todo += [(inner, instance) for inner, _ in expression.children()]

    def _reference(self, reference: Reference, instance: Instance) -> None:
        names = [step.name for step in reference.steps if isinstance(step, AttributeStep)]
        first, *rest = (reference.name, *names)
        if not rest:
            return
        if first == "var":
            if instance.call is not None:
                self._named(instance.call, (rest[0], *_REPEATS))
        elif first == "local":
            local = instance.module.locals.get(rest[0]) if instance.module is not None else None
            self.todo += [(local.expression, instance)] if local is not None else []
        elif first == "module":
            call = instance.called(rest[0])
            if call is not None:
                self._call(call, rest[1] if len(rest) > 1 else "")
        else:
            for group in _groups(first, rest, instance):
                self._group(group)


def _groups(first: str, rest: list[str], instance: Instance) -> Iterator[Group]:
    """The block that a reference names, a resource's or a data source's."""
    mode = first if first in {"data", "ephemeral"} else "managed"
    path = rest if mode != "managed" or first == "resource" else [first, *rest]
    group = instance.group(mode, path[0], path[1]) if len(path) >= 2 else None
    if group is not None:
        yield group
