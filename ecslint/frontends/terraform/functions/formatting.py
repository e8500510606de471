"""`format` and `formatlist`.

Source: go-cty's `stdlib/format.go` and `format_fsm.rl`; numbers are written as Go's `fmt` writes `big.Int` and
`big.Float`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ecslint.frontends.terraform.cty import numbers
from ecslint.frontends.terraform.cty.convert import Mismatch, convert
from ecslint.frontends.terraform.cty.digits import Digits, shortest
from ecslint.frontends.terraform.cty.numbers import Real
from ecslint.frontends.terraform.cty.strings import LONGEST, Piece, hole, joined, pieces
from ecslint.frontends.terraform.cty.text import clusters
from ecslint.frontends.terraform.cty.types import BOOL, NUMBER, STRING
from ecslint.frontends.terraform.cty.value import Doubt, Elements, Typed, sequence, string, text_of, unknown, why
from ecslint.frontends.terraform.failure import Declined, Failure
from ecslint.frontends.terraform.functions.elements import countable
from ecslint.frontends.terraform.functions.function import Parameter, function, text
from ecslint.frontends.terraform.functions.json import encoded
from ecslint.frontends.terraform.functions.strings import TEXTS

if TYPE_CHECKING:
    from collections.abc import Sequence

_VERB = re.compile(r"%([0#+\- ]*)([1-9][0-9]*)?(?:\.([0-9]*))?(?:\[([1-9][0-9]*)\])?([A-Za-z])")
_WIDEST_OF_GO = 10_000_010


class Verb(NamedTuple):
    """A directive such as `%-5.2f`. `argument` counts from 1; a width or precision that is not given is -1."""

    raw: str
    flags: str
    width: int
    precision: int
    argument: int
    mode: str


def formatted(pattern: str, values: Sequence[Typed]) -> list[Piece]:
    """A format's result in pieces. Raises `Failure`, `Mismatch` and `Declined`."""
    out: list[Piece] = []
    at = highest = 0
    following = 1
    while True:
        percent = pattern.find("%", at)
        out.append(_literal(pattern[at:] if percent < 0 else pattern[at:percent]))
        if percent < 0:
            break
        if pattern.startswith("%%", percent):
            out.append(_literal("%"))
            at = percent + 2
            continue
        found = _VERB.match(pattern, percent)
        if found is None:
            raise Failure(f"unrecognized format character at offset {percent}")
        verb = _verb(found, following)
        if verb.argument > len(values):
            raise Failure(f'not enough arguments for "{verb.raw}" at {percent}: need index {verb.argument}')
        highest = max(highest, verb.argument)
        following = verb.argument + 1
        out += _write(verb, values[verb.argument - 1])
        at = found.end()
    if highest < len(values):
        raise Failure("too many arguments; no verbs in format string" if not highest else "too many arguments")
    return out


def _literal(text: str) -> Piece:
    return Piece(text, None, text)


def _verb(found: re.Match[str], following: int) -> Verb:
    flags, width, precision, argument, mode = found.groups()
    return Verb(
        found.group(),
        flags,
        int(width[:12]) if width else -1,
        int(precision[:12] or 0) if precision is not None else -1,
        int(argument[:12]) if argument else following,
        mode,
    )


def _write(verb: Verb, value: Typed) -> list[Piece]:
    if verb.mode not in "vtbdoxXeEfgGsq":
        raise Failure(f'unsupported format verb "{verb.mode}" in "{verb.raw}"')
    if verb.mode != "v" and value.null:
        raise Failure(f'unsupported value for "{verb.raw}": null value cannot be formatted')
    if value.doubt or not value.whole:
        return _uncertain(verb, value)
    if verb.mode == "v":
        return _as_is(verb, value)
    if verb.mode == "t":
        return [_literal("true" if convert(value, BOOL).data else "false")]
    if verb.mode in "sq":
        return _text(verb, convert(value, STRING))
    return [_literal(_number(verb, convert(value, NUMBER)))]


