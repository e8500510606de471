"""Documents reshaped: from CloudFormation's names to the model's, through every choice on the way."""

from __future__ import annotations

from ecslint.lean import TYPE_CHECKING, NamedTuple
from ecslint.value import ABSENT, Choice, Key, Mapping, Sequence, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from collections.abc import Mapping as Map

    from ecslint.value import Data

_NO_NAMES: dict[str, str] = {}
_NO_PARTS: dict[str, Names] = {}


class Names(NamedTuple):
    """How the keys of an object, or of every object in a list, are called.

    `renamed` gives the canonical name of those whose camelCase is not it; `inside`, by canonical name, goes down. The
    keys of a `free` map are data and keep their spelling.
    """

    renamed: Map[str, str] = _NO_NAMES
    inside: Map[str, Names] = _NO_PARTS
    free: bool = False


FREE = Names(free=True)


def rename(value: Value, names: Names) -> Value:
    """The value with its keys called as the model calls them."""

    def walk(data: Data) -> Data:
        if isinstance(data, Sequence):
            return Sequence([rename(item, names) for item in data.items], data.open, data.form)
        if not isinstance(data, Mapping):
            return data
        entries: list[tuple[Key, Value]] = []
        for key, item in data.entries:
            name = key.written if names.free else names.renamed.get(key.written, key.name)
            inner = names.inside.get(name)
            new = key if name == key.name else Key(key.written, key.place, name)
            renamed = rename(item, inner) if inner is not None else item
            entries.append((new, renamed if renamed.key is new else renamed.under(new)))
        return Mapping(entries, data.open, data.form)

    return each_branch(value, walk)


def each_branch(value: Value, change: Callable[[Data], Data]) -> Value:
    """The value with its datum changed, in every branch where it is a choice."""
    data = value.data
    if isinstance(data, Choice):
        made: Data = Choice(data.condition, each_branch(data.then, change), each_branch(data.other, change))
    else:
        made = change(data)
    return value if made is data else Value(made, value.place, value.key, value.hops)


def edited(value: Value, edit: Callable[[Value], Iterable[tuple[str, Value]]]) -> Value:
    """An object with entries put in place of those of the same name, or added; an absent value takes its own away."""

    def change(data: Data) -> Data:
        if not isinstance(data, Mapping):
            return data
        new = dict(edit(Value(data, value.place, value.key, value.hops)))
        kept = [(key, item) for key, item in data.entries if key.name not in new]
        made = [_entry(name, item) for name, item in new.items() if item.data is not ABSENT]
        return Mapping([*kept, *made], data.open, data.form)

    return each_branch(value, change)


def _entry(name: str, value: Value) -> tuple[Key, Value]:
    """An entry under a canonical name; its key stays written as it was."""
    old = value.key
    key = Key(old.written, old.place, name) if old is not None else Key(name, None, name)
    return key, value.under(key)


def listed(value: Value, change: Callable[[Value], Value]) -> Value:
    """A list with every element changed."""

    def walk(data: Data) -> Data:
        return Sequence([change(item) for item in data.items], data.open) if isinstance(data, Sequence) else data

    return each_branch(value, walk)


def first(*values: Value) -> Value:
    """The first value that may be there; an unknown one counts."""
    return next((value for value in values if not value.absent.yes), values[-1])


def many(value: Value) -> Value:
    """A list of one, where there is a value."""
    return value if value.absent.yes or isinstance(value.data, (Sequence, Unknown)) else Value(Sequence([value]))
