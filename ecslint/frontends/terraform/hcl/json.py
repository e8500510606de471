"""Terraform in JSON: the same blocks and arguments, whose strings are templates.

Source: HCL's `json` package and its specification. Which keys are blocks, and with how many labels, must be known
beforehand; a key `//` is a comment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint import jsontext
from ecslint.frontends.terraform.cty import numbers
from ecslint.frontends.terraform.cty.types import NUMBER, STRING
from ecslint.frontends.terraform.cty.value import Typed, boolean, nfc, null
from ecslint.frontends.terraform.failure import Failure
from ecslint.frontends.terraform.hcl.expression import Broken, Expression, Literal, Object, Tuple
from ecslint.frontends.terraform.hcl.flaw import Flaw
from ecslint.frontends.terraform.hcl.origin import Origin
from ecslint.frontends.terraform.hcl.standalone import template
from ecslint.frontends.terraform.hcl.syntax import Attribute, Block, Body, Label
from ecslint.source import Span
from ecslint.value import Mapping, Sequence, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.source import Place, SourceFile
    from ecslint.value import Key

TOP: dict[str, int] = {
    "check": 1,
    "data": 2,
    "ephemeral": 2,
    "import": 0,
    "locals": 0,
    "module": 1,
    "moved": 0,
    "output": 1,
    "provider": 1,
    "removed": 0,
    "resource": 2,
    "terraform": 0,
    "variable": 1,
}
"""The blocks of a file, with how many labels each has."""

INNER: dict[str, int] = {"connection": 0, "dynamic": 1, "lifecycle": 0, "provisioner": 1, "validation": 0}
"""The blocks that are Terraform's own inside those; all others are the provider's, and read as arguments."""


def read(file: SourceFile, top: dict[str, int] = TOP) -> tuple[Body, list[Flaw]]:
    """The body of a `.tf.json` file, and what is wrong in it. `top` names the keys that are blocks."""
    whole = Span(file, 0, len(file.text))
    try:
        value, errors = jsontext.read_value(Value(file.text, whole), whole, "")
    except jsontext.TooDeep as deep:
        return Body({}, [], str(deep), whole), [Flaw(str(deep), deep.place)]
    flaws = [Flaw(error.message, error.place) for error in errors]
    body = _body(value, top, whole)
    if flaws:
        body.open = "its syntax is broken"
    return body, flaws


def _body(value: Value, blocks: dict[str, int], span: Span) -> Body:
    body = Body({}, [], "", span)
    for part in value.items() if isinstance(value.data, Sequence) else (value,):
        for key, item in part.entries():
            name = key.written
            if name == "//":
                continue
            if name in blocks:
                body.blocks += _blocks(name, (), item, blocks[name], key)
            else:
                body.attributes[name] = _attribute(name, key, item)
    return body


def _attribute(name: str, key: Key, value: Value) -> Attribute:
    place, span = _span(key.place, value), _span(value.place, value)
    return Attribute(name, place, span, lambda: expression(value))


def _span(place: Place | None, value: Value) -> Span:
    found = place or value.place
    assert found is not None
    return found.span()


def _blocks(type: str, labels: tuple[Label, ...], value: Value, left: int, key: Key) -> Iterator[Block]:
    if isinstance(value.data, Sequence):
        for item in value.items():
            yield from _blocks(type, labels, item, left, key)
    elif left:
        for name, item in value.entries():
            if name.written != "//":
                yield from _blocks(type, (*labels, Label(name.written, _span(name.place, item))), item, left - 1, name)
    else:
        span = _span(value.place, value)
        yield Block(type, labels, _body(value, INNER, span), _span(key.place, value), span)


def expression(value: Value) -> Expression:
    """A JSON value as an expression."""
    data = value.data
    place = value.place.span() if value.place is not None else None
    if isinstance(data, Mapping):
        entries = [
            (_string(key.written, key.place), expression(item)) for key, item in data.entries if key.written != "//"
        ]
        return Object(entries, place)
    if isinstance(data, Sequence):
        return Tuple([expression(item) for item in data.items], place)
    if isinstance(data, str):
        return _string(data, value.place)
    if data is None:
        return Literal(null(place=place), place)
    if isinstance(data, bool):
        return Literal(boolean(data, place), place)
    try:
        return Literal(Typed(numbers.parse(place.text if place is not None else str(data)), NUMBER, place), place)
    except (numbers.NotANumber, numbers.OutOfRange) as error:
        return Broken(str(error), place)


def _string(text: str, place: Place | None) -> Expression:
    """A string, which is a template."""
    span = place.span() if place is not None else None
    if "${" not in text and "%{" not in text:
        return Literal(Typed(nfc(text), STRING, place), span)
    try:
        return template(Origin(text, place))
    except Failure as failure:
        return Broken(failure.message, span)
