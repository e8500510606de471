"""What a function is, and how it is called.

Source: go-cty's `function.Function.Call` and HCL's `FunctionCallExpr.Value`: arguments are converted to the parameters'
types, marks are taken off and put on the result, null is refused, and of an unknown argument comes an unknown result.
A function may also say what can be said of a result that Terraform does not know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ecslint.frontends.terraform.cty import numbers
from ecslint.frontends.terraform.cty.choice import blurred, derived, distribute
from ecslint.frontends.terraform.cty.convert import Mismatch, convert
from ecslint.frontends.terraform.cty.sets import all_marks, unmarked
from ecslint.frontends.terraform.cty.types import BOOL, DYNAMIC, NUMBER, STRING, Type
from ecslint.frontends.terraform.cty.value import Doubt, Typed, unknown
from ecslint.frontends.terraform.failure import Declined, Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ecslint.frontends.terraform.functions.context import Context
    from ecslint.source import Place

    Returns = Type | Callable[[Sequence[Typed]], Type]
    Run = Callable[..., Typed]
    Sketch = Callable[[Sequence[Typed]], Typed | None]


class Parameter(NamedTuple):
    """A parameter; the flags say what it takes besides known values that are not null."""

    name: str
    type: Type = DYNAMIC
    null: bool = False
    unknown: bool = False
    dynamic: bool = False
    marked: bool = False


def text(name: str) -> Parameter:
    return Parameter(name, STRING)


def number(name: str) -> Parameter:
    return Parameter(name, NUMBER)


def truth(name: str) -> Parameter:
    return Parameter(name, BOOL)


def anything(name: str) -> Parameter:
    """A parameter that takes every value there is."""
    return Parameter(name, null=True, unknown=True, dynamic=True)


class Function(NamedTuple):
    """A function. `run` is given the context if `contextual`, and the arguments.

    `returns` is the result's type, also where arguments are not known; `nullable` says that the result may be null.
    `sketch` gives what is known of a result that Terraform does not know, or nothing.
    """

    name: str
    parameters: tuple[Parameter, ...]
    rest: Parameter | None
    returns: Returns
    run: Run
    sketch: Sketch | None = None
    nullable: bool = False
    contextual: bool = False

    def parameter(self, index: int) -> Parameter:
        if index < len(self.parameters):
            return self.parameters[index]
        assert self.rest is not None
        return self.rest


_PER_STEP = 2
"""How many scalars a function takes or makes while an expression is evaluated."""

REGISTRY: dict[str, Function] = {}


def function(
    name: str,
    *parameters: Parameter,
    returns: Returns = DYNAMIC,
    rest: Parameter | None = None,
    sketch: Sketch | None = None,
    nullable: bool = False,
    contextual: bool = False,
) -> Callable[[Run], Run]:
    """Declare a function."""

    def register(run: Run) -> Run:
        REGISTRY[name] = Function(name, parameters, rest, returns, run, sketch, nullable, contextual)
        return run

    return register


def call(called: Function, values: Sequence[Typed], context: Context, place: Place | None) -> Typed:
    """The result of a call. Raises `Failure` where Terraform would refuse it."""
    _check_count(called, values, place)
    # The work of a function grows with what it takes and makes, however short the call is.
    context.budget.spend(sum(value.weight for value in values) // _PER_STEP)
    arguments: list[Typed] = []
    marks: frozenset[str] = frozenset()
    for index, value in enumerate(values):
        parameter = called.parameter(index)
        try:
            argument = convert(value, parameter.type)
        except Mismatch as error:
            raise Failure(f'Invalid value for "{parameter.name}" parameter: {error}.', value.place or place) from error
        except numbers.OutOfRange as error:
            argument = unknown(parameter.type, str(error), None, value.place)
        if argument.deep and not parameter.marked:
            marks |= all_marks(argument)
            argument = unmarked(argument)
        arguments.append(argument)
    _check_nulls(called, arguments, place)
    result = _apply(called, arguments, context, place)
    context.budget.spend(result.weight // _PER_STEP)
    if result.place is None:
        result.place = place
    return result.mark(marks) if marks else result


def _check_nulls(called: Function, arguments: Sequence[Typed], place: Place | None) -> None:
    """Refuse null where it is not taken; what follows an argument of an unknown type is not looked at."""
    for index, argument in enumerate(arguments):
        parameter = called.parameter(index)
        if argument.null and not parameter.null:
            message = f'Invalid value for "{parameter.name}" parameter: argument must not be null.'
            raise Failure(message, argument.place or place)
        if argument.type.kind == "dynamic" and not parameter.dynamic:
            return


def _check_count(called: Function, values: Sequence[Typed], place: Place | None) -> None:
    if len(values) < len(called.parameters):
        missing = called.parameters[len(values)].name
        least = " at least" if called.rest else ""
        wanted = f"expects{least} {len(called.parameters)} argument(s)"
        raise Failure(f'Function "{called.name}" {wanted}. Missing value for "{missing}".', place)
    if called.rest is None and len(values) > len(called.parameters):
        raise Failure(f'Function "{called.name}" expects only {len(called.parameters)} argument(s).', place)


def _apply(called: Function, arguments: Sequence[Typed], context: Context, place: Place | None) -> Typed:
    """The result for arguments that fit."""
    dynamic = any(
        argument.type.kind == "dynamic" and not called.parameter(index).dynamic
        for index, argument in enumerate(arguments)
    )
    unknowns = dynamic or any(
        argument.doubt and not called.parameter(index).unknown for index, argument in enumerate(arguments)
    )
    if not unknowns:
        whole = _run(called, arguments, context, place)
        if not whole.doubt:
            return whole
        # A function that takes what is not known yet, such as `length`, says more of each branch of a choice.
        return distribute(arguments, lambda values: _branch(called, values, context, place)) or whole
    kind = (
        DYNAMIC if dynamic else called.returns if isinstance(called.returns, Type) else _type(called, arguments, place)
    )
    spread = distribute(arguments, lambda values: _branch(called, values, context, place))
    if spread is None:
        spread = _sketch(called, arguments)
    doubt = Doubt.UNKNOWN if called.nullable or dynamic else Doubt.NOT_NULL
    if spread is None:
        found = blurred(arguments, "it is known only after apply")
        return unknown(kind, found.why, derived(called.name, arguments), place, doubt=doubt)
    return Typed(spread.data, kind, spread.place or place, spread.hops, doubt=doubt, marks=spread.marks)


def _sketch(called: Function, arguments: Sequence[Typed]) -> Typed | None:
    """What is known of an unknown result; nothing where the function would fail if nothing else were known."""
    try:
        return called.sketch(arguments) if called.sketch is not None else None
    except (Failure, Mismatch):
        return None


def _type(called: Function, arguments: Sequence[Typed], place: Place | None) -> Type:
    assert callable(called.returns)
    try:
        return called.returns(arguments)
    except Failure as failure:
        failure.place = failure.place or place
        raise


def _branch(called: Function, values: Sequence[Typed], context: Context, place: Place | None) -> Typed:
    """The result for one way that the arguments may turn out; a call that fails there gives nothing to say."""
    try:
        if any(value.null and not called.parameter(index).null for index, value in enumerate(values)):
            return unknown(DYNAMIC, f"`{called.name}` does not take null", None, place)
        return _apply(called, values, context, place)
    except Failure as failure:
        return unknown(DYNAMIC, f"`{called.name}` fails here: {failure.message}", None, place)


def _run(called: Function, arguments: Sequence[Typed], context: Context, place: Place | None) -> Typed:
    try:
        return called.run(context, *arguments) if called.contextual else called.run(*arguments)
    except Failure as failure:
        failure.place = failure.place or place
        raise
    except (Mismatch, numbers.NotANumber) as error:
        raise Failure(f'Call to function "{called.name}" failed: {error}.', place) from error
    except (Declined, numbers.OutOfRange) as declined:
        kind = called.returns if isinstance(called.returns, Type) else DYNAMIC
        return unknown(kind, str(declined), derived(called.name, arguments), place)
