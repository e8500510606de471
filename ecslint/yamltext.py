"""YAML as values, every place kept.

Built from the parser's events, so that depth is bounded before anything recurses and an alias costs nothing. Scalars
are read as most programs mean them: only `true` and `false` are truth values, dates and `12:30` stay text. What is
broken ends the reading: the scalar before it and every collection around it may go on in a way that nobody knows.
"""

from __future__ import annotations

import re

import yaml

from ecslint.jsontext import DEEPEST, SyntaxProblem, TooDeep
from ecslint.lean import TYPE_CHECKING
from ecslint.source import Folded, Quoted, Span, Whole
from ecslint.value import Key, Mapping, Sequence, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ecslint.source import Place, SourceFile
    from ecslint.value import Data

    Tags = Callable[[str], "str | None"]

MOST_VALUES = 1_000_000
"""How many values a document may have once its aliases are written out."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
}
_TELLING = frozenset("~nNtTfF+-.0123456789")
"""How a plain scalar begins that may be something else than text."""
_NUMERIC = frozenset("+-.0123456789")
"""How a number begins."""
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_HEX = re.compile(r"0x[0-9a-fA-F]+")
# Each stands for one character; `''` does in single quotes.
_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)")
_STANDARD = "tag:yaml.org,2002:"
_PROPERTIES = re.compile(r"(?:[!&]\S*\s+)*")
_FLOAT = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+")


class _Open:
    """A collection that has begun: its children so far, its start, its tag and anchor.

    `extra` counts the values inside its children.
    """

    __slots__ = ("anchor", "children", "content", "extra", "is_mapping", "start", "tag")

    def __init__(self, start: int, content: int, tag: str | None, anchor: str | None, is_mapping: bool) -> None:
        self.children: list[Value] = []
        self.extra = 0
        self.start = start
        self.content = content
        self.tag = tag
        self.anchor = anchor
        self.is_mapping = is_mapping


class _Builder:
    """One reading of one document."""

    def __init__(self, file: SourceFile, tags: Tags | None) -> None:
        self.file = file
        self.tags = tags
        self.stack: list[_Open] = []
        self.anchors: dict[str, tuple[Value, int]] = {}
        self.result: Value | None = None
        self.at = 0
        """Where the last scalar, alias or bracket ended."""
        # A byte order mark is no longer there, and libyaml counts code points from the start of the text.
        self.text = file.text

    def add(self, value: Value, anchor: str | None, size: int = 1) -> None:
        """Take in a value of this document that stands nowhere else yet."""
        if anchor is not None:
            self.anchors[anchor] = (value, size)
        if self.stack:
            opened = self.stack[-1]
            opened.children.append(value)
            opened.extra += size - 1
        elif self.result is None:
            self.result = value

    def alias(self, event: yaml.AliasEvent) -> None:
        """What an anchor stands for; raises `YAMLError` where there is none."""
        name = event.anchor or ""
        if name in self.anchors:
            value, size = self.anchors[name]
            self.at = _offsets(event)[1]
            self.add(Value(value.data, value.place), None, size)
        elif any(opened.anchor == name for opened in self.stack):
            start, end = _offsets(event)
            self.add(Value(Unknown("an alias to what it stands in"), Span(self.file, start, end)), None)
        else:
            mark: Any = event.start_mark
            raise yaml.MarkedYAMLError(problem=f"there is no anchor `{name}`", problem_mark=mark)

    def scalar(self, event: yaml.ScalarEvent) -> None:
        start: int = event.start_mark.index  # type: ignore[union-attr]  # libyaml always says
        end: int = event.end_mark.index  # type: ignore[union-attr]
        self.at = end
        tag, anchor, text = event.tag, event.anchor, event.value
        content = start if tag is None and anchor is None else self.content(start)
        raw = self.text[content:end]
        place = Span._make((self.file, content, end)) if raw == text else self.place(event, raw, content, end)
        # A standard tag says that a text in quotes is a number, say; only that of texts says that a bare word is none.
        if not event.style if tag is None else tag.startswith(_STANDARD) and tag != f"{_STANDARD}str":
            value = Value(text if text and text[0] not in _TELLING else _plain(text), place)
        else:
            value = Value(text, place)
        if tag is None and anchor is None and self.stack:
            # As `add` does, for what is most of every document.
            self.stack[-1].children.append(value)
        else:
            self.add(value if tag is None else self.tagged(value, tag, start), anchor)

    def content(self, start: int) -> int:
        """Where a value itself begins whose event begins with its tag or anchor."""
        found = _PROPERTIES.match(self.text, start)
        return found.end() if found else start

    def place(self, event: yaml.ScalarEvent, raw: str, start: int, end: int) -> Place:
        """The place of a scalar that is not written as it reads."""
        if event.style in {"'", '"'}:
            return Quoted(self.file, start, end) if raw[1:-1] == event.value else self.escaped(event, start, end)
        if event.style in {"|", ">"}:
            return self.block(event.value, start, end)
        return Whole(self.file, start, end)

    def escaped(self, event: yaml.ScalarEvent, start: int, end: int) -> Place:
        """The place of a string in quotes with escapes; that of one over several lines has no parts."""
        runs = [(0, start + 1)]
        expression = _ESCAPE if event.style == '"' else re.compile("''")
        at, length = start + 1, 0
        for found in expression.finditer(self.text, start + 1, end - 1):
            length += found.start() - at + 1
            at = found.end()
            runs.append((length, at))
        known = "\n" not in self.text[start:end] and length + end - 1 - at == len(event.value)
        return Folded(self.file, start, end, tuple(runs)) if known else Whole(self.file, start, end)

    def block(self, value: str, start: int, end: int) -> Place:
        """The place of a block scalar: each of its lines stands in the file behind an indentation."""
        runs: list[tuple[int, int]] = []
        at = self.text.find("\n", start, end) + 1
        offset = 0
        for line in value.splitlines(keepends=True):
            body = line.rstrip("\n")
            found = self.text.find(body, at, end) if body else at
            if at == 0 or found < 0 or self.text[at:found].strip():
                return Whole(self.file, start, end)
            runs.append((offset, found))
            offset += len(line)
            at = found + len(body)
        return Folded(self.file, start, end, tuple(runs)) if runs else Whole(self.file, start, end)

    def tagged(self, value: Value, tag: str, start: int) -> Value:
        """A value under a tag of the format's own becomes a mapping with one key, as its long form is."""
        name = self.tags(tag) if self.tags and not tag.startswith("tag:yaml.org") else None
        if name is None:
            return value
        place = value.place.span() if value.place is not None else None
        value.key = key = Key(name, Span._make((self.file, start, start + len(tag))), name)
        whole = Span._make((self.file, start, place.end)) if place is not None else None
        return Value(Mapping([(key, value)], form="tag"), whole)

    def begin(self, event: yaml.CollectionStartEvent) -> None:
        start = _offsets(event)[0]
        if len(self.stack) >= DEEPEST:
            raise TooDeep(Span(self.file, start, start + 1), f"the YAML nests deeper than {DEEPEST}")
        tag, anchor = event.tag, event.anchor
        content = start if tag is None and anchor is None else self.content(start)
        self.stack.append(_Open(start, content, tag, anchor, isinstance(event, yaml.MappingStartEvent)))

    def end(self, event: yaml.CollectionEndEvent) -> None:
        opened = self.stack.pop()
        children = opened.children
        start, end = _offsets(event)
        if start == end:
            # A block collection ends where its last child does, not where the next token starts.
            end = max(opened.content, self.at)
        self.at = end
        place = Span._make((self.file, opened.content, end))
        data: Data = self.mapping(children) if opened.is_mapping else Sequence(children)
        if opened.is_mapping and len(children) == 2 and self.text.startswith("{{", opened.content):
            data = Unknown("somebody fills this in before it is YAML")
        size = 1 + len(children) + opened.extra
        if size > MOST_VALUES:
            message = f"the YAML holds more than {MOST_VALUES:,} values once its aliases are written out"
            raise TooDeep(Span(self.file, opened.start, opened.start + 1), message)
        value = Value(data, place)
        self.add(value if opened.tag is None else self.tagged(value, opened.tag, opened.start), opened.anchor, size)

    @staticmethod
    def mapping(children: list[Value]) -> Mapping:
        entries: list[tuple[Key, Value]] = []
        merged: list[tuple[Key, Value]] = []
        why = ""
        pairs = iter(children)
        for name, value in zip(pairs, pairs, strict=False):
            written = name.data if isinstance(name.data, str) else name.string
            if written == "<<" and not isinstance(name.place, Quoted):
                sources = value.items() if isinstance(value.data, Sequence) else [value]
                for source in reversed(list(sources)):
                    merged += source.entries()
                    why = (
                        source.open or why if isinstance(source.data, (Mapping, Unknown)) else "this merges no mapping"
                    )
                continue
            if written is None:
                why = "a key here is no text" if name.data is not None else why
                written = "" if name.data is None else "?"
            value.key = key = Key(written, name.place)
            entries.append((key, value))
        return Mapping([*merged, *entries], why)


