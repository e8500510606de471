"""Answers to questions about what may not be known."""

from __future__ import annotations

from ecslint.lean import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NoReturn


class Answer:
    """YES, NO or MAYBE, with Kleene's `&`, `|` and `~`.

    There is no truth value: a rule writes `.yes` or `.no`, because `if not answer` would fire on MAYBE.
    """

    __slots__ = ("_rank",)

    def __init__(self, rank: int) -> None:
        self._rank = rank

    @staticmethod
    def of(fact: bool) -> Answer:
        return YES if fact else NO

    @property
    def yes(self) -> bool:
        return self._rank == 2

    @property
    def no(self) -> bool:
        return self._rank == 0

    @property
    def maybe(self) -> bool:
        return self._rank == 1

    def __and__(self, other: Answer) -> Answer:
        return self if self._rank <= other._rank else other

    def __or__(self, other: Answer) -> Answer:
        return self if self._rank >= other._rank else other

    def __invert__(self) -> Answer:
        return _ANSWERS[2 - self._rank]

    def __bool__(self) -> NoReturn:
        raise TypeError("an Answer has no truth value: ask .yes, .no or .maybe")

    def __repr__(self) -> str:
        return ("NO", "MAYBE", "YES")[self._rank]


NO, MAYBE, YES = _ANSWERS = (Answer(0), Answer(1), Answer(2))
