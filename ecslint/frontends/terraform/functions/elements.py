"""What the functions of collections have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.types import (
    DYNAMIC,
    Type,
    list_of,
)
from ecslint.frontends.terraform.cty.value import (
    Doubt,
    Elements,
    Fields,
    Typed,
    unknown,
    why,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ecslint.value import Key

LISTS = list_of(DYNAMIC)
LATER = "it is known only after apply"


def items_of(value: Typed) -> list[Typed]:
    """The elements of a sequence that is known or whose elements are, each with the story of the whole."""
    assert isinstance(value.data, Elements)
    return [item.through(value.hops).mark(value.marks) for item in value.data.items]


def fields_of(value: Typed) -> list[tuple[Key, Typed]]:
    """The entries of a mapping, each with the story of the whole; of duplicates the last."""
    assert isinstance(value.data, Fields)
    last = {key.written: index for index, (key, _) in enumerate(value.data.entries)}
    kept = sorted(last.values())
    return [
        (value.data.entries[index][0], value.data.entries[index][1].through(value.hops).mark(value.marks))
        for index in kept
    ]


def unsure(type: Type, values: Sequence[Typed], *, nullable: bool = False) -> Typed:
    """An unknown result, for the reason that one of the values is unknown."""
    reason = next((found for value in values if (found := why(value))), LATER)
    return unknown(type, reason, None, doubt=Doubt.UNKNOWN if nullable else Doubt.NOT_NULL)


def countable(value: Typed) -> bool:
    """Whether a known collection's length is known: a set's is not while unknown elements could be the same."""
    data = value.data
    if not isinstance(data, Elements) or data.form != "set":
        return not value.doubt
    return not value.doubt and (len(data.items) <= 1 or value.whole)
