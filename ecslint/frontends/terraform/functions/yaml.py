"""`yamlencode` and `yamldecode`.

Source: go-cty-yaml 1.1.0, which is a port of libyaml with rules of its own for what a plain scalar means.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ecslint.frontends.terraform.cty import numbers
from ecslint.frontends.terraform.cty.convert import Mismatch, convert, written
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
from ecslint.frontends.terraform.functions.elements import unsure
from ecslint.frontends.terraform.functions.function import Parameter, function, text
from ecslint.value import Key

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST = 200
_TAGS = "tag:yaml.org,2002:"
_TRUE = frozenset({"y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"})
_FALSE = frozenset({"n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"})
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_NAN = frozenset({".nan", ".NaN", ".NAN"})
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_TIMESTAMP = re.compile(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
    r"(?:(?:[Tt]([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:\.[0-9]*)?(Z|[+-][0-9]{2}:[0-9]{2}))"
    r"| ([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:\.[0-9]*)?)?"
)


@function("yamlencode", Parameter("value", null=True, dynamic=True), returns=STRING, nullable=True)
def yamlencode(value: Typed) -> Typed:
    import yaml

    if not value.whole:
        return unsure(STRING, [value], nullable=True)
    if value.type.kind == "string" and not value.null and text_of(value).startswith("\ufeff"):
        raise Declined("`yamlencode` of a byte order mark is not worked out here")
    events = [yaml.StreamStartEvent(), yaml.DocumentStartEvent(explicit=False), *_emitted(value)]
    events += [yaml.DocumentEndEvent(explicit=False), yaml.StreamEndEvent()]
    dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    made: str = yaml.emit(events, Dumper=dumper, allow_unicode=True)
    made = made[:-4] if made.endswith("\n...\n") else made
    # Go shows the end of a plain scalar that stands alone, and of nothing else.
    plain = value.null or value.type.kind in {"number", "bool"}
    return string(f"{made}...\n" if plain else made)


def _emitted(value: Typed) -> Iterator[Any]:
    import yaml

    data = value.data
    if isinstance(data, Elements):
        yield yaml.SequenceStartEvent(None, None, True, flow_style=False)
        for item in data.items:
            yield from _emitted(item)
        yield yaml.SequenceEndEvent()
    elif isinstance(data, Fields):
        yield yaml.MappingStartEvent(None, None, True, flow_style=False)
        for key, item in data.ordered():
            yield from _emitted(string(key))
            yield from _emitted(item)
        yield yaml.MappingEndEvent()
    elif data is None:
        yield yaml.ScalarEvent(None, None, (True, True), "null", style="")
    elif value.type.kind == "string":
        content = text_of(value)
        yield yaml.ScalarEvent(None, None, (True, True), content, style="|" if "\n" in content else '"')
    else:
        yield yaml.ScalarEvent(None, None, (True, True), written(value), style="")


@function("yamldecode", text("src"), returns=lambda _: DYNAMIC, nullable=True)
def yamldecode(source: Typed) -> Typed:
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _Reader(yaml.parse(text_of(source), Loader=loader), source).document()
    except (yaml.YAMLError, RecursionError) as error:
        raise Failure(f"this is not YAML: {error}") from error


class _Reader:
    """A reading of the events of one document."""

    def __init__(self, events: Any, source: Typed) -> None:
        self.events = events
        self.source = source
        self.anchors: dict[str, Typed] = {}
        self.pending: list[str] = []

    def next(self) -> Any:
        return next(self.events)

    def document(self) -> Typed:
        import yaml

        self.next()
        if isinstance(self.next(), yaml.StreamEndEvent):
            raise Failure("missing start of document")
        value = self.value(self.next(), 0)
        self.next()
        if not isinstance(self.next(), yaml.StreamEndEvent):
            raise Failure("only a single document is allowed")
        return value

    def value(self, event: Any, depth: int) -> Typed:
        import yaml

        if depth > DEEPEST:
            raise Declined(f"the YAML nests deeper than {DEEPEST}")
        if isinstance(event, yaml.AliasEvent):
            if event.anchor in self.pending or event.anchor not in self.anchors:
                raise Failure(f'reference to undefined anchor "{event.anchor}"')
            return self.anchors[event.anchor]
        if event.anchor:
            self.pending.append(event.anchor)
        if isinstance(event, yaml.ScalarEvent):
            value = self.scalar(event)
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self.sequence(event, depth)
        else:
            value = self.mapping(event, depth)
        if event.anchor:
            self.pending.remove(event.anchor)
            self.anchors[event.anchor] = value
        return value

    def sequence(self, event: Any, depth: int) -> Typed:
        import yaml

        _require(event, "seq")
        items: list[Typed] = []
        while not isinstance(inner := self.next(), yaml.SequenceEndEvent):
            items.append(self.value(inner, depth + 1))
        return sequence(items, place=self.source.place)

    def mapping(self, event: Any, depth: int) -> Typed:
        import yaml

        _require(event, "map")
        entries: dict[str, Typed] = {}
        while not isinstance(inner := self.next(), yaml.MappingEndEvent):
            if not isinstance(inner, yaml.ScalarEvent):
                raise Failure("only strings are allowed as mapping keys")
            if (inner.tag is None and inner.value == "<<") or inner.tag == _TAGS + "merge":
                self.merge(entries, self.value(self.next(), depth + 1))
                continue
            name = self.key(inner)
            entries[name] = self.value(self.next(), depth + 1)
        return mapping([(Key(nfc(name)), item) for name, item in entries.items()], place=self.source.place)

    def key(self, event: Any) -> str:
        try:
            found = convert(self.scalar(event), STRING)
        except Mismatch as error:
            raise Failure("only strings are allowed as mapping keys") from error
        if found.null:
            raise Failure("mapping key cannot be null")
        return text_of(found)

    @staticmethod
    def merge(entries: dict[str, Typed], value: Typed) -> None:
        for each in value.data.items if isinstance(value.data, Elements) else [value]:
            if not isinstance(each.data, Fields):
                raise Failure(f"cannot merge {each.type.name} into mapping")
            entries.update(each.data.ordered())

    def scalar(self, event: Any) -> Typed:
        found = _resolved(event.tag or "", event.value, event.style)
        return found.copy(place=self.source.place)


def _require(event: Any, kind: str) -> None:
    if event.tag and event.tag != _TAGS + kind:
        raise Failure(f"can't interpret this as {event.tag}")


def _resolved(tag: str, source: str, style: str | None) -> Typed:
    """What a scalar means."""
    short = tag.removeprefix(_TAGS) if tag.startswith(_TAGS) else tag
    if tag == "!":
        short = tag
    if short not in {"", "str", "bool", "int", "float", "null", "timestamp", "binary"}:
        raise Failure(f'unsupported tag "{tag}"')
    hinted = source == "" or source[0] in "+-0123456789yYnNtTfFoO~."
    if hinted and short not in {"str", "binary"}:
        if style in {"'", '"'}:
            return string(source)
        found = _plain(short, source)
        if found is not None:
            return found
        if source[:1] and source[0] in "0123456789+-":
            if short in {"", "timestamp"} and (time := _timestamp(source)) is not None:
                return string(time)
            short = "int" if _INTEGER.fullmatch(source) else "float" if _FLOAT.fullmatch(source) else short
    return _tagged(short, source)


def _plain(tag: str, source: str) -> Typed | None:
    if source in _TRUE or source in _FALSE:
        return boolean(source in _TRUE)
    if source in _NULL:
        return null(DYNAMIC)
    infinity = source.lstrip("+-") in {".inf", ".Inf", ".INF"} and len(source) <= 5
    if infinity:
        return Typed(numbers.MINUS_INFINITY if source[0] == "-" else numbers.INFINITY, None)
    if not tag and source in _NAN:
        raise Failure("floating point NaN is not supported")
    if source.startswith("."):
        try:
            return Typed(numbers.parse(source), None)
        except numbers.NotANumber:
            return None
    return None


def _tagged(tag: str, source: str) -> Typed:
    if tag == "bool":
        if source not in _TRUE and source not in _FALSE:
            raise Failure(f'cannot parse "{source}" as !!bool')
        return boolean(source in _TRUE)
    if tag in {"int", "float"}:
        return Typed(_number(source.replace("_", "")), None)
    if tag == "null":
        return null(DYNAMIC)
    if tag == "timestamp":
        time = _timestamp(source)
        if time is None:
            raise Failure(f'cannot parse "{source}" as !!timestamp')
        return string(time)
    if tag == "binary":
        from ecslint.frontends.terraform.functions.encoding import unbase64

        unbase64(source)
    if tag == "!":
        raise Failure('unsupported tag "!"')
    return string(source)


def _number(source: str) -> numbers.Number:
    try:
        return numbers.parse(source)
    except numbers.NotANumber:
        pass
    try:
        value = int(source, 0)
    except ValueError:
        value = 1 << 64
    if not -(1 << 63) <= value < 1 << 64:
        raise Failure(f'cannot parse "{source}" as !!int')
    return numbers.whole(value)


def _timestamp(source: str) -> str | None:
    """A timestamp of YAML as RFC 3339."""
    from ecslint.frontends.terraform.functions.dates import moment, rfc3339

    found = _TIMESTAMP.fullmatch(source)
    if found is None:
        return None
    hour, minute, second = (found[4] or found[8] or "0", found[5] or found[9] or "0", found[6] or found[10] or "0")
    date = f"{found[1]}-{found[2].zfill(2)}-{found[3].zfill(2)}"
    try:
        when = moment(f"{date}T{hour.zfill(2)}:{minute.zfill(2)}:{second.zfill(2)}{found[7] or 'Z'}")
    except Failure:
        return None
    return rfc3339(when)
