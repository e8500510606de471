"""Functions of strings.

Source: go-cty's `stdlib/string.go` and Terraform's `lang/funcs/string.go`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty import numbers
from ecslint.frontends.terraform.cty import text as characters
from ecslint.frontends.terraform.cty.choice import distribute, maybe
from ecslint.frontends.terraform.cty.strings import LONGEST, Piece, beginning, joined, pieces
from ecslint.frontends.terraform.cty.types import BOOL, STRING, list_of
from ecslint.frontends.terraform.cty.value import (
    Doubt,
    Elements,
    Typed,
    boolean,
    sequence,
    string,
    text_of,
    unknown,
    why,
)
from ecslint.frontends.terraform.failure import Declined, Failure
from ecslint.frontends.terraform.functions.elements import unsure
from ecslint.frontends.terraform.functions.function import Parameter, function, number, text

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXTS = list_of(STRING)


def whole_number(value: Typed) -> int:
    """A number as Go's `int`. Raises `Failure`."""
    data = value.data
    assert isinstance(data, (int, numbers.Real))
    found = numbers.integer(data)
    if found is None:
        raise Failure("a whole number is required")
    return found


def _cased(change: str) -> None:
    @function(change, Parameter("str", STRING, dynamic=True), returns=STRING)
    def run(value: Typed) -> Typed:
        return string(getattr(characters, change)(text_of(value)))


for _change in ("upper", "lower"):
    _cased(_change)


@function("title", text("str"), returns=STRING)
def title(value: Typed) -> Typed:
    return string(characters.title(text_of(value)))


@function("strrev", Parameter("str", STRING, dynamic=True), returns=STRING)
def strrev(value: Typed) -> Typed:
    return string("".join(reversed(characters.clusters(text_of(value)))))


@function("substr", text("str"), number("offset"), number("length"), returns=STRING)
def substr(value: Typed, offset: Typed, length: Typed) -> Typed:
    clusters = characters.clusters(text_of(value))
    start, count = whole_number(offset), whole_number(length)
    if start < 0:
        # Counted from the end; past the beginning, Terraform starts at the beginning.
        start = max(start + len(clusters), 0)
    elif count == 0:
        return string("")
    if start and start >= len(clusters):
        return string("")
    # A count of zero is met nowhere on the way, so that it means everything.
    return string("".join(clusters[start:] if count <= 0 else clusters[start : start + count]))


def _join_sketch(values: Sequence[Typed]) -> Typed | None:
    """The text of lists of known length, its unknown elements left as holes."""
    separator, *lists = values
    items: list[Typed] = []
    for value in lists:
        data = value.data
        if not isinstance(data, Elements) or data.open or data.form == "set":
            return None
        items += data.items
    if any(item.null or item.type.kind != "string" or maybe(item) for item in items):
        return None
    parts: list[Piece] = []
    for index, item in enumerate(items):
        parts += pieces(separator) if index else []
        parts += pieces(item)
    return joined(parts, None)


@function("join", text("separator"), rest=Parameter("lists", TEXTS), returns=STRING, sketch=_join_sketch)
def join(separator: Typed, *lists: Typed) -> Typed:
    if not lists:
        raise Failure("at least one list is required")
    items = [item for value in lists for item in _elements(value)]
    if not all(item.whole for item in items):
        reason = next((found for item in items if (found := why(item))), "it is known only after apply")
        return _join_sketch((separator, *lists)) or unknown(STRING, reason, doubt=Doubt.NOT_NULL)
    if any(item.null for item in items):
        raise Failure("an element is null; cannot concatenate null values")
    parts: list[Piece] = []
    for index, item in enumerate(items):
        parts += pieces(separator) if index else []
        parts += pieces(item)
    return joined(parts, None)


def _elements(value: Typed) -> tuple[Typed, ...]:
    assert isinstance(value.data, Elements)
    return tuple(item.through(value.hops) for item in value.data.items)


