"""Function calls.

Source: HCL's `FunctionCallExpr`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.choice import distribute
from ecslint.frontends.terraform.cty.types import DYNAMIC
from ecslint.frontends.terraform.cty.value import Doubt, Elements, Typed, unknown, why
from ecslint.frontends.terraform.failure import Failure
from ecslint.frontends.terraform.functions import find, lazy
from ecslint.frontends.terraform.functions.function import call
from ecslint.frontends.terraform.hcl.expression import LATER, NO_NAMES, Expression, salvaged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ecslint.frontends.terraform.functions.function import Function
    from ecslint.frontends.terraform.hcl.scope import Scope
    from ecslint.source import Span


class Call(Expression):
    """A function call. `expand` says that the last argument stands for all its elements."""

    __slots__ = ("arguments", "expand", "name")

    def __init__(self, name: str, arguments: list[Expression], expand: bool, place: Span | None) -> None:
        super().__init__(place)
        self.name = name
        self.arguments = arguments
        self.expand = expand

    def evaluate(self, scope: Scope) -> Typed:
        if not scope.context.callable:
            raise Failure("Function calls not allowed: functions may not be called here.", self.place)
        unevaluated = lazy(self.name)
        if unevaluated is not None:
            return unevaluated(self, scope)
        called = find(self.name, scope.context)
        if called is None:
            return self._elsewhere()
        return self._called(called, scope, lambda argument: argument.value(scope))

    def rest(self, scope: Scope) -> Typed | None:
        evaluated = scope.context.callable and lazy(self.name) is None
        called = find(self.name, scope.context) if evaluated else None
        return self._called(called, scope, lambda argument: salvaged(argument, scope)) if called is not None else None

    def _called(self, called: Function, scope: Scope, evaluate: Callable[[Expression], Typed]) -> Typed:
        """The call with its arguments as `evaluate` gives them."""
        values = [evaluate(argument) for argument in self.arguments[: len(self.arguments) - self.expand]]
        if self.expand:
            last = evaluate(self.arguments[-1])
            spread = distribute([last], lambda ways: self._spread(values, ways[0], scope))
            return spread if spread is not None else self._spread(values, last, scope)
        return call(called, values, scope.context, self.place)

    def _elsewhere(self) -> Typed:
        if self.name.startswith("provider::") and not self.name.startswith("provider::terraform::"):
            return unknown(DYNAMIC, f"only the provider knows `{self.name}`", None, self.place)
        raise Failure(f'Call to unknown function: there is no function named "{self.name}".', self.place)

    def _spread(self, values: Sequence[Typed], last: Typed, scope: Scope) -> Typed:
        """The call with the last argument's elements."""
        called = find(self.name, scope.context)
        assert called is not None
        if last.null or not (last.type.sequence or last.type.kind == "dynamic"):
            raise Failure(
                "The expanding argument (indicated by ...) must be of a tuple, list, or set type.", self.place
            )
        data = last.data
        if not isinstance(data, Elements) or last.type.kind == "dynamic" or last.doubt:
            return self._unsure(called.name, values, last, scope)
        items = [item.through(last.hops).mark(last.marks) for item in data.items]
        return call(called, [*values, *items], scope.context, self.place)

    def _unsure(self, name: str, values: Sequence[Typed], last: Typed, scope: Scope) -> Typed:
        """A call with arguments that may or may not be there; `merge` and `concat` still say something."""
        called = find(name, scope.context)
        data = last.data
        if (
            called is not None
            and called.sketch is not None
            and isinstance(data, Elements)
            and name in {"merge", "concat"}
        ):
            rest = unknown(DYNAMIC, data.open, None, last.place)
            items = [item.through(last.hops) for item in data.items]
            found = called.sketch([*values, *items, *([rest] if data.open else [])])
            if found is not None:
                return Typed(found.data, DYNAMIC, self.place, doubt=Doubt.NOT_NULL)
        return unknown(DYNAMIC, why(last) or LATER, None, self.place)

    def children(self) -> Iterator[tuple[Expression, frozenset[str]]]:
        for argument in self.arguments:
            yield argument, NO_NAMES
