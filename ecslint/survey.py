"""What a run read: how much of it is known, what stayed unknown and why, and which characters nobody may see."""

from __future__ import annotations

from ecslint.facts import credentials
from ecslint.finding import Attributes, Unevaluated
from ecslint.lean import TYPE_CHECKING
from ecslint.value import Choice, Mapping, Sequence, Text, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ecslint.model import Project
    from ecslint.source import Place
    from ecslint.value import Value

    _Trail = tuple[object, ...]
    """The trail of what a value stands in, and the step from there; for few values anybody asks to see it."""


class Survey:
    """A walk over every document of the model's resources."""

    def __init__(self, projects: Iterable[Project]) -> None:
        self.known = self.symbolic = self.unknown = 0
        self.unevaluated: list[Unevaluated] = []
        self._hidden: list[Place] = []
        self._literals: list[tuple[str, Place, str]] = []
        for project in projects:
            self._hidden += project.hidden
            for resource in project.resources:
                if resource.kind:
                    self._walk(resource.document, (resource.address,), project.path, "")

    @property
    def attributes(self) -> Attributes:
        return Attributes(self.known, self.symbolic, self.unknown)

    def masks(self) -> list[Place]:
        """The places of what nobody may see: whatever its author says that of, and every credential."""
        # One text often stands in a hundred places.
        held = {key: credentials.every(*key) for key in dict.fromkeys((text, name) for text, _, name in self._literals)}
        found = [place.part(one.start, one.end) for text, place, name in self._literals for one in held[(text, name)]]
        return self._hidden + found

    def _walk(self, value: Value, trail: _Trail, path: str, name: str) -> None:
        """Take a value in, whose name may say that it is a credential."""
        data = value.data
        if isinstance(data, str):
            self.known += 1
            self._take(data, value.place, name)
        elif isinstance(data, Mapping):
            self._mapping(value, data, trail, path)
        elif isinstance(data, Sequence):
            if data.open:
                self._open(value, (trail, "[…]"), data.open, path)
            for index, item in enumerate(data.items):
                self._walk(item, (trail, "[", index, "]"), path, "")
        elif isinstance(data, Text):
            self._text(value, data, trail, path)
            for part, place in zip(data.parts, data.places, strict=True):
                self._take(part, place, "")
        elif isinstance(data, Unknown):
            self.unknown += 1
            self._open(value, trail, data.why, path)
        elif isinstance(data, Choice):
            self._walk(data.then, trail, path, name)
            self._walk(data.other, trail, path, name)
        elif value.known:
            self.known += 1

    def _mapping(self, value: Value, data: Mapping, trail: _Trail, path: str) -> None:
        if data.open:
            self._open(value, (trail, "/…"), data.open, path)
        named = data.find("name")
        name = named.string or "" if named is not None else ""
        for key, item in data.entries:
            self._walk(item, (trail, "/", key.written), path, name if key.name == "value" else key.written)

    def _text(self, value: Value, data: Text, trail: _Trail, path: str) -> None:
        if data.known() is not None:
            self.known += 1
            return
        self.symbolic += 1
        for part in data.parts:
            if isinstance(part, Unknown):
                self._open(value, trail, part.why, path)

    def _open(self, value: Value, trail: _Trail, why: str, path: str) -> None:
        self.unevaluated.append(Unevaluated(path, value.place, _spelled(trail), why))

    def _take(self, part: object, place: Place | None, name: str) -> None:
        if isinstance(part, str) and place is not None:
            self._literals.append((part, place, name))


def _spelled(trail: _Trail) -> str:
    """What a person calls the place that a trail leads to."""
    return "".join(_spelled(step) if isinstance(step, tuple) else str(step) for step in trail)
