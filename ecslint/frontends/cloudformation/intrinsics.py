"""The intrinsic functions, in their long form.

What is not as CloudFormation takes it is unknown: the deployment fails before anything that a rule could say of it.
Source: "Intrinsic function reference" of the CloudFormation template reference.
"""

from __future__ import annotations

from ecslint.frontends.cloudformation.arguments import ListOf, arguments, ref, wrong
from ecslint.frontends.cloudformation.choices import choose, lift
from ecslint.frontends.cloudformation.languageextensions import length, to_json_string
from ecslint.frontends.cloudformation.parts import identity
from ecslint.frontends.cloudformation.strings import (
    encode_base64,
    join_texts,
    select_element,
    split_text,
    substitute,
)
from ecslint.language import escape
from ecslint.lean import TYPE_CHECKING
from ecslint.value import Choice, Sequence, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecslint.frontends.cloudformation.evaluation import Evaluation

    Function = Callable[[Evaluation, Value, Value], Value]

ZONE = "[a-z]+(-[a-z]+)+-\\d[a-z]"
"""What the name of an availability zone looks like."""


def call(evaluation: Evaluation, name: str, argument: Value, whole: Value) -> Value:
    """What `{name: argument}` means; `whole` is that mapping."""
    function = FUNCTIONS.get(name)
    if function is None:
        return Value(Unknown(f"`{name}` is known at deployment only"), whole.place)
    return function(evaluation, argument, whole)


def _get_att(evaluation: Evaluation, argument: Value, whole: Value) -> Value:
    if isinstance(argument.data, str):
        text = evaluation.value(argument).string or ""
        logical_id, _, attribute = text.partition(".")
        return evaluation.stack.attribute(logical_id, attribute, whole.place)
    items = arguments(argument, 2, 8)
    if items is None:
        return wrong("Fn::GetAtt", whole)
    first, *rest = items
    named = evaluation.value(first).string
    if named is None:
        return wrong("Fn::GetAtt", whole)

    def get(names: list[Value]) -> Value:
        known = [name.string for name in names]
        if not all(isinstance(name, str) for name in known):
            return Value(Unknown(f"which attribute of `{named}` this is, is not known"), whole.place)
        return evaluation.stack.attribute(named, ".".join(map(str, known)), whole.place)

    return lift([evaluation.value(item) for item in rest], get)


def _if(evaluation: Evaluation, argument: Value, whole: Value) -> Value:
    items = arguments(argument, 3, 3)
    name = evaluation.value(items[0]).string if items else None
    if items is None or name is None:
        return wrong("Fn::If", whole)
    condition = evaluation.stack.conditions.get(name)
    if isinstance(condition.data, Choice):
        found = choose(condition, evaluation.value(items[1]), evaluation.value(items[2]))
        return Value(found.data, found.place or whole.place, None, found.hops)
    return evaluation.value(items[1] if condition.data is True else items[2])


def _find_in_map(evaluation: Evaluation, argument: Value, whole: Value) -> Value:
    items = arguments(argument, 3, 4)
    if items is None:
        return wrong("Fn::FindInMap", whole)
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
    stack = evaluation.stack
    names = [evaluation.value(argument.get(name)) for name in ("stackName", "outputName")]
    return lift(names, lambda known: stack.deployment.output(known[0], known[1], stack, whole.place))


def _get_azs(evaluation: Evaluation, argument: Value, whole: Value) -> Value:
    region = evaluation.value(argument)
    if region.string == "":
        region = evaluation.stack.ref("AWS::Region", whole.place)
    symbol = ("zones", identity(region))
    return Value(Unknown("the availability zones are known at deployment only", symbol, type=ListOf(ZONE)), whole.place)


def _cidr(evaluation: Evaluation, argument: Value, whole: Value) -> Value:
    items = arguments(argument, 2, 3)
    if items is None:
        return wrong("Fn::Cidr", whole)

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
            return wrong("Fn::Cidr", whole)
        return Value(Sequence([Value(str(net), whole.place) for net in islice(subnets, min(count, 256))]), whole.place)

    return lift([evaluation.value(item) for item in items], cut)


def _transform(evaluation: Evaluation, argument: Value, whole: Value) -> Value:
    name = evaluation.value(argument).get("name").string or "a macro"
    return Value(Unknown(f"`{name}` puts something here at deployment"), whole.place)


FUNCTIONS: dict[str, Function] = {
    "Ref": ref,
    "Fn::GetAtt": _get_att,
    "Fn::Join": join_texts,
    "Fn::Sub": substitute,
    "Fn::Select": select_element,
    "Fn::Split": split_text,
    "Fn::If": _if,
    "Fn::FindInMap": _find_in_map,
    "Fn::ImportValue": _import_value,
    "Fn::GetStackOutput": _get_stack_output,
    "Fn::Base64": encode_base64,
    "Fn::GetAZs": _get_azs,
    "Fn::Cidr": _cidr,
    "Fn::ToJsonString": to_json_string,
    "Fn::Length": length,
    "Fn::Transform": _transform,
}
