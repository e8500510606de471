"""Worlds: what is true under every way that the undecidable conditions could turn out.

A `Choice` is resolved where a noun of the model is read, in the project's current `World`. Reading one that the world
does not decide raises `Fork`; `explore` then drops that run and makes two worlds of it. Independent alternatives
would be wrong: two choices by one condition have two worlds, not four.
"""

from __future__ import annotations

from ecslint.lean import TYPE_CHECKING, TypeVar
from ecslint.value import Choice, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecslint.value import Condition

T = TypeVar("T")

MOST_WORLDS = 64


class Fork(Exception):
    """A choice was read whose condition the world leaves open."""

    def __init__(self, condition: Condition) -> None:
        super().__init__(condition.text)
        self.condition = condition


class World:
    """An assignment of truth values to conditions.

    One that is `settled` takes every condition that it does not decide for unmet, and remembers that it did.
    """

    __slots__ = ("decided", "settled")

    def __init__(self, decided: tuple[tuple[Condition, bool], ...] = (), settled: bool = False) -> None:
        self.decided = decided
        self.settled = settled

    def holds(self, condition: Condition) -> bool:
        """Whether the condition is met in this world; raises `Fork` where it is open."""
        for known, met in self.decided:
            if known.key == condition.key:
                return met
        for known, met in self.decided if condition.subject is not None else ():
            if known.subject == condition.subject and (met or known.literal == condition.literal):
                return met and known.literal == condition.literal
        if not self.settled:
            raise Fork(condition)
        self.decided = (*self.decided, (condition, False))
        return False

    def resolve(self, value: Value) -> Value:
        """The value without choices at its top; raises `Fork`."""
        data = value.data
        while isinstance(data, Choice):
            branch = data.then if self.holds(data.condition) else data.other
            value = Value(branch.data, branch.place or value.place, value.key or branch.key, branch.hops).through(
                value.hops
            )
            data = value.data
        return value

    def fork(self, condition: Condition) -> tuple[World, World]:
        """This world with the condition met, and with it not met."""
        return (World((*self.decided, (condition, True))), World((*self.decided, (condition, False))))

    def settle(self) -> World:
        """This world, in which nothing is open any more."""
        return World(self.decided, settled=True)


UNDECIDED = World()
"""Where nothing is decided, and every run begins."""


def explore(run: Callable[[World], list[T]]) -> tuple[list[tuple[World, list[T]]], bool]:
    """What a run gives in every world that its own reads tell apart.

    The second part is false where there are more than `MOST_WORLDS`; then those made so far are settled, so that they
    still tell what they find, and the others are missing.
    """
    results: list[tuple[World, list[T]]] = []
    todo = [UNDECIDED]
    made = 1
    complete = True
    while todo:
        world = todo.pop()
        try:
            results.append((world, run(world)))
        except Fork as fork:
            if made == MOST_WORLDS:
                complete = False
                todo.append(world.settle())
                continue
            made += 1
            met, unmet = world.fork(fork.condition)
            todo += [unmet, met]
    return results, complete
