"""Values that depend on conditions which nobody here can decide.

A function of a choice is the choice of the function's results. That is done for a few conditions at a time only; past
that, the value is just unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.types import DYNAMIC
from ecslint.frontends.terraform.cty.value import Doubt, Typed, symbol, why
from ecslint.value import ABSENT, Absent, Choice, Condition, Unknown
from ecslint.world import Fork, World

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from ecslint.source import Place

MOST_BRANCHES = 8
"""How many ways one value may turn out."""

MAYBE_ABSENT = Typed(ABSENT, DYNAMIC, doubt=Doubt.UNKNOWN)
"""The element that is not there."""


class Symbol:
    """The identity of a value that an operation makes of unknown things: the operation and theirs."""

    __slots__ = ("_hash", "depth", "parts")

    def __init__(self, parts: tuple[Hashable, ...]) -> None:
        self.parts = parts
        self.depth: int = 1 + max((part.depth for part in parts if isinstance(part, Symbol)), default=0)
        self._hash = hash(parts)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return isinstance(other, Symbol) and self._hash == other._hash and self.parts == other.parts

    def __repr__(self) -> str:
        return f"Symbol{self.parts!r}"


def identity(value: Typed) -> Hashable:
    """What a value is known again by: a known scalar by what it is, an unknown one by its symbol; else None."""
    data = value.data
    if not value.doubt:
        return (type(data).__name__, data) if data is None or isinstance(data, (str, int)) else None
    if isinstance(data, Choice):
        then, other = data.then, data.other
        if isinstance(then, Typed) and isinstance(other, Typed):
            parts = (data.condition.key, identity(then), identity(other))
            return None if None in parts else Symbol(("?", *parts))
        return None
    return symbol(value)


def derived(operation: str, values: Sequence[Typed]) -> Hashable:
    """The symbol of an operation's result, where all that goes in is known again."""
    parts = tuple(identity(value) for value in values)
    if None in parts:
        return None
    made = Symbol((operation, *parts))
    return made if made.depth <= MOST_BRANCHES else None


def choose(condition: Condition, then: Typed, other: Typed, place: Place | None = None) -> Typed:
    """One of two values."""
    if then is other:
        return then
    kind = then.type if then.type == other.type else DYNAMIC
    sure = _never_null(then) and _never_null(other)
    doubt = Doubt.NOT_NULL if sure else Doubt.UNKNOWN
    return Typed(Choice(condition, then, other), kind, place, doubt=doubt, marks=then.marks | other.marks)


def _never_null(value: Typed) -> bool:
    if value.doubt:
        return value.doubt is Doubt.NOT_NULL
    return value.data is not None


def branches(value: Typed) -> Iterator[Typed]:
    """All the ways a value may turn out."""
    data = value.data
    if isinstance(data, Choice) and isinstance(data.then, Typed) and isinstance(data.other, Typed):
        yield from branches(data.then)
        yield from branches(data.other)
    else:
        yield value


def distribute(values: Sequence[Typed], compute: Callable[[list[Typed]], Typed]) -> Typed | None:
    """The choice of what `compute` makes of every way the values may turn out together.

    None where no value is a choice, or where there are too many ways.
    """
    if not any(isinstance(value.data, Choice) for value in values):
        return None
    count = 1
    for value in values:
        count *= sum(1 for _ in branches(value))
        if count > 4 * MOST_BRANCHES:
            return None
    return _distributed(list(values), compute, World(), [MOST_BRANCHES])


def _distributed(
    values: list[Typed], compute: Callable[[list[Typed]], Typed], world: World, left: list[int]
) -> Typed | None:
    try:
        resolved = [decide(value, world) for value in values]
    except Fork as fork:
        met, unmet = world.fork(fork.condition)
        then = _distributed(values, compute, met, left)
        other = _distributed(values, compute, unmet, left) if then is not None else None
        return None if then is None or other is None else choose(fork.condition, then, other)
    left[0] -= 1
    return compute(resolved) if left[0] >= 0 else None


def decide(value: Typed, world: World) -> Typed:
    """The value without choices at its top; raises `Fork`."""
    while isinstance(value.data, Choice):
        branch = value.data.then if world.holds(value.data.condition) else value.data.other
        assert isinstance(branch, Typed)
        value = branch.through(value.hops).mark(value.marks)
    return value


def condition(value: Typed, text: str, place: Place | None) -> Condition:
    """The condition that an unknown truth value holds."""
    key = symbol(value)
    return Condition(("it holds", key if key is not None else id(value)), f"`{text}`", f"not `{text}`", place)


def depends(
    value: Typed, then: Callable[[], Typed], other: Callable[[], Typed], text: str, place: Place | None
) -> Typed:
    """What an undecided truth value decides: one of two, or of more where the truth value is itself a choice."""
    data = value.data
    if isinstance(data, Choice) and isinstance(data.then, Typed) and isinstance(data.other, Typed):
        met = depends(data.then, then, other, text, place)
        unmet = depends(data.other, then, other, text, place)
        return choose(data.condition, met, unmet, place)
    if isinstance(data, bool):
        return then() if data else other()
    return choose(condition(value, text, place), then(), other(), place)


def maybe(value: Typed) -> bool:
    """Whether an element may turn out not to be there."""
    return any(isinstance(branch.data, Absent) for branch in branches(value))


def otherwise(value: Typed, fallback: Callable[[], Typed]) -> Typed:
    """The value, or what the fallback gives in the worlds in which it turns out not to be there."""
    data = value.data
    if isinstance(data, Absent):
        return fallback()
    if not isinstance(data, Choice) or not maybe(value):
        return value
    assert isinstance(data.then, Typed)
    assert isinstance(data.other, Typed)
    made = choose(data.condition, otherwise(data.then, fallback), otherwise(data.other, fallback), value.place)
    made.key = value.key
    return made.through(value.hops).mark(value.marks)


def blurred(values: Sequence[Typed], otherwise: str) -> Unknown:
    """The first reason for which one of the values is not known."""
    return Unknown(next((reason for value in values if (reason := why(value))), otherwise))
