"""Where a text that is parsed as HCL is written: a file, or a string in one."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from ecslint.source import Folded, Quoted, SourceFile, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ecslint.source import Place


class Origin:
    """A text and the way from its offsets, in code points, to places. `shift` characters stand before the text."""

    __slots__ = ("place", "shift", "text")

    def __init__(self, text: str, place: Place | None, shift: int = 0) -> None:
        self.text = text
        self.place = place
        self.shift = shift

    @staticmethod
    def of_file(file: SourceFile) -> Origin:
        return Origin(file.text, Span(file, 0, len(file.text)))

    def span(self, start: int, end: int) -> Span | None:
        """The place of a part; nothing where the text is made by a function."""
        if self.place is None:
            return None
        return self.place.part(max(start - self.shift, 0), max(end - self.shift, 0)).span()

    def quoted(self, start: int, end: int) -> Place | None:
        """The place of a string with its quotes, inside which characters stand one for one."""
        span = self.span(start, end)
        return None if span is None else Quoted(span.file, span.start, span.end)

    def literal(self, start: int, end: int, runs: Sequence[tuple[int, int]]) -> Place | None:
        """The place of a string whose characters stand side by side with the text's from each of `runs` on."""
        whole = self.span(start, end)
        if whole is None or self.place is None:
            return None
        theirs: list[tuple[int, int]] = []
        for index, (content, offset) in enumerate(runs):
            stop = runs[index + 1][1] if index + 1 < len(runs) else end
            for cut in [offset, *self._cuts(offset, stop)]:
                at = self.span(cut, cut + 1)
                if at is not None:
                    theirs.append((content + cut - offset, at.start))
        if len(theirs) == 1 and theirs[0] == (0, whole.start):
            return whole
        return Folded(whole.file, whole.start, whole.end, tuple(theirs))

    def _cuts(self, start: int, stop: int) -> list[int]:
        """The offsets in between at which the way back to the file jumps."""
        if not isinstance(self.place, Folded):
            return []
        return [run + self.shift for run, _ in self.place.runs if start < run + self.shift < stop]


class Offsets:
    """Code points for the bytes of a text in UTF-8; the same for ASCII."""

    __slots__ = ("_ends", "_extra")

    def __init__(self, text: str) -> None:
        self._ends: list[int] = []
        self._extra: list[int] = [0]
        if not text.isascii():
            self._measure(text)

    def _measure(self, text: str) -> None:
        extra = 0
        for index, char in enumerate(text):
            if char > "\x7f":
                extra += len(char.encode("utf-8", "surrogatepass")) - 1
                self._ends.append(index + 1 + extra)
                self._extra.append(extra)

    def __call__(self, byte: int) -> int:
        if not self._ends:
            return byte
        return byte - self._extra[bisect_right(self._ends, byte)]
