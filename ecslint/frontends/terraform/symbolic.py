"""Modules that are not on disk: what they are given is read, what they make of it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.arguments import META, Arguments
from ecslint.frontends.terraform.expansion import together
from ecslint.frontends.terraform.mentions import given
from ecslint.model import Resource
from ecslint.value import Mapping, Value

if TYPE_CHECKING:
    from ecslint.frontends.terraform.instance import Call, Instance

_OTHERS = META | {"source", "version", "providers"}
"""What stands in a call and is no input of the module."""


def symbolic(instance: Instance, call: Call) -> Resource:
    """The resource that an unread module is to the model, its inputs as document."""
    names = instance.repeat.names if instance.repeat is not None else {}
    arguments = Arguments(call.block.body, call.caller.scope.child(names), call.block.place)

    def inputs() -> Value:
        tree = arguments.tree()
        assert isinstance(tree.data, Mapping)
        entries = [(key, value) for key, value in tree.data.entries if key.name not in _OTHERS]
        return Value(Mapping(entries, tree.data.open), tree.place)

    return Resource(
        "Module",
        "module",
        instance.path,
        inputs,
        call.block.place,
        local=f"module.{call.name}",
        exists=together(instance.exists),
        managed=False,
        scope=instance.path,
        given=lambda: given(call),
    )