def _uncertain(verb: Verb, value: Typed) -> list[Piece]:
    """An unknown value, where it is put in as it is."""
    wanted = {"d": NUMBER, "s": STRING, "t": BOOL}.get(verb.mode)
    if verb.raw in {"%s", "%d", "%t", "%v"}:
        found = convert(value, wanted) if wanted is not None else value
        if found.type.primitive or found.type.kind == "dynamic":
            return pieces(convert(found, STRING))
    return [Piece(hole(unknown(STRING, why(value) or "it is known only after apply")), value.place, None)]


def _as_is(verb: Verb, value: Typed) -> list[Piece]:
    data = value.data
    if "#" not in verb.flags and not value.null:
        if value.type.kind == "string":
            return pieces(value) if verb.width < 0 else [_literal(_padded(verb, text_of(value)))]
        if isinstance(data, (int, Real)) and not isinstance(data, bool):
            return [_literal(_padded(verb, _general(data)))]
    return [_literal(_padded(verb, encoded(value)))]


def _general(number: numbers.Number) -> str:
    """Go's `Text('g', -1)`."""
    if numbers.infinite(number):
        return "+Inf" if number > 0 else "-Inf"
    if number is numbers.MINUS_ZERO:
        return "-0"
    return shortest(*numbers.parts(number), numbers.precision(number)).general(-1)


def _padded(verb: Verb, text: str) -> str:
    missing = verb.width - len(clusters(text)) if verb.width > 0 else 0
    if missing > LONGEST:
        raise Declined("the text is too long to work out here")
    pad = ("0" if "0" in verb.flags else " ") * missing
    return text + pad if "-" in verb.flags else pad + text


def _text(verb: Verb, value: Typed) -> list[Piece]:
    content = text_of(value)
    if verb.mode == "s" and verb.width < 0 and verb.precision <= 0:
        return pieces(value)
    if verb.precision > 0:
        content = "".join(clusters(content)[: verb.precision])
    return [_literal(_padded(verb, encoded(string(content)) if verb.mode == "q" else content))]


def _number(verb: Verb, value: Typed) -> str:
    data = value.data
    assert isinstance(data, (int, Real))
    whole = verb.mode in "bdoxX"
    if whole and isinstance(data, Real):
        raise Failure(f'unsupported value for "{verb.raw}": an integer is required')
    if max(verb.width, verb.precision) >= _WIDEST_OF_GO:
        # Go's `fmt` gives up on such widths, and says so in the text.
        return f"%!(NOVERB)%!(EXTRA *big.{'Int' if whole else 'Float'}={int(data) if whole else _general(data)})"
    if max(verb.width, verb.precision) > LONGEST:
        raise Declined("the text is too long to work out here")
    return _whole(verb, int(data)) if whole else _fraction(verb, data)


_BASES = {"b": "b", "d": "d", "o": "o", "x": "x", "X": "X"}
_PREFIXES = {"b": "0b", "o": "0", "x": "0x", "X": "0X"}


def _sign(verb: Verb, negative: bool) -> str:
    return "-" if negative else "+" if "+" in verb.flags else " " if " " in verb.flags else ""


def _whole(verb: Verb, number: int) -> str:
    digits = format(abs(number), _BASES[verb.mode])
    prefix = _PREFIXES.get(verb.mode, "") if "#" in verb.flags else ""
    if verb.precision == 0 and digits == "0":
        return ""
    digits = digits.rjust(verb.precision, "0")
    sign = _sign(verb, number < 0)
    missing = max(verb.width - len(sign) - len(prefix) - len(digits), 0)
    if "-" in verb.flags:
        return sign + prefix + digits + " " * missing
    if "0" in verb.flags and verb.precision < 0:
        return sign + prefix + "0" * missing + digits
    return " " * missing + sign + prefix + digits


