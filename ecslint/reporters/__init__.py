"""Outputs: each a pure function of a Report and of how it is looked at."""

from __future__ import annotations

import os
from importlib import import_module

from ecslint.facts import credentials
from ecslint.lean import TYPE_CHECKING

if TYPE_CHECKING:
    from ecslint.engine import Report
    from ecslint.source import Place, SourceFile

FORMATS = ("text", "concise", "json")


class View:
    """How a report is looked at: from which folder, how wide, and whether in colour."""

    def __init__(self, cwd: str, width: int = 100, colour: bool = False) -> None:
        self.cwd = cwd
        self.width = max(width, 60)
        self.colour = colour


def render(name: str, report: Report, view: View) -> str:
    """The report in a format."""
    text: str = import_module(f"ecslint.reporters.{name}").render(report, view)
    return text


def shown_path(path: str, root: str, view: View) -> str:
    """A path of the boundary as seen from the working directory, with `/`."""
    return os.path.relpath(os.path.join(root, path), view.cwd).replace(os.sep, "/")


def safe(text: str) -> str:
    """A text on one line, without credentials and without characters that would steer a terminal."""
    for found in (credentials.token(text), credentials.url_password(text)):
        if found is not None:
            text = text[: found.start] + "*" * (found.end - found.start) + text[found.end :]
    return "".join(char if char.isprintable() else " " if char in "\r\n" else "\ufffd" for char in text)


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
        for found in (credentials.token(text), credentials.url_password(text)):
            if found is not None:
                text = text[: found.start] + "*" * (found.end - found.start) + text[found.end :]
        return text
