"""The functions of the provider that is built into Terraform.

Source: Terraform's `internal/builtin/providers/terraform/functions.go`, and how HCL's `hclwrite` writes values.
"""

from __future__ import annotations

import re

from ecslint.frontends.terraform.cty.convert import written
from ecslint.frontends.terraform.cty.types import DYNAMIC, STRING
from ecslint.frontends.terraform.cty.value import Elements, Fields, Typed, mapping, string, text_of
from ecslint.frontends.terraform.failure import Failure
from ecslint.frontends.terraform.functions.elements import unsure
from ecslint.frontends.terraform.functions.function import Parameter, function, text
from ecslint.source import SourceFile
from ecslint.value import Key

_IDENTIFIER = re.compile(r"[^\W\d][\w-]*")
_ESCAPED = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def _quoted(content: str) -> str:
    out: list[str] = []
    for index, char in enumerate(content):
        if char in "$%" and content[index + 1 : index + 2] == "{":
            out.append(char * 2)
        elif char in _ESCAPED:
            out.append(_ESCAPED[char])
        elif char.isprintable():
            out.append(char)
        else:
            out.append(f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}")
    return f'"{"".join(out)}"'


def _expression(value: Typed, indent: str) -> str:
    """A known value as HCL."""
    data = value.data
    if data is None:
        return "null"
    if isinstance(data, Elements):
        return "[" + ", ".join(_expression(item, indent) for item in data.items) + "]"
    if isinstance(data, Fields):
        if not data.table:
            return "{}"
        inner = indent + "  "
        return "{\n" + _arguments([(_key(key), item) for key, item in data.ordered()], inner) + indent + "}"
    return _quoted(text_of(value)) if value.type.kind == "string" else written(value)


def _key(name: str) -> str:
    return name if _IDENTIFIER.fullmatch(name) else _quoted(name)


def _arguments(entries: list[tuple[str, Typed]], indent: str) -> str:
    """Lines of names and values; the equals signs of lines that follow each other stand below each other."""
    lines = [(name, _expression(item, indent)) for name, item in entries]
    out: list[str] = []
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) - 1 and "\n" not in lines[end][1]:
            end += 1
        group = lines[start : end + 1]
        width = max(len(name) for name, _ in group)
        out += [f"{indent}{name.ljust(width)} = {content}\n" for name, content in group]
        start = end + 1
    return "".join(out)


@function("provider::terraform::encode_expr", Parameter("value", null=True, dynamic=True), returns=STRING)
def encode_expr(value: Typed) -> Typed:
    return string(_expression(value, "")) if value.whole else unsure(STRING, [value])


@function("provider::terraform::encode_tfvars", Parameter("value", dynamic=True), returns=STRING)
def encode_tfvars(value: Typed) -> Typed:
    if not value.whole:
        return unsure(STRING, [value])
    if not isinstance(value.data, Fields):
        raise Failure("invalid value to encode: must be an object")
    entries = value.data.ordered()
    for name, _ in entries:
        if not _IDENTIFIER.fullmatch(name):
            raise Failure(f'invalid variable name "{name}": must be a valid identifier')
    return string(_arguments(entries, ""))


@function("provider::terraform::decode_tfvars", text("src"), returns=lambda _: DYNAMIC)
def decode_tfvars(source: Typed) -> Typed:
    from ecslint.frontends.terraform.functions.context import Context
    from ecslint.frontends.terraform.hcl.scope import Scope
    from ecslint.frontends.terraform.hcl.syntax import read

    body, flaws = read(SourceFile("tfvars", text_of(source)))
    if flaws or body.blocks:
        raise Failure(f"invalid tfvars syntax: {flaws[0].message if flaws else 'blocks are not allowed'}")
    scope = Scope(Context(None, ""))
    values = [(name, attribute.expression.value(scope)) for name, attribute in body.attributes.items()]
    return mapping([(Key(name), value.copy(place=source.place)) for name, value in values])
