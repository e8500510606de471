"""The intrinsic functions that make texts and lists of one another: join, substitute, split, select, encode."""

from __future__ import annotations

import base64
import re

from ecslint.frontends.cloudformation.arguments import PREFIX, ListOf, arguments, ref, wrong
from ecslint.frontends.cloudformation.choices import lift
from ecslint.frontends.cloudformation.languageextensions import substituted
from ecslint.frontends.cloudformation.parts import identity, runs
from ecslint.frontends.cloudformation.template import called
from ecslint.frontends.cloudformation.texts import joined, split, traced
from ecslint.lean import TYPE_CHECKING
from ecslint.value import ABSENT, Mapping, Sequence, Text, Unknown, Value

if TYPE_CHECKING:
    from ecslint.frontends.cloudformation.evaluation import Evaluation
    from ecslint.frontends.cloudformation.parts import Run
    from ecslint.value import Hop

_PLACEHOLDER = re.compile(r"\$\{(!?)([^${}]*)\}")


def join_texts(evaluation: Evaluation, argument: Value, whole: Value) -> Value:
    items = arguments(argument, 2, 2)
    if items is None:
        return wrong("Fn::Join", whole)
    rebuilt = _rebuilt(evaluation, items[0], items[1])
    if rebuilt is not None:
        return Value(rebuilt.data, whole.place)

    def join(values: list[Value]) -> Value:
        delimiter, listed = values
        if isinstance(listed.data, Unknown):
            return Value(Unknown(listed.data.why, ("join", identity(delimiter), identity(listed))), whole.place)
        if not isinstance(listed.data, Sequence):
            return wrong("Fn::Join", whole)
        if listed.data.open:
            return Value(Unknown(listed.data.open), whole.place)
        return lift(listed.data.items, lambda parts: _concatenated(delimiter, parts, whole))

    return lift([evaluation.value(item) for item in items], join)


def _concatenated(delimiter: Value, items: list[Value], whole: Value) -> Value:
    between = runs(delimiter)
    parts: list[tuple[Run, Hop | None]] = []
    for item in items:
        if item.data is ABSENT:
            continue
        inner = runs(item)
        if inner is None or between is None:
            return Value(Unknown(item.open or "what is joined here is no text"), whole.place)
        parts += [*((run, None) for run in between if parts), *((run, item.way) for run in inner)]
    return traced(joined([run for run, _ in parts], whole.place), parts)


def _rebuilt(evaluation: Evaluation, delimiter: Value, listed: Value) -> Value | None:
    """The text of which a join puts the first fields together again, as CDK does to find the name in a secret's ARN.

    A name that CloudFormation makes is `<logical id>-<random>`, so two fields before the secret's own suffix are all
    of it.
    """
    fields = list(listed.items())
    source: Value | None = None
    for index, field in enumerate(fields):
        chosen = list(called(field, "Fn::Select").items())
        parts = list(called(chosen[1], "Fn::Split").items()) if len(chosen) == 2 else []
        if len(parts) != 2 or chosen[0].integer != index or not parts[0].equals(delimiter).yes:
            return None
        text = evaluation.value(parts[1])
        if source is not None and identity(text) != identity(source):
            return None
        source = text
    data = source.data if source is not None else None
    if isinstance(data, Text) and len(fields) == 2 and len(data.parts) == 3 and data.parts[1] == delimiter.string:
        name = Value(data.parts[0] if isinstance(data.parts[0], (str, Unknown)) else Text(data.parts[:1]))
        return name if name.ref is not None and name.ref.attribute == "name" and name.string is None else None
    return None


