"""The characters of files that no output may show."""

from __future__ import annotations

from bisect import bisect_left

from ecslint.facts import credentials
from ecslint.lean import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecslint.source import Place, SourceFile

PAGE = 65536
OVERLAP = 24576
"""A text is looked through by the page, with as much before and behind it as the longest credential has."""


class Masks:
    """Where the credentials stand: those that were met in the model, and those that can be seen in the text."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._places: dict[int, list[Place]] = {}
        for place in places:
            self._places.setdefault(id(place.file), []).append(place)
        self._met: dict[int, list[tuple[int, int]]] = {}
        self._seen: dict[tuple[int, int], list[tuple[int, int]]] = {}

    def text(self, file: SourceFile, start: int, end: int) -> str:
        """The text of a file between two offsets with every credential in it blanked; its length stays."""
        spans = [*self._known(file, start, end), *self._visible(file, start, end)]
        return credentials.blanked(file.text[start:end], ((first - start, last - start) for first, last in spans))

    def _known(self, file: SourceFile, start: int, end: int) -> list[tuple[int, int]]:
        """The credentials of the model that end behind the start and begin before the end."""
        if id(file) not in self._met:
            spans = sorted({place.span()[1:] for place in self._places.get(id(file), ())})
            # With the latest end so far, those that reach into a stretch can be found from their starts.
            self._met[id(file)] = list(_reaching(spans))
        met = self._met[id(file)]
        last = bisect_left(met, (end,))
        first = last
        while first > 0 and met[first - 1][1] > start:
            first -= 1
        return met[first:last]

    def _visible(self, file: SourceFile, start: int, end: int) -> Iterator[tuple[int, int]]:
        for page in range(start // PAGE, end // PAGE + 1):
            key = (id(file), page)
            if key not in self._seen:
                begin = max(page * PAGE - OVERLAP, 0)
                piece = file.text[begin : (page + 1) * PAGE + OVERLAP]
                bare = file.path.endswith((".yml", ".yaml", ".template"))
                self._seen[key] = [(begin + one, begin + two) for one, two in credentials.in_source(piece, bare)]
            yield from self._seen[key]


def _reaching(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans, in order of their starts, without those that lie within another."""
    reached = -1
    for start, end in spans:
        if end > reached:
            reached = end
            yield start, end
