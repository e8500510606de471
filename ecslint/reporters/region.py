"""A place as people and machines name it: lines and columns from 1, in code points."""

from __future__ import annotations

from ecslint.lean import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ecslint.source import Span


class Region(NamedTuple):
    """Where a span lies. `end_line` is the last line that the span touches, `end_column` the column behind its end."""

    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def is_one_line(self) -> bool:
        return self.line == self.end_line


def region(span: Span) -> Region:
    """The region of a span. One that ends with a line end still ends on that line."""
    line, column = span.file.position(span.start)
    end_line, end_column = span.file.position(span.end)
    if end_column == 1 and span.end > span.start:
        end_line, end_column = span.file.position(span.end - 1)
        end_column += 1
    return Region(line, column, end_line, end_column)
