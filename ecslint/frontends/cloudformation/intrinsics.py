"""The intrinsic functions, in their long form.

What is not as CloudFormation takes it is unknown: the deployment fails before anything that a rule could say of it.
Source: "Intrinsic function reference" of the CloudFormation template reference.
"""

from __future__ import annotations

import base64
import re

from ecslint.frontends.cloudformation.choices import choose, lift
from ecslint.frontends.cloudformation.languageextensions import length, substituted, to_json_string
from ecslint.frontends.cloudformation.parts import identity, runs
from ecslint.frontends.cloudformation.template import called
from ecslint.frontends.cloudformation.texts import joined, split
from ecslint.language import escape
from ecslint.lean import TYPE_CHECKING, NamedTuple
from ecslint.value import ABSENT, Choice, Mapping, Sequence, Text, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecslint.frontends.cloudformation.evaluation import Evaluation
    from ecslint.frontends.cloudformation.parts import Run

    Function = Callable[[Evaluation, Value, Value], Value]

_PLACEHOLDER = re.compile(r"\$\{(!?)([^${}]*)\}")
ZONE = "[a-z]+(-[a-z]+)+-\\d[a-z]"

PREFIX = "prefix"
"""The form of an open list of which nevertheless the first elements are known: fields before one that is not."""


class ListOf(NamedTuple):
    """The type of an unknown list: what its elements look like."""

    shape: str


def call(evaluation: Evaluation, name: str, argument: Value, whole: Value) -> Value:
    """What `{name: argument}` means; `whole` is that mapping."""
    function = FUNCTIONS.get(name)
    if function is None:
        return Value(Unknown(f"`{name}` is known at deployment only"), whole.place)
    return function(evaluation, argument, whole)


def _wrong(name: str, whole: Value) -> Value:
    return Value(Unknown(f"this `{name}` is not as CloudFormation takes it"), whole.place)


def _arguments(argument: Value, least: int, most: int) -> list[Value] | None:
    """The raw elements of a function's list, if there are as many as it takes."""
    items = list(argument.items())
    return items if isinstance(argument.data, Sequence) and least <= len(items) <= most else None


def _ref(evaluation: Evaluation, argument: Value, whole: Value) -> Value:
    name = evaluation.value(argument).string
    if name is None:
        return _wrong("Ref", whole)
    if name in evaluation.variables:
        return evaluation.variables[name].hop(whole.place, f"the loop variable `{name}` is used here")
    return evaluation.stack.ref(name, whole.place)


def _get_att(evaluation: Evaluation, argument: Value, whole: Value) -> Value:
    if isinstance(argument.data, str):
        text = evaluation.value(argument).string or ""
        logical_id, _, attribute = text.partition(".")
        return evaluation.stack.attribute(logical_id, attribute, whole.place)
    items = _arguments(argument, 2, 8)
    if items is None:
        return _wrong("Fn::GetAtt", whole)
    first, *rest = items
    named = evaluation.value(first).string
    if named is None:
        return _wrong("Fn::GetAtt", whole)

    def get(names: list[Value]) -> Value:
        known = [name.string for name in names]
        if not all(isinstance(name, str) for name in known):
            return Value(Unknown(f"which attribute of `{named}` this is, is not known"), whole.place)
        return evaluation.stack.attribute(named, ".".join(map(str, known)), whole.place)

    return lift([evaluation.value(item) for item in rest], get)


def _join(evaluation: Evaluation, argument: Value, whole: Value) -> Value:
    items = _arguments(argument, 2, 2)
    if items is None:
        return _wrong("Fn::Join", whole)
    rebuilt = _rebuilt(evaluation, items[0], items[1])
    if rebuilt is not None:
        return Value(rebuilt.data, whole.place)

    def join(values: list[Value]) -> Value:
        delimiter, listed = values
        if isinstance(listed.data, Unknown):
            return Value(Unknown(listed.data.why, ("join", identity(delimiter), identity(listed))), whole.place)
        if not isinstance(listed.data, Sequence):
            return _wrong("Fn::Join", whole)
        if listed.data.open:
            return Value(Unknown(listed.data.open), whole.place)
        return lift(listed.data.items, lambda parts: _concatenated(delimiter, parts, whole))

    return lift([evaluation.value(item) for item in items], join)


