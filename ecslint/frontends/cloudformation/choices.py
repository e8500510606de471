"""Functions of values of which some are choices."""

from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.value import Choice, Unknown, Value
from ecslint.world import Fork, World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

MOST_BRANCHES = 16
"""How many branches the choices in one value may have together."""

TOO_MANY = "too many conditions meet in this value"


def lift(values: Iterable[Value], function: Callable[[list[Value]], Value]) -> Value:
    """What a function gives: a choice of what it gives for each branch, where there is a choice among its arguments."""
    return _Lifting(function).branch(list(values), World())


class _Lifting:
    """One application of a function, branch by branch."""

    def __init__(self, function: Callable[[list[Value]], Value]) -> None:
        self.function = function
        self.branches = 1

    def branch(self, values: Sequence[Value], world: World) -> Value:
        try:
            resolved = [world.resolve(value) for value in values]
        except Fork as fork:
            if self.branches >= MOST_BRANCHES:
                return Value(Unknown(TOO_MANY))
            self.branches += 1
            met, unmet = world.fork(fork.condition)
            return choice(Choice(fork.condition, self.branch(values, met), self.branch(values, unmet)))
        return self.function(resolved)


def choice(data: Choice) -> Value:
    """A choice as a value; what both branches have is no choice."""
    then, other = data.then.data, data.other.data
    if isinstance(then, (str, bool, int)) and type(then) is type(other) and then == other:
        return data.then
    return Value(data)


def choose(condition: Value, then: Value, other: Value) -> Value:
    """One of two values, by a condition that is true, false, or a choice of those."""
    data = condition.data
    if isinstance(data, Choice):
        return choice(Choice(data.condition, choose(data.then, then, other), choose(data.other, then, other)))
    return then if data is True else other


def branches(value: Value, most: int = MOST_BRANCHES) -> int:
    """How many branches a value has; counting stops above `most`."""
    data = value.data
    if not isinstance(data, Choice):
        return 1
    count = branches(data.then, most)
    return count if count > most else count + branches(data.other, most - count)
