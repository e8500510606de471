"""Texts and places in them.

A place is where something is written: a `Span` of offsets, a `Quoted` string, a `Route` of keys into a big document
whose offsets are looked up only when a finding is built (and a `Cut` of one), a `Folded` string whose characters do not
stand in the file one for one (a heredoc without its indentation, a string with escapes), or a `Whole` one, no part of
which can be pointed at.

Offsets count code points of the decoded text, newlines untranslated and without a byte order mark. Line and column
exist only in reporters, who ask `SourceFile.position`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from ecslint.lean import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    Keys = tuple[str | int, ...]
    Locator = Callable[[Keys, bool], "Span"]
    Author = Callable[[Keys], "Authored | None"]


class SourceFile:
    """One decoded text.

    `path` is relative to the boundary and uses `/`. `locator` turns a route of keys into a span; a frontend that
    hands out routes sets it. `author` tells of a file that a program wrote where a person wrote what made it do so.
    """

    __slots__ = ("_starts", "author", "locator", "path", "text")

    def __init__(self, path: str, text: str, locator: Locator | None = None) -> None:
        self.path = path
        self.text = text
        self.locator = locator
        self.author: Author | None = None
        self._starts: list[int] | None = None

    def __repr__(self) -> str:
        return f"SourceFile({self.path!r})"

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            starts = [0]
            find = self.text.find
            at = find("\n")
            while at >= 0:
                starts.append(at + 1)
                at = find("\n", at + 1)
            self._starts = starts
        return self._starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1; the column counts code points."""
        starts = self._line_starts()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line, from 1, without its line end."""
        return self.text[self.line_start(number) : self.line_end(number)]

    def line_end(self, number: int) -> int:
        """The offset at which the text of a line, from 1, ends: before its line end."""
        starts = self._line_starts()
        end = starts[number] - 1 if number < len(starts) else len(self.text)
        while end > starts[number - 1] and self.text[end - 1] == "\r":
            end -= 1
        return end

    def line_start(self, number: int) -> int:
        """The offset at which a line, from 1, starts."""
        return self._line_starts()[number - 1]

    @property
    def line_count(self) -> int:
        """How many lines the text has; a last line end starts no line of its own."""
        starts = self._line_starts()
        return len(starts) - (len(starts) > 1 and starts[-1] == len(self.text))


class Span(NamedTuple):
    """The text from `start` up to, not including, `end`, in code points."""

    file: SourceFile
    start: int
    end: int

    def span(self) -> Span:
        return self

    def part(self, start: int, end: int) -> Span:
        """The place of the characters `start` to `end` of what is written here."""
        return Span(self.file, self.start + start, min(self.start + end, self.end))

    @property
    def text(self) -> str:
        return self.file.text[self.start : self.end]


class Quoted(NamedTuple):
    """The place of a string in quotes, without escapes: `start` and `end` take the quotes in, parts do not."""

    file: SourceFile
    start: int
    end: int

    def span(self) -> Span:
        return Span(self.file, self.start, self.end)

    def part(self, start: int, end: int) -> Span:
        return Span(self.file, self.start + 1 + start, min(self.start + 1 + end, self.end))


class Whole(NamedTuple):
    """The place of a string whose characters do not stand in the file as they are: every part is all of it."""

    file: SourceFile
    start: int
    end: int

    def span(self) -> Span:
        return Span(self.file, self.start, self.end)

    def part(self, start: int, end: int) -> Span:
        return self.span()


class Route(NamedTuple):
    """A place given by the keys that lead to it; `of_key` means the last key itself, not its value."""

    file: SourceFile
    keys: Keys
    of_key: bool = False

    def span(self) -> Span:
        if self.file.locator is None:
            return Span(self.file, 0, 0)
        return self.file.locator(self.keys, self.of_key)

    def part(self, start: int, end: int) -> Cut:
        """The place of the characters `start` to `end` of the string that the route leads to."""
        return Cut(self, start, end)


class Cut(NamedTuple):
    """Some characters of the string that a route leads to, looked up when the route is."""

    route: Route
    start: int
    end: int

    @property
    def file(self) -> SourceFile:
        return self.route.file

    def span(self) -> Span:
        """The characters, where the string stands in JSON or holds no escapes; else the whole string."""
        whole = self.route.span()
        raw = whole.text
        if raw[:1] == '"' and raw[-1:] == '"' and len(raw) > 1:
            start = _escaped(raw, self.start)
            end = _escaped(raw, self.end - 1) if self.end > self.start else start
            last = _ESCAPE.match(raw, end) if self.end > self.start else None
            return whole.part(start, min(last.end() if last else end, len(raw) - 1))
        if "\\" in raw or "\n" in raw or self.end > len(raw):
            return whole
        return whole.part(self.start, self.end)

    def part(self, start: int, end: int) -> Cut:
        return Cut(self.route, self.start + start, min(self.start + end, self.end))


_ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL)


def _escaped(raw: str, index: int) -> int:
    """Where the character `index` of a JSON string stands in its text, which is in quotes."""
    if "\\" not in raw:
        return min(index + 1, len(raw) - 1)
    at = 1
    for _ in range(index):
        found = _ESCAPE.match(raw, at)
        if found is None or found.end() >= len(raw):
            break
        at = found.end()
    return at


class Folded(NamedTuple):
    """The place of a string that was unescaped or dedented on its way from the file.

    `runs` holds `(offset in the string, offset in the file)` wherever the two begin to run side by side again,
    in rising order and starting with 0.
    """

    file: SourceFile
    start: int
    end: int
    runs: tuple[tuple[int, int], ...]

    def span(self) -> Span:
        return Span(self.file, self.start, self.end)

    def _offset(self, index: int) -> int:
        at = bisect_right(self.runs, (index, len(self.file.text))) - 1
        mine, theirs = self.runs[max(at, 0)]
        return theirs + index - mine

    def part(self, start: int, end: int) -> Span:
        first = self._offset(start)
        last = self._offset(end - 1) + 1 if end > start else first
        # What was left out behind a character is the rest of its escape; behind a line's end it is an indentation.
        after = bisect_left(self.runs, (end,))
        jumps = start < end and after < len(self.runs) and self.runs[after][0] == end
        if jumps and self.file.text[last - 1 : last] not in {"\n", "\r"}:
            last = max(last, self.runs[after][1])
        return Span(self.file, first, min(last, self.end))


if TYPE_CHECKING:
    Place = Span | Quoted | Whole | Route | Cut | Folded


class Authored(NamedTuple):
    """A person's own place of what a program wrote, and the address of what that place makes; empty where unknown.

    One line may make the same thing at many addresses: what it makes is told apart below that address only.
    """

    span: Span
    makes: str


def authored(place: Place) -> Authored | None:
    """Where a person wrote what made a program write this; None for what people write themselves, and where unknown."""
    route = place.route if isinstance(place, Cut) else place
    if not isinstance(route, Route) or route.file.author is None:
        return None
    return route.file.author(route.keys)
