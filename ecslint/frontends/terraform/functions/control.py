"""Functions that take expressions, not values: `try`, `can` and `templatestring`.

Source: HCL's `ext/tryfunc`, Terraform's `lang/funcs/string.go`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.types import BOOL, DYNAMIC
from ecslint.frontends.terraform.cty.value import Doubt, Record, Typed, boolean, unknown, why
from ecslint.frontends.terraform.failure import Failure
from ecslint.frontends.terraform.hcl.expression import LATER, Literal, Reference
from ecslint.frontends.terraform.hcl.postfix import Index, Item, Splat, Traverse
from ecslint.value import Text

if TYPE_CHECKING:
    from ecslint.frontends.terraform.hcl.call import Call
    from ecslint.frontends.terraform.hcl.expression import Expression
    from ecslint.frontends.terraform.hcl.scope import Scope


def try_(call: Call, scope: Scope) -> Typed:
    """The first expression that does not fail. One that is not wholly known may still come to fail."""
    if not call.arguments:
        raise Failure("at least one argument is required", call.place)
    if call.expand:
        raise Failure("`try` cannot expand its last argument", call.place)
    failure = None
    for argument in call.arguments:
        try:
            value = argument.value(scope)
        except Failure as found:
            if found.fatal:
                raise
            failure = found
            continue
        if value.whole:
            return value
        return _tried(value, argument, call)
    raise Failure(f"no expression succeeded: {failure.message if failure else ''}", call.place)


def _tried(value: Typed, argument: Expression, call: Call) -> Typed:
    """A value that Terraform does not wholly know. What cannot come to fail any more is that value all the same."""
    if isinstance(value.data, Text) or isinstance(argument, Literal) or _settled(value):
        return Typed(value.data, DYNAMIC, value.place, value.hops, doubt=Doubt.UNKNOWN, marks=value.marks)
    return unknown(DYNAMIC, why(value) or LATER, None, call.place)


def _settled(value: Typed) -> bool:
    """Whether an unknown value has a shape, so that it can only be filled in."""
    return not value.doubt or (value.type.kind != "dynamic" and not isinstance(value.data, Record))


def can_(call: Call, scope: Scope) -> Typed:
    """Whether an expression does not fail."""
    if len(call.arguments) != 1 or call.expand:
        raise Failure('Function "can" expects exactly 1 argument.', call.place)
    try:
        value = call.arguments[0].value(scope)
    except Failure as failure:
        if failure.fatal:
            raise
        return boolean(False, call.place)
    if value.whole:
        return boolean(True, call.place)
    return unknown(BOOL, why(value) or LATER, None, call.place)


def templatestring_(call: Call, scope: Scope) -> Typed:
    """A template that is a value, rendered."""
    from ecslint.frontends.terraform.functions.templates import render_value

    if len(call.arguments) != 2 or call.expand:
        raise Failure('Function "templatestring" expects 2 arguments.', call.place)
    template, variables = call.arguments
    if not _refers(template):
        message = "invalid template expression: must be a direct reference to a single string from elsewhere"
        raise Failure(message, template.place)
    return render_value(template.value(scope), variables.value(scope), scope.context, call.place)


def _refers(expression: Expression) -> bool:
    if isinstance(expression, (Traverse, Index, Splat)):
        return _refers(expression.inner)
    return isinstance(expression, (Reference, Item))
