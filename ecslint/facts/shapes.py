"""What the ECS API takes: its structures, with the type of each member.

The tables of `ecs_shapes` are texts, so that importing them costs nothing; a structure is taken apart when it is asked
for.
"""

from __future__ import annotations

from functools import cache

from ecslint.lean import NamedTuple

TASK_DEFINITION = "RegisterTaskDefinitionRequest"
SERVICE = "CreateServiceRequest"


class Type(NamedTuple):
    """A type of the API.

    `kind` is `structure`, `list`, `map`, `string`, `integer`, `number`, `boolean`, or `document` for free JSON. `name`
    is that of a structure, or of the scalar. `item` is the type of a list's elements or a map's values. `least` and
    `most` bound a number, the length of a text or that of a list. `values` are those of an enumeration; `pattern` is
    an expression that all of a text must match.
    """

    kind: str
    name: str = ""
    item: Type | None = None
    least: int | None = None
    most: int | None = None
    values: tuple[str, ...] = ()
    pattern: str = ""


class Member(NamedTuple):
    """A member of a structure; `gone` where the API no longer has what it asks for."""

    name: str
    type: Type
    required: bool
    gone: bool


class Structure(NamedTuple):
    """A structure with its members by name; `union` where only one of them may be given."""

    name: str
    members: dict[str, Member]
    union: bool


@cache
def structure(name: str) -> Structure:
    """A structure by its name in the API. Raises `KeyError` for one that does not belong to a request here."""
    from ecslint.facts.ecs_shapes import STRUCTURES

    union, *rest = STRUCTURES[name].split(" ")
    members = rest if union == "|" else [union, *rest]
    return Structure(name, {member.name: member for member in map(_member, filter(None, members))}, union == "|")


def read_only(request: str) -> frozenset[str]:
    """The members that only the API's answer has: it refuses or ignores them in a request."""
    from ecslint.facts.ecs_shapes import READ_ONLY

    return frozenset(READ_ONLY[request].split(" "))


def _member(text: str) -> Member:
    head, _, type = text.partition(":")
    return Member(head.rstrip("!~"), _type(type), "!" in head, "~" in head)


_BUILT_IN = {
    "String": Type("string"),
    "Integer": Type("integer"),
    "Number": Type("number"),
    "Boolean": Type("boolean"),
    "Document": Type("document"),
}


@cache
def _type(text: str) -> Type:
    from ecslint.facts.ecs_shapes import ENUMS, SCALARS, STRUCTURES

    if text in _BUILT_IN:
        return _BUILT_IN[text]
    if text.endswith("{}"):
        return Type("map", item=_type(text[:-2]))
    if text.endswith("]"):
        item, _, bounds = text[:-1].rpartition("[")
        return Type("list", "", _type(item), *_bounds(bounds))
    if text in ENUMS:
        return Type("string", text, values=tuple(ENUMS[text].split(" ")))
    if text in SCALARS:
        base, bounds, pattern = f"{SCALARS[text]}  ".split(" ", 2)
        return Type(_BUILT_IN[base].kind, text, None, *_bounds(bounds), pattern=pattern.rstrip(" "))
    assert text in STRUCTURES
    return Type("structure", text)


def _bounds(text: str) -> tuple[int | None, int | None]:
    least, _, most = text.partition("..")
    return int(least) if least else None, int(most) if most else None