def _fraction(verb: Verb, number: numbers.Number) -> str:
    if numbers.infinite(number):
        sign = "-" if number < 0 else " " if " " in verb.flags else "+"
        body = "Inf"
    else:
        sign = _sign(verb, number < 0 or number is numbers.MINUS_ZERO)
        body = _digits(verb, number).removeprefix("-")
    missing = max(verb.width - len(sign) - len(body), 0)
    if "0" in verb.flags and body != "Inf":
        return sign + "0" * missing + body
    if "-" in verb.flags:
        return sign + body + " " * missing
    return " " * missing + sign + body


def _digits(verb: Verb, number: numbers.Number) -> str:
    mantissa, exponent = numbers.parts(number)
    precision = verb.precision
    if verb.mode in "gG" and precision < 0:
        return shortest(mantissa, exponent, numbers.precision(number)).general(-1, "E" if verb.mode == "G" else "e")
    precision = 6 if precision < 0 else precision
    exact = Digits.of(mantissa, exponent)
    if verb.mode in "gG":
        return exact.rounded(precision or 1).general(precision, "E" if verb.mode == "G" else "e")
    if verb.mode in "eE":
        return exact.rounded(precision + 1).scientific(precision, verb.mode)
    return (
        exact.rounded(exact.exponent + precision).fixed(precision)
        if exact.exponent + precision >= 0
        else Digits("", 0, exact.negative).fixed(precision)
    )


def _format_sketch(values: Sequence[Typed]) -> Typed | None:
    """The text with holes where an argument is not known."""
    pattern, *arguments = values
    if pattern.doubt:
        return None
    try:
        return joined(formatted(text_of(pattern), arguments), pattern.place)
    except Mismatch:
        return None


_ARGUMENTS = Parameter("args", null=True, unknown=True)


@function("format", text("format"), rest=_ARGUMENTS, returns=STRING, sketch=_format_sketch)
def format_(pattern: Typed, *values: Typed) -> Typed:
    return _formatted(pattern, values)


def _formatted(pattern: Typed, values: Sequence[Typed]) -> Typed:
    """The text; of values that are not wholly known Terraform knows nothing, not even that they fail."""
    if all(value.whole for value in values):
        return joined(formatted(text_of(pattern), values), pattern.place)
    try:
        found = joined(formatted(text_of(pattern), values), pattern.place)
        return Typed(found.data, STRING, found.place, found.hops, doubt=Doubt.NOT_NULL)
    except (Failure, Mismatch):
        reason = next((each for value in values if (each := why(value))), "it is known only after apply")
        return unknown(STRING, reason, None, pattern.place, doubt=Doubt.NOT_NULL)


@function("formatlist", text("format"), rest=_ARGUMENTS, returns=TEXTS)
def formatlist(pattern: Typed, *values: Typed) -> Typed:
    """One text for each place of the lists; other arguments are the same for all."""
    length = -1
    for value in values:
        if not value.type.sequence or value.null:
            continue
        if value.doubt or not isinstance(value.data, Elements) or not countable(value):
            return unknown(TEXTS, why(value) or "it is known only after apply", None, doubt=Doubt.NOT_NULL)
        if length >= 0 and len(value.data.items) != length:
            raise Failure(f"an argument has length {len(value.data.items)}, which is inconsistent with {length}")
        length = len(value.data.items)
    if any(value.doubt and value.type.kind == "dynamic" for value in values):
        return unknown(TEXTS, "it is known only after apply", None, doubt=Doubt.NOT_NULL)
    rows: list[Typed] = []
    # Terraform goes on to the next row at the first value that it does not know, without a step in the lists behind it.
    behind = max((at for at, value in enumerate(values) if value.type.sequence), default=0)
    askew = ""
    for index in range(1 if length < 0 else length):
        row = [_at(value, index) for value in values]
        rows.append(unknown(STRING, askew, None, doubt=Doubt.NOT_NULL) if askew else _formatted(pattern, row))
        if not all(value.whole for value in row[:behind]):
            askew = "Terraform mixes up the values behind one that it does not know"
    return sequence(rows, "list", STRING)


def _at(value: Typed, index: int) -> Typed:
    if isinstance(value.data, Elements) and not value.null:
        return value.data.items[index].through(value.hops)
    return value
