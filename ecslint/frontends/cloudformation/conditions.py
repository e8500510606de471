"""The conditions of a stack: each true, false, or a choice by what a person gives at deployment.

`Fn::And`, `Fn::Or` and `Fn::Not` are written out to comparisons, so that two conditions about one parameter are never
met against each other. A comparison of an unknown thing with a literal is an equation about it.
"""

from __future__ import annotations

from ecslint.frontends.cloudformation.choices import MOST_BRANCHES, branches, choose, lift
from ecslint.frontends.cloudformation.languageextensions import rounds
from ecslint.frontends.cloudformation.parts import identity
from ecslint.lean import TYPE_CHECKING
from ecslint.value import Choice, Condition, Mapping, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Hashable

    from ecslint.frontends.cloudformation.evaluation import Evaluation
    from ecslint.frontends.cloudformation.languageextensions import Round
    from ecslint.frontends.cloudformation.stack import Stack
    from ecslint.source import Place

TRUE, FALSE = Value(True), Value(False)


class Otherwise:
    """The type of an unknown that surely is none of the literals that have branches of their own."""

    __slots__ = ("literals",)

    def __init__(self, literals: frozenset[str]) -> None:
        self.literals = literals


class Conditions:
    """The conditions of one stack, by name."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self._rounds: dict[str, Round] | None = None
        self._known: dict[str, Value] = {}
        self._busy: set[str] = set()

    def get(self, name: str) -> Value:
        """`True`, `False`, or a choice of them. A condition that depends on itself, or is not there, is undecidable."""
        if name in self._busy:
            return self._opaque(name)
        if name not in self._known:
            self._busy.add(name)
            found = self._evaluate(name)
            self._busy.discard(name)
            self._known[name] = found if branches(found) <= MOST_BRANCHES and _decided(found) else self._opaque(name)
        return self._known[name]

    def _evaluate(self, name: str) -> Value:
        if self._rounds is None:
            listed, _ = rounds(self.stack.evaluation, self.stack.template.part("Conditions").entries())
            self._rounds = {item.key.written: item for item in listed}
        item = self._rounds.get(name)
        return self._opaque(name) if item is None else self._logic(item.raw, item.evaluation, name)

    def _opaque(self, name: str, place: Place | None = None) -> Value:
        """A condition of which only the name is known."""
        item = (self._rounds or {}).get(name)
        where = place or (item.key.place if item is not None else None)
        return undecided((self.stack, "condition", name), f"the condition `{name}` is met", where)

    def _logic(self, raw: Value, evaluation: Evaluation, name: str) -> Value:
        """The truth of an expression; `name` is the condition that it stands in."""
        entries = raw.data.entries if isinstance(raw.data, Mapping) else ()
        function, argument = (entries[0][0].written, entries[0][1]) if len(entries) == 1 else ("", raw)
        parts = list(argument.items())
        if function == "Condition":
            other = evaluation.value(argument).string
            return self._opaque(name) if other is None else self.get(other)
        if function == "Fn::Not" and len(parts) == 1:
            return choose(self._logic(parts[0], evaluation, name), FALSE, TRUE)
        if function in {"Fn::And", "Fn::Or"} and parts:
            return self._all(parts, evaluation, name, function == "Fn::And")
        if function == "Fn::Equals" and len(parts) == 2:
            called = _called(parts[0]) or _called(parts[1])
            values = [evaluation.value(part) for part in parts]
            return lift(values, lambda pair: self._equal(pair[0], pair[1], called, name, raw.place))
        return self._opaque(name)

    def _all(self, parts: list[Value], evaluation: Evaluation, name: str, wanted: bool) -> Value:
        """Whether all parts are true; with `wanted` false, whether any is."""
        found = self._logic(parts[0], evaluation, name)
        for part in parts[1:]:
            if found.data is (not wanted):
                break
            inner = self._logic(part, evaluation, name)
            found = choose(found, inner, FALSE) if wanted else choose(found, TRUE, inner)
            if branches(found) > MOST_BRANCHES:
                return self._opaque(name)
        return found

    def _equal(self, one: Value, two: Value, called: str, name: str, place: Place | None) -> Value:
        answer = one.equals(two)
        if not answer.maybe:
            return TRUE if answer.yes else FALSE
        for unknown, literal in ((one.data, two.string), (two.data, one.string)):
            if isinstance(unknown, Unknown) and literal is not None:
                if isinstance(unknown.type, Otherwise) and literal in unknown.type.literals:
                    return FALSE
                if unknown.symbol is not None and called:
                    return equation(unknown.symbol, called, literal, place)
        key = (self.stack, "equal", frozenset((identity(one), identity(two))))
        return undecided(key, f"the condition `{name}` is met", place)


def equation(subject: Hashable, called: str, literal: str, place: Place | None) -> Value:
    """Whether something unknown, which people call `called`, is a literal."""
    shown = f"`{literal}`" if literal else "empty"
    condition = Condition(
        ("equals", subject, literal), f"`{called}` is {shown}", f"`{called}` is not {shown}", place, subject, literal
    )
    return Value(Choice(condition, TRUE, FALSE), place)


def undecided(key: Hashable, text: str, place: Place | None) -> Value:
    """A truth that nobody here can know; `text` ends in "is met"."""
    condition = Condition(key, text, text.removesuffix("is met") + "is not met", place)
    return Value(Choice(condition, TRUE, FALSE), place)


def _called(raw: Value) -> str:
    """The name of the parameter that a raw value refers to."""
    entries = raw.data.entries if isinstance(raw.data, Mapping) else ()
    return (entries[0][1].string or "") if len(entries) == 1 and entries[0][0].written == "Ref" else ""


def _decided(value: Value) -> bool:
    data = value.data
    return _decided(data.then) and _decided(data.other) if isinstance(data, Choice) else isinstance(data, bool)


def compared(conditions: Value) -> dict[str, list[str]]:
    """The literals that each parameter is compared with anywhere in the conditions, in order."""
    found: dict[str, list[str]] = {}
    todo = [conditions]
    while todo:
        raw = todo.pop()
        children = [value for _, value in raw.entries()] or list(raw.items())
        entries = raw.data.entries if isinstance(raw.data, Mapping) else ()
        if (
            len(entries) == 1
            and entries[0][0].written == "Fn::Equals"
            and len(pair := list(entries[0][1].items())) == 2
        ):
            for one, other in (pair, reversed(pair)):
                name, literal = _called(one), other.string
                if name and literal is not None and literal not in found.setdefault(name, []):
                    found[name].append(literal)
        todo += reversed(children)
    return found
