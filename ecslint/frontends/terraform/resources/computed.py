"""Attributes that a resource gets when it is made, where they are more than a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.data import Pointer
from ecslint.frontends.terraform.cty.types import BOOL, DYNAMIC, NUMBER, STRING, list_of, set_of
from ecslint.frontends.terraform.cty.value import Doubt, Elements, Fields, Typed, unknown
from ecslint.value import Key, Ref, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ecslint.frontends.terraform.cty.types import Type
    from ecslint.frontends.terraform.declared import Declared
    from ecslint.text import Referable

    Computed = Callable[[Declared, str], "Typed | None"]


def reference(resource: Referable, word: str) -> Typed:
    """A text that is an attribute of a resource, in the model's word for it."""
    return Typed(Text((Ref(resource, word),), (None,)), STRING, doubt=Doubt.NOT_NULL)


def pointer(declared: Declared, word: str) -> Typed:
    """An attribute of a word that is no text, such as a port; in a text it is a reference."""
    about = f"the {word} of `{declared.resource.address}` is known only after it is made"
    return Typed(Pointer(about, Ref(declared.resource, word)), DYNAMIC, doubt=Doubt.NOT_NULL)


def later(declared: Declared, name: str, type: Type, shape: str = "") -> Typed:
    """Something of a type that is known only after it is made, the same wherever it is used."""
    about = f"the {name} of `{declared.resource.address}` is known only after it is made"
    return unknown(type, about, ("attribute", id(declared.resource), name), None, doubt=Doubt.NOT_NULL, shape=shape)


def record(entries: Mapping[str, Typed]) -> Typed:
    """An object of some attributes, which has more of them."""
    fields = Fields([(Key(name), value) for name, value in entries.items()], "object", None, "it has more attributes")
    return Typed(fields, DYNAMIC, doubt=Doubt.NOT_NULL)


def only(item: Typed) -> Typed:
    """A list of one object, as the provider gives nested attributes."""
    return Typed(Elements([item], "tuple"), DYNAMIC, doubt=Doubt.NOT_NULL)


TYPES: dict[str, Type] = {
    "number": NUMBER,
    "bool": BOOL,
    "strings": list_of(STRING),
    "set of strings": set_of(STRING),
}


def numbers(*names: str) -> Computed:
    """Attributes that are numbers, each with the model's word for it of the same name."""

    def computed(declared: Declared, name: str) -> Typed | None:
        return pointer(declared, name) if name in names else None

    return computed


def typed(types: Mapping[str, str]) -> Computed:
    """Attributes that are not known, of types that are."""

    def computed(declared: Declared, name: str) -> Typed | None:
        return later(declared, name, TYPES[types[name]]) if name in types else None

    return computed


def first(*ways: Computed) -> Computed:
    """What the first of several ways gives."""

    def computed(declared: Declared, name: str) -> Typed | None:
        return next((found for way in ways if (found := way(declared, name)) is not None), None)

    return computed


def strings(value: Typed) -> Iterable[Typed]:
    """The elements of a known sequence."""
    return value.data.items if isinstance(value.data, Elements) else ()
