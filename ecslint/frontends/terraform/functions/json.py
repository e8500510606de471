"""`jsonencode` and `jsondecode`.

Source: go-cty's `cty/json`. Keys are sorted, `<`, `>` and `&` are escaped as Go does it, and numbers keep all their
digits. What is encoded stays a value inside the text, so that nothing is lost where it is read again.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty import numbers
from ecslint.frontends.terraform.cty.numbers import Real
from ecslint.frontends.terraform.cty.strings import Piece, joined, pieces
from ecslint.frontends.terraform.cty.types import DYNAMIC, STRING
from ecslint.frontends.terraform.cty.value import (
    Elements,
    Fields,
    Typed,
    boolean,
    mapping,
    nfc,
    null,
    sequence,
    string,
    text_of,
)
from ecslint.frontends.terraform.failure import Declined, Failure
from ecslint.frontends.terraform.functions.function import anything, function, text
from ecslint.value import Encoded, Key, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

DEEPEST = 200
_ESCAPED = re.compile('[\x00-\x1f"\\\\<>&\u2028\u2029]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


def quote(text: str) -> str:
    """A string as Go's `encoding/json` writes it."""
    return '"' + _ESCAPED.sub(lambda found: _escape(found.group()), text) + '"'


def _escape(char: str) -> str:
    return _SHORT.get(char) or f"\\u{ord(char):04x}"


def encoded(value: Typed) -> str:
    """The JSON text of a value that is wholly known. Raises `Failure`."""
    out: list[str] = []
    _write(value, out)
    return "".join(out)


def _write(value: Typed, out: list[str]) -> None:
    data = value.data
    if value.doubt:
        raise Failure("the value is not known")
    if data is None:
        out.append("null")
    elif isinstance(data, bool):
        out.append("true" if data else "false")
    elif isinstance(data, (int, Real)):
        if numbers.infinite(data):
            raise Failure("cannot serialize infinity as JSON")
        out.append(numbers.text(data))
    elif isinstance(data, Elements):
        for index, item in enumerate(data.items):
            out.append("," if index else "[")
            _write(item, out)
        out.append("]" if data.items else "[]")
    elif isinstance(data, Fields):
        for index, (key, item) in enumerate(data.ordered()):
            out.append(("," if index else "{") + quote(key) + ":")
            _write(item, out)
        out.append("}" if data.table else "{}")
    else:
        out.append(quote(text_of(value)))


def _encode(value: Value) -> str | None:
    """The text of an encoded value, for whoever reads it as text."""
    if not isinstance(value, Typed) or not value.whole:
        return None
    try:
        return encoded(value)
    except Failure:
        return None


@function("jsonencode", anything("val"), returns=STRING)
def jsonencode(value: Typed) -> Typed:
    if value.whole:
        if not isinstance(value.data, (Elements, Fields)):
            return string(encoded(value))
        _check(value)
    return joined([Piece(Encoded(value, _encode), value.place, None)], value.place)


def _check(value: Typed) -> None:
    """Refuse what cannot be encoded now, although it is written out only when somebody reads it as text."""
    data = value.data
    if isinstance(data, Elements):
        for item in data.items:
            _check(item)
    elif isinstance(data, Fields):
        for item in data.table.values():
            _check(item)
    elif isinstance(data, Real) and data.is_infinite():
        raise Failure("cannot serialize infinity as JSON")


class _Number(str):
    """A number as it is written."""

    __slots__ = ()


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def decoded(source: str) -> object:
    """JSON as Python data, with numbers as they are written and objects as pairs. Raises `Failure`."""
    if source.count("[") + source.count("{") > DEEPEST and _deep(source):
        raise Declined(f"the JSON nests deeper than {DEEPEST}")
    try:
        return json.loads(
            source.strip(" \t\r\n"),
            parse_int=_Number,
            parse_float=_Number,
            parse_constant=_no_constant,
            object_pairs_hook=lambda pairs: pairs or {},
        )
    except (ValueError, RecursionError) as error:
        raise Failure(f"this is not JSON: {error}") from error


def _deep(source: str) -> bool:
    depth = 0
    for char in source:
        depth += (char in "[{") - (char in "]}")
        if depth > DEEPEST:
            return True
    return False


def lifted(data: object, value: Typed) -> Typed:
    """Decoded JSON as a value. `value` is the text that it came from."""
    if data is None:
        return null(DYNAMIC, value.place)
    if isinstance(data, bool):
        return boolean(data, value.place)
    if isinstance(data, _Number):
        return Typed(numbers.parse(str(data)), None, value.place)
    if isinstance(data, str):
        # Go puts the replacement character for half of a surrogate pair.
        return string(re.sub("[\ud800-\udfff]", "\ufffd", data), value.place)
    if isinstance(data, list) and data and isinstance(data[0], tuple):
        return mapping([(Key(nfc(key)), lifted(item, value)) for key, item in data], place=value.place)
    if isinstance(data, dict):
        return mapping((), place=value.place)
    assert isinstance(data, list)
    return sequence([lifted(item, value) for item in data], place=value.place)


def _retyped(value: Typed) -> Typed:
    """An encoded value as it comes back: sequences are tuples, mappings objects, and null has no type."""
    data = value.data
    if isinstance(data, Elements):
        made: Typed = sequence([_retyped(item) for item in data.items])
        if value.doubt:
            made = Typed(
                Elements([_retyped(i) for i in data.items], "tuple", None, data.open), DYNAMIC, doubt=value.doubt
            )
    elif isinstance(data, Fields):
        entries = [(key, _retyped(item)) for key, item in data.entries]
        made = mapping(entries)
        if value.doubt:
            made = Typed(Fields(entries, "object", None, data.open), DYNAMIC, doubt=value.doubt)
    elif value.null:
        return null(DYNAMIC, value.place)
    else:
        return value
    return Typed(made.data, made._type, value.place, value.hops, doubt=made.doubt, key=value.key)


def _encoded_part(value: Typed) -> Typed | None:
    """The value of a text that is nothing but an encoded value."""
    found = pieces(value)
    if len(found) == 1 and isinstance(found[0].part, Encoded) and isinstance(found[0].part.value, Typed):
        return _retyped(found[0].part.value)
    return None


def _decode_sketch(values: Sequence[Typed]) -> Typed | None:
    """What can be read of a text with holes."""
    value = values[0]
    whole = _encoded_part(value)
    if whole is not None or value.place is None or not any(piece.spelling for piece in pieces(value)):
        return whole
    from ecslint.frontends.terraform.functions.reading import read_json

    return read_json(value)


@function("jsondecode", text("str"), returns=lambda _: DYNAMIC, sketch=_decode_sketch, nullable=True)
def jsondecode(value: Typed) -> Typed:
    whole = _encoded_part(value)
    if whole is not None:
        return whole
    source = text_of(value)
    if not source.strip():
        raise Failure("EOF")
    result = lifted(decoded(source), value)
    if value.place is None or not isinstance(result.data, (Elements, Fields)):
        return result
    from ecslint.frontends.terraform.functions.reading import placed

    return placed(result, value)
