"""Expressions: literals, references, calls and constructors.

Source: HCL's `hclsyntax/expression.go`. An expression is evaluated in a scope and gives a `Typed`, or raises `Failure`
where Terraform would refuse it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.convert import Mismatch, convert
from ecslint.frontends.terraform.cty.types import DYNAMIC, STRING, tuple_of
from ecslint.frontends.terraform.cty.value import (
    Doubt,
    Fields,
    Typed,
    mapping,
    sequence,
    text_of,
    unknown,
    why,
)
from ecslint.frontends.terraform.failure import Declined, Failure
from ecslint.value import Key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ecslint.frontends.terraform.cty.types import Type
    from ecslint.frontends.terraform.hcl.postfix import Step
    from ecslint.frontends.terraform.hcl.scope import Scope
    from ecslint.source import Span

LATER = "it is known only after apply"


class Expression:
    """The base. `place` is missing in a text that a function made.

    `fallback` is the type that Terraform goes on with after something in the expression has failed; None where that
    is the one that the failure has.
    """

    __slots__ = ("place",)

    fallback: Type | None = DYNAMIC

    def __init__(self, place: Span | None) -> None:
        self.place = place

    def value(self, scope: Scope) -> Typed:
        """The value. Raises `Failure`."""
        budget = scope.context.budget
        budget.depth += 1
        try:
            budget.spend()
            if budget.depth > budget.DEEPEST:
                raise Declined("the evaluation nests too deep")
            return self.evaluate(scope)
        except Declined as declined:
            return unknown(DYNAMIC, str(declined), None, self.place)
        except Failure as failure:
            failure.type = self.fallback or failure.type
            raise
        finally:
            budget.depth -= 1

    def evaluate(self, scope: Scope) -> Typed:
        raise NotImplementedError

    def rest(self, scope: Scope) -> Typed | None:
        """What is left of the value where a part of it fails; None where that is nothing. May raise `Failure`."""
        return None

    def children(self) -> Iterator[tuple[Expression, frozenset[str]]]:
        """The expressions inside, each with the names that are bound there."""
        return iter(())

    @property
    def source(self) -> str:
        """The expression as it is written, on one line."""
        text = " ".join(self.place.text.split()) if self.place is not None else "a condition"
        return text if len(text) <= 80 else text[:79] + "…"


NO_NAMES: frozenset[str] = frozenset()


class Literal(Expression):
    """A value as it is written."""

    __slots__ = ("constant",)

    def __init__(self, constant: Typed, place: Span | None) -> None:
        super().__init__(place)
        self.constant = constant

    def evaluate(self, scope: Scope) -> Typed:
        return self.constant


class Broken(Expression):
    """What could not be read, or is beyond what is calculated here."""

    __slots__ = ("type", "why")

    def __init__(self, why: str, place: Span | None, type: Type = DYNAMIC) -> None:
        super().__init__(place)
        self.why = why
        self.type = type

    def evaluate(self, scope: Scope) -> Typed:
        return unknown(self.type, self.why, None, self.place)


class Enclosed(Expression):
    """An expression in something that leaves its value as it is."""

    __slots__ = ("inner",)

    fallback = None

    def __init__(self, inner: Expression, place: Span | None) -> None:
        super().__init__(place)
        self.inner = inner

    def evaluate(self, scope: Scope) -> Typed:
        return self.inner.value(scope)

    def rest(self, scope: Scope) -> Typed:
        return salvaged(self.inner, scope)

    def children(self) -> Iterator[tuple[Expression, frozenset[str]]]:
        yield self.inner, NO_NAMES


class Parentheses(Enclosed):
    """An expression in parentheses."""

    __slots__ = ()


class Reference(Expression):
    """A name and the steps from there: `var.tags["team"]`, `aws_s3_bucket.code.arn`."""

    __slots__ = ("name", "steps")

    def __init__(self, name: str, steps: tuple[Step, ...], place: Span | None) -> None:
        super().__init__(place)
        self.name = name
        self.steps = steps

    def evaluate(self, scope: Scope) -> Typed:
        from ecslint.frontends.terraform.hcl.postfix import follow

        bound = scope.names.get(self.name)
        if bound is not None:
            return follow(bound, self.steps, scope)
        value, taken = scope.reference(self)
        return written_at(follow(value, self.steps[taken:], scope), self.place)


def written_at(value: Typed, place: Span | None) -> Typed:
    """The value; one that is written nowhere, as what AWS makes, is written where it is referred to."""
    return value.copy(place=place) if value.place is None and place is not None else value


def tried(expression: Expression, scope: Scope, failures: list[Failure]) -> Typed:
    """The value; where it fails, what Terraform goes on with to see what else is wrong."""
    try:
        return expression.value(scope)
    except Failure as failure:
        if failure.fatal:
            raise
        failures.append(failure)
        return unknown(failure.type, failure.message, None, expression.place)


def salvaged(expression: Expression, scope: Scope) -> Typed:
    """The value; where a part of it fails, that part is unknown.

    Terraform stops there. What stands around a mistake is read all the same, so that one does not hide all others.
    """
    try:
        return expression.value(scope)
    except Failure as failure:
        why = f"it cannot be evaluated: {failure.message}"
        symbol = failure.symbol if isinstance(expression, Reference) else None
    try:
        rest = expression.rest(scope)
    except Failure:
        rest = None
    return unknown(DYNAMIC, why, symbol, expression.place) if rest is None else rest


class Tuple(Expression):
    """`[a, b]`."""

    __slots__ = ("items",)

    fallback = None

    def __init__(self, items: list[Expression], place: Span | None) -> None:
        super().__init__(place)
        self.items = items

    def evaluate(self, scope: Scope) -> Typed:
        failures: list[Failure] = []
        items = [tried(item, scope, failures) for item in self.items]
        if failures:
            failures[0].type = tuple_of(item.type for item in items)
            raise failures[0]
        return sequence(items, place=self.place)

    def rest(self, scope: Scope) -> Typed:
        return sequence([salvaged(item, scope) for item in self.items], place=self.place)

    def children(self) -> Iterator[tuple[Expression, frozenset[str]]]:
        for item in self.items:
            yield item, NO_NAMES


class Object(Expression):
    """`{ a = b }`. A bare name is a key; anything else is evaluated."""

    __slots__ = ("entries",)

    fallback = None

    def __init__(self, entries: list[tuple[Expression, Expression]], place: Span | None) -> None:
        super().__init__(place)
        self.entries = entries

    def evaluate(self, scope: Scope) -> Typed:
        failures: list[Failure] = []
        found = self._object(scope, lambda expression: tried(expression, scope, failures))
        if failures:
            failures[0].type = found.type
            raise failures[0]
        return found

    def rest(self, scope: Scope) -> Typed:
        return self._object(scope, lambda expression: salvaged(expression, scope))

    def _object(self, scope: Scope, evaluate: Callable[[Expression], Typed]) -> Typed:
        """The object with its values as `evaluate` gives them."""
        entries: list[tuple[Key, Typed]] = []
        openness = ""
        marks: frozenset[str] = NO_NAMES
        for name, expression in self.entries:
            key, sure = self._key(name, scope)
            value = evaluate(expression)
            marks |= key.marks
            if not sure:
                openness = openness or why(key) or LATER
                continue
            written = Key(text_of(key), name.place)
            entries.append((written, value.under(written)))
        if not openness:
            return mapping(entries, place=self.place).mark(marks)
        # Any of the entries before and after may have been given the unknown key.
        blurred = [(key, unknown(DYNAMIC, openness, None, value.place)) for key, value in entries]
        fields = Fields(blurred, "object", None, openness)
        return Typed(fields, DYNAMIC, self.place, doubt=Doubt.NOT_NULL, marks=marks)

    @staticmethod
    def _key(name: Expression, scope: Scope) -> tuple[Typed, bool]:
        """The key, and whether it is known."""
        literal = keyword(name)
        if literal is not None:
            return Typed(literal, STRING, name.place), True
        if isinstance(name, Reference):
            raise Failure(
                "Ambiguous attribute key: wrap a reference in parentheses, and a name with dots in quotes", name.place
            )
        key = _sound(name, scope)
        if key.null:
            raise Failure("Can't use a null value as a key.", name.place)
        try:
            found = convert(key, STRING)
        except Mismatch as error:
            raise Failure(f"Can't use this value as a key: {error}.", name.place) from error
        return found, not found.doubt

    def children(self) -> Iterator[tuple[Expression, frozenset[str]]]:
        for name, value in self.entries:
            if keyword(name) is None:
                yield name, NO_NAMES
            yield value, NO_NAMES


def _sound(expression: Expression, scope: Scope) -> Typed:
    """The value; a failure says nothing of the type of what the expression is in."""
    try:
        return expression.value(scope)
    except Failure as failure:
        failure.type = DYNAMIC
        raise


def keyword(expression: Expression) -> str | None:
    """The name, where the expression is nothing but a name or one of the words `true`, `false` and `null`."""
    if isinstance(expression, Reference) and not expression.steps:
        return expression.name
    if isinstance(expression, Literal) and (
        expression.constant.data is None or isinstance(expression.constant.data, bool)
    ):
        data = expression.constant.data
        return "null" if data is None else "true" if data else "false"
    return None
