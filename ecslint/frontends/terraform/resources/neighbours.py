"""Other resources of the deployment that have a say in what one of them is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.resources.lowering import nothing
from ecslint.value import ABSENT, Choice, Sequence, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.frontends.terraform.declared import Declared

    Named = Iterator[tuple[Declared, Value]]


def naming(declared: Declared, type: str, argument: str, attribute: str = "id") -> Named:
    """The resources of a type that name this one in an argument, each with the answer to whether it is there.

    That is true, a choice, or unknown where it may name another one.
    """
    own = declared.resource.ref(attribute)
    for other in declared.group.instance.deployment.of_type(type):
        same = other.get(argument).equals(own)
        if same.no or other.resource.exists.data is False:
            continue
        if same.yes:
            yield other, other.resource.exists
        else:
            why = f"`{other.resource.address}` may be about `{declared.resource.address}`"
            yield other, Value(Unknown(why), other.place)


def only_if(exists: Value, value: Value) -> Value:
    """The value where something is there, nothing where it is not."""
    data = exists.data
    if isinstance(data, Choice):
        return Value(Choice(data.condition, only_if(data.then, value), only_if(data.other, value)), value.place)
    if isinstance(data, bool):
        return value if data else Value(ABSENT, value.place)
    return Value(Unknown(exists.open or "whether it is there is not known"), value.place)


def with_more(listed: Value, added: list[Value]) -> Value:
    """A list with more elements; those that are not known leave it open."""
    if not added:
        return listed
    data = listed.data
    if isinstance(data, Choice):
        choice = Choice(data.condition, with_more(data.then, added), with_more(data.other, added))
        return Value(choice, listed.place, listed.key, listed.hops)
    items = list(data.items) if isinstance(data, Sequence) else []
    why = "" if nothing(listed) else listed.open
    for value in added:
        if isinstance(value.data, Unknown):
            why = why or value.data.why
        else:
            items.append(value)
    return Value(Sequence(items, why, "list"), listed.place or added[0].place, listed.key, listed.hops)
