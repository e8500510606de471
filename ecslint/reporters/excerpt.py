"""Lines of a file with marks under them.

Columns are those of the terminal: a tab is four, Korean and emoji are two, however many characters make one of them. A
long line is cut around its mark.
"""

from __future__ import annotations

from ecslint.lean import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecslint.reporters.masks import Masks
    from ecslint.source import Span

TAB = 4
LEAST = 40
"""How many columns a text has at least before it is broken."""

MOST_IN_CLUSTER = 8
WIDE_BLANK = "\u3000"

_JOINERS = frozenset({"\u200c", "\u200d", *map(chr, range(0xE0020, 0xE0080))})
"""What makes one emoji of several, and is seen by nobody alone."""


class Mark(NamedTuple):
    """A place to point at, and what to say of it."""

    span: Span
    text: str
    primary: bool


class Row(NamedTuple):
    """One line of an excerpt: the number in the margin, the text, and whether it is a mark (primary or not)."""

    number: int | None
    text: str
    mark: str = ""


def rows(marks: Iterable[Mark], masks: Masks, room: int) -> Iterator[Row]:
    """The lines that the marks of one file stand on, in order, each with its marks below; `room` is in columns."""
    by_line: dict[int, list[Mark]] = {}
    for mark in marks:
        by_line.setdefault(mark.span.file.position(mark.span.start)[0], []).append(mark)
    before = 0
    for number in sorted(by_line):
        if before and number > before + 1:
            yield Row(None, "...")
        before = number
        yield from _line(number, by_line[number], masks, room)


def _line(number: int, marks: list[Mark], masks: Masks, room: int) -> Iterator[Row]:
    view: _View | None = None
    for mark in sorted(marks, key=lambda mark: (not mark.primary, mark.span.start)):
        if view is None or not view.shows(mark.span.start):
            view = _View(mark.span, number, masks, room)
            yield Row(number, view.text)
        yield from _mark(mark, view, room)


class _View:
    """As much of a line as there is room for, around a place in it.

    A line is a row of clusters: what a person takes for one character each, with the columns it takes.
    """

    def __init__(self, around: Span, number: int, masks: Masks, room: int) -> None:
        start, end = around.file.line_start(number), around.file.line_end(number)
        # Of a line of a million characters only those that can be seen are looked at; a cluster has a few at most.
        self.start = max(start, min(around.start, end) - MOST_IN_CLUSTER * room)
        stop = min(end, self.start + 2 * MOST_IN_CLUSTER * room)
        self.cells: list[tuple[str, int]] = []
        self._cell_of: list[int] = []
        text = masks.text(around.file, self.start, stop)
        for cluster in text if text.isascii() else _clusters(text):
            self._cell_of += [len(self.cells)] * len(cluster)
            self.cells.append(_shown(cluster))
        cut_before, cut_behind = self.start > start, stop < end
        self.first, self.last = _window(self.cells, self._cell(around.start), room, cut_before or cut_behind)
        self.cut = cut_before or self.first > 0
        cut_behind = cut_behind or self.last < len(self.cells)
        shown = "".join(shown for shown, _ in self.cells[self.first : self.last])
        self.text = "…" * self.cut + shown.rstrip() + "…" * cut_behind

    def _cell(self, offset: int) -> int:
        """The cluster that an offset of the file lies in; behind the end, the number of clusters."""
        at = max(offset - self.start, 0)
        return self._cell_of[at] if at < len(self._cell_of) else len(self.cells)

    def shows(self, offset: int) -> bool:
        return offset >= self.start and self.first <= self._cell(offset) <= self.last

    def columns(self, span: Span) -> tuple[int, int]:
        """Behind how many columns a span begins here, and how many it takes: one at least, to the end at most."""
        start = max(self._cell(span.start), self.first)
        end = min(self._cell(max(span.end - 1, span.start)) + 1, self.last)
        before = self.cut + sum(width for _, width in self.cells[self.first : start])
        return before, max(sum(width for _, width in self.cells[start:end]), 1)


def _mark(mark: Mark, view: _View, room: int) -> Iterator[Row]:
    indent, length = view.columns(mark.span)
    kind = "primary" if mark.primary else "related"
    line = " " * indent + ("^" if mark.primary else "-") * length
    if not mark.text:
        yield Row(None, line, kind)
    elif len(line) + 1 + display_width(mark.text) <= room:
        yield Row(None, f"{line} {mark.text}", kind)
    else:
        # Below the marks, and only as far to the left of their start as it needs to be.
        yield Row(None, line, kind)
        block = wrap(mark.text, max(room - indent, LEAST))
        margin = max(min(indent, room - max(map(display_width, block))), 0)
        for text in block:
            yield Row(None, " " * margin + text, kind)


def _window(cells: list[tuple[str, int]], start: int, room: int, cut: bool) -> tuple[int, int]:
    """Which part of a line to show: all of it, or what fits around the mark."""
    if not cut and sum(width for _, width in cells) <= room:
        return 0, len(cells)
    inner = room - 2
    first, used = start, 0
    while first > 0 and used + cells[first - 1][1] <= inner // 3:
        first -= 1
        used += cells[first][1]
    last = first
    used = 0
    while last < len(cells) and used + cells[last][1] <= inner:
        used += cells[last][1]
        last += 1
    # What is left of the room on the right goes to the left.
    while last == len(cells) and first > 0 and used + cells[first - 1][1] <= inner:
        first -= 1
        used += cells[first][1]
    return first, last


def _clusters(text: str) -> Iterator[str]:
    """What a person takes for one character each: a letter with its marks, a family of joined emoji, a flag."""
    from wcwidth import iter_graphemes

    for cluster in iter_graphemes(text):
        if len(cluster) == 1 or all(char.isprintable() or char in _JOINERS for char in cluster):
            yield cluster
        else:
            yield from cluster


def _shown(cluster: str) -> tuple[str, int]:
    """A cluster as it is shown, and its columns. What would steer the terminal or cannot be seen is a sign for that."""
    if cluster == "\t":
        return " " * TAB, TAB
    if cluster.isascii():
        return (cluster, 1) if cluster.isprintable() else ("\ufffd", 1)
    from wcwidth import wcswidth

    if not all(char.isprintable() or char == WIDE_BLANK or (char in _JOINERS and len(cluster) > 1) for char in cluster):
        return "\ufffd", 1
    width = wcswidth(cluster)
    # A mark without its letter would be drawn over what stands before it.
    return (cluster, width) if width > 0 else (f" {cluster}", 1)


def display_width(text: str) -> int:
    """The columns that a text takes."""
    return len(text) if text.isascii() else sum(_shown(cluster)[1] for cluster in _clusters(text))


def wrap(text: str, room: int) -> list[str]:
    """A text in lines of at most `room` columns, broken at blanks."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and display_width(lines[-1]) + 1 + display_width(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
