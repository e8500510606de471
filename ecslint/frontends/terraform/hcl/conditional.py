"""Conditionals.

Source: HCL's `ConditionalExpr`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.choice import depends
from ecslint.frontends.terraform.cty.compare import null_literal
from ecslint.frontends.terraform.cty.convert import Mismatch, conversion, convert
from ecslint.frontends.terraform.cty.types import BOOL, DYNAMIC, Type
from ecslint.frontends.terraform.cty.unify import taken_for, unify
from ecslint.frontends.terraform.cty.value import Doubt, Typed, unknown
from ecslint.frontends.terraform.failure import Failure
from ecslint.frontends.terraform.hcl.expression import NO_NAMES, Expression, salvaged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.frontends.terraform.hcl.scope import Scope
    from ecslint.source import Span


class Conditional(Expression):
    """`a ? b : c`. Both results are brought to one type, also the one that is not taken."""

    __slots__ = ("condition", "other", "then")

    fallback = None

    def __init__(self, condition: Expression, then: Expression, other: Expression, place: Span | None) -> None:
        super().__init__(place)
        self.condition = condition
        self.then = then
        self.other = other

    def evaluate(self, scope: Scope) -> Typed:
        then, then_failure = self._result(self.then, scope)
        other, other_failure = self._result(self.other, scope)
        kind = self._type(then, other)
        try:
            condition = self.condition.value(scope)
        except Failure as failed:
            failed.type = kind
            raise
        if condition.null:
            raise Failure(
                "The condition value is null. Conditions must either be true or false.", self.condition.place, kind
            )
        try:
            condition = convert(condition, BOOL)
        except Mismatch as error:
            raise Failure("The condition expression must be of type bool.", self.condition.place, kind) from error
        marks = condition.marks | then.marks | other.marks
        if condition.doubt:
            return self._unsure(condition, then, other, kind).mark(marks)
        chosen, failure = (then, then_failure) if condition.data else (other, other_failure)
        if failure is not None:
            failure.type = kind if kind.kind != "dynamic" else failure.type
            raise failure
        return self._converted(chosen, kind, taken_for([then.type, other.type])).mark(marks)

    def rest(self, scope: Scope) -> Typed | None:
        condition = self.condition.value(scope)
        if condition.null or condition.doubt or not isinstance(condition.data, bool):
            return None
        return salvaged(self.then if condition.data else self.other, scope)

    @staticmethod
    def _result(expression: Expression, scope: Scope) -> tuple[Typed, Failure | None]:
        try:
            return expression.value(scope), None
        except Failure as failure:
            if failure.fatal:
                raise
            return unknown(failure.type, failure.message, None, expression.place), failure

    def _type(self, then: Typed, other: Typed) -> Type:
        if null_literal(then):
            return other.type
        if null_literal(other):
            return then.type
        if then.type.kind == "dynamic" or other.type.kind == "dynamic":
            return DYNAMIC
        kind = unify([then.type, other.type], True)
        if kind is None:
            raise Failure("The true and false result expressions must have consistent types.", self.place)
        return kind

    def _converted(self, value: Typed, kind: Type, given: Type | None) -> Typed:
        """The result as one of the common type. `given` is what Terraform takes its type for, if that is another."""
        if kind.kind == "dynamic" or value.type == kind:
            return value
        found = conversion(given if given is not None and not value.type.collection else value.type, kind, True)
        if found is None:
            return value
        try:
            return found(value)
        except Mismatch as error:
            raise Failure(f"The result value has the wrong type: {error}.", self.place, kind) from error

    def _unsure(self, condition: Typed, then: Typed, other: Typed, kind: Type) -> Typed:
        """Terraform knows nothing but the type; rules see one of two values."""

        given = taken_for([then.type, other.type])

        def branch(value: Typed) -> Typed:
            try:
                return self._converted(value, kind, given)
            except Failure as failure:
                return unknown(kind, failure.message, None, value.place)

        if then.null and other.null:
            return self._converted(then, kind, given)
        made = depends(
            condition, lambda: branch(then), lambda: branch(other), self.condition.source, self.condition.place
        )
        sure = made.doubt is Doubt.NOT_NULL or (not made.doubt and not made.null)
        doubt = Doubt.NOT_NULL if sure else Doubt.UNKNOWN
        return Typed(made.data, kind, made.place or self.place, made.hops, doubt=doubt, marks=made.marks)

    def children(self) -> Iterator[tuple[Expression, frozenset[str]]]:
        yield self.condition, NO_NAMES
        yield self.then, NO_NAMES
        yield self.other, NO_NAMES
