"""Attributes and elements of values.

Source: HCL's `ops.go` (`GetAttr` and `Index`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty import numbers
from ecslint.frontends.terraform.cty.choice import (
    MOST_BRANCHES,
    Symbol,
    derived,
    distribute,
    identity,
    maybe,
    otherwise,
)
from ecslint.frontends.terraform.cty.convert import Mismatch, convert
from ecslint.frontends.terraform.cty.types import DYNAMIC, NUMBER, STRING
from ecslint.frontends.terraform.cty.value import Elements, Fields, Record, Typed, text_of, unknown, why
from ecslint.frontends.terraform.failure import Failure
from ecslint.frontends.terraform.hcl.expression import LATER

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ecslint.frontends.terraform.cty.types import Type
    from ecslint.source import Span


def get_attribute(value: Typed, name: str, place: Span | None) -> Typed:
    """`value.name`. Raises `Failure`."""
    if value.type.primitive:
        raise _no_attributes(value, name, place)
    spread = distribute([value], lambda ways: _or_unknown(lambda: _attribute(ways[0], name, place), place))
    return spread if spread is not None else _attribute(value, name, place)


def _or_unknown(way: Callable[[], Typed], place: Span | None) -> Typed:
    """One way that an access may turn out; where it fails there is nothing to say."""
    try:
        return way()
    except Failure as failure:
        return unknown(DYNAMIC, failure.message, None, place)


def _attribute(value: Typed, name: str, place: Span | None) -> Typed:
    if value.null:
        raise Failure("This value is null, so it does not have any attributes.", place)
    data, kind = value.data, value.type
    if isinstance(data, Record):
        return data.lookup(name).through(value.hops)
    if isinstance(data, Fields):
        found = data.table.get(name)
        if found is not None:
            return otherwise(found.through(value.hops), lambda: _missing(name, place)).mark(value.marks)
        if not value.doubt:
            what = (
                "This map does not have an element with the key"
                if data.form == "map"
                else "This object does not have an attribute named"
            )
            raise Failure(f'{what} "{name}".', place)
    if kind.kind == "object":
        if name not in kind.attributes:
            raise Failure(f'This object does not have an attribute named "{name}".', place)
        return _inner(value, kind.attributes[name], name, place)
    if kind.kind in {"map", "dynamic"} and value.doubt:
        return _inner(value, kind.element, name, place)
    raise _no_attributes(value, name, place)


def _no_attributes(value: Typed, name: str, place: Span | None) -> Failure:
    what = f'it is {value.type.name}, and "{name}" was asked for'
    return Failure(f"This value does not have any attributes: {what}.", place)


def _missing(key: str, place: Span | None) -> Typed:
    return unknown(DYNAMIC, f"`{key}` may not be there", None, place)


def _first(items: Sequence[Typed], place: Span | None) -> Typed:
    """The first element that turns out to be there."""
    if len(items) > MOST_BRANCHES and maybe(items[0]):
        return _missing("0", place)
    return otherwise(items[0], lambda: _first(items[1:], place) if len(items) > 1 else _missing("0", place))


def _inner(value: Typed, type: Type, key: str | int, place: Span | None) -> Typed:
    """An unknown part of an unknown value."""
    symbol = value.symbol
    mine = Symbol((object() if symbol is None else symbol, "[]", key))
    return unknown(type, why(value) or LATER, mine, value.place or place).through(value.hops).mark(value.marks)


def _some(value: Typed, key: Typed, type: Type, reason: str, place: Span | None) -> Typed:
    """The part of a value under a key of which one of the two is not known: a thing of its own, met again by parts."""
    symbol = derived("[]", [value, key])
    theirs = identity(key)
    if symbol is None and theirs is not None and isinstance(value.data, (Elements, Fields)):
        symbol = Symbol((value.data, "[]", theirs))
    return unknown(type, reason, Symbol((object(),)) if symbol is None else symbol, place)


def get_index(value: Typed, key: Typed, place: Span | None) -> Typed:
    """`value[key]`. Raises `Failure`."""
    spread = distribute([value, key], lambda ways: _or_unknown(lambda: _index(ways[0], ways[1], place), place))
    return spread if spread is not None else _index(value, key, place)


def _index(value: Typed, key: Typed, place: Span | None) -> Typed:
    if value.null:
        raise Failure("This value is null, so it does not have any indices.", place)
    if key.null:
        raise Failure("Can't use a null value as an indexing key.", place)
    kind = value.type
    if kind.kind in {"list", "tuple"} or isinstance(value.data, Elements):
        return _element(value, _key(key, NUMBER, place), place)
    if kind.kind in {"map", "object"} or isinstance(value.data, (Fields, Record)):
        found = _key(key, STRING, place)
        if found.doubt:
            return _some(value, found, kind.element, why(found) or why(value) or LATER, place)
        return _attribute(value, text_of(found), place)
    if kind.kind == "dynamic" and value.doubt:
        return _some(value, key, DYNAMIC, why(value) or LATER, place).through(value.hops)
    if kind.kind == "set":
        raise Failure("Elements of a set are identified only by their value and don't have any separate index.", place)
    raise Failure("This value does not have any indices.", place)


def _key(key: Typed, wanted: Type, place: Span | None) -> Typed:
    try:
        return convert(key, wanted)
    except Mismatch as error:
        raise Failure(
            f"The given key does not identify an element in this collection value: {error}.", place
        ) from error


def _element(value: Typed, key: Typed, place: Span | None) -> Typed:
    data, kind = value.data, value.type
    if isinstance(data, Elements) and data.form == "set":
        raise Failure("Elements of a set are identified only by their value.", place)
    if key.doubt:
        return _some(value, key, kind.element if kind.kind == "list" else DYNAMIC, why(key) or LATER, place)
    assert isinstance(key.data, (int, numbers.Real))
    at = numbers.integer(key.data)
    if at is None or at < 0:
        raise Failure("Indexing a sequence requires a whole number that is not negative.", place)
    if isinstance(data, Elements):
        if at < len(data.items) and not data.open and not any(map(maybe, data.items[:at])):
            return _first(data.items[at:], place).through(value.hops).mark(value.marks)
        if not value.doubt:
            raise Failure("The given index is greater than or equal to the length of the collection.", place)
        return _some(value, key, kind.element, why(value) or LATER, place)
    if kind.kind == "tuple":
        if at >= len(kind.elements):
            raise Failure("The given index is greater than or equal to the length of the collection.", place)
        return _inner(value, kind.elements[at], at, place)
    return _inner(value, kind.element, at, place)
