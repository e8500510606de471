"""Input variables: how they are declared, and the value that a given one becomes.

Source: Terraform's `prepareFinalInputVariableValue`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.constraint import ANY, Constraint, apply, constraint
from ecslint.frontends.terraform.cty.choice import branches, distribute
from ecslint.frontends.terraform.cty.convert import Mismatch, convert
from ecslint.frontends.terraform.cty.numbers import OutOfRange
from ecslint.frontends.terraform.cty.value import EPHEMERAL, SENSITIVE, Doubt, Typed, unknown
from ecslint.frontends.terraform.failure import Declined, Failure
from ecslint.frontends.terraform.functions.context import Context
from ecslint.frontends.terraform.hcl.expression import Literal
from ecslint.frontends.terraform.hcl.origin import Origin
from ecslint.frontends.terraform.hcl.scope import Scope
from ecslint.frontends.terraform.hcl.standalone import expression
from ecslint.value import Unknown

if TYPE_CHECKING:
    from collections.abc import Hashable

    from ecslint.frontends.terraform.hcl.expression import Expression
    from ecslint.frontends.terraform.hcl.syntax import Block


class Variable:
    """A `variable` block."""

    __slots__ = ("_constraint", "_default", "block", "name")

    def __init__(self, name: str, block: Block) -> None:
        self.name = name
        self.block = block
        self._constraint: Constraint | None = None
        self._default: Typed | None = None

    @property
    def constraint(self) -> Constraint:
        """The type that the variable has; any where it declares none, or none that can be understood."""
        if self._constraint is None:
            self._constraint = ANY
            declared = self._argument("type")
            if declared is not None:
                try:
                    self._constraint = constraint(unquoted(declared))
                except (Failure, Declined):
                    self._constraint = ANY
        return self._constraint

    @property
    def textual(self) -> bool:
        """Whether a value on the command line is the text itself, not an expression."""
        return self._argument("type") is None or self.constraint.type.primitive

    @property
    def default(self) -> Typed | None:
        """The default value, before it is converted."""
        if self._default is None:
            declared = self._argument("default")
            if declared is None:
                return None
            try:
                self._default = declared.value(Scope(Context(None, "")))
            except Failure as failure:
                self._default = unknown(self.constraint.type.required(), failure.message, None, declared.place)
        return self._default

    def flag(self, name: str, otherwise: bool) -> bool:
        """A setting of the variable that is true or false."""
        found = self._argument(name)
        if isinstance(found, Literal) and isinstance(found.constant.data, bool):
            return found.constant.data
        return otherwise

    def missing(self, symbol: Hashable, why: str = "") -> Typed:
        """The variable where nothing gives it a value that is known."""
        why = why or f"the variable `{self.name}` has no value here"
        kind = self.constraint.type.required()
        found = Unknown(why, symbol, "", kind, secret=self.flag("sensitive", False))
        return self._marked(Typed(found, kind, self.block.place, doubt=Doubt.UNKNOWN))

    def value(self, given: Typed | None, symbol: Hashable) -> Typed:
        """The variable with a given value, or with its default."""
        default = self.default
        if given is None:
            given = default
        if given is None:
            return self.missing(symbol)
        return self._marked(
            distribute([given], lambda ways: self._given(ways[0], symbol)) or self._given(given, symbol)
        )

    def _given(self, given: Typed, symbol: Hashable) -> Typed:
        found = self._converted(given, symbol)
        if found.null and not self.flag("nullable", True):
            return self.missing(symbol) if self.default is None else self._converted(self.default, symbol)
        return found

    def accepts(self, found: Typed, scope: Scope) -> bool:
        """Whether the value may pass the variable's validations: none of them is certainly not met."""
        if found.doubt and not any(not way.doubt for way in branches(found)):
            return True
        for block in self.block.body.of_type("validation"):
            condition = block.body.attributes.get("condition")
            if condition is None:
                continue
            try:
                met = condition.expression.value(scope)
            except Failure:
                continue
            if all(way.data is False and not way.doubt for way in branches(met)):
                return False
        return True

    def _converted(self, value: Typed, symbol: Hashable) -> Typed:
        wanted = self.constraint
        try:
            filled = value if wanted.defaults is None or value.null else apply(wanted.defaults, value)
            return convert(filled, wanted.type)
        except (Mismatch, OutOfRange) as error:
            why = f"the value of the variable `{self.name}` does not fit its type: {error}"
        except Declined as declined:
            why = str(declined)
        return unknown(wanted.type.required(), why, symbol, value.place).through(value.hops)

    def _marked(self, value: Typed) -> Typed:
        marks = frozenset({SENSITIVE}) if self.flag("sensitive", False) else frozenset()
        if self.flag("ephemeral", False):
            marks |= {EPHEMERAL}
        return value.mark(marks)

    def _argument(self, name: str) -> Expression | None:
        found = self.block.body.attributes.get(name)
        return None if found is None else found.expression


def unquoted(found: Expression) -> Expression:
    """An expression that old Terraform, and Terraform in JSON, write in quotes."""
    if isinstance(found, Literal) and isinstance(found.constant.data, str):
        text = {"list": "list(any)", "map": "map(any)"}.get(found.constant.data, found.constant.data)
        return expression(Origin(text, found.constant.place))
    return found