def _offsets(event: Any) -> tuple[int, int]:
    """Where an event's text starts and ends; libyaml always says."""
    return event.start_mark.index, event.end_mark.index


_TAKEN: dict[type[yaml.Event], Callable[[_Builder, Any], None]] = {
    yaml.ScalarEvent: _Builder.scalar,
    yaml.MappingStartEvent: _Builder.begin,
    yaml.SequenceStartEvent: _Builder.begin,
    yaml.MappingEndEvent: _Builder.end,
    yaml.SequenceEndEvent: _Builder.end,
    yaml.AliasEvent: _Builder.alias,
}
"""What takes an event in; those that are not here say nothing of the document."""


def read(file: SourceFile, tags: Tags | None = None) -> tuple[Value, list[SyntaxProblem]]:
    """The first document of a YAML file. `tags` names the key that a tag of the format's own stands for.

    Raises `TooDeep`.
    """
    builder = _Builder(file, tags)
    problems: list[SyntaxProblem] = []
    event: Any = None
    try:
        following = _LOADER(file.text).get_event
        while True:
            event = following()
            take = _TAKEN.get(type(event))
            if take is not None:
                take(builder, event)
            elif isinstance(event, (yaml.DocumentEndEvent, yaml.StreamEndEvent)):
                break
    except yaml.YAMLError as error:
        problems.append(_problem(file, error))
        if isinstance(event, yaml.CollectionEndEvent):
            _reopen(builder.stack[-1].children[-1] if builder.stack else builder.result)
        return _unfinished(builder, isinstance(event, yaml.ScalarEvent)), problems
    return builder.result or Value(None, Span(file, 0, 0)), problems


