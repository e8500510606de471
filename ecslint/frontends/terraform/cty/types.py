"""Terraform's types.

Source: go-cty. `DYNAMIC` stands for a type that is not known; as a constraint it takes any.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Type:
    """A type. `kind` is `string`, `number`, `bool`, `dynamic`, `list`, `set`, `map`, `tuple` or `object`.

    `element` is that of a collection, `elements` those of a tuple, `attributes` those of an object, of which
    `optional` names the ones that a constraint lets be left out.
    """

    __slots__ = ("_element", "_hash", "attributes", "elements", "kind", "optional")

    def __init__(
        self,
        kind: str,
        element: Type | None = None,
        elements: tuple[Type, ...] = (),
        attributes: Mapping[str, Type] | None = None,
        optional: frozenset[str] = frozenset(),
    ) -> None:
        self.kind = kind
        self._element = element
        self.elements = elements
        self.attributes = attributes or {}
        self.optional = optional
        self._hash: int | None = None

    def __repr__(self) -> str:
        return f"Type({self.name})"

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return (
            isinstance(other, Type)
            and self.kind == other.kind
            and hash(self) == hash(other)
            and self._element == other._element
            and self.elements == other.elements
            and self.attributes == other.attributes
            and self.optional == other.optional
        )

    def __hash__(self) -> int:
        if self._hash is None:
            attributes = frozenset(self.attributes.items())
            self._hash = hash((self.kind, self._element, self.elements, attributes, self.optional))
        return self._hash

    @property
    def element(self) -> Type:
        """The type of a collection's elements; of anything else, nobody knows."""
        return self._element or DYNAMIC

    @property
    def primitive(self) -> bool:
        return self.kind in {"string", "number", "bool"}

    @property
    def sequence(self) -> bool:
        """Whether this is a list, a set or a tuple."""
        return self.kind in {"list", "set", "tuple"}

    @property
    def mapping(self) -> bool:
        """Whether this is a map or an object."""
        return self.kind in {"map", "object"}

    @property
    def collection(self) -> bool:
        """Whether all elements have one type."""
        return self.kind in {"list", "set", "map"}

    @property
    def name(self) -> str:
        """The name that Terraform's messages use."""
        return f"{self.kind} of {self.element.name}" if self.collection else self.kind

    def spelled(self, indent: str = "") -> str:
        """The type as `type(…)` shows it."""
        if self.collection:
            return f"{self.kind}({self.element.spelled(indent)})"
        inner = indent + "    "
        if self.kind == "tuple":
            items = "".join(f"{inner}{element.spelled(inner)},\n" for element in self.elements)
            return f"tuple([\n{items}{indent}])" if items else "tuple([])"
        if self.kind == "object":
            items = "".join(
                f"{inner}{name}: {self.attributes[name].spelled(inner)},\n" for name in sorted(self.attributes)
            )
            return f"object({{\n{items}{indent}}})" if items else "object({})"
        return self.kind

    @property
    def has_dynamic(self) -> bool:
        """Whether some part of the type is not known."""
        if self.kind == "dynamic":
            return True
        inner = (*self.elements, *self.attributes.values(), *((self._element,) if self._element else ()))
        return any(item.has_dynamic for item in inner)

    def required(self) -> Type:
        """The type with no attribute optional, at any depth."""
        if self.collection:
            element = self.element.required()
            return self if element is self._element else Type(self.kind, element)
        if self.kind == "tuple":
            elements = tuple(element.required() for element in self.elements)
            return self if elements == self.elements else tuple_of(elements)
        if self.kind == "object":
            attributes = {name: attribute.required() for name, attribute in self.attributes.items()}
            return self if not self.optional and attributes == self.attributes else object_of(attributes)
        return self


STRING, NUMBER, BOOL, DYNAMIC = Type("string"), Type("number"), Type("bool"), Type("dynamic")


@cache
def list_of(element: Type) -> Type:
    return Type("list", element)


@cache
def set_of(element: Type) -> Type:
    return Type("set", element)


@cache
def map_of(element: Type) -> Type:
    return Type("map", element)


def tuple_of(elements: Iterable[Type]) -> Type:
    return Type("tuple", elements=tuple(elements))


def object_of(attributes: Mapping[str, Type], optional: Iterable[str] = ()) -> Type:
    return Type("object", attributes=dict(attributes), optional=frozenset(optional))


COLLECTIONS = {"list": list_of, "set": set_of, "map": map_of}
EMPTY_TUPLE, EMPTY_OBJECT = tuple_of(()), object_of({})


def conforms(given: Type, wanted: Type) -> bool:
    """Whether a type is the wanted one, where a dynamic part of that takes anything."""
    if wanted.kind == "dynamic" or given == wanted:
        return True
    if given.kind != wanted.kind or given.primitive:
        return False
    if given.collection:
        return conforms(given.element, wanted.element)
    if given.kind == "tuple":
        return len(given.elements) == len(wanted.elements) and all(map(conforms, given.elements, wanted.elements))
    return given.attributes.keys() == wanted.attributes.keys() and all(
        conforms(attribute, wanted.attributes[name]) for name, attribute in given.attributes.items()
    )
