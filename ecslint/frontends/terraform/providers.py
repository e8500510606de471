"""Which provider configuration a resource is made with, and so in which region.

Source: Terraform's documentation of `provider` and of `providers` in module calls.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ecslint.frontends.terraform.arguments import evaluated
from ecslint.frontends.terraform.cty.types import DYNAMIC
from ecslint.frontends.terraform.cty.value import Typed, unknown
from ecslint.frontends.terraform.hcl.expression import Object, Reference, keyword
from ecslint.frontends.terraform.hcl.postfix import AttributeStep

if TYPE_CHECKING:
    from collections.abc import Hashable

    from ecslint.frontends.terraform.hcl.expression import Expression
    from ecslint.frontends.terraform.hcl.syntax import Block, Body
    from ecslint.frontends.terraform.instance import Instance


def name_of(expression: Expression) -> str:
    """`aws` or `aws.east`, as an expression names it."""
    if isinstance(expression, Reference):
        return ".".join([expression.name, *(step.name for step in expression.steps if isinstance(step, AttributeStep))])
    constant = getattr(expression, "constant", None)
    return (constant.string if isinstance(constant, Typed) else "") or ""


def chosen(body: Body, type: str) -> str:
    """The provider configuration that a resource asks for."""
    attribute = body.attributes.get("provider")
    return name_of(attribute.expression) if attribute is not None else type.partition("_")[0]


class Configured(NamedTuple):
    """A provider configuration: the module that it stands in, its name there, and its block, if it has one.

    `why` says why nobody knows which one it is.
    """

    instance: Instance
    name: str
    block: Block | None = None
    why: str = ""

    @property
    def identity(self) -> Hashable:
        """What tells it from others: data of two with one identity come from one account and region."""
        return (id(self.instance.deployment), self.instance.path, self.name)


def configured(instance: Instance, name: str) -> Configured:
    """The provider configuration that a name means in a module: its own, or one that its caller has."""
    module = instance.module
    for block in module.providers if module is not None else ():
        if _called(block) == name:
            return Configured(instance, name, block)
    if instance.call is None or instance.parent is None:
        return Configured(instance, name)
    passed = instance.call.block.body.attributes.get("providers")
    if passed is not None and isinstance(passed.expression, Object):
        for key, value in passed.expression.entries:
            if (keyword(key) or name_of(key)) == name:
                return configured(instance.parent, name_of(value))
    if "." in name:
        return Configured(instance, name, None, f"the provider `{name}` is not passed to the module")
    return configured(instance.parent, name)


def region(instance: Instance, name: str) -> Typed:
    """The region of a provider configuration, by its name in a module."""
    found = configured(instance, name)
    attribute = found.block.body.attributes.get("region") if found.block is not None else None
    if attribute is not None:
        return evaluated(attribute, found.instance.scope)
    why = found.why or f"the provider `{found.name}` takes its region from the environment"
    return unknown(DYNAMIC, why, None, found.block.place if found.block is not None else None)


def _called(block: Block) -> str:
    name = block.labels[0].text if block.labels else ""
    alias = block.body.attributes.get("alias")
    return f"{name}.{name_of(alias.expression)}" if alias is not None else name
