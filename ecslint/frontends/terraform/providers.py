"""Which provider configuration a resource is made with, and so in which region.

Source: Terraform's documentation of `provider` and of `providers` in module calls.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.arguments import evaluated
from ecslint.frontends.terraform.cty.types import DYNAMIC
from ecslint.frontends.terraform.cty.value import Typed, unknown
from ecslint.frontends.terraform.hcl.expression import Object, Reference, keyword
from ecslint.frontends.terraform.hcl.postfix import AttributeStep

if TYPE_CHECKING:
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


def region(instance: Instance, name: str) -> Typed:
    """The region of a provider configuration, by its name in a module."""
    module = instance.module
    for block in module.providers if module is not None else ():
        if _called(block) == name:
            attribute = block.body.attributes.get("region")
            if attribute is None:
                return unknown(
                    DYNAMIC, f"the provider `{name}` takes its region from the environment", None, block.place
                )
            return evaluated(attribute, instance.scope)
    if instance.call is None or instance.parent is None:
        return unknown(DYNAMIC, f"the provider `{name}` takes its region from the environment")
    passed = instance.call.block.body.attributes.get("providers")
    if passed is not None and isinstance(passed.expression, Object):
        for key, value in passed.expression.entries:
            if (keyword(key) or name_of(key)) == name:
                return region(instance.parent, name_of(value))
    if "." in name:
        return unknown(DYNAMIC, f"the provider `{name}` is not passed to the module")
    return region(instance.parent, name)


def _called(block: Block) -> str:
    name = block.labels[0].text if block.labels else ""
    alias = block.body.attributes.get("alias")
    return f"{name}.{name_of(alias.expression)}" if alias is not None else name
