"""Where a program makes constructs: `new X(scope, 'Id'` and its like in texts, calls in Python."""

from __future__ import annotations

import re
from bisect import bisect_left

from ecslint.lean import TYPE_CHECKING, NamedTuple
from ecslint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.source import SourceFile

SELF = frozenset({"this", "self"})

# Every repetition has a bound, so that no text takes long to search.
_MADE = re.compile(
    r"(?P<callee>\bnew\s{1,9}[\w.]{1,99}(?:<[^<>()\n]{0,99}>)?"
    r"|(?<![\w.])[\w.]{1,99}\.create|(?<![\w.])(?:\w{1,99}\.)?New\w{1,99})"
    r"\s{0,99}\(\s{0,99}(?P<scope>[\w.]{1,99})\s{0,99},\s{0,99}(?:\w{1,20}\.String\(\s{0,99})?"
    r"""(?:(?P<quote>["'`])(?P<id>[^"'`\n]{1,200})(?P=quote)|(?P<bare>[A-Za-z_][\w.]{0,99})\s{0,9}[,)])"""
)
_ASSIGNED = re.compile(r"(?<![\w.])([\w.]{1,99})[ \t]{0,9}(?::[ \t]{0,9}[\w.<>\[\]]{1,99}[ \t]{0,9})?:?=\s{0,99}$")
_CLASS = re.compile(r"\b(?:class|record|func)\s{1,9}(?:\([^()\n]{0,99}\)\s{0,9})?(\w{1,99})")
_HOLE = re.compile(r"\$\{[^}]*\}|\{[^}]*\}")


class Made(NamedTuple):
    """A place where a construct is made.

    `type` is the last part of what is called, `around` the class or function that it stands in, `scope` the variable
    that it is made in, `variable` the one that it is given to. `id` is an expression for its id.
    """

    span: Span
    type: str
    around: str
    scope: str
    variable: str
    id: str


def made_in(file: SourceFile) -> list[Made]:
    """Every place in a file where a construct is made."""
    return list(_python(file) if file.path.endswith(".py") else _text(file))


def _text(file: SourceFile) -> Iterator[Made]:
    """The constructs made in a program that is read as text."""
    classes = [(found.start(), found.group(1)) for found in _CLASS.finditer(file.text)]
    starts = [start for start, _ in classes]
    for found in _MADE.finditer(file.text):
        if found.group("bare") and found.group("scope") not in SELF:
            continue
        start = found.start("callee")
        assigned = _ASSIGNED.search(file.text[max(start - 300, 0) : start])
        around = bisect_left(starts, start)
        callee = re.sub(r"\s|^new\b|<.*", "", found.group("callee"))
        type = callee.removesuffix(".create").removesuffix(".Builder").rpartition(".")[2]
        yield Made(
            Span(file, start, found.end("callee")),
            type,
            classes[around - 1][1] if around else "",
            _last(found.group("scope")),
            _last(assigned.group(1)) if assigned else "",
            _expression(found.group("id") or "${}", found.group("quote") in {"`", None}),
        )


def _last(name: str) -> str:
    """A variable's own name: `this.cluster` is `cluster`, `this` itself stays."""
    return name.rpartition(".")[2]


def _expression(id: str, has_holes: bool) -> str:
    """An id as an expression; a hole is any text."""
    if not has_holes:
        return re.escape(id)
    pieces = _HOLE.split(id)
    return "[^/]*".join(re.escape(piece) for piece in pieces)


def _python(file: SourceFile) -> Iterator[Made]:
    """The constructs made in a Python program."""
    from ecslint.frontends.cloudformation.pythonsource import calls

    for call in calls(file):
        id = _expression(call.id, call.holes)
        yield Made(call.span, call.type, call.around, _last(call.scope), _last(call.variable), id)
