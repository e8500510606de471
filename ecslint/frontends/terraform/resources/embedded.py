"""Documents in texts: container definitions and policies, each part at the place where it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint import jsontext
from ecslint.finding import Problem
from ecslint.frontends.terraform.cty.value import Record, Typed, why
from ecslint.frontends.terraform.resources.lowering import Field, each
from ecslint.value import Choice, Mapping, Sequence, Unknown, Value

if TYPE_CHECKING:
    from ecslint.frontends.terraform.declared import Declared


def embedded(declared: Declared, name: str, key: str, what: str = "the policy") -> Field:
    """An argument that holds JSON, which the document has as a tree. `what` names it for a person."""
    return Field(name, key, lambda value: _every(declared, value, what))


def _every(declared: Declared, value: Value, what: str) -> Value:
    if declared.resource.exists.data is True or not isinstance(value.data, Choice):
        return each(_refused(value, what), lambda found: parsed(declared, found, what))
    # One of several texts may be there for the very case in which the resource is not; not so if all are broken.
    broken: list[Problem | None] = []
    made = each(_refused(value, what), lambda found: _read(declared, found, what, broken))
    if broken and all(broken):
        _report(declared, broken[0])
    return made


def _refused(value: Value, what: str, within: bool = False) -> Value:
    """The value; where one of several ways is null, Terraform stops there, and what would be is not known."""
    data = value.data
    if isinstance(data, Choice):
        choice = Choice(data.condition, _refused(data.then, what, True), _refused(data.other, what, True))
        return Value(choice, value.place, value.key, value.hops)
    if within and data is None:
        return Value(Unknown(f"Terraform refuses the resource without {what}"), value.place, value.key, value.hops)
    return value


def parsed(declared: Declared, value: Value, what: str) -> Value:
    """The JSON in a text as a tree; what is certainly broken in it is told as a problem."""
    broken: list[Problem | None] = []
    found = _read(declared, value, what, broken)
    _report(declared, broken[0])
    return found


def _report(declared: Declared, problem: Problem | None) -> None:
    if problem is not None and declared.resource.exists.data is not False:
        declared.report(problem)


def _read(declared: Declared, value: Value, what: str, broken: list[Problem | None]) -> Value:
    """The JSON in a text as a tree; what is certainly broken in it is added, or None."""
    if isinstance(value.data, Unknown) or value.kind != "string":
        broken.append(None)
        return value
    place = (value.place or declared.group.block.place).span()
    reason = why(value) or f"a part of {what} is not known"
    try:
        found, problems = jsontext.read_value(value, place, reason)
    except jsontext.TooDeep as deep:
        broken.append(Problem("limit", deep.place.file.path, str(deep), deep.place))
        return Value(Unknown(str(deep)), place)
    first = problems[0] if problems else None
    if first is not None and not first.certain and not (isinstance(value, Typed) and value.whole):
        broken.append(None)
        return Value(Unknown(reason), value.place, value.key, value.hops)
    broken.append(None if first is None else Problem("json-syntax", first.place.file.path, first.message, first.place))
    return found.through(value.hops)


def objects(value: Value) -> Value:
    """A tree in which a resource that stands there as a whole is the object that it is; what is in it is not known."""
    data = value.data
    changed: Mapping | Sequence | None = None
    if isinstance(data, Record):
        changed = Mapping((), data.why)
    elif isinstance(data, Mapping):
        entries = [(key, objects(item)) for key, item in data.entries]
        if any(new is not old for (_, new), (_, old) in zip(entries, data.entries, strict=True)):
            changed = Mapping(entries, data.open, data.form)
    elif isinstance(data, Sequence):
        items = [objects(item) for item in data.items]
        if any(new is not old for new, old in zip(items, data.items, strict=True)):
            changed = Sequence(items, data.open, data.form)
    return value if changed is None else Value(changed, value.place, value.key, value.hops)
