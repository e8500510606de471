"""Operators and conditionals.

Source: HCL's `hclsyntax/expression_ops.go` and `ConditionalExpr`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty import numbers
from ecslint.frontends.terraform.cty.choice import MOST_BRANCHES, branches, depends, derived, distribute
from ecslint.frontends.terraform.cty.compare import equal
from ecslint.frontends.terraform.cty.convert import Mismatch, convert
from ecslint.frontends.terraform.cty.sets import all_marks, unmarked
from ecslint.frontends.terraform.cty.types import BOOL, DYNAMIC, NUMBER, Type
from ecslint.frontends.terraform.cty.value import Doubt, Spelled, Typed, boolean, text_of, unknown, why
from ecslint.frontends.terraform.failure import Failure
from ecslint.frontends.terraform.hcl.expression import LATER, NO_NAMES, Expression
from ecslint.value import Choice, Condition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ecslint.frontends.terraform.hcl.scope import Scope
    from ecslint.source import Span

_ARITHMETIC: dict[str, Callable[[numbers.Number, numbers.Number], numbers.Number]] = {
    "+": numbers.add,
    "-": lambda one, two: numbers.add(one, numbers.negate(two)),
    "*": numbers.multiply,
    "/": numbers.divide,
    "%": numbers.modulo,
}
_ORDER: dict[str, Callable[[int], bool]] = {
    "<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
    ">": lambda order: order > 0,
    ">=": lambda order: order >= 0,
}


_NULL = "Error during operation: argument must not be null."


class Unary(Expression):
    """`-a` and `!a`."""

    __slots__ = ("inner", "operator")

    def __init__(self, operator: str, inner: Expression, place: Span | None) -> None:
        super().__init__(place)
        self.operator = operator
        self.inner = inner

    @property
    def fallback(self) -> Type:  # type: ignore[override]  # it is read only
        return NUMBER if self.operator == "-" else BOOL

    def evaluate(self, scope: Scope) -> Typed:
        given = self.inner.value(scope)
        try:
            value = convert(given, self.fallback)
        except Mismatch as error:
            raise Failure(f"Unsuitable value for unary operand: {error}.", self.place) from error
        if value.null:
            raise Failure(_NULL, self.place)
        result = self._of(value)
        return result.mark(value.marks)

    def _of(self, value: Typed) -> Typed:
        if value.null:
            # In this branch of a choice Terraform would stop.
            return unknown(self.fallback, _NULL, None, self.place)
        if not value.doubt:
            if isinstance(value.data, bool):
                return boolean(not value.data, self.place)
            assert isinstance(value.data, (int, numbers.Real))
            return Typed(numbers.negate(value.data), NUMBER, self.place)
        spread = distribute([value], lambda ways: self._of(ways[0]))
        if spread is not None:
            return Typed(spread.data, value.type, self.place, doubt=Doubt.NOT_NULL)
        if value.type.kind == "bool":
            # Not a choice yet: make it one, so that a condition and its contrary are one condition.
            return _as_choice(value, self.inner.source, False, True, self.place)
        return unknown(
            value.type, why(value) or LATER, derived(self.operator, [value]), self.place, doubt=Doubt.NOT_NULL
        )

    def children(self) -> Iterator[tuple[Expression, frozenset[str]]]:
        yield self.inner, NO_NAMES


def _named(value: Typed, source: str) -> str:
    """An operand as it is written; a variable under its own name, where it is met as an element of something."""
    symbol = value.symbol
    if value.doubt and isinstance(symbol, tuple) and symbol[:1] == ("var",) and "." not in source:
        *_, path, name = symbol
        return f"{path}.var.{name}" if path else f"var.{name}"
    return source


def _as_choice(value: Typed, source: str, met: bool, unmet: bool, place: Span | None) -> Typed:
    made = depends(
        value, lambda: boolean(met), lambda: boolean(unmet), source, value.place.span() if value.place else None
    )
    return Typed(made.data, BOOL, place, doubt=Doubt.NOT_NULL)


class Binary(Expression):
    """An operator between two operands."""

    __slots__ = ("left", "operator", "right")

    def __init__(self, operator: str, left: Expression, right: Expression, place: Span | None) -> None:
        super().__init__(place)
        self.operator = operator
        self.left = left
        self.right = right

    @property
    def fallback(self) -> Type:  # type: ignore[override]  # it is read only
        return NUMBER if self.operator in _ARITHMETIC else BOOL

    def evaluate(self, scope: Scope) -> Typed:
        if self.operator in {"&&", "||"}:
            return self._logical(scope)
        wanted = DYNAMIC if self.operator in {"==", "!="} else NUMBER
        left = self._operand(self.left.value(scope), wanted, "left")
        right = self._operand(self.right.value(scope), wanted, "right")
        marks = (all_marks(left) if left.deep else NO_NAMES) | (all_marks(right) if right.deep else NO_NAMES)
        result = self._of(unmarked(left), unmarked(right))
        return result.mark(marks) if marks else result

    def _operand(self, value: Typed, wanted: Type, side: str) -> Typed:
        try:
            return convert(value, wanted)
        except Mismatch as error:
            raise Failure(f"Unsuitable value for {side} operand: {error}.", self.place) from error

    def _of(self, left: Typed, right: Typed) -> Typed:
        if self.operator in {"==", "!="}:
            return self._equality(left, right)
        if left.null or right.null:
            raise Failure(_NULL, self.place)
        if left.doubt or right.doubt:
            spread = distribute([left, right], lambda ways: self._branch(ways[0], ways[1]))
            if spread is not None:
                return Typed(spread.data, self.fallback, self.place, doubt=Doubt.NOT_NULL)
            reason = why(left) or why(right) or LATER
            symbol = derived(self.operator, [left, right])
            return unknown(self.fallback, reason, symbol, self.place, doubt=Doubt.NOT_NULL)
        return self._known(left, right)

    def _branch(self, left: Typed, right: Typed) -> Typed:
        try:
            return self._of(left, right)
        except Failure as failure:
            return unknown(self.fallback, failure.message, None, self.place)

    def _known(self, left: Typed, right: Typed) -> Typed:
        one, two = left.data, right.data
        assert isinstance(one, (int, numbers.Real))
        assert isinstance(two, (int, numbers.Real))
        if self.operator in _ORDER:
            return boolean(_ORDER[self.operator](numbers.compare(one, two)), self.place)
        try:
            return Typed(_ARITHMETIC[self.operator](one, two), NUMBER, self.place)
        except numbers.NotANumber as error:
            raise Failure(f"Error during operation: {error}.", self.place) from error
        except numbers.OutOfRange as error:
            return unknown(NUMBER, str(error), None, self.place, doubt=Doubt.NOT_NULL)

    def _equality(self, left: Typed, right: Typed) -> Typed:
        answer = equal(left, right)
        met = self.operator == "=="
        if not answer.maybe:
            return boolean(answer.yes is met, self.place)
        spread = distribute([left, right], lambda ways: self._equality(ways[0], ways[1]))
        if spread is not None:
            return Typed(spread.data, BOOL, self.place, doubt=Doubt.NOT_NULL)
        condition = self._equation(left, right)
        if condition is None:
            return unknown(BOOL, why(left) or why(right) or LATER, None, self.place, doubt=Doubt.NOT_NULL)
        then, other = boolean(met), boolean(not met)
        return Typed(Choice(condition, then, other), BOOL, self.place, doubt=Doubt.NOT_NULL)

    def _equation(self, left: Typed, right: Typed) -> Condition | None:
        """The condition that both sides are equal, with the literal that one of them is."""
        symbol = derived("==", sorted([left, right], key=lambda side: not side.doubt))
        if symbol is None:
            return None
        subject = literal = None
        for unsure, known in ((left, right), (right, left)):
            if unsure.doubt and not known.doubt and (known.null or isinstance(known.data, (str, Spelled, bool, int))):
                subject, literal = (
                    unsure.symbol,
                    text_of(known) if known.type.kind == "string" and not known.null else known.data,
                )
        sides = _named(left, self.left.source), _named(right, self.right.source)
        text, contrary = (f"`{sides[0]} {sign} {sides[1]}`" for sign in ("==", "!="))
        return Condition(symbol, text, contrary, self.place, subject, (type(literal).__name__, literal))

    def _logical(self, scope: Scope) -> Typed:
        """`&&` and `||`. Terraform 1.11 looks at both sides whatever the first one says."""
        left = self._operand(self.left.value(scope), BOOL, "left")
        right = self._operand(self.right.value(scope), BOOL, "right")
        if left.null or right.null:
            raise Failure(_NULL, self.place)
        return self._joined(left, right, self.operator == "||").mark(left.marks | right.marks)

    def _joined(self, left: Typed, right: Typed, decisive: bool) -> Typed:
        if not left.doubt and not right.doubt:
            return boolean((left.data is decisive or right.data is decisive) is decisive, self.place)
        if not left.doubt or not right.doubt:
            # One side may decide; then the result is certain, although Terraform does not say so yet.
            known, unsure = (right, left) if left.doubt else (left, right)
            data = known.data if known.data is decisive else unsure.data
            return Typed(data, BOOL, self.place, doubt=Doubt.NOT_NULL)
        first = depends(left, lambda: boolean(True), lambda: boolean(False), self.left.source, self.left.place)
        rest = depends(right, lambda: boolean(True), lambda: boolean(False), self.right.source, self.right.place)
        spread = distribute([first, rest], lambda ways: boolean(_decided(ways, decisive)))
        if spread is None:
            # In fewer ways: where the first side decides, the second one does not matter.
            spread = distribute([first], lambda ways: ways[0] if ways[0].data is decisive else rest)
        if spread is None or sum(1 for _ in branches(spread)) > MOST_BRANCHES:
            symbol = derived(self.operator, [left, right])
            return unknown(BOOL, why(left) or LATER, symbol, self.place, doubt=Doubt.NOT_NULL)
        return Typed(spread.data, BOOL, self.place, doubt=Doubt.NOT_NULL)

    def children(self) -> Iterator[tuple[Expression, frozenset[str]]]:
        yield self.left, NO_NAMES
        yield self.right, NO_NAMES


def _decided(ways: list[Typed], decisive: bool) -> bool:
    return any(way.data is True for way in ways) if decisive else all(way.data is True for way in ways)
