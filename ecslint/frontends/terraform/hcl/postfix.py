"""What follows a term: attributes, indices and splats.

Source: HCL's `ops.go` (`Index`, `GetAttr`), `hclsyntax/parser.go` for how they group, and `SplatExpr`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.choice import Symbol, branches, distribute
from ecslint.frontends.terraform.cty.types import DYNAMIC, list_of, tuple_of
from ecslint.frontends.terraform.cty.value import (
    Doubt,
    Elements,
    Typed,
    sequence,
    unknown,
    why,
)
from ecslint.frontends.terraform.failure import Failure
from ecslint.frontends.terraform.hcl.access import get_attribute, get_index
from ecslint.frontends.terraform.hcl.expression import LATER, NO_NAMES, Expression, Literal, Reference, written_at
from ecslint.value import ABSENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ecslint.frontends.terraform.cty.types import Type
    from ecslint.frontends.terraform.hcl.origin import Origin
    from ecslint.frontends.terraform.hcl.scope import Scope
    from ecslint.source import Span


class AttributeStep:
    """`.name`."""

    __slots__ = ("name", "place")

    def __init__(self, name: str, place: Span | None) -> None:
        self.name = name
        self.place = place


class IndexStep:
    """`[key]`, or `.0` of old."""

    __slots__ = ("key", "legacy", "place")

    def __init__(self, key: Expression, place: Span | None, legacy: bool = False) -> None:
        self.key = key
        self.place = place
        self.legacy = legacy


class SplatStep:
    """`[*]`, or `.*` of old."""

    __slots__ = ("full", "place")

    def __init__(self, full: bool, place: Span | None) -> None:
        self.full = full
        self.place = place


if TYPE_CHECKING:
    Step = AttributeStep | IndexStep | SplatStep


def postfixed(term: Expression, steps: Sequence[Step], origin: Origin) -> Expression:
    """A term with steps after it, grouped as HCL does."""
    made = term
    for at, step in enumerate(steps):
        if isinstance(step, SplatStep):
            item = Item(step.place)
            end = len(steps) if step.full else _attributes_end(steps, at + 1)
            each = postfixed(item, steps[at + 1 : end], origin)
            splat = Splat(made, each, item, _between(term.place, steps[end - 1].place))
            return postfixed(splat, steps[end:], origin)
        place = _between(term.place, step.place)
        if isinstance(step, AttributeStep) or isinstance(step.key, Literal):
            if isinstance(made, Reference):
                made = Reference(made.name, (*made.steps, step), place)
            elif isinstance(made, Traverse):
                made = Traverse(made.inner, (*made.steps, step), place)
            else:
                made = Traverse(made, (step,), place)
        else:
            made = Index(made, step.key, place)
    return made


def _attributes_end(steps: Sequence[Step], at: int) -> int:
    """Where what belongs to a `.*` ends: it takes names and old indices only."""
    while at < len(steps):
        step = steps[at]
        if isinstance(step, SplatStep) or (isinstance(step, IndexStep) and not step.legacy):
            break
        at += 1
    return at


def _between(first: Span | None, last: Span | None) -> Span | None:
    return first if first is None or last is None else first._replace(end=last.end)


def follow(value: Typed, steps: Sequence[Step], scope: Scope) -> Typed:
    """The value after some steps. Raises `Failure`."""
    for step in steps:
        if isinstance(step, AttributeStep):
            value = get_attribute(value, step.name, step.place)
        elif isinstance(step, IndexStep):
            value = get_index(value, step.key.value(scope), step.place)
    return value


class Traverse(Expression):
    """Steps from the value of another expression."""

    __slots__ = ("inner", "steps")

    def __init__(self, inner: Expression, steps: tuple[Step, ...], place: Span | None) -> None:
        super().__init__(place)
        self.inner = inner
        self.steps = steps

    def evaluate(self, scope: Scope) -> Typed:
        return written_at(follow(self.inner.value(scope), self.steps, scope), self.place)

    def children(self) -> Iterator[tuple[Expression, frozenset[str]]]:
        yield self.inner, NO_NAMES


class Index(Expression):
    """`a[b]` with a key that is worked out."""

    __slots__ = ("inner", "key")

    def __init__(self, inner: Expression, key: Expression, place: Span | None) -> None:
        super().__init__(place)
        self.inner = inner
        self.key = key

    def evaluate(self, scope: Scope) -> Typed:
        return written_at(get_index(self.inner.value(scope), self.key.value(scope), self.place), self.place)

    def children(self) -> Iterator[tuple[Expression, frozenset[str]]]:
        yield self.inner, NO_NAMES
        yield self.key, NO_NAMES


class Item(Expression):
    """The element that a splat is at."""

    __slots__ = ()

    def evaluate(self, scope: Scope) -> Typed:
        return scope.names[self]


class Splat(Expression):
    """`a[*].b`: the same of every element; of what is no sequence, a tuple of one, or of none where it is null."""

    __slots__ = ("each", "inner", "item")

    def __init__(self, inner: Expression, each: Expression, item: Item, place: Span | None) -> None:
        super().__init__(place)
        self.inner = inner
        self.each = each
        self.item = item

    def evaluate(self, scope: Scope) -> Typed:
        value = self.inner.value(scope)
        spread = distribute([value], lambda ways: self._of(ways[0], scope))
        return self._of(value, scope) if spread is None else spread

    def _of(self, value: Typed, scope: Scope) -> Typed:
        kind = value.type
        if not kind.sequence and not (kind.kind == "dynamic" and value.doubt):
            if value.null:
                return sequence([], place=self.place).mark(value.marks)
            if value.doubt is Doubt.UNKNOWN:
                return unknown(DYNAMIC, why(value) or LATER, None, self.place)
            return sequence([self._item(value, scope)], place=self.place)
        if value.null:
            raise Failure("Splat expressions (with the * symbol) cannot be applied to null sequences.", self.place)
        data = value.data
        if not isinstance(data, Elements):
            return self._unsure(value, scope)
        items = [self._item(item.through(value.hops), scope) for item in data.items]
        if value.doubt:
            inner = Elements(items, "tuple", None, data.open)
            return Typed(inner, DYNAMIC, self.place, doubt=Doubt.NOT_NULL, marks=value.marks)
        if kind.kind == "tuple":
            return sequence(items, place=self.place).mark(value.marks)
        element = items[0].type if items else self._element(value, scope)
        return sequence(items, "list", element, self.place).mark(value.marks)

    def _item(self, item: Typed, scope: Scope) -> Typed:
        if any(branch.data is ABSENT for branch in branches(item)):
            found = distribute([item], lambda ways: ways[0] if ways[0].data is ABSENT else self._item(ways[0], scope))
            return found if found is not None else unknown(DYNAMIC, LATER, None, self.place)
        return written_at(self.each.value(scope.child({self.item: item})), self.place)

    def _unsure(self, value: Typed, scope: Scope) -> Typed:
        """The splat of a sequence of which only the type is known."""
        kind = value.type
        if kind.kind == "dynamic":
            return unknown(DYNAMIC, why(value) or LATER, None, self.place)
        symbol = None if value.symbol is None else Symbol((value.symbol, "[*]"))
        blank = [unknown(each, why(value) or LATER, symbol) for each in kind.elements or (kind.element,)]
        types = [self._item(item, scope).type for item in blank]
        made = tuple_of(types) if kind.kind == "tuple" else list_of(types[0])
        return unknown(made, why(value) or LATER, symbol, self.place, doubt=Doubt.NOT_NULL)

    def _element(self, value: Typed, scope: Scope) -> Type:
        """The type of what the splat would make of an element."""
        return self._item(unknown(value.type.element, LATER), scope).type

    def children(self) -> Iterator[tuple[Expression, frozenset[str]]]:
        yield self.inner, NO_NAMES
        yield self.each, NO_NAMES
