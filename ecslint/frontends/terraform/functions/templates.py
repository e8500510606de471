"""`templatefile`, and what it shares with `templatestring`.

Source: Terraform's `lang/funcs/filesystem.go` and `makeRenderTemplateFunc`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.choice import distribute
from ecslint.frontends.terraform.cty.convert import Mismatch, convert
from ecslint.frontends.terraform.cty.types import DYNAMIC, STRING
from ecslint.frontends.terraform.cty.value import Fields, Typed, text_of, unknown, why
from ecslint.frontends.terraform.failure import Failure
from ecslint.frontends.terraform.functions.function import Parameter, function
from ecslint.frontends.terraform.hcl.expression import LATER, Expression, Reference
from ecslint.frontends.terraform.hcl.origin import Origin
from ecslint.frontends.terraform.hcl.scope import Scope
from ecslint.frontends.terraform.hcl.standalone import template

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.frontends.terraform.functions.context import Context
    from ecslint.source import Place

_IDENTIFIER = re.compile(r"[^\W\d][\w-]*")
_FILES = frozenset(
    {
        "file",
        "fileexists",
        "fileset",
        "filebase64",
        "filebase64sha256",
        "filebase64sha512",
        "filemd5",
        "filesha1",
        "filesha256",
        "filesha512",
        "templatefile",
    }
)
_TEMPLATES = frozenset({"templatefile", "templatestring"})


def forbid(name: str, inside: str) -> None:
    """Refuse a function that may not be called in a template. Raises `Failure`."""
    if name in _TEMPLATES:
        raise Failure(f"cannot recursively call {name} from inside another template function")
    if inside == "templatestring" and name in _FILES:
        raise Failure(f"cannot use filesystem access functions like {name} in templatestring templates")


@function(
    "templatefile",
    Parameter("path", STRING, unknown=True),
    Parameter("vars", unknown=True, dynamic=True),
    returns=lambda _: DYNAMIC,
    contextual=True,
)
def templatefile(context: Context, path: Typed, variables: Typed) -> Typed:
    if path.doubt:
        spread = distribute([path], lambda ways: templatefile(context, ways[0], variables))
        return spread if spread is not None else unknown(DYNAMIC, why(path) or LATER)
    found = context.read(text_of(path))
    expression = template(Origin.of_file(found))
    return render(expression, variables, context.inside("templatefile"))


def render_value(value: Typed, variables: Typed, context: Context, place: Place | None) -> Typed:
    """A template that is a value. Raises `Failure`."""
    if value.type.kind != "string" or value.null:
        if value.doubt:
            return unknown(STRING, why(value) or LATER, None, place)
        raise Failure("invalid template value: a string is required", place)
    if value.doubt or variables.doubt:
        return unknown(STRING, why(value) or why(variables) or LATER, None, place)
    expression = template(Origin(text_of(value), value.place if isinstance(value.data, str) else None))
    result = render(expression, variables, context.inside("templatestring"))
    try:
        return convert(result, STRING).mark(value.marks)
    except Mismatch as error:
        raise Failure(f"invalid template result: {error}", place) from error


def render(expression: Expression, variables: Typed, context: Context) -> Typed:
    """The value of a template with some variables. Raises `Failure`."""
    data = variables.data
    if not isinstance(data, Fields):
        if variables.doubt and (variables.type.mapping or variables.type.kind == "dynamic"):
            return unknown(DYNAMIC, why(variables) or LATER, None, expression.place)
        raise Failure("invalid vars value: must be a map")
    for name in data.table:
        if not _IDENTIFIER.fullmatch(name):
            raise Failure(f'invalid template variable name "{name}"')
    names: dict[object, Typed] = {name: value.through(variables.hops) for name, value in data.table.items()}
    for reference in free(expression, frozenset()):
        if reference.name not in names:
            if not data.open:
                raise Failure(f'vars map does not contain key "{reference.name}"')
            names[reference.name] = unknown(DYNAMIC, data.open)
    value = expression.value(Scope(context, names))
    if value.null:
        raise Failure("The result of the template is null.")
    return value


def free(expression: Expression, bound: frozenset[str]) -> Iterator[Reference]:
    """The references in an expression to what nothing inside it binds."""
    if isinstance(expression, Reference):
        if expression.name not in bound:
            yield expression
        return
    for inner, names in expression.children():
        yield from free(inner, bound | names)
