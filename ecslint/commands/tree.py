"""A value as indented lines: what it is, where it is written, and which way it came."""

from __future__ import annotations

import re

from ecslint.facts import credentials
from ecslint.lean import TYPE_CHECKING
from ecslint.notation import notation
from ecslint.reporters import safe
from ecslint.value import Choice, Mapping, Sequence, Text, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ecslint.source import Place
    from ecslint.value import Value


class Tree:
    """Draws values. `path` makes of a path of the boundary what is shown."""

    def __init__(self, path: Callable[[str], str]) -> None:
        self._path = path

    def where(self, place: Place | None) -> str:
        """A place as `file:line:column`; empty where there is none."""
        if place is None:
            return ""
        span = place.span()
        line, column = span.file.position(span.start)
        return f"{safe(self._path(span.file.path))}:{line}:{column}"

    def lines(self, value: Value, label: str = "", indent: int = 0, name: str = "") -> Iterator[str]:
        """The lines of a value under a label. `name` is what the value is called, which may make it a credential."""
        pad = "  " * indent
        head = f"{pad}{label}"
        data = value.data
        if isinstance(data, Choice):
            yield from self._head(head, value)
            yield from self.lines(data.then, f"if {safe(data.condition.text)}: ", indent + 1, name)
            yield from self.lines(data.other, "else: ", indent + 1, name)
        elif isinstance(data, Mapping) and (data.entries or data.open):
            yield from self._head(head, value)
            yield from self._mapping(data, indent + 1)
        elif isinstance(data, Sequence) and (data.items or data.open):
            yield from self._head(head, value)
            yield from self._sequence(data, indent + 1)
        else:
            yield f"{head}{self._leaf(value, name)}{self._origin(value)}"

    def _head(self, head: str, value: Value) -> Iterator[str]:
        """The line above what a collection holds, if there is anything to say."""
        way = self._way(value)
        if head.strip() or way:
            yield f"{head.rstrip()}  # {way}" if way else head.rstrip()

    def _mapping(self, data: Mapping, indent: int) -> Iterator[str]:
        named = data.find("name")
        own = named.string or "" if named is not None else ""
        for key, item in data.entries:
            name = own if key.name == "value" else key.written
            yield from self.lines(item, f"{safe(key.written)}: ", indent, name)
        if data.open:
            yield f"{'  ' * indent}…  # there may be more: {safe(data.open)}"

    def _sequence(self, data: Sequence, indent: int) -> Iterator[str]:
        for item in data.items:
            nested = isinstance(item.data, (Mapping, Sequence, Choice))
            first, *rest = [*self.lines(item, "", indent if nested else indent + 1)]
            yield f"{'  ' * indent}- {first.lstrip()}"
            yield from rest
        if data.open:
            yield f"{'  ' * indent}- …  # there may be more: {safe(data.open)}"

    def _leaf(self, value: Value, name: str) -> str:
        if isinstance(value.data, str):
            value = type(value)(credentials.mask(value.data, name))
        return "(nothing)" if value.kind == "absent" else safe(notation(value))

    def _origin(self, value: Value) -> str:
        """Where a leaf is written, which way it took, and why it is not known, as a comment."""
        steps = " ".join(step for step in (self.where(value.place), self._way(value)) if step)
        notes = [note for note in (steps, *_reasons(value)) if note]
        return f"  # {', '.join(notes)}" if notes else ""

    def _way(self, value: Value) -> str:
        """The names under which a value passed on from where it is written, the oldest first, and where that was."""
        steps = []
        for hop in reversed(list(value.way or ())):
            name = _NAME.search(hop.text)
            where = f" ({self.where(hop.place)})" if hop.place is not None else ""
            steps.append(f"→ {safe(name.group(1) if name else hop.text)}{where}")
        return " ".join(steps)


_NAME = re.compile("`([^`]+)`")


def _reasons(value: Value) -> list[str]:
    """Why a leaf, or a part of it, is not known."""
    data = value.data
    found = [data] if isinstance(data, Unknown) else []
    if isinstance(data, Text):
        found = [part for part in data.parts if isinstance(part, Unknown)]
    return list(dict.fromkeys(f"not known: {safe(each.why)}" for each in found if each.why))
