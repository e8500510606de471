"""How `data.aws_iam_policy_document` merges documents.

Source: `Merge` in the AWS provider's `internal/service/iam/policy_model.go`: statements follow each other, but one with
a `Sid` takes the place of an earlier one with the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.resources.lowering import each, nothing, otherwise
from ecslint.value import ABSENT, Choice, Mapping, Sequence, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecslint.source import Place
    from ecslint.value import Condition

    Guards = tuple[tuple[Condition, bool], ...]


class Merge:
    """The statements of several documents, one after the other."""

    def __init__(self, parse: Callable[[Value], Value]) -> None:
        self._parse = parse
        self._statements: list[Value] = []
        self._open = ""

    def statements(self, place: Place | None) -> Value:
        """All statements, as a list that is written at a place."""
        return Value(Sequence(self._statements, self._open, "list"), place)

    def take_texts(self, value: Value) -> None:
        """Add the documents in a list of JSON texts, or in a single one."""
        data = value.data
        if isinstance(data, Choice):
            self._unsure(data.condition.text)
        elif isinstance(data, Sequence):
            for item in value.items():
                self.take(each(item, self._parse))
            if data.open:
                self._unsure(data.open)
        else:
            self.take(each(value, self._parse))

    def take(self, added: Value, guards: Guards = ()) -> None:
        """Add the statements of a document. `guards` are the conditions under which it is there."""
        data = added.data
        if isinstance(data, Choice):
            self.take(data.then.through(added.hops), (*guards, (data.condition, True)))
            self.take(data.other.through(added.hops), (*guards, (data.condition, False)))
            return
        found = added.get("statement")
        if isinstance(found.data, Mapping):
            found = Value(Sequence((found,)), found.place)
        if isinstance(found.data, Sequence):
            for item in found.items():
                self._add(_guarded(item, guards))
        if found.open:
            self._unsure(found.open)

    def _unsure(self, why: str) -> None:
        """Of some document not all is known: it may add statements, and take the place of those with a `Sid`."""
        self._open = self._open or why
        for index, statement in enumerate(self._statements):
            if _sids(statement) - {""}:
                self._statements[index] = Value(Unknown(why), statement.place)

    def _add(self, new: Value) -> None:
        sids = _sids(new)
        for index, old in enumerate(self._statements):
            theirs = _sids(old)
            if sids == theirs and len(sids) == 1 and not sids & {"", None}:
                self._statements[index] = otherwise(new, old)
                return
            if _may_share(sids - {""}, theirs - {""}):
                why = "another statement may take its place"
                self._statements[index] = Value(Unknown(why), old.place)
        self._statements.append(new)


def _guarded(value: Value, guards: Guards) -> Value:
    """The value where all conditions turn out so, else nothing."""
    for condition, met in reversed(guards):
        absent = Value(ABSENT, value.place)
        choice = Choice(condition, value, absent) if met else Choice(condition, absent, value)
        value = Value(choice, value.place)
    return value


def _sids(statement: Value) -> set[str | None]:
    """What the `Sid` of a statement may be: empty where it has none, None where it is not known."""
    data = statement.data
    if isinstance(data, Choice):
        return _sids(data.then) | _sids(data.other)
    if data is ABSENT:
        return set()
    sid = statement.get("sid")
    return {""} if nothing(sid) else {sid.string}


def _may_share(one: set[str | None], two: set[str | None]) -> bool:
    """Whether two statements may have the same `Sid`."""
    return bool(one & two) or (None in one and bool(two)) or (None in two and bool(one))
