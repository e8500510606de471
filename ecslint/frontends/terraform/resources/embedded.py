"""Documents in texts: container definitions and policies, each part at the place where it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint import jsontext
from ecslint.finding import Problem
from ecslint.frontends.terraform.cty.value import Typed, why
from ecslint.frontends.terraform.resources.lowering import Field, each
from ecslint.value import Unknown, Value

if TYPE_CHECKING:
    from ecslint.frontends.terraform.declared import Declared


def embedded(declared: Declared, name: str, key: str, what: str = "the policy") -> Field:
    """An argument that holds JSON, which the document has as a tree. `what` names it for a person."""
    return Field(name, key, lambda value: each(value, lambda found: parsed(declared, found, what)))


def parsed(declared: Declared, value: Value, what: str) -> Value:
    """The JSON in a text as a tree; what is broken in it is told if it is certainly asked for."""
    if isinstance(value.data, Unknown) or value.kind != "string":
        return value
    place = (value.place or declared.group.block.place).span()
    reason = why(value) or f"a part of {what} is not known"
    try:
        found, problems = jsontext.read_value(value, place, reason)
    except jsontext.TooDeep as deep:
        declared.report(Problem("limit", deep.place.file.path, str(deep), deep.place))
        return Value(Unknown(str(deep)), place)
    if problems and isinstance(value, Typed) and value.whole:
        if declared.resource.exists.data is True:
            first = problems[0]
            declared.report(Problem("json-syntax", first.place.file.path, first.message, first.place))
    elif problems:
        return Value(Unknown(reason), value.place, value.key, value.hops)
    return found.through(value.hops)