_BROKEN = "the YAML is broken further on"


def _reopen(value: Value | None) -> None:
    """Open the collection that ended last before an error, with those that ended with it.

    A line that is indented too little ends what it was meant for; in flow style a bracket has said so.
    """
    while value is not None:
        data = value.data
        if value.place is not None and value.place.span().text[:1] in {"[", "{"}:
            return
        if isinstance(data, Mapping):
            value.data = Unknown(_BROKEN) if data.form == "tag" else Mapping(data.entries, _BROKEN)
            value = data.entries[-1][1] if data.entries and data.form != "tag" else None
        elif isinstance(data, Sequence):
            value.data = Sequence(data.items, _BROKEN)
            value = data.items[-1] if data.items else None
        else:
            return


def _unfinished(builder: _Builder, in_scalar: bool) -> Value:
    """What was read before an error; every collection that had not ended is open, and so is a scalar that came last."""
    why = _BROKEN
    value = builder.result
    if in_scalar and builder.stack:
        cut = builder.stack[-1].children[-1]
        builder.stack[-1].children[-1] = Value(Unknown(why), cut.place)
    while builder.stack:
        opened = builder.stack.pop()
        children = opened.children + ([value] if value is not None else [])
        place = Span(builder.file, opened.start, opened.start)
        if builder.tags and opened.tag is not None:
            # What a function would make of the rest nobody knows.
            value = Value(Unknown(why), place)
        elif opened.is_mapping:
            value = Value(Mapping(builder.mapping(children).entries, why), place)
        else:
            value = Value(Sequence(children, why), place)
    return value or Value(Unknown(why), Span(builder.file, 0, 0))


def _problem(file: SourceFile, error: yaml.YAMLError) -> SyntaxProblem:
    if isinstance(error, yaml.reader.ReaderError):
        # libyaml counts bytes here, and calls the character by its number.
        code = error.character if isinstance(error.character, int) else ord(error.character[:1] or "?")
        at = max(file.text.find(chr(code)), 0)
        return SyntaxProblem(f"YAML may not hold the character {code:#06x}", Span(file, at, at + 1))
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    # Not behind the last thing that stands there, on an empty line.
    at = min(mark.index, len(file.text.rstrip())) if mark is not None else 0
    what = getattr(error, "problem", None) or str(error)
    context = getattr(error, "context", None)
    message = f"{context}: {what}" if context else str(what)
    return SyntaxProblem(message.strip(), Span(file, at, min(at + 1, len(file.text))))


def _plain(text: str) -> Data:
    """What a plain scalar means."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMERIC:
        return text
    if _INTEGER.fullmatch(text) and len(text) < 4000:
        return int(text)
    if _HEX.fullmatch(text) and len(text) < 4000:
        return int(text, 16)
    return float(text) if _FLOAT.fullmatch(text) else text