def substitute(evaluation: Evaluation, argument: Value, whole: Value) -> Value:
    items = [argument] if isinstance(argument.data, str) else arguments(argument, 1, 2)
    if not items or not isinstance(items[0].data, str):
        return wrong("Fn::Sub", whole)
    if len(items) == 2 and not isinstance(items[1].data, Mapping):
        return wrong("Fn::Sub", whole)
    own = {key.written: evaluation.value(value) for key, value in items[1].entries()} if len(items) == 2 else {}
    template = substituted(items[0], items[0].data, evaluation.variables) if evaluation.variables else items[0]
    if not isinstance(template.data, str):
        return template
    text, place = template.data, template.place
    literals: list[Run] = []
    values: list[Value] = []
    at = 0
    for found in _PLACEHOLDER.finditer(text):
        start, end = found.span()
        literals.append((text[at:start], place.part(at, start) if place is not None else None))
        at = end
        here = place.part(start, end) if place is not None else None
        name = found.group(2)
        if found.group(1):
            values.append(Value(f"${{{name}}}", here))
        else:
            values.append(_placeholder(evaluation, name.strip(), own, Value(name, here)))
    last: Run = (text[at:], place.part(at, len(text)) if place is not None and at else place)

    def fill(filled: list[Value]) -> Value:
        parts: list[tuple[Run, Hop | None]] = []
        for literal, value in zip(literals, filled, strict=True):
            inner = runs(value)
            if inner is None:
                return Value(Unknown(value.open or "what stands in this text is no text"), whole.place)
            parts += [(literal, None), *((run, value.way) for run in inner)]
        parts.append((last, None))
        return traced(joined([run for run, _ in parts], whole.place if literals else place), parts)

    return lift(values, fill)


def _placeholder(evaluation: Evaluation, name: str, own: dict[str, Value], written: Value) -> Value:
    """What `${name}` stands for: a variable of this `Fn::Sub`, a loop's, a `Ref`, or with a dot a `Fn::GetAtt`."""
    if name in own:
        return own[name]
    if "." in name:
        logical_id, _, attribute = name.partition(".")
        return evaluation.stack.attribute(logical_id, attribute, written.place)
    return ref(evaluation, Value(name, written.place), written)


def select_element(evaluation: Evaluation, argument: Value, whole: Value) -> Value:
    items = arguments(argument, 2, 2)
    if items is None:
        return wrong("Fn::Select", whole)

    def select(values: list[Value]) -> Value:
        position, data = values[0].integer, values[1].data
        if position is None:
            return Value(Unknown("which element this is, is not known"), whole.place)
        if isinstance(data, Unknown):
            shape = data.type.shape if isinstance(data.type, ListOf) else ""
            symbol = ("element", data.symbol, position) if data.symbol is not None else None
            return Value(Unknown(data.why, symbol, shape), whole.place)
        if not isinstance(data, Sequence):
            return wrong("Fn::Select", whole)
        if data.open and (data.form != PREFIX or position >= len(data.items)):
            return Value(Unknown(data.open), whole.place)
        return lift(data.items, lambda there: _element(there, position, whole))

    return lift([evaluation.value(item) for item in items], select)


def _element(items: list[Value], position: int, whole: Value) -> Value:
    there = [item for item in items if item.data is not ABSENT]
    if not 0 <= position < len(there):
        return Value(Unknown("the list has no such element"), whole.place)
    found = there[position]
    return Value(found.data, found.place or whole.place, None, found.hops)


def split_text(evaluation: Evaluation, argument: Value, whole: Value) -> Value:
    items = arguments(argument, 2, 2)
    if items is None:
        return wrong("Fn::Split", whole)

    def cut(values: list[Value]) -> Value:
        delimiter, parts = values[0].string, runs(values[1])
        if not delimiter or parts is None:
            return Value(Unknown(values[1].open or "what is split here is not known"), whole.place)
        fields, why = split(parts, delimiter)
        return Value(Sequence([joined(field, whole.place) for field in fields], why, PREFIX), whole.place)

    return lift([evaluation.value(item) for item in items], cut)


def encode_base64(evaluation: Evaluation, argument: Value, whole: Value) -> Value:
    def encode(values: list[Value]) -> Value:
        text = values[0].string
        if text is None:
            why = values[0].open or "what is encoded here is not wholly known"
            return Value(Unknown(why, ("base64", identity(values[0])), "[A-Za-z0-9+/=]*"), whole.place)
        return Value(base64.b64encode(text.encode()).decode(), whole.place)

    return lift([evaluation.value(argument)], encode)
