"""What the intrinsic functions share: their arguments, and what a name refers to."""

from __future__ import annotations

from ecslint.lean import TYPE_CHECKING, NamedTuple
from ecslint.value import Sequence, Unknown, Value

if TYPE_CHECKING:
    from ecslint.frontends.cloudformation.evaluation import Evaluation

PREFIX = "prefix"
"""The form of an open list of which nevertheless the first elements are known: fields before one that is not."""


class ListOf(NamedTuple):
    """The type of an unknown list: what its elements look like."""

    shape: str


def wrong(name: str, whole: Value) -> Value:
    """What a function gives whose arguments are not as CloudFormation takes them."""
    return Value(Unknown(f"this `{name}` is not as CloudFormation takes it"), whole.place)


def arguments(argument: Value, least: int, most: int) -> list[Value] | None:
    """The raw elements of a function's list, if there are as many as it takes."""
    items = list(argument.items())
    return items if isinstance(argument.data, Sequence) and least <= len(items) <= most else None


def ref(evaluation: Evaluation, argument: Value, whole: Value) -> Value:
    """`Ref`: a variable of a loop, a parameter, a resource or a pseudo parameter."""
    name = evaluation.value(argument).string
    if name is None:
        return wrong("Ref", whole)
    if name in evaluation.variables:
        return evaluation.variables[name].hop(whole.place, f"the loop variable `{name}` is used here")
    return evaluation.stack.ref(name, whole.place)
