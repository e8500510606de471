"""`for` expressions.

Source: HCL's `ForExpr`. Where a condition is not known, Terraform knows nothing of the result; here, its elements are
those that may or may not be there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty import numbers
from ecslint.frontends.terraform.cty.choice import MAYBE_ABSENT, branches, depends, distribute
from ecslint.frontends.terraform.cty.convert import Mismatch, convert
from ecslint.frontends.terraform.cty.types import BOOL, DYNAMIC, NUMBER, STRING
from ecslint.frontends.terraform.cty.value import (
    Doubt,
    Elements,
    Fields,
    Typed,
    mapping,
    nfc,
    sequence,
    text_of,
    unknown,
    why,
)
from ecslint.frontends.terraform.failure import Failure
from ecslint.frontends.terraform.hcl.expression import LATER, NO_NAMES, Expression, tried
from ecslint.value import ABSENT, Key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.frontends.terraform.hcl.scope import Scope
    from ecslint.source import Span


class For(Expression):
    """`[for k, v in xs : v if c]` and `{for k, v in xs : k => v...}`; a template's `for` is one, too."""

    __slots__ = ("collection", "condition", "group", "key", "names", "result")

    fallback = None

    def __init__(
        self,
        names: list[str],
        collection: Expression,
        key: Expression | None,
        result: Expression,
        condition: Expression | None,
        group: bool,
        place: Span | None,
    ) -> None:
        super().__init__(place)
        self.names = names
        self.collection = collection
        self.key = key
        self.result = result
        self.condition = condition
        self.group = group

    def evaluate(self, scope: Scope) -> Typed:
        failures: list[Failure] = []
        try:
            source = self.collection.value(scope)
            spread = distribute([source], lambda ways: self._branch(ways[0], scope))
            made = self._over(source, scope, failures) if spread is None else spread
        except Failure as failure:
            failure.type = DYNAMIC
            raise
        if failures:
            failures[0].type = made.type
            raise failures[0]
        return made

    def _branch(self, source: Typed, scope: Scope) -> Typed:
        failures: list[Failure] = []
        try:
            made = self._over(source, scope, failures)
        except Failure as failure:
            failures.append(failure)
        return unknown(DYNAMIC, failures[0].message, None, self.place) if failures else made

    def _over(self, source: Typed, scope: Scope, failures: list[Failure]) -> Typed:
        if source.null:
            raise Failure("A null value cannot be used as the collection in a 'for' expression.", self.place)
        if not isinstance(source.data, (Elements, Fields)):
            if source.doubt and not source.type.primitive:
                self._rehearse(scope)
                return unknown(DYNAMIC, why(source) or LATER, None, self.place).mark(source.marks)
            raise Failure(
                f"A value of type {source.type.name} cannot be used as the collection in a 'for' expression.",
                self.place,
            )
        self._rehearse(scope)
        make = self._object if self.key is not None else self._tuple
        result = make(source, scope, failures)
        return result.mark(source.marks)

    def _rehearse(self, scope: Scope) -> None:
        """Terraform tries the condition with nothing known first, and stops at what is wrong then."""
        if self.condition is None:
            return
        blank = unknown(DYNAMIC, LATER)
        found = self.condition.value(scope.child(dict.fromkeys(self.names, blank)))
        if found.null:
            raise Failure("The value of the 'if' clause must not be null.", self.condition.place)
        try:
            convert(found, BOOL)
        except Mismatch as error:
            raise Failure(f"The 'if' clause value is invalid: {error}.", self.condition.place) from error

    def _rounds(self, source: Typed, scope: Scope) -> Iterator[tuple[Scope, Typed]]:
        """The scope of every round, and the element, which may turn out not to be there."""
        data = source.data
        if isinstance(data, Fields):
            keys = data.keys()
            pairs = [(Typed(name, STRING, keys[name].place), value) for name, value in data.ordered()]
        else:
            assert isinstance(data, Elements)
            pairs = [
                (item if data.form == "set" else Typed(numbers.whole(at), NUMBER), item)
                for at, item in enumerate(data.items)
            ]
            if data.open:
                pairs = [(item if data.form == "set" else unknown(NUMBER, data.open), item) for _, item in pairs]
        for key, item in pairs:
            value = item.through(source.hops)
            bound = {self.names[-1]: value}
            if len(self.names) == 2:
                bound[self.names[0]] = key
            yield scope.child(bound), value  # type: ignore[arg-type]  # names are keys of the scope

    def _included(self, scope: Scope) -> Typed:
        """Whether a round counts: a truth value that is known or not."""
        if self.condition is None:
            return Typed(True, BOOL)
        found = self.condition.value(scope)
        if found.null:
            raise Failure("The value of the 'if' clause must not be null.", self.condition.place)
        try:
            return convert(found, BOOL)
        except Mismatch as error:
            raise Failure(f"The 'if' clause value is invalid: {error}.", self.condition.place) from error

    def _round(self, scope: Scope, item: Typed, failures: list[Failure]) -> tuple[Typed, bool]:
        """The result of a round, `MAYBE_ABSENT` or a choice of it where it may not count, and whether all is known."""
        if any(branch.data is ABSENT for branch in branches(item)):
            found = distribute([item], lambda ways: self._round_of(scope, ways[0]))
            return (found if found is not None else unknown(DYNAMIC, LATER)), False
        included = self._included(scope)
        if not included.doubt:
            return (tried(self.result, scope, failures), True) if included.data else (MAYBE_ABSENT, True)
        assert self.condition is not None
        value = self._attempt(scope)
        return depends(
            included, lambda: value, lambda: MAYBE_ABSENT, self.condition.source, self.condition.place
        ), False

    def _round_of(self, scope: Scope, item: Typed) -> Typed:
        if item.data is ABSENT:
            return MAYBE_ABSENT
        failures: list[Failure] = []
        return self._round(scope.child({self.names[-1]: item}), item, failures)[0]

    def _attempt(self, scope: Scope) -> Typed:
        """The result of a round that may not count; then what is wrong in it does not matter."""
        try:
            return self.result.value(scope)
        except Failure as failure:
            return unknown(DYNAMIC, failure.message, None, self.place)

    def _tuple(self, source: Typed, scope: Scope, failures: list[Failure]) -> Typed:
        items: list[Typed] = []
        sure = not source.doubt
        marks = NO_NAMES
        for inner, item in self._rounds(source, scope):
            value, known = self._round(inner, item, failures)
            sure = sure and known
            if value is not MAYBE_ABSENT:
                items.append(value)
        if sure:
            return sequence(items, place=self.place).mark(marks)
        openness = source.data.open if isinstance(source.data, (Elements, Fields)) else ""
        return Typed(Elements(items, "tuple", None, openness), DYNAMIC, self.place, doubt=Doubt.NOT_NULL)

    def _object(self, source: Typed, scope: Scope, failures: list[Failure]) -> Typed:
        entries: dict[str, list[tuple[Key, Typed]]] = {}
        openness = source.data.open if isinstance(source.data, (Elements, Fields)) else ""
        sure = not source.doubt
        marks = NO_NAMES
        for inner, item in self._rounds(source, scope):
            found = self._entry(inner, item, failures)
            if found is None:
                continue
            key, value, known = found
            sure = sure and known
            marks |= key.marks
            if key.doubt:
                openness = openness or why(key) or LATER
                continue
            name = nfc(text_of(key))
            if name in entries and not self.group:
                if known and sure:
                    raise Failure(
                        f"Two different items produced the key \"{name}\" in this 'for' expression.", self.place
                    )
                entries[name] = [(Key(name, key.place), unknown(DYNAMIC, LATER, None, self.place))]
                continue
            entries.setdefault(name, []).append((Key(name, key.place), value))
        made = [self._grouped(name, group) for name, group in entries.items()]
        if sure and not openness:
            return mapping(made, place=self.place).mark(marks)
        if openness:
            # Two items of one key would be refused, but a group may grow.
            made = [
                (key, unknown(DYNAMIC, openness, None, value.place) if self.group else value) for key, value in made
            ]
        return Typed(Fields(made, "object", None, openness), DYNAMIC, self.place, doubt=Doubt.NOT_NULL).mark(marks)

    def _grouped(self, name: str, group: list[tuple[Key, Typed]]) -> tuple[Key, Typed]:
        key = group[0][0]
        return (
            (key, sequence([value for _, value in group], place=self.place))
            if self.group
            else (key, group[0][1].under(key))
        )

    def _entry(self, scope: Scope, item: Typed, failures: list[Failure]) -> tuple[Typed, Typed, bool] | None:
        """Key and value of a round, and whether the round certainly counts; nothing where it certainly does not."""
        assert self.key is not None
        if any(branch.data is ABSENT for branch in branches(item)):
            return unknown(STRING, LATER), item, False
        included = self._included(scope)
        if not included.doubt and not included.data:
            return None
        key = self.key.value(scope)
        if key.null:
            raise Failure("Key expression in 'for' expression must not produce a null value.", self.key.place)
        try:
            key = convert(key, STRING)
        except Mismatch as error:
            raise Failure(f"The key expression produced an invalid result: {error}.", self.key.place) from error
        if not included.doubt:
            return key, tried(self.result, scope, failures), not key.doubt
        assert self.condition is not None
        value = self._attempt(scope)
        chosen = depends(included, lambda: value, lambda: MAYBE_ABSENT, self.condition.source, self.condition.place)
        return key, chosen, False

    def children(self) -> Iterator[tuple[Expression, frozenset[str]]]:
        yield self.collection, NO_NAMES
        bound = frozenset(self.names)
        for inner in (self.key, self.result, self.condition):
            if inner is not None:
                yield inner, bound
