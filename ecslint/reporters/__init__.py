"""Outputs: each a pure function of a Report and of how it is looked at."""

from __future__ import annotations

import os
from importlib import import_module

from ecslint.facts import credentials
from ecslint.lean import TYPE_CHECKING

if TYPE_CHECKING:
    from ecslint.engine import Report
    from ecslint.finding import Fix
    from ecslint.source import Place, SourceFile

FORMATS = ("text", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown")


class View:
    """How a report is looked at: from which folder, how wide, and whether in colour.

    `suppressed` is False for a reader that takes suppressed findings for live ones.
    """

    def __init__(self, cwd: str, width: int = 100, colour: bool = False, suppressed: bool = True) -> None:
        self.cwd = cwd
        self.width = max(width, 60)
        self.colour = colour
        self.suppressed = suppressed


def render(name: str, report: Report, view: View) -> str:
    """The report in a format."""
    text: str = import_module(f"ecslint.reporters.{name}").render(report, view)
    return text


def shown_path(path: str, root: str, view: View) -> str:
    """A path of the boundary as seen from the working directory, with `/`."""
    return os.path.relpath(os.path.join(root, path), view.cwd).replace(os.sep, "/")


def safe(text: str) -> str:
    """A text without credentials and without characters that would steer a terminal."""
    return "".join(char if char.isprintable() or char == "\n" else "\ufffd" for char in credentials.mask(text))


def whole(fix: Fix) -> bool:
    """Whether a fix can be shown as it is: one that would write a credential is told in words alone."""
    return all(credentials.mask(edit.text) == edit.text for edit in fix.edits)


class Masks:
    """The characters that no output may show, by file."""

    def __init__(self, places: list[Place]) -> None:
        self._places: dict[int, list[Place]] = {}
        for place in places:
            self._places.setdefault(id(place.file), []).append(place)

    def line(self, file: SourceFile, number: int) -> str:
        """A line of a file with every credential in it blanked; its length stays."""
        text = file.line(number)
        start = file.line_start(number)
        for place in self._places.get(id(file), ()):
            span = place.span()
            first, last = max(span.start - start, 0), min(span.end - start, len(text))
            if first < last:
                text = text[:first] + "*" * (last - first) + text[last:]
        return credentials.mask(text)
