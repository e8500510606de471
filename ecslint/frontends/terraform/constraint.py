"""Type constraints of variables: `map(object({ port = number, path = optional(string, "/") }))`.

Source: HCL's `ext/typeexpr`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ecslint.frontends.terraform.cty.convert import Mismatch, convert
from ecslint.frontends.terraform.cty.sets import make_set
from ecslint.frontends.terraform.cty.types import (
    BOOL,
    COLLECTIONS,
    DYNAMIC,
    NUMBER,
    STRING,
    Type,
    object_of,
    tuple_of,
)
from ecslint.frontends.terraform.cty.unify import unify
from ecslint.frontends.terraform.cty.value import Doubt, Elements, Fields, Typed
from ecslint.frontends.terraform.failure import Failure
from ecslint.frontends.terraform.functions.context import Context
from ecslint.frontends.terraform.hcl.call import Call
from ecslint.frontends.terraform.hcl.expression import Expression, Object, Tuple, keyword
from ecslint.frontends.terraform.hcl.scope import Scope
from ecslint.value import Choice, Key, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

_SIMPLE = {"string": STRING, "number": NUMBER, "bool": BOOL, "any": DYNAMIC}


class Defaults(NamedTuple):
    """What stands in for optional attributes: at this level by name, and in what lies below, by name or for all."""

    values: Mapping[str, Typed]
    children: Mapping[str, Defaults]


class Constraint(NamedTuple):
    """A type that values are converted to, and the defaults that are filled in first."""

    type: Type
    defaults: Defaults | None = None


ANY = Constraint(DYNAMIC)


def constraint(expression: Expression) -> Constraint:
    """The constraint that an expression says. Raises `Failure`."""
    name = keyword(expression)
    if name is not None and name in _SIMPLE:
        return Constraint(_SIMPLE[name])
    if not isinstance(expression, Call) or len(expression.arguments) != 1:
        raise Failure("this is no type", expression.place)
    inner = expression.arguments[0]
    if expression.name in COLLECTIONS:
        found = constraint(inner)
        below = Defaults({}, {"": found.defaults}) if found.defaults is not None else None
        return Constraint(COLLECTIONS[expression.name](found.type), below)
    if expression.name == "tuple" and isinstance(inner, Tuple):
        return _tuple([constraint(item) for item in inner.items])
    if expression.name == "object" and isinstance(inner, Object):
        return _object(inner)
    raise Failure("this is no type", expression.place)


def _tuple(elements: list[Constraint]) -> Constraint:
    children = {str(index): each.defaults for index, each in enumerate(elements) if each.defaults is not None}
    return Constraint(tuple_of(each.type for each in elements), Defaults({}, children) if children else None)


def _object(expression: Object) -> Constraint:
    attributes: dict[str, Type] = {}
    optional: set[str] = set()
    values: dict[str, Typed] = {}
    children: dict[str, Defaults] = {}
    for key, value in expression.entries:
        name = keyword(key)
        if name is None:
            raise Failure("object constructor map keys must be attribute names", key.place)
        modifier = value if isinstance(value, Call) and value.name == "optional" else None
        if modifier is not None and not 1 <= len(modifier.arguments) <= 2:
            raise Failure("`optional` takes the type, and at most a default value", value.place)
        found = constraint(value if modifier is None else modifier.arguments[0])
        attributes[name] = found.type
        if found.defaults is not None:
            children[name] = found.defaults
        if modifier is not None:
            optional.add(name)
            if len(modifier.arguments) == 2:
                values[name] = _default(modifier.arguments[1], found.type)
    defaults = Defaults(values, children) if values or children else None
    return Constraint(object_of(attributes, optional), defaults)


def _default(expression: Expression, type: Type) -> Typed:
    try:
        return convert(expression.value(Scope(Context(None, ""))), type)
    except Mismatch as error:
        raise Failure(f"this default value does not fit its type: {error}", expression.place) from error


def apply(defaults: Defaults, value: Typed) -> Typed:
    """The value with defaults in place of optional attributes that are missing or null."""
    data = value.data
    if isinstance(data, Choice):
        then, other = _branch(defaults, data.then), _branch(defaults, data.other)
        return _like(value, Choice(data.condition, then, other))
    if isinstance(data, Elements):
        return _elements(defaults, value, data)
    if isinstance(data, Fields):
        return _fields(defaults, value, data)
    return value


def _branch(defaults: Defaults, value: Value) -> Typed:
    assert isinstance(value, Typed)
    return apply(defaults, value)


def _like(value: Typed, data: Elements | Fields | Choice) -> Typed:
    kind = value.type if value.doubt and value.type.kind == "dynamic" else None
    return Typed(data, kind, value.place, value.hops, doubt=value.doubt, marks=value.marks, key=value.key)


def _child(defaults: Defaults, key: str, value: Typed) -> Typed:
    below = defaults.children.get(key) or defaults.children.get("")
    return value if below is None else apply(below, value)


def _elements(defaults: Defaults, value: Typed, data: Elements) -> Typed:
    items = [_child(defaults, str(index), item) for index, item in enumerate(data.items)]
    if data.form == "tuple" or not items:
        return _like(value, Elements(items, data.form, data.element, data.open)) if items else value
    unified = unify([item.type for item in items], True)
    if unified is None:
        return _like(value, Elements(items, "tuple", None, data.open))
    items = [convert(item, unified) for item in items]
    if data.form == "set" and not value.doubt:
        made = make_set(items, unified, value.place)
        return made.copy(hops=value.hops).mark(value.marks)
    return _like(value, Elements(items, data.form, unified, data.open))


def _fields(defaults: Defaults, value: Typed, data: Fields) -> Typed:
    entries = [(key, _child(defaults, key.written, item)) for key, item in data.entries]
    filled = {key.written: index for index, (key, _) in enumerate(entries)}
    for name, default in defaults.values.items():
        below = defaults.children.get(name)
        stand_in = default if below is None else apply(below, default)
        index = filled.get(name)
        if index is None:
            if not data.open:
                entries.append((Key(name), stand_in))
        elif entries[index][1].null:
            entries[index] = (entries[index][0], stand_in)
        elif entries[index][1].doubt is Doubt.UNKNOWN and not default.null:
            # Null would have been replaced.
            item = entries[index][1]
            sure = Typed(
                item.data, item.type, item.place, item.hops, doubt=Doubt.NOT_NULL, marks=item.marks, key=item.key
            )
            entries[index] = (entries[index][0], sure)
    if data.form == "map" and entries:
        unified = unify([item.type for _, item in entries], True)
        if unified is not None:
            return _like(
                value, Fields([(key, convert(item, unified)) for key, item in entries], "map", unified, data.open)
            )
    return _like(value, Fields(entries, "object", None, data.open))
