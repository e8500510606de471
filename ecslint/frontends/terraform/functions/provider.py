"""The functions of the provider that is built into Terraform.

Source: Terraform's `internal/builtin/providers/terraform/functions.go`.
"""

from __future__ import annotations

from ecslint.frontends.terraform.cty.types import DYNAMIC, STRING
from ecslint.frontends.terraform.cty.value import Fields, Typed, mapping, string, text_of
from ecslint.frontends.terraform.failure import Failure
from ecslint.frontends.terraform.functions import hclwrite
from ecslint.frontends.terraform.functions.elements import unsure
from ecslint.frontends.terraform.functions.function import Parameter, function, text
from ecslint.source import SourceFile
from ecslint.value import Key


@function("provider::terraform::encode_expr", Parameter("value", dynamic=True), returns=STRING)
def encode_expr(value: Typed) -> Typed:
    return string(hclwrite.expression(value)) if value.whole else unsure(STRING, [value])


@function("provider::terraform::encode_tfvars", Parameter("value", dynamic=True), returns=STRING)
def encode_tfvars(value: Typed) -> Typed:
    if not value.whole:
        return unsure(STRING, [value])
    if not isinstance(value.data, Fields):
        raise Failure("invalid value to encode: must be an object")
    entries = value.data.ordered()
    for name, _ in entries:
        if not hclwrite.IDENTIFIER.fullmatch(name):
            raise Failure(f'invalid variable name "{name}": must be a valid identifier')
    return string(hclwrite.arguments(entries))


@function("provider::terraform::decode_tfvars", text("src"), returns=lambda _: DYNAMIC)
def decode_tfvars(source: Typed) -> Typed:
    from ecslint.frontends.terraform.functions.context import Context
    from ecslint.frontends.terraform.hcl.scope import Scope
    from ecslint.frontends.terraform.hcl.syntax import read

    body, flaws = read(SourceFile("tfvars", text_of(source)))
    if flaws or body.blocks:
        raise Failure(f"invalid tfvars syntax: {flaws[0].message if flaws else 'blocks are not allowed'}")
    scope = Scope(Context(None, "", callable=False))
    values = [(name, attribute.expression.value(scope)) for name, attribute in body.attributes.items()]
    return mapping([(Key(name), value.copy(place=source.place)) for name, value in values])
