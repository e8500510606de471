"""Outputs: each a pure function of a Report and of how it is looked at."""

from __future__ import annotations

import os
from functools import lru_cache
from importlib import import_module

from ecslint.facts import credentials
from ecslint.lean import TYPE_CHECKING

if TYPE_CHECKING:
    from ecslint.engine import Report
    from ecslint.finding import Fix

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
    return _relative(root, path, view.cwd)


@lru_cache(maxsize=1024)
def _relative(root: str, path: str, cwd: str) -> str:
    return os.path.relpath(os.path.join(root, path), cwd).replace(os.sep, "/")


@lru_cache(maxsize=1024)
def safe(text: str) -> str:
    """A text on one line, without credentials and without characters that would steer a terminal."""
    text = credentials.mask(text)
    return text if text.isprintable() else "".join(map(_seen, text))


def _seen(char: str) -> str:
    return char if char.isprintable() else " " if char in "\r\n" else "\ufffd"


def whole(fix: Fix) -> bool:
    """Whether a fix can be shown as it is: one that would write a credential is told in words alone."""
    return all(credentials.mask(edit.text) == edit.text for edit in fix.edits)
