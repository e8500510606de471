"""From a resource's arguments to a document of the model, by tables.

A table is a row of fields: how Terraform calls an argument, how ECS calls it, and what the provider makes of its
value. A provider takes numbers and truth values for texts and the other way round, and an empty text for none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ecslint.frontends.terraform.arguments import Arguments
from ecslint.frontends.terraform.cty.convert import Mismatch, convert
from ecslint.frontends.terraform.cty.numbers import OutOfRange
from ecslint.frontends.terraform.cty.types import BOOL, NUMBER, STRING, Type
from ecslint.frontends.terraform.cty.value import Typed
from ecslint.value import ABSENT, Absent, Choice, Key, Mapping, Sequence, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    Convert = Callable[[Value], Value]


class Field(NamedTuple):
    """An argument: Terraform's name for it, the document's key, and what becomes of the value."""

    name: str
    key: str
    convert: Convert


def text(name: str, key: str = "") -> Field:
    """A string; an empty one is none."""
    return Field(name, key or camel(name), lambda value: each(value, _text))


def number(name: str, key: str = "") -> Field:
    """A number."""
    return Field(name, key or camel(name), lambda value: each(value, lambda found: coerced(found, NUMBER)))


def truth(name: str, key: str = "") -> Field:
    """True or false."""
    return Field(name, key or camel(name), lambda value: each(value, lambda found: coerced(found, BOOL)))


def texts(name: str, key: str = "") -> Field:
    """A list or a set of strings."""
    return Field(name, key or camel(name), lambda value: items(value, _string))


def pairs(name: str, key: str = "") -> Field:
    """A map of strings, whose keys are free."""
    return Field(name, key or camel(name), lambda value: each(value, _pairs))


def blocks(name: str, key: str, *fields: Field) -> Field:
    """Nested blocks, a list of objects."""
    return Field(name, key, lambda value: items(value, lambda item: document(item, fields)))


def block(name: str, key: str, *fields: Field) -> Field:
    """A nested block of which there is one at most: an object."""
    return Field(name, key, lambda value: _single(value, fields))


def inside(name: str, key: str, inner: str) -> Field:
    """A string that the document has inside an object."""

    def wrapped(value: Value) -> Value:
        found = _text(value)
        if isinstance(found.data, Absent):
            return found
        return Value(Mapping([(Key(inner), found)]), found.place, found.key, found.hops)

    return Field(name, key, lambda value: each(value, wrapped))


def named(name: str, key: str) -> Field:
    """A map of strings as a list of objects with a name and a value."""
    return Field(name, key, lambda value: each(value, lambda found: _named(found, "name")))


def tags(name: str = "tags") -> Field:
    """Tags: a map of strings as a list of objects with a key and a value."""
    return Field(name, "tags", lambda value: each(value, lambda found: _named(found, "key")))


def camel(name: str) -> str:
    """`task_role_arn` as `taskRoleArn`."""
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)


def document(source: Value | Arguments, fields: tuple[Field, ...]) -> Value:
    """The object that a table makes of arguments, or of a nested block."""
    if isinstance(source, Arguments):
        return _made(source.get, source.body.open, source.place, fields)
    return each(source, lambda found: _made(found.get, found.open, found.place, fields))


def _made(get: Callable[[str], Value], openness: str, place: object, fields: tuple[Field, ...]) -> Value:
    entries: list[tuple[Key, Value]] = []
    for field in fields:
        value = get(field.name)
        if isinstance(value.data, Absent):
            continue
        key = Key(field.key, value.key.place if value.key is not None else None, field.key)
        converted = field.convert(value)
        if not isinstance(converted.data, Absent):
            entries.append((key, converted.under(key)))
    return Value(Mapping(entries, openness), place)  # type: ignore[arg-type]  # what `get` belongs to has a place


def each(value: Value, change: Convert) -> Value:
    """The changed value, in every way that it may turn out."""
    data = value.data
    if isinstance(data, Choice):
        choice = Choice(data.condition, each(data.then, change), each(data.other, change))
        return Value(choice, value.place, value.key, value.hops)
    return value if data is None or isinstance(data, Absent) else change(value)


def items(value: Value, change: Convert) -> Value:
    """The sequence of the changed elements; a single value is a sequence of one."""

    def listed(found: Value) -> Value:
        data = found.data
        if isinstance(data, Sequence):
            inner = Sequence([each(item, change) for item in data.items], data.open, "list")
            return Value(inner, found.place, found.key, found.hops)
        if isinstance(data, Mapping):
            return Value(Sequence((change(found),), "", "list"), found.place, found.key, found.hops)
        return found

    return each(value, listed)


def coerced(value: Value, wanted: Type) -> Value:
    """The value as one of a primitive type; as it is where it is none."""
    if not isinstance(value, Typed):
        return value
    try:
        return convert(value, wanted)
    except (Mismatch, OutOfRange):
        return value


def _string(value: Value) -> Value:
    return coerced(value, STRING)


def _text(value: Value) -> Value:
    found = _string(value)
    return Value(ABSENT, found.place, found.key, found.hops) if found.data == "" else found


def _pairs(value: Value) -> Value:
    data = value.data
    if not isinstance(data, Mapping):
        return value
    entries = [(Key(key.written, key.place, key.written), each(item, _string)) for key, item in data.entries]
    return Value(Mapping(entries, data.open), value.place, value.key, value.hops)


def _named(value: Value, word: str) -> Value:
    data = value.data
    if not isinstance(data, Mapping):
        return value
    rows = []
    for key, item in data.entries:
        name = Value(key.written, key.place)
        entries = [(Key(word), name), (Key("value"), each(item, _string))]
        rows.append(Value(Mapping(entries), item.place or key.place))
    return Value(Sequence(rows, data.open, "list"), value.place, value.key, value.hops)


def _single(value: Value, fields: tuple[Field, ...]) -> Value:
    def only(found: Value) -> Value:
        data = found.data
        if isinstance(data, Mapping):
            return document(found, fields)
        if not isinstance(data, Sequence):
            return found
        if data.items:
            return document(data.items[0].through(found.hops), fields)
        return Value(Unknown(data.open) if data.open else ABSENT, found.place, found.key, found.hops)

    return each(value, only)
