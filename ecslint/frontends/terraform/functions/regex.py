"""Regular expressions: `regex`, `regexall`, and those of `replace`.

Source: go-cty's `stdlib/regexp.go`. Go's `regexp` is RE2, and so is `google-re2`: the same syntax, leftmost-first, in
time linear in the text, so that no pattern can run for ever. It is loaded when a configuration uses it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ecslint.frontends.terraform.cty.strings import LONGEST
from ecslint.frontends.terraform.cty.types import DYNAMIC, STRING, Type, list_of, object_of, tuple_of
from ecslint.frontends.terraform.cty.value import Typed, mapping, null, sequence, string, text_of
from ecslint.frontends.terraform.failure import Declined, Failure
from ecslint.frontends.terraform.functions.function import function, text
from ecslint.value import Key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_EXPANSION = re.compile(r"\$(?:\$|\{(\w+)\}|(\w+))", re.ASCII)
_NAMED = re.compile(r"\(\?P?<([^>]*)>")


@lru_cache(maxsize=256)
def compiled(pattern: str) -> Any:
    """The expression. Raises `Failure` for what Go does not take, and `Declined` for what it alone takes."""
    import re2  # type: ignore[import-untyped]

    options = re2.Options()
    options.log_errors = False
    if "\\C" in pattern.replace("\\\\", ""):
        raise Failure("invalid regexp pattern: invalid escape sequence in \\C")
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0].decode() if error.args and isinstance(error.args[0], bytes) else str(error)
        raise Failure(f"invalid regexp pattern: {reason}") from error


def matches(expression: Any, source: str) -> Iterator[Any]:
    """All matches as Go finds them: none that is empty lies directly behind another."""
    end = -1
    for found in expression.finditer(source):
        if found.end() == found.start() == end:
            continue
        end = found.end()
        yield found


def _names(expression: Any) -> list[str]:
    """The names of the groups in their order; empty where they have none. Raises `Failure` for a mixture."""
    if not expression.groupindex:
        return []
    names = _NAMED.findall(expression.pattern)
    if len(names) == expression.groups:
        return [str(name) for name in names]
    by_group = {group: name for name, group in expression.groupindex.items()}
    if len(by_group) < expression.groups:
        raise Failure("invalid regexp pattern: cannot mix both named and unnamed capture groups")
    return [str(by_group[group]) for group in sorted(by_group)]


def result_type(pattern: Typed) -> Type:
    """What a match is: the text, or its groups. Raises `Failure`."""
    expression = compiled(text_of(pattern))
    if not expression.groups:
        return STRING
    names = _names(expression)
    return object_of(dict.fromkeys(names, STRING)) if names else tuple_of([STRING] * expression.groups)


def _result(found: Any, source: Typed) -> Typed:
    expression = found.re
    if not expression.groups:
        return _cut(source, found.start(), found.end())
    groups = [
        null(STRING) if found.group(index) is None else _cut(source, found.start(index), found.end(index))
        for index in range(1, expression.groups + 1)
    ]
    names = _names(expression)
    if not names:
        return sequence(groups)
    return mapping((Key(name), group) for name, group in zip(names, groups, strict=True))


def _cut(source: Typed, start: int, end: int) -> Typed:
    made = string(text_of(source)[start:end])
    if isinstance(source.data, str) and source.place is not None:
        return made.copy(place=source.place.part(start, end), hops=source.hops)
    return made


@function("regex", text("pattern"), text("string"), returns=lambda v: DYNAMIC if v[0].doubt else result_type(v[0]))
def regex(pattern: Typed, source: Typed) -> Typed:
    result_type(pattern)
    found = compiled(text_of(pattern)).search(text_of(source))
    if found is None:
        raise Failure("pattern did not match any part of the given string")
    return _result(found, source)


def _all_returns(values: Sequence[Typed]) -> Type:
    return list_of(DYNAMIC if values[0].doubt else result_type(values[0]))


@function("regexall", text("pattern"), text("string"), returns=_all_returns)
def regexall(pattern: Typed, source: Typed) -> Typed:
    element = result_type(pattern)
    found = [_result(each, source) for each in matches(compiled(text_of(pattern)), text_of(source))]
    return sequence(found, "list", element)


def replace_all(pattern: str, source: str, by: str) -> str:
    """Go's `ReplaceAllString`, with `$1` and `${name}`. Raises as `compiled` does."""
    expression = compiled(pattern)
    out: list[str] = []
    at = length = 0
    for found in matches(expression, source):
        put = _EXPANSION.sub(lambda token, found=found: _group(token, found), by)  # type: ignore[misc]  # one match at a time
        out += [source[at : found.start()], put]
        length += len(put)
        if length > LONGEST:
            raise Declined("the text is too long to work out here")
        at = found.end()
    return "".join([*out, source[at:]])


def _group(token: re.Match[str], found: Any) -> str:
    name = token[1] or token[2]
    if name is None:
        return "$"
    try:
        return str(found.group(int(name) if name.isdigit() else name) or "")
    except (IndexError, KeyError):
        return ""
