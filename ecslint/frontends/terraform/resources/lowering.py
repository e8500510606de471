"""From a resource's arguments to a document of the model, by tables.

A table is rows: how Terraform calls an argument, how AWS calls it, and what the provider makes of its value. A
provider takes numbers and truth values for texts and the other way round, and an empty text for none; where an argument
is left out it may send a value of its own. Such a value has no place, so that it can be told from one that is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ecslint.frontends.terraform.arguments import Arguments
from ecslint.frontends.terraform.cty.convert import Mismatch, convert
from ecslint.frontends.terraform.cty.numbers import OutOfRange
from ecslint.frontends.terraform.cty.types import BOOL, NUMBER, STRING, Type
from ecslint.frontends.terraform.cty.value import Typed
from ecslint.value import ABSENT, Absent, Choice, Key, Mapping, Sequence, Text, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Convert = Callable[[Value], Value]
    Get = Callable[[str], Value]
    Entry = tuple[Key, Value]


class Field(NamedTuple):
    """An argument: Terraform's name for it, the document's key, what becomes of the value, and what none stands for."""

    name: str
    key: str
    convert: Convert
    default: bool | int | str | None = None


class Group(NamedTuple):
    """Arguments that the document holds together, in an object."""

    key: str
    rows: tuple[Row, ...]


class Made(NamedTuple):
    """A key of the document that is made of several arguments; absent where there is nothing to make it of."""

    key: str
    make: Callable[[Get], Value]


class Spread(NamedTuple):
    """A nested block, of which there is one at most, whose arguments the document holds beside the others."""

    name: str
    rows: tuple[Row, ...]


if TYPE_CHECKING:
    Row = Field | Group | Made | Spread


# Rows


def text(name: str, key: str = "", default: str | None = None) -> Field:
    """A string; an empty one is none."""
    return Field(name, key or camel(name), lambda value: each(value, _text), default)


def number(name: str, key: str = "", default: int | None = None) -> Field:
    """A number."""
    return Field(name, key or camel(name), lambda value: each(value, lambda found: coerced(found, NUMBER)), default)


def positive(name: str, key: str = "") -> Field:
    """A number of which the provider takes 0 for none."""

    def changed(value: Value) -> Value:
        found = coerced(value, NUMBER)
        return _none(found) if found.data == 0 else found

    return Field(name, key or camel(name), lambda value: each(value, changed))


def truth(name: str, key: str = "", default: bool | None = None) -> Field:
    """True or false."""
    return Field(name, key or camel(name), lambda value: each(value, lambda found: coerced(found, BOOL)), default)


def switch(name: str, key: str = "", on: str = "ENABLED", off: str = "DISABLED") -> Field:
    """True or false where AWS takes one of two words."""

    def changed(value: Value) -> Value:
        found = coerced(value, BOOL)
        if isinstance(found.data, bool):
            return Value(on if found.data else off, found.place, found.key, found.hops)
        return found if isinstance(found.data, Unknown) else Value(Unknown("it is no truth value"), found.place)

    return Field(name, key or camel(name), lambda value: each(value, changed))


def texts(name: str, key: str = "") -> Field:
    """A list or a set of strings."""
    return Field(name, key or camel(name), lambda value: items(value, string))


def pairs(name: str, key: str = "") -> Field:
    """A map of strings, whose keys are free."""
    return Field(name, key or camel(name), lambda value: each(value, _pairs))


def blocks(name: str, key: str, *rows: Row) -> Field:
    """Nested blocks, a list of objects."""
    return Field(name, key, lambda value: items(value, lambda item: document(item, rows)))


def block(name: str, key: str, *rows: Row) -> Field:
    """A nested block of which there is one at most: an object."""
    return Field(name, key, lambda value: each(single(value), lambda found: document(found, rows)))


def group(key: str, *rows: Row) -> Group:
    """Arguments that the document holds together, in an object."""
    return Group(key, rows)


def spread(name: str, *rows: Row) -> Spread:
    """A nested block, of which there is one at most, whose arguments the document holds beside the others."""
    return Spread(name, rows)


def called(key: str, name: str = "name", prefix: str = "name_prefix") -> Made:
    """A name, or the beginning of one whose rest is made up."""

    def make(get: Get) -> Value:
        given = get(name)
        value = each(given, _text) if not nothing(given) else given
        return otherwise(value, each(get(prefix), _continued))

    return Made(key, make)


def inside(name: str, key: str, inner: str) -> Field:
    """A string that the document has inside an object."""

    def wrapped(value: Value) -> Value:
        found = _text(value)
        if isinstance(found.data, Absent):
            return found
        return Value(Mapping([(Key(inner), found)]), found.place, found.key, found.hops)

    return Field(name, key, lambda value: each(value, wrapped))


def listed(name: str, key: str = "") -> Field:
    """A string that the document has in a list."""

    def wrapped(value: Value) -> Value:
        found = _text(value)
        if isinstance(found.data, Absent):
            return found
        return Value(Sequence([found], "", "list"), found.place, found.key, found.hops)

    return Field(name, key or camel(name), lambda value: each(value, wrapped))


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


# Documents


def document(source: Value | Arguments, rows: tuple[Row, ...], openness: str = "") -> Value:
    """The object that a table makes of arguments, or of a nested block. `openness` says why it may hold more."""
    if isinstance(source, Arguments):
        made = Mapping(_entries(source.get, rows), source.body.open or openness)
        return Value(made, source.place)

    def one(found: Value) -> Value:
        if not isinstance(found.data, Mapping):
            return found
        made = Mapping(_entries(found.get, rows), found.open or openness)
        return Value(made, found.place, found.key, found.hops)

    return each(source, one)


def _entries(get: Get, rows: tuple[Row, ...]) -> list[Entry]:
    return [entry for row in rows for entry in _of_row(get, row)]


def _of_row(get: Get, row: Row) -> Iterator[Entry]:
    if isinstance(row, Field):
        yield from _field(get(row.name), row)
    elif isinstance(row, Group):
        entries = _entries(get, row.rows)
        if entries:
            place = next((value.place for _, value in entries if value.place is not None), None)
            key = Key(row.key, place, row.key)
            yield key, Value(Mapping(entries), place, key)
    elif isinstance(row, Made):
        value = row.make(get)
        if not nothing(value):
            key = Key(row.key, value.key.place if value.key is not None else None, row.key)
            yield key, value.under(key)
    else:
        inner = each(single(get(row.name)), lambda found: document(found, row.rows))
        for name in dict.fromkeys(_keys(row.rows)):
            value = part(inner, name)
            if not nothing(value):
                key = value.key or Key(name, None, name)
                yield key, value.under(key)


def _keys(rows: tuple[Row, ...]) -> Iterator[str]:
    for row in rows:
        if isinstance(row, Spread):
            yield from _keys(row.rows)
        else:
            yield row.key


def _field(value: Value, field: Field) -> Iterator[Entry]:
    converted = value if nothing(value) else field.convert(value)
    if field.default is not None:
        converted = otherwise(converted, Value(field.default))
    if not nothing(converted):
        key = Key(field.key, value.key.place if value.key is not None else None, field.key)
        yield key, converted.under(key)


# Values that may turn out in several ways


def each(value: Value, change: Convert) -> Value:
    """The changed value, in every way that it may turn out. Nothing stays nothing."""
    data = value.data
    if isinstance(data, Choice):
        choice = Choice(data.condition, each(data.then, change), each(data.other, change))
        return Value(choice, value.place, value.key, value.hops)
    return value if data is None or isinstance(data, Absent) else change(value)


def nothing(value: Value) -> bool:
    """Whether there certainly is no value, or null, which a provider treats alike."""
    data = value.data
    if isinstance(data, Choice):
        return nothing(data.then) and nothing(data.other)
    return data is None or isinstance(data, Absent)


def otherwise(value: Value, default: Value) -> Value:
    """The value, and the default in every way in which there is none."""
    data = value.data
    if isinstance(data, Choice):
        choice = Choice(data.condition, otherwise(data.then, default), otherwise(data.other, default))
        return Value(choice, value.place, value.key, value.hops)
    return default if nothing(value) else value


def part(value: Value, name: str) -> Value:
    """The entry of an object, in every way that the object may turn out."""
    return each(value, lambda found: found.get(name))


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


def single(value: Value) -> Value:
    """The nested block of which there is one at most: the first of a sequence that turns out to be there."""

    def only(found: Value) -> Value:
        data = found.data
        if not isinstance(data, Sequence):
            return found
        last = Value(Unknown(data.open) if data.open else ABSENT, found.place, found.key)
        for item in reversed(data.items):
            last = otherwise(item.through(found.hops), last)
        return last

    return each(value, only)


def coerced(value: Value, wanted: Type) -> Value:
    """The value as one of a primitive type; as it is where it is none."""
    if not isinstance(value, Typed):
        return value
    try:
        return convert(value, wanted)
    except (Mismatch, OutOfRange):
        return value


def string(value: Value) -> Value:
    """The value as a string; as it is where it is none."""
    return coerced(value, STRING)


def _none(value: Value) -> Value:
    return Value(ABSENT, value.place, value.key, value.hops)


def _text(value: Value) -> Value:
    found = string(value)
    return _none(found) if found.data == "" else found


MADE_UP = "\\d{18}[0-9a-f]{8}"
"""What stands behind a prefix. Source: `UniqueId` of the plugin SDK: a time, and a count."""


def _continued(prefix: Value) -> Value:
    """A name that begins so."""
    data = string(prefix).data
    rest = Unknown("the rest of the name is made up when it is made", None, MADE_UP)
    if isinstance(data, Text):
        ways = (*(data.ways or (None,) * len(data.parts)), None)
        made = Text((*data.parts, rest), (*data.places, None), ways)
    elif isinstance(data, str):
        made = Text((data, rest), (prefix.place, None))
    else:
        return prefix
    return Value(made, prefix.place, prefix.key, prefix.hops)


def _pairs(value: Value) -> Value:
    data = value.data
    if not isinstance(data, Mapping):
        return value
    entries = [(Key(key.written, key.place, key.written), each(item, string)) for key, item in data.entries]
    return Value(Mapping(entries, data.open), value.place, value.key, value.hops)


def _named(value: Value, word: str) -> Value:
    data = value.data
    if not isinstance(data, Mapping):
        return value
    rows = []
    for key, item in data.entries:
        name = Value(key.written, key.place)
        entries = [(Key(word), name), (Key("value"), each(item, string))]
        rows.append(Value(Mapping(entries), item.place or key.place, None, item.hops))
    return Value(Sequence(rows, data.open, "list"), value.place, value.key, value.hops)
