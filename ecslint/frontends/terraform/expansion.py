"""How often a block stands for something: `count` and `for_each`.

Source: Terraform's `eval_count.go` and `eval_for_each.go`. An instance that is there under an undecided condition only
says so; of a number or of keys that are not known, one instance stands for all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty import numbers
from ecslint.frontends.terraform.cty.choice import branches, choose, distribute, maybe
from ecslint.frontends.terraform.cty.convert import Mismatch, convert
from ecslint.frontends.terraform.cty.types import BOOL, DYNAMIC, NUMBER, STRING
from ecslint.frontends.terraform.cty.value import (
    Doubt,
    Elements,
    Fields,
    Typed,
    boolean,
    mapping,
    text_of,
    unknown,
    why,
)
from ecslint.frontends.terraform.failure import Failure
from ecslint.frontends.terraform.hcl.expression import LATER
from ecslint.value import Choice, Key, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ecslint.frontends.terraform.hcl.scope import Scope
    from ecslint.frontends.terraform.hcl.syntax import Body
    from ecslint.value import Value

MOST_INSTANCES = 500
"""The most instances of one block; what lies beyond is known to be there, but not looked at."""

_TRUE = boolean(True)


class Repeat:
    """One instance: its key, what `count` or `each` are in it, and whether it is there.

    `key` is a number, a text, None where the block does not repeat, or `ANY_KEY`.
    """

    __slots__ = ("exists", "key", "names")

    def __init__(self, key: int | str | None, names: dict[object, Typed], exists: Typed = _TRUE) -> None:
        self.key = key
        self.names = names
        self.exists = exists

    @property
    def suffix(self) -> str:
        """The key as addresses show it."""
        if self.key is None:
            return ""
        if self.key is ANY_KEY:
            return "[*]"
        return f"[{self.key}]" if isinstance(self.key, int) else f'["{self.key}"]'


ANY_KEY = "*any key*"


class Expansion:
    """The instances of a block. `form` is `single`, `count` or `for_each`; `open` says why there may be more."""

    __slots__ = ("form", "open", "repeats")

    def __init__(self, form: str, repeats: list[Repeat], open: str = "") -> None:
        self.form = form
        self.repeats = repeats
        self.open = open

    @property
    def missing(self) -> str:
        """Why there may be instances for which none of these stands; empty where there are none."""
        return "" if any(repeat.key is ANY_KEY for repeat in self.repeats) else self.open

    def cut(self, most: int, why: str) -> Expansion:
        """The first instances only; a block that does not repeat is then one of which nobody knows how often it is."""
        return Expansion("for_each" if self.form == "single" else self.form, self.repeats[:most], why)

    def value(self, each: Sequence[Typed]) -> Typed:
        """What a reference to the whole block is, given what each instance is."""
        if self.form == "single":
            return each[0]
        certain = not self.open and all(repeat.exists is _TRUE for repeat in self.repeats)
        doubt = Doubt.KNOWN if certain else Doubt.NOT_NULL
        there = [_there(repeat.exists, value) for repeat, value in zip(self.repeats, each, strict=True)]
        if self.form == "count":
            items = [value for repeat, value in zip(self.repeats, there, strict=True) if repeat.key is not ANY_KEY]
            return Typed(Elements(items, "tuple", None, self.open), None if certain else DYNAMIC, doubt=doubt)
        entries = [
            (Key(str(repeat.key)), value)
            for repeat, value in zip(self.repeats, there, strict=True)
            if repeat.key is not ANY_KEY
        ]
        return Typed(Fields(entries, "object", None, self.open), None if certain else DYNAMIC, doubt=doubt)

    def at(self, key: Typed) -> list[int]:
        """The places of the instances that a key may mean."""
        if key.doubt:
            return list(range(len(self.repeats)))
        wanted = key.data if isinstance(key.data, int) else text_of(key)
        found = [index for index, repeat in enumerate(self.repeats) if repeat.key == wanted]
        if found:
            return found
        # A count takes its index as a text, too.
        found = [index for index, repeat in enumerate(self.repeats) if str(repeat.key) == written(wanted)]
        return found or [index for index, repeat in enumerate(self.repeats) if repeat.key is ANY_KEY]


def _there(exists: Typed, value: Typed) -> Typed:
    """The value, or nothing in the worlds in which the instance is not there."""
    if exists is _TRUE:
        return value
    from ecslint.frontends.terraform.cty.choice import MAYBE_ABSENT, depends

    return depends(exists, lambda: value, lambda: MAYBE_ABSENT, why(exists) or "it is there", None)


def expansion(body: Body, scope: Scope) -> Expansion:
    """The instances of a block with this body."""
    if "count" in body.attributes:
        return _counted(_evaluated(body, "count", scope))
    if "for_each" in body.attributes:
        return _keyed(_evaluated(body, "for_each", scope))
    if body.open:
        unsure = unknown(BOOL, body.open)
        return Expansion("single", [Repeat(None, {}, unsure)], body.open)
    return Expansion("single", [Repeat(None, {})])


def _evaluated(body: Body, name: str, scope: Scope) -> Typed:
    attribute = body.attributes[name]
    try:
        return attribute.expression.value(scope)
    except Failure as failure:
        return unknown(DYNAMIC, failure.message, None, attribute.span)


def _counted(count: Typed) -> Expansion:
    try:
        found = convert(count, NUMBER)
    except (Mismatch, numbers.OutOfRange):
        return _unknown_count(count)
    ways = [_number(way) for way in branches(found)]
    if None in ways:
        return _unknown_count(found)
    most = max(way for way in ways if way is not None)
    beyond = f"there are more than {MOST_INSTANCES}" if most > MOST_INSTANCES else ""
    repeats = [Repeat(at, _index(numbers.whole(at)), _counts(found, at)) for at in range(min(most, MOST_INSTANCES))]
    return Expansion("count", repeats, beyond)


def _number(value: Typed) -> int | None:
    if value.doubt or not isinstance(value.data, int) or isinstance(value.data, bool):
        return None
    return max(int(value.data), 0)


def _index(at: int) -> dict[object, Typed]:
    return {"count": mapping([(Key("index"), Typed(at, NUMBER))])}


def _counts(count: Typed, at: int) -> Typed:
    """Whether the instance of an index is there."""
    found = distribute([count], lambda ways: boolean((_number(ways[0]) or 0) > at))
    return _TRUE if found is None else found if isinstance(found.data, Choice) else boolean(bool(found.data))


def _unknown_count(count: Typed) -> Expansion:
    reason = why(count) or LATER
    index = mapping([(Key("index"), unknown(NUMBER, reason))])
    return Expansion("count", [Repeat(ANY_KEY, {"count": index}, unknown(BOOL, reason))], reason)


def _keyed(value: Typed) -> Expansion:
    if value.deep:
        from ecslint.frontends.terraform.cty.sets import unmarked

        value = unmarked(value)
    if isinstance(value.data, Choice):
        return _either(value)
    data = value.data
    if isinstance(data, Elements) and (data.form == "set" or value.doubt):
        pairs = [(convert(item, STRING) if item.type.primitive else item, item) for item in data.items]
    elif isinstance(data, Fields):
        keys = data.keys()
        pairs = [(Typed(name, STRING, keys[name].place), item) for name, item in data.ordered()]
    else:
        return _unknown_keys(value)
    repeats: list[Repeat] = []
    openness = data.open
    for key, item in pairs[:MOST_INSTANCES]:
        if maybe(item) or key.doubt or key.null or key.type.kind != "string":
            openness = openness or why(key) or why(item) or LATER
            continue
        repeats.append(Repeat(text_of(key), _each(key, item.through(value.hops))))
    if len(pairs) > MOST_INSTANCES:
        openness = f"there are more than {MOST_INSTANCES}"
    elif openness:
        repeats += _unknown_keys(value).repeats
    return Expansion("for_each", repeats, openness)


def _each(key: Typed, value: Typed) -> dict[object, Typed]:
    return {"each": mapping([(Key("key"), key), (Key("value"), value)])}


def _either(value: Typed) -> Expansion:
    """The instances of both ways; each is there where its way is taken."""
    data = value.data
    assert isinstance(data, Choice)
    assert isinstance(data.then, Typed)
    assert isinstance(data.other, Typed)
    sides = [_keyed(data.then.through(value.hops)), _keyed(data.other.through(value.hops))]
    by_key: dict[int | str | None, list[Repeat | None]] = {}
    for side, found in enumerate(sides):
        for repeat in found.repeats:
            by_key.setdefault(repeat.key, [None, None])[side] = repeat
    repeats: list[Repeat] = []
    for key, (then, other) in by_key.items():
        first, second = then or other, other or then
        assert first is not None
        assert second is not None
        exists = choose(data.condition, _exists(then), _exists(other))
        if then is not None and other is not None and then.exists is _TRUE and other.exists is _TRUE:
            exists = _TRUE
        names = {name: choose(data.condition, item, second.names[name]) for name, item in first.names.items()}
        repeats.append(Repeat(key, first.names if then is None or other is None else names, exists))
    return Expansion("for_each", repeats, sides[0].open or sides[1].open)


def _exists(repeat: Repeat | None) -> Typed:
    return boolean(False) if repeat is None else repeat.exists


def _unknown_keys(value: Typed) -> Expansion:
    reason = why(value) or LATER
    kind = value.type
    key = unknown(STRING, reason, doubt=Doubt.NOT_NULL)
    item = key if kind.kind == "set" else unknown(kind.element, reason)
    return Expansion("for_each", [Repeat(ANY_KEY, _each(key, item), unknown(BOOL, reason))], reason)


def together(conditions: Sequence[Typed]) -> Value:
    """Whether all of some conditions hold: true, a choice, or unknown."""
    unsure = [each for each in conditions if each.doubt or each.data is not True]
    if not unsure:
        return boolean(True)
    found = distribute(unsure, _all)
    return found if found is not None else _all(unsure)


def _all(values: list[Typed]) -> Typed:
    """Whether all conditions hold, where none of them is a choice."""
    if any(value.data is False for value in values):
        return boolean(False)
    unsure = [value for value in values if value.data is not True]
    if not unsure:
        return boolean(True)
    return unknown(BOOL, why(unsure[0]) or "its count is known only after apply")
