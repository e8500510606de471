"""The configuration of ecspresso, which names a service and the files that define it.

Source: ecspresso's `Config` (kayac/ecspresso). The files may be JSON, in which Go templates stand, or Jsonnet, which is
not read.
"""

from __future__ import annotations

import os
import re

from ecslint.files import Refused
from ecslint.finding import Problem
from ecslint.jsontext import TooDeep
from ecslint.lean import TYPE_CHECKING, NamedTuple
from ecslint.source import SourceFile, Span
from ecslint.value import ABSENT, Value

if TYPE_CHECKING:
    from ecslint.files import Files

_TEMPLATE = re.compile(r"\{\{.*?\}\}")
_DIRECTIVE = re.compile(r"^[ \t]*\{\{-?[ \t]*(?:(?:if|else|end|range|with)\b|/\*)[^\n]*?\}\}[ \t]*$", re.MULTILINE)
"""A line that only says which lines there are."""


class Named(NamedTuple):
    """A file that the configuration names: its path relative to the boundary, and where it is named."""

    path: str
    place: Span


class Configuration(NamedTuple):
    """What a configuration names. `cluster` and `service` are their texts, None where they are not known."""

    path: str
    task: Named | None
    service: Named | None
    problems: list[Problem]


def read(path: str, files: Files) -> Configuration:
    """A configuration in YAML. What a template makes in it is not known."""
    from ecslint import yamltext

    try:
        file = files.read(path)
        # A template may begin a value, where YAML takes its braces for a mapping. Offsets stay as they are.
        text = _DIRECTIVE.sub(lambda found: " " * len(found.group()), file.text)
        blanked = SourceFile(path, _TEMPLATE.sub(lambda found: "_" * len(found.group()), text))
        value, errors = yamltext.read(blanked)
    except Refused as refused:
        return Configuration(path, None, None, [Problem(refused.kind, path, str(refused))])
    except TooDeep as deep:
        return Configuration(path, None, None, [Problem("limit", path, str(deep), deep.place)])
    problems = [Problem("yaml-syntax", path, error.message, _in(file, error.place)) for error in errors]
    task, service = (_named(_only(value, key), file) for key in ("task_definition", "service_definition"))
    return Configuration(path, task, service, problems)


def _only(value: Value, key: str) -> Value:
    """The value of a key; none where it stands twice, of which a directive takes one."""
    found = [item for name, item in value.entries() if name.written == key]
    return found[0] if len(found) == 1 else Value(ABSENT, value.place)


def _named(value: Value, file: SourceFile) -> Named | None:
    """The file that a value names; none where it names none, or where a template makes its name."""
    if not value.string or value.place is None:
        return None
    place = _in(file, value.place.span())
    if _TEMPLATE.search(place.text):
        return None
    folder = os.path.dirname(file.path)
    return Named(os.path.normpath(os.path.join(folder, value.string)).replace(os.sep, "/"), place)


def _in(file: SourceFile, place: Span) -> Span:
    return Span(file, place.start, place.end)