def _concatenated(delimiter: Value, items: list[Value], whole: Value) -> Value:
    between = runs(delimiter)
    parts: list[Run] = []
    for item in items:
        if item.data is ABSENT:
            continue
        inner = runs(item)
        if inner is None or between is None:
            return Value(Unknown(item.open or "what is joined here is no text"), whole.place)
        parts += [*(between if parts else []), *inner]
    return joined(parts, whole.place)


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


def _sub(evaluation: Evaluation, argument: Value, whole: Value) -> Value:
    items = [argument] if isinstance(argument.data, str) else _arguments(argument, 1, 2)
    if not items or not isinstance(items[0].data, str):
        return _wrong("Fn::Sub", whole)
    if len(items) == 2 and not isinstance(items[1].data, Mapping):
        return _wrong("Fn::Sub", whole)
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
        parts: list[Run] = []
        for literal, value in zip(literals, filled, strict=True):
            inner = runs(value)
            if inner is None:
                return Value(Unknown(value.open or "what stands in this text is no text"), whole.place)
            parts += [literal, *inner]
        return joined([*parts, last], whole.place if literals else place)

    return lift(values, fill)


def _placeholder(evaluation: Evaluation, name: str, own: dict[str, Value], written: Value) -> Value:
    """What `${name}` stands for: a variable of this `Fn::Sub`, a loop's, a `Ref`, or with a dot a `Fn::GetAtt`."""
    if name in own:
        return own[name]
    if "." in name:
        logical_id, _, attribute = name.partition(".")
        return evaluation.stack.attribute(logical_id, attribute, written.place)
    return _ref(evaluation, Value(name, written.place), written)


def _select(evaluation: Evaluation, argument: Value, whole: Value) -> Value:
    items = _arguments(argument, 2, 2)
    if items is None:
        return _wrong("Fn::Select", whole)

    def select(values: list[Value]) -> Value:
        position, data = values[0].integer, values[1].data
        if position is None:
            return Value(Unknown("which element this is, is not known"), whole.place)
        if isinstance(data, Unknown):
            shape = data.type.shape if isinstance(data.type, ListOf) else ""
            symbol = ("element", data.symbol, position) if data.symbol is not None else None
            return Value(Unknown(data.why, symbol, shape), whole.place)
        if not isinstance(data, Sequence):
            return _wrong("Fn::Select", whole)
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


def _split(evaluation: Evaluation, argument: Value, whole: Value) -> Value:
    items = _arguments(argument, 2, 2)
    if items is None:
        return _wrong("Fn::Split", whole)

    def cut(values: list[Value]) -> Value:
        delimiter, parts = values[0].string, runs(values[1])
        if not delimiter or parts is None:
            return Value(Unknown(values[1].open or "what is split here is not known"), whole.place)
        fields, why = split(parts, delimiter)
        return Value(Sequence([joined(field, whole.place) for field in fields], why, PREFIX), whole.place)

    return lift([evaluation.value(item) for item in items], cut)


def _if(evaluation: Evaluation, argument: Value, whole: Value) -> Value:
    items = _arguments(argument, 3, 3)
    name = evaluation.value(items[0]).string if items else None
    if items is None or name is None:
        return _wrong("Fn::If", whole)
    condition = evaluation.stack.conditions.get(name)
    if isinstance(condition.data, Choice):
        found = choose(condition, evaluation.value(items[1]), evaluation.value(items[2]))
        return Value(found.data, found.place or whole.place, None, found.hops)
    return evaluation.value(items[1] if condition.data is True else items[2])


def _find_in_map(evaluation: Evaluation, argument: Value, whole: Value) -> Value:
    items = _arguments(argument, 3, 4)
    if items is None:
        return _wrong("Fn::FindInMap", whole)
    fallback = items[3].get("defaultValue") if len(items) == 4 else None

    def find(names: list[Value]) -> Value:
        table = evaluation.stack.mapping(names[0].string or "")
        rows = _rows(table, names[1])
        cells = [cell for row in rows for cell in _rows(row, names[2])]
        known = names[1].string is not None and names[2].string is not None
        if known and len(cells) == 1:
            return evaluation.value(cells[0]).hop(whole.place, f"looked up in the mapping `{names[0].string}` here")
        if known and fallback is not None and not table.open:
            return evaluation.value(fallback)
        if table.open or known:
            return Value(Unknown(table.open or "the mapping has no such entry"), whole.place)
        return _one_of(cells, names, whole)

    return lift([evaluation.value(item) for item in items[:3]], find)