@function("split", text("separator"), text("str"), returns=TEXTS)
def split(separator: Typed, value: Typed) -> Typed:
    by, source = text_of(separator), text_of(value)
    cut = source.split(by) if by else list(source)
    if len(cut) > LONGEST // 64:
        raise Declined("the text is too long to split here")
    if isinstance(value.data, str) and value.place is not None and by and len(cut) > 1:
        items, at = [], 0
        for part in cut:
            items.append(Typed(part, STRING, value.place.part(at, at + len(part)), value.hops))
            at += len(part) + len(by)
        return sequence(items, "list", STRING)
    return sequence([string(part, value.place).through(value.hops) for part in cut], "list", STRING)


@function("chomp", text("str"), returns=STRING)
def chomp(value: Typed) -> Typed:
    return _kept(value, text_of(value).rstrip("\r\n"))


@function("indent", number("spaces"), text("str"), returns=STRING)
def indent(spaces: Typed, value: Typed) -> Typed:
    count = whole_number(spaces)
    if count < 0:
        raise Failure("strings: negative Repeat count")
    source = text_of(value)
    if count * source.count("\n") + len(source) > LONGEST:
        raise Declined("the text is too long to work out here")
    return string(source.replace("\n", "\n" + " " * count))


@function("trimspace", text("str"), returns=STRING)
def trimspace(value: Typed) -> Typed:
    return _kept(value, text_of(value).strip(characters.SPACES))


def _kept(value: Typed, trimmed: str) -> Typed:
    """A text of which nothing but the ends was taken."""
    if trimmed == text_of(value):
        return value
    if isinstance(value.data, str) and value.place is not None and trimmed:
        at = value.data.find(trimmed)
        return Typed(trimmed, STRING, value.place.part(at, at + len(trimmed)), value.hops)
    return string(trimmed)


@function("trim", text("str"), text("cutset"), returns=STRING)
def trim(value: Typed, cutset: Typed) -> Typed:
    return _kept(value, text_of(value).strip(text_of(cutset)) if text_of(cutset) else text_of(value))


@function("trimprefix", text("str"), text("prefix"), returns=STRING)
def trimprefix(value: Typed, prefix: Typed) -> Typed:
    return _kept(value, text_of(value).removeprefix(text_of(prefix)))


@function("trimsuffix", text("str"), text("suffix"), returns=STRING)
def trimsuffix(value: Typed, suffix: Typed) -> Typed:
    return _kept(value, text_of(value).removesuffix(text_of(suffix)))


@function("startswith", Parameter("str", STRING, unknown=True), text("prefix"), returns=BOOL)
def startswith(value: Typed, prefix: Typed) -> Typed:
    """An unknown text may still begin with characters that are known."""
    wanted = text_of(prefix)
    if not value.doubt:
        return boolean(text_of(value).startswith(wanted))
    start = beginning(value)
    if len(start) >= len(wanted):
        return boolean(start.startswith(wanted))
    spread = distribute([value], lambda ways: unsure(BOOL, ways) if ways[0].null else startswith(ways[0], prefix))
    return unsure(BOOL, [value]) if spread is None else Typed(spread.data, BOOL, doubt=Doubt.NOT_NULL)


@function("endswith", text("str"), text("suffix"), returns=BOOL)
def endswith(value: Typed, suffix: Typed) -> Typed:
    return boolean(text_of(value).endswith(text_of(suffix)))


@function("strcontains", text("str"), text("substr"), returns=BOOL, nullable=True)
def strcontains(value: Typed, part: Typed) -> Typed:
    return boolean(text_of(part) in text_of(value))


@function("replace", text("str"), text("substr"), text("replace"), returns=STRING)
def replace(value: Typed, part: Typed, by: Typed) -> Typed:
    source, old, new = text_of(value), text_of(part), text_of(by)
    if len(old) > 1 and old[0] == old[-1] == "/":
        from ecslint.frontends.terraform.functions.regex import replace_all

        return string(replace_all(old[1:-1], source, new))
    if len(source) + source.count(old) * len(new) > LONGEST:
        raise Declined("the text is too long to work out here")
    if old and old not in source:
        return value
    return string(source.replace(old, new))
