"""Texts with something wrong in them: a node dropped, doubled, exchanged or of another type, or characters gone."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

ODD: list[Any] = [
    None,
    True,
    0,
    -1,
    1.5,
    10**30,
    "",
    "a",
    "0",
    "${",
    "${x}",
    "{{",
    "<X>",
    "arn:aws:",
    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:a:b:c:d:e",
    "redis://:@[::1",
    "\ud800",
    "é\u202e😀\t\n\x00",
    [],
    [None],
    [[]],
    ["a", "a"],
    {},
    {"a": None},
    {"Ref": "AWS::NoValue"},
    {"Ref": "Task"},
    {"Fn::GetAtt": []},
    {"Fn::If": ["C", 1, 2]},
    {"Fn::Sub": ["${a}", {"a": {"Ref": "a"}}]},
    {"name": {}, "value": [], "valueFrom": 1},
]
"""What stands for any other value."""

PIECES = [
    *'{}[]()",.$%!?:=*<>-\\#\n\t\0é',
    "${",
    "%{",
    "<<-X\n",
    "=>",
    "...",
    "null",
    "true",
    "-1",
    "1e999",
    "0x1",
    "each.key",
    "count.index",
    "local.",
    "var.x",
    "for ",
    "if ",
    "jsonencode(",
    "file(",
    "*/",
    "/*",
    "dynamic",
]
"""What may stand anywhere in HCL."""

_TOKEN = re.compile(r"\w+|\s+|.", re.DOTALL)


def mutated(name: str, text: str, random: Random) -> str:
    """The text of a file with one to three mutations, by what its name says it holds."""
    for _ in range(random.choice((1, 1, 2, 3))):
        if random.random() < 0.1:
            text = _cut(text, random)
        elif name.endswith(".json"):
            text = _in_json(text, random)
        elif name.endswith((".yaml", ".yml", ".template")):
            text = _in_yaml(text, random)
        else:
            text = _in_tokens(text, random)
    return text


def _cut(text: str, random: Random) -> str:
    """The text without a piece of it, or without its end."""
    at = random.randrange(len(text) + 1)
    return text[:at] + (text[at + random.randint(1, 8) :] if random.random() < 0.7 else "")


def _in_json(text: str, random: Random) -> str:
    try:
        data = json.loads(text)
    except ValueError:
        return _in_tokens(text, random)
    holders = list(_holders(data))
    if not holders:
        return json.dumps(random.choice(ODD))
    holder, other = random.choice(holders), random.choice(holders)
    key, second = _key(holder, random), _key(other, random)
    what = random.randrange(6)
    if what == 0:
        del holder[key]
    elif what == 1 and isinstance(holder, list):
        holder.insert(random.randrange(len(holder) + 1), holder[key])
    elif what == 2:
        # By way of text: two places must not share one object.
        one, two = json.dumps(holder[key]), json.dumps(other[second])
        holder[key], other[second] = json.loads(two), json.loads(one)
    elif what == 3 and isinstance(holder, dict):
        holder[_changed(key, random)] = holder.pop(key)
    elif what == 4:
        holder[key] = [holder[key]] if random.random() < 0.5 else {"a": holder[key]}
    else:
        holder[key] = random.choice(ODD)
    dumped = json.dumps(data, indent=random.choice((None, 2)))
    if isinstance(holder, dict) and random.random() < 0.1:
        dumped = dumped.replace("{", '{"name": 1, ', 1)
    return dumped


def _holders(data: Any) -> list[Any]:
    """All collections in JSON that hold anything."""
    found, todo = [], [data]
    while todo:
        item = todo.pop()
        if item and isinstance(item, (dict, list)):
            found.append(item)
            todo += item.values() if isinstance(item, dict) else item
    return found


def _key(holder: Any, random: Random) -> Any:
    return random.choice(list(holder)) if isinstance(holder, dict) else random.randrange(len(holder))


def _changed(key: str, random: Random) -> str:
    changes: list[Callable[[str], str]] = [
        str.upper,
        str.lower,
        str.swapcase,
        lambda key: key + "s",
        lambda key: key[:-1],
        lambda key: "",
        lambda key: "Fn::If",
        lambda key: "name",
    ]
    return random.choice(changes)(key)


def _in_yaml(text: str, random: Random) -> str:
    """The nodes of YAML mutated, tags kept; what cannot be composed, or written again, is mutated as text."""
    try:
        root = yaml.compose(text)
    except yaml.YAMLError:
        return _in_tokens(text, random)
    nodes = [node for node in _nodes(root) if isinstance(node.value, list) and node.value]
    if not nodes:
        return _in_tokens(text, random)
    node, other = random.choice(nodes), random.choice(nodes)
    at, second = random.randrange(len(node.value)), random.randrange(len(other.value))
    what = random.randrange(5)
    if what == 0:
        del node.value[at]
    elif what == 1:
        node.value.insert(random.randrange(len(node.value) + 1), node.value[at])
    elif what == 2 and type(node) is type(other):
        node.value[at], other.value[second] = other.value[second], node.value[at]
    elif what == 3:
        node.tag = random.choice(["!Sub", "!Ref", "!If", "!GetAtt", "!Join", "!Nothing", "!!str", "!!set"])
    else:
        new = yaml.compose(json.dumps(random.choice(ODD)))
        node.value[at] = (node.value[at][0], new) if isinstance(node, yaml.MappingNode) else new
    try:
        return str(yaml.serialize(root, allow_unicode=True))
    except (yaml.YAMLError, RecursionError, TypeError):
        return _in_tokens(text, random)


def _nodes(root: Any) -> list[Any]:
    found: list[Any] = []
    todo = [root]
    while todo:
        node = todo.pop()
        if node is None or node in found:
            continue
        found.append(node)
        if isinstance(node, yaml.MappingNode):
            todo += [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            todo += node.value
    return found


def _in_tokens(text: str, random: Random) -> str:
    tokens = _TOKEN.findall(text) or [""]
    at, second = random.randrange(len(tokens)), random.randrange(len(tokens))
    what = random.randrange(6)
    if what == 0:
        del tokens[at]
    elif what == 1:
        tokens.insert(second, tokens[at])
    elif what == 2:
        tokens[at], tokens[second] = tokens[second], tokens[at]
    elif what == 3:
        tokens[at] = random.choice(PIECES)
    elif what == 4:
        tokens.insert(at, random.choice(PIECES))
    else:
        return _in_lines(text, random)
    return "".join(tokens)


def _in_lines(text: str, random: Random) -> str:
    """The text with lines gone, doubled or moved."""
    lines = text.splitlines(keepends=True) or [""]
    start = random.randrange(len(lines))
    piece = lines[start : start + random.randint(1, 6)]
    if random.random() < 0.6:
        del lines[start : start + len(piece)]
    if random.random() < 0.6:
        target = random.randrange(len(lines) + 1)
        lines[target:target] = piece
    return "".join(lines)
