"""What `lifecycle { ignore_changes }` means to the model: somebody else may have changed it since it was made.

A new deployment still gets what is written, so that stays in the document. What is *absent* from such a collection says
nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.resources.lowering import camel, each
from ecslint.value import ABSENT, Key, Mapping, Sequence, Value

if TYPE_CHECKING:
    from collections.abc import Mapping as Map

    from ecslint.frontends.terraform.declared import Declared

_WHY = "changes of it are ignored, so others may have made some"
_NO_NAMES: Map[str, str] = {}


def ignoring(declared: Declared, made: Value, names: Map[str, str] = _NO_NAMES) -> Value:
    """The document with `ignoreChanges`: the keys whose arguments are set once and then left alone.

    `names` gives the keys that are not just the arguments' names in another spelling.
    """
    keys = [Value(names.get(name, camel(name)), declared.place) for name in declared.ignored]
    return _with(made, "ignoreChanges", Value(Sequence(keys, "", "list"), declared.place)) if keys else made


def opened(declared: Declared, made: Value, names: Map[str, str]) -> Value:
    """The document with every collection open whose changes are ignored; `names` has arguments and keys."""
    for name, key in names.items():
        if declared.ignores(name):
            made = each(made, lambda found, key=key: _with(found, key, _open(found.get(key))))  # type: ignore[misc]
    return made


def _open(value: Value) -> Value:
    def one(found: Value) -> Value:
        data = found.data
        if isinstance(data, Sequence):
            return Value(Sequence(data.items, data.open or _WHY, data.form), found.place, found.key, found.hops)
        return found

    return Value(Sequence((), _WHY, "list"), value.place) if value.data in {None, ABSENT} else each(value, one)


def _with(made: Value, name: str, value: Value) -> Value:
    """An object with an entry added, or put in place of that of the same name."""
    data = made.data
    if not isinstance(data, Mapping):
        return made
    kept = [(key, item) for key, item in data.entries if key.name != name]
    key = value.key or Key(name, None, name)
    return Value(Mapping([*kept, (key, value.under(key))], data.open, data.form), made.place, made.key, made.hops)
