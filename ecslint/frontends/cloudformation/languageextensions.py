"""What `Transform: AWS::LanguageExtensions` adds: loops, JSON text, lengths.

Source: "AWS::LanguageExtensions transform" of the CloudFormation template reference.
"""

from __future__ import annotations

import json
import re

from ecslint.frontends.cloudformation.choices import lift
from ecslint.frontends.cloudformation.parts import runs
from ecslint.frontends.cloudformation.template import FOR_EACH
from ecslint.frontends.cloudformation.texts import joined
from ecslint.lean import TYPE_CHECKING, NamedTuple
from ecslint.value import ABSENT, Absent, Choice, Encoded, Mapping, Sequence, Text, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping as Map
    from typing import Any

    from ecslint.frontends.cloudformation.evaluation import Evaluation
    from ecslint.frontends.cloudformation.parts import Run
    from ecslint.value import Key

MOST_ROUNDS = 512
"""How often the loops of one deployment may go round together; CloudFormation takes no more than 500 resources."""

_VARIABLE = re.compile(r"([$&])\{(\w+)\}")


def substituted(raw: Value, text: str, variables: Map[str, Value]) -> Value:
    """A string with the variables of loops filled in; `&{X}` leaves out what is neither letter nor digit."""
    parts: list[Run] = []
    at = 0
    for found in _VARIABLE.finditer(text):
        value = variables.get(found.group(2))
        inner = runs(value) if value is not None else None
        if inner is None:
            continue
        if found.group(1) == "&":
            inner = [(_alphanumeric(part) if isinstance(part, str) else part, None) for part, _ in inner]
        parts += [_cut(raw, text, at, found.start()), *((part, None) for part, _ in inner)]
        at = found.end()
    if not at:
        return raw
    filled = joined([*parts, _cut(raw, text, at, len(text))], raw.place)
    return Value(filled.data, raw.place, raw.key)


def _cut(raw: Value, text: str, start: int, end: int) -> Run:
    return text[start:end], raw.place.part(start, end) if raw.place is not None else None


def _alphanumeric(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]", "", text)


class Round(NamedTuple):
    """An entry as it stands, or as one round of a loop makes it; `evaluation` knows the loop's variables."""

    key: Key
    raw: Value
    evaluation: Evaluation


def rounds(evaluation: Evaluation, entries: Iterable[tuple[Key, Value]]) -> tuple[list[Round], str]:
    """The entries with every `Fn::ForEach` written out, and why there may be more; empty where there cannot be."""
    found: list[Round] = []
    why = ""
    for key, raw in entries:
        if not key.written.startswith(FOR_EACH):
            found.append(Round(evaluation.key(key), raw, evaluation))
            continue
        looped, gap = _loop(evaluation, raw)
        found += looped
        why = why or gap
    return found, why


def _loop(evaluation: Evaluation, raw: Value) -> tuple[list[Round], str]:
    """The rounds of one loop: `[variable, collection, {key: value}]`."""
    parts = list(raw.items())
    if len(parts) != 3 or not isinstance(parts[0].data, str) or not isinstance(parts[2].data, Mapping):
        return [], "this `Fn::ForEach` is not as CloudFormation takes it"
    collection = evaluation.value(parts[1])
    if not isinstance(collection.data, Sequence):
        return [], collection.open or "the loop goes over no list"
    deployment = evaluation.stack.deployment
    found: list[Round] = []
    why = collection.data.open
    for item in collection.data.items:
        if deployment.rounds >= MOST_ROUNDS:
            return found, "the loops go round too often"
        if item.string is None and not isinstance(item.data, Text):
            why = why or item.open or "the loop goes over something that is no text"
            continue
        deployment.rounds += 1
        inner, gap = rounds(evaluation.within({parts[0].data: item}), parts[2].entries())
        found += inner
        why = why or gap
    return found, why


def to_json_string(evaluation: Evaluation, argument: Value, whole: Value) -> Value:
    """`Fn::ToJsonString`: the value itself stands in the text, so that nothing of it is lost."""
    return Value(Text((Encoded(evaluation.value(argument), _encoded),), (argument.place,)), whole.place)


def _encoded(value: Value) -> str | None:
    """The text that CloudFormation makes of a wholly known value."""
    try:
        return json.dumps(_plain(value), separators=(",", ":"), ensure_ascii=False)
    except ValueError:
        return None


def _plain(value: Value) -> Any:
    """A wholly known value as plain data. Raises `ValueError` for any other."""
    data = value.data
    if isinstance(data, (Unknown, Choice, Absent)) or value.open:
        raise ValueError("not known")
    if isinstance(data, Mapping):
        return {key.written: _plain(item) for key, item in value.entries()}
    if isinstance(data, Sequence):
        return [_plain(item) for item in value.items()]
    if isinstance(data, Text) and value.string is None:
        raise ValueError("not known")
    return value.scalar


def length(evaluation: Evaluation, argument: Value, whole: Value) -> Value:
    """`Fn::Length`: how many elements a list has."""

    def count(values: list[Value]) -> Value:
        data = values[0].data
        if not isinstance(data, Sequence) or data.open:
            return Value(Unknown("the length of this list is not known", shape="\\d+"), whole.place)
        return lift(data.items, lambda items: Value(sum(item.data is not ABSENT for item in items), whole.place))

    return lift([evaluation.value(argument)], count)
