"""Big JSON documents: read by the standard library, every place a route of keys.

`json` is fifty times as fast as a parser that keeps places, and of a synthesized template or a plan only what the model
knows is ever looked at. So the data stay plain until somebody asks for a part of them, and a route is followed through
the text only when a finding needs its line.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from ecslint.jsontext import DEEPEST, TooDeep
from ecslint.source import Route, Span
from ecslint.value import Key, Mapping, Sequence, Value

if TYPE_CHECKING:
    from ecslint.source import Keys, SourceFile

_STRING = r'"[^"\\]*(?:\\.[^"\\]*)*"'
_TOKEN = re.compile(rf'{_STRING}|[{{}}\[\],:]|[^\s{{}}\[\],:"]+')
_BRACKET = re.compile(rf"[{{}}\[\]]|{_STRING}")
# Half of a surrogate pair that stands alone cannot be printed; `jsontext` replaces it.
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class Unsuitable(Exception):
    """The text is no JSON, or JSON whose meaning `json` would lose; `jsontext` says more."""


def load(file: SourceFile) -> Any:
    """The plain data of a JSON file, whose `locator` is set. Raises `Unsuitable` and `TooDeep`."""
    if _SURROGATE.search(file.text):
        raise Unsuitable("it holds halves of surrogate pairs")
    try:
        data = json.loads(file.text, object_pairs_hook=_unique, parse_constant=_constant)
    except RecursionError:
        raise TooDeep(Span(file, 0, 0)) from None
    except ValueError as error:
        raise Unsuitable(str(error)) from error
    _measure(file, data)
    file.locator = Locator(file)
    return data


def _measure(file: SourceFile, data: Any) -> None:
    """Raise `TooDeep` here rather than wherever a part of the data is asked for first."""
    level = [data]
    for _ in range(DEEPEST + 1):
        level = [
            item
            for node in level
            for item in (node.values() if type(node) is dict else node if type(node) is list else ())
            if type(item) is dict or type(item) is list
        ]
        if not level:
            return
    raise TooDeep(Span(file, 0, 0))


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object. Equal keys need places that a route cannot tell apart."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unsuitable("a key stands twice in one object")
    return found


def _constant(name: str) -> Any:
    raise Unsuitable(f"`{name}` is no JSON")


def value(file: SourceFile, data: Any, keys: Keys = (), key: Key | None = None) -> Value:
    """Plain data at a route as a value."""
    place = Route(file, keys)
    if isinstance(data, dict):
        entries = []
        for name, item in data.items():
            inner = (*keys, name)
            name_key = Key(name, Route(file, inner, True))
            entries.append((name_key, value(file, item, inner, name_key)))
        return Value(Mapping(entries), place, key)
    if isinstance(data, list):
        return Value(Sequence([value(file, item, (*keys, index)) for index, item in enumerate(data)]), place, key)
    return Value(data, place, key)


class _Entry(NamedTuple):
    """Where an entry stands: its key (its value once more in an array) and its value."""

    key: tuple[int, int]
    start: int
    end: int


class Locator:
    """Follows routes through the text of one file, and remembers the objects that it went through."""

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self._seen: dict[int, dict[str | int, _Entry]] = {}

    def __call__(self, keys: Keys, of_key: bool) -> Span:
        """The place of a key or of its value; that of the nearest thing around it where there is none."""
        first = _TOKEN.search(self.file.text)
        if first is None:
            return Span(self.file, 0, 0)
        entry = _Entry((0, 0), first.start(), len(self.file.text.rstrip()))
        for step in keys:
            inner = self._entries(entry.start).get(step)
            if inner is None:
                return Span(self.file, entry.start, entry.end)
            entry = inner
        start, end = entry.key if of_key else (entry.start, entry.end)
        return Span(self.file, start, end)

    def _entries(self, start: int) -> dict[str | int, _Entry]:
        """The entries of the object or array that starts here."""
        if start not in self._seen:
            opened = self.file.text[start : start + 1]
            found = self._members(start + 1) if opened == "{" else self._items(start + 1, opened)
            self._seen[start] = dict(found)
        return self._seen[start]

    def _members(self, at: int) -> list[tuple[str | int, _Entry]]:
        found: list[tuple[str | int, _Entry]] = []
        while (name := _TOKEN.search(self.file.text, at)) and name.group()[0] == '"':
            colon = _TOKEN.search(self.file.text, name.end())
            first = _TOKEN.search(self.file.text, colon.end()) if colon else None
            if first is None:
                break
            end = self._skip(first.start())
            found.append((json.loads(name.group()), _Entry(name.span(), first.start(), end)))
            at = self._after(end)
        return found

    def _items(self, at: int, opened: str) -> list[tuple[str | int, _Entry]]:
        found: list[tuple[str | int, _Entry]] = []
        while opened == "[" and (first := _TOKEN.search(self.file.text, at)) and first.group() != "]":
            end = self._skip(first.start())
            found.append((len(found), _Entry((first.start(), end), first.start(), end)))
            at = self._after(end)
        return found

    def _after(self, at: int) -> int:
        """The offset behind the comma that follows, if one does."""
        comma = _TOKEN.search(self.file.text, at)
        return comma.end() if comma and comma.group() == "," else at

    def _skip(self, start: int) -> int:
        """Where the value that starts here ends."""
        text = self.file.text
        if text[start] not in "{[":
            token = _TOKEN.match(text, start)
            return token.end() if token else start + 1
        depth = 0
        for token in _BRACKET.finditer(text, start):
            char = text[token.start()]
            if char != '"':
                depth += 1 if char in "{[" else -1
                if depth == 0:
                    return token.end()
        return len(text)