def _rows(table: Value, name: Value) -> list[Value]:
    """The entries that a key may mean: one where it is known, else all."""
    wanted = name.string
    return [value for key, value in table.entries() if wanted is None or key.written == wanted]


def _one_of(cells: list[Value], names: list[Value], whole: Value) -> Value:
    """An entry that a key decides which nobody knows: one of these, and its shape says so where they are texts."""
    why = f"which entry of the mapping `{names[0].string}` this is, is known at deployment only"
    texts = {cell.string for cell in cells}
    shape = ""
    if len(texts) <= 32 and all(text is not None and len(text) <= 128 for text in texts):
        shape = "|".join(sorted(escape(str(text)) for text in texts))
    symbol = ("mapping", *(identity(name) for name in names))
    return Value(Unknown(why, symbol, shape), whole.place)


def _import_value(evaluation: Evaluation, argument: Value, whole: Value) -> Value:
    deployment = evaluation.stack.deployment
    return lift(
        [evaluation.value(argument)], lambda names: deployment.exported(names[0], evaluation.stack, whole.place)
    )


def _get_stack_output(evaluation: Evaluation, argument: Value, whole: Value) -> Value:
    deployment = evaluation.stack.deployment
    names = [evaluation.value(argument.get(name)) for name in ("stackName", "outputName")]
    return lift(names, lambda known: deployment.output(known[0], known[1], whole.place))


def _base64(evaluation: Evaluation, argument: Value, whole: Value) -> Value:
    def encode(values: list[Value]) -> Value:
        text = values[0].string
        if text is None:
            why = values[0].open or "what is encoded here is not wholly known"
            return Value(Unknown(why, ("base64", identity(values[0])), "[A-Za-z0-9+/=]*"), whole.place)
        return Value(base64.b64encode(text.encode()).decode(), whole.place)

    return lift([evaluation.value(argument)], encode)


def _get_azs(evaluation: Evaluation, argument: Value, whole: Value) -> Value:
    region = evaluation.value(argument)
    if region.string == "":
        region = evaluation.stack.ref("AWS::Region", whole.place)
    symbol = ("zones", identity(region))
    return Value(Unknown("the availability zones are known at deployment only", symbol, type=ListOf(ZONE)), whole.place)


def _cidr(evaluation: Evaluation, argument: Value, whole: Value) -> Value:
    items = _arguments(argument, 2, 3)
    if items is None:
        return _wrong("Fn::Cidr", whole)

    def cut(values: list[Value]) -> Value:
        from ipaddress import ip_network
        from itertools import islice

        block, count, bits = values[0].string, values[1].integer, values[2].integer if len(values) == 3 else 8
        if block is None or count is None or bits is None:
            symbol = ("cidr", *(identity(value) for value in values))
            return Value(Unknown("the block is not known", symbol, type=ListOf("[0-9a-f.:]+/\\d+")), whole.place)
        try:
            network = ip_network(block, strict=False)
            subnets = network.subnets(new_prefix=network.max_prefixlen - bits)
        except ValueError:
            return _wrong("Fn::Cidr", whole)
        return Value(Sequence([Value(str(net), whole.place) for net in islice(subnets, min(count, 256))]), whole.place)

    return lift([evaluation.value(item) for item in items], cut)


def _transform(evaluation: Evaluation, argument: Value, whole: Value) -> Value:
    name = evaluation.value(argument).get("name").string or "a macro"
    return Value(Unknown(f"`{name}` puts something here at deployment"), whole.place)


FUNCTIONS: dict[str, Function] = {
    "Ref": _ref,
    "Fn::GetAtt": _get_att,
    "Fn::Join": _join,
    "Fn::Sub": _sub,
    "Fn::Select": _select,
    "Fn::Split": _split,
    "Fn::If": _if,
    "Fn::FindInMap": _find_in_map,
    "Fn::ImportValue": _import_value,
    "Fn::GetStackOutput": _get_stack_output,
    "Fn::Base64": _base64,
    "Fn::GetAZs": _get_azs,
    "Fn::Cidr": _cidr,
    "Fn::ToJsonString": to_json_string,
    "Fn::Length": length,
    "Fn::Transform": _transform,
}
