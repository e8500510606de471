"""Lines of a file with marks under them.

Columns are those of the terminal: a tab is four, Korean and emoji are two. A long line is cut around its mark.
"""

from __future__ import annotations

from ecslint.lean import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecslint.reporters import Masks
    from ecslint.source import SourceFile, Span

TAB = 4


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
    file = marks[0].span.file
    cells = _cells(masks.line(file, number))
    ordered = sorted(marks, key=lambda mark: (not mark.primary, mark.span.start))
    start, end = _extent(ordered[0], file, number, cells)
    first, last = _window(cells, start, room)
    yield Row(number, _cut(cells, first, last))
    for mark in ordered:
        start, end = _extent(mark, file, number, cells)
        if start < first or start > last:
            first, last = _window(cells, start, room)
            yield Row(number, _cut(cells, first, last))
        yield from _mark(mark, cells, (first, last), (start, end), room)


def _mark(
    mark: Mark, cells: list[tuple[str, int]], window: tuple[int, int], extent: tuple[int, int], room: int
) -> Iterator[Row]:
    first, last = window
    start, end = max(extent[0], first), min(extent[1], last)
    indent = (1 if first else 0) + sum(width for _, width in cells[first:start])
    length = max(sum(width for _, width in cells[start:end]), 1)
    kind = "primary" if mark.primary else "related"
    line = " " * indent + ("^" if mark.primary else "-") * length
    if not mark.text:
        yield Row(None, line, kind)
    elif len(line) + 1 + display_width(mark.text) <= room:
        yield Row(None, f"{line} {mark.text}", kind)
    else:
        yield Row(None, line, kind)
        margin = min(indent, max(room - 40, 0))
        for text in wrap(mark.text, room - margin):
            yield Row(None, " " * margin + text, kind)


def _extent(mark: Mark, file: SourceFile, number: int, cells: list[tuple[str, int]]) -> tuple[int, int]:
    """Where a mark starts and ends on its line; one that runs over lines is marked to the end of its first."""
    start = mark.span.start - file.line_start(number)
    end = min(mark.span.end - file.line_start(number), len(cells))
    return min(start, len(cells)), max(end, start + 1)


def _window(cells: list[tuple[str, int]], start: int, room: int) -> tuple[int, int]:
    """Which part of a line to show: all of it, or what fits around the mark."""
    if sum(width for _, width in cells) <= room:
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


def _cut(cells: list[tuple[str, int]], first: int, last: int) -> str:
    text = "".join(shown for shown, _ in cells[first:last])
    return ("…" if first else "") + text.rstrip() + ("…" if last < len(cells) else "")


def _cells(line: str) -> list[tuple[str, int]]:
    """Each character as it is shown, with the columns it takes."""
    if line.isascii():
        return [_plain(char) for char in line]
    from wcwidth import wcwidth

    cells = []
    for char in line:
        width = wcwidth(char)
        if char.isascii():
            cells.append(_plain(char))
        elif width < 0 or not (char.isprintable() or width == 0):
            cells.append(("\ufffd", 1))
        else:
            cells.append((char, width))
    return cells


def _plain(char: str) -> tuple[str, int]:
    if char == "\t":
        return " " * TAB, TAB
    return (char, 1) if char.isprintable() else ("\ufffd", 1)


def display_width(text: str) -> int:
    """The columns that a text takes."""
    return len(text) if text.isascii() else sum(width for _, width in _cells(text))


def wrap(text: str, room: int) -> list[str]:
    """A text in lines of at most `room` columns, broken at blanks."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and display_width(lines[-1]) + 1 + display_width(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
