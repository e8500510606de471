"""Texts with expressions in them.

Source: HCL's `hclsyntax/expression_template.go`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.choice import distribute
from ecslint.frontends.terraform.cty.convert import Mismatch, convert
from ecslint.frontends.terraform.cty.strings import Piece, joined, pieces
from ecslint.frontends.terraform.cty.types import STRING
from ecslint.frontends.terraform.cty.value import Doubt, Elements, Typed, unknown, why
from ecslint.frontends.terraform.failure import Failure
from ecslint.frontends.terraform.hcl.expression import LATER, NO_NAMES, Enclosed, Expression, Reference, salvaged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.frontends.terraform.hcl.loops import For
    from ecslint.frontends.terraform.hcl.scope import Scope
    from ecslint.source import Place, Span


class Template(Expression):
    """A text with expressions in it."""

    __slots__ = ("parts",)

    fallback = STRING

    def __init__(self, parts: list[Expression], place: Span | None) -> None:
        super().__init__(place)
        self.parts = parts

    def evaluate(self, scope: Scope) -> Typed:
        return woven([part.value(scope) for part in self.parts], self.parts, self.place)

    def rest(self, scope: Scope) -> Typed:
        return woven([self._left(part, scope) for part in self.parts], self.parts, self.place)

    @staticmethod
    def _left(part: Expression, scope: Scope) -> Typed:
        """A part as a text can hold it, or unknown."""
        value = salvaged(part, scope)
        try:
            _woven([value], [part], part.place)
        except Failure as failure:
            symbol = scope.symbol(part) if isinstance(part, Reference) else None
            return unknown(STRING, failure.message, symbol, part.place)
        return value

    def children(self) -> Iterator[tuple[Expression, frozenset[str]]]:
        for part in self.parts:
            yield part, NO_NAMES


def woven(values: list[Typed], parts: list[Expression], place: Place | None) -> Typed:
    """The text of the values one after the other. Raises `Failure`."""
    spread = distribute(values, lambda ways: _woven_branch(ways, parts, place))
    return _woven(values, parts, place) if spread is None else spread


def _woven_branch(values: list[Typed], parts: list[Expression], place: Place | None) -> Typed:
    try:
        return _woven(values, parts, place)
    except Failure as failure:
        return unknown(STRING, failure.message, None, place)


def _woven(values: list[Typed], parts: list[Expression], place: Place | None) -> Typed:
    found: list[Piece] = []
    marks: frozenset[str] = NO_NAMES
    for index, value in enumerate(values):
        where = parts[index].place if index < len(parts) else None
        if value.null:
            raise Failure("The expression result is null. Cannot include a null value in a string template.", where)
        marks |= value.marks
        try:
            text = convert(value, STRING)
        except Mismatch as error:
            raise Failure(f"Cannot include the given value in a string template: {error}.", where) from error
        found += pieces(text)
    return joined(found, place).mark(marks)


class Wrapped(Enclosed):
    """`"${x}"`: the value itself, of whatever type."""

    __slots__ = ()


class Join(Expression):
    """The rounds of a template's `for`, one after the other."""

    __slots__ = ("inner",)

    fallback = STRING

    def __init__(self, inner: For, place: Span | None) -> None:
        super().__init__(place)
        self.inner = inner

    def evaluate(self, scope: Scope) -> Typed:
        rounds = self.inner.value(scope)
        data = rounds.data
        if not isinstance(data, Elements) or data.open or rounds.doubt:
            return unknown(STRING, why(rounds) or LATER, None, self.place, doubt=Doubt.NOT_NULL)
        return woven(list(data.items), [], self.place).mark(rounds.marks)

    def children(self) -> Iterator[tuple[Expression, frozenset[str]]]:
        yield self.inner, NO_NAMES
