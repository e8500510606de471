"""A document beside the shapes of the API: which structure each object in it is, and which type each value should have.

Every choice is followed into both branches by itself, so that a document with many conditions is still walked once.
What is met on the way is then true under the conditions of its branch only.
"""

from __future__ import annotations

import re

from ecslint.facts.deployers import deployer
from ecslint.facts.shapes import SERVICE, TASK_DEFINITION, UPDATE, structure
from ecslint.lean import TYPE_CHECKING, NamedTuple
from ecslint.model.container import Container
from ecslint.model.setting import Part
from ecslint.value import ABSENT, HOLE, Choice, Mapping, Sequence, Text
from ecslint.world import Fork

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecslint.facts.deployers import Deployer
    from ecslint.facts.shapes import Type
    from ecslint.model.noun import Noun
    from ecslint.value import Condition, Key, Value
    from ecslint.world import World

CONTAINERS = "containerDefinitions"

_ESCAPED = re.compile(r'["\\\n\t]')
"""The characters that JSON writes as two."""


class Entry(NamedTuple):
    """A value in an object, with its key and the type it should have, which is None for a key that is not known.

    `value` may be an element of a list or the value of a free map; then `key` is that of the whole. `world` holds the
    conditions under which it is there.
    """

    key: Key
    type: Type | None
    value: Value
    world: World

    @property
    def is_text(self) -> bool:
        """Whether the value is text, known or not; a number may be given as one where the tool converts it."""
        return self.value.kind == "string"


class Shaped:
    """An object that should be of a structure, in the world in which it is there.

    `raw` says whether the deployer takes it as it is written, and has not checked it in a language of its own.
    `entries` are all entries that are there, duplicates included.
    """

    def __init__(self, noun: Noun, structure: str, value: Value, world: World, deployer: Deployer, raw: bool) -> None:
        self.noun = noun
        self.structure = structure
        self.value = value
        self.world = world
        self.deployer = deployer
        self.raw = raw
        self.entries = list(_entries(structure, value, world))
        self._leaves: list[Entry] | None = None

    @property
    def conditions(self) -> tuple[tuple[Condition, bool], ...]:
        return self.world.decided

    def member(self, name: str) -> Iterator[tuple[World, Value]]:
        """What a member is in every world that its choices tell apart, also where it is not there."""
        return _everywhere(self.world, self.value.get(name))

    def at(self, path: str, world: World | None = None) -> Iterator[tuple[World, Value]]:
        """The same of what lies under a path of keys; `world` holds what is decided besides."""
        return _under(world or self.world, self.value, path)

    def lacks(self, path: str) -> bool:
        """Whether nothing can be under a path of keys, in any world, because the first of them is not there."""
        data = self.value.data
        return isinstance(data, Mapping) and not data.open and data.find(path.partition(".")[0]) is None

    def leaves(self) -> list[Entry]:
        """The entries of known keys that hold no objects, with every list and every free map taken apart."""
        if self._leaves is None:
            self._leaves = list(self._taken_apart())
        return self._leaves

    def _taken_apart(self) -> Iterator[Entry]:
        for entry in self.entries:
            key, type, value, start = entry
            if type is None or type.structure:
                continue
            if type.kind == "list" and isinstance(value.data, Sequence):
                yield from (Entry(key, type.item, item, world) for world, item in _there(start, value.items()))
            elif type.kind == "map" and isinstance(value.data, Mapping):
                items = [item for _, item in value.entries()]
                yield from (Entry(key, type.item, item, world) for world, item in _there(start, items))
            else:
                yield entry

    def holders(self) -> Iterator[Entry]:
        """The entries of known keys that should hold objects, and the elements of those that are lists."""
        for entry in self.entries:
            key, type, value, start = entry
            if type is None or not type.structure:
                continue
            yield entry
            if type.kind == "list":
                yield from (Entry(key, type.item, item, world) for world, item in _there(start, value.items()))


def shaped(noun: Noun) -> list[Shaped]:
    """All objects of a task definition or a service, from the whole down."""
    return noun.project.memo((shaped, noun.resource), lambda: _shaped(noun))


def _shaped(noun: Noun) -> list[Shaped]:
    resource = noun.resource
    tool = deployer(noun.project.frontend, resource.type)
    service = UPDATE if resource.type == "update-service" else SERVICE
    root = TASK_DEFINITION if resource.kind == "TaskDefinition" else service
    found: list[Shaped] = []
    for world, value in _there(noun.project.world, [resource.document]):
        _walk(Shaped(noun, root, value, world, tool, not tool.within), found)
    return found


def _walk(whole: Shaped, found: list[Shaped]) -> None:
    """Add an object and all objects in it."""
    if not isinstance(whole.value.data, Mapping):
        return
    found.append(whole)
    for key, type, value, world in whole.entries:
        inner = type.structure if type is not None else ""
        if type is None or not inner:
            continue
        raw = whole.raw or key.name == whole.deployer.within
        if type.kind == "structure":
            noun = _part(whole.noun, value, key.name, None)
            _walk(Shaped(noun, inner, value, world, whole.deployer, raw), found)
            continue
        for index, element in enumerate(value.items()):
            for where, item in _there(world, [element]):
                noun = _part(whole.noun, item, key.name, index)
                _walk(Shaped(noun, inner, item, where, whole.deployer, raw), found)


def _entries(name: str, value: Value, world: World) -> Iterator[Entry]:
    members = structure(name).members
    for key, raw in value.entries():
        member = members.get(key.name)
        type = member.type if member is not None else None
        if isinstance(raw.data, Choice):
            yield from (Entry(key, type, found, where) for where, found in _there(world, [raw]))
        elif _is(raw):
            yield Entry._make((key, type, raw, world))


def _is(value: Value) -> bool:
    """Whether a value without choices is anything."""
    return value.data is not None and value.data is not ABSENT


def _part(noun: Noun, value: Value, key: str, index: int | None) -> Noun:
    kind = Container if key == CONTAINERS else Part
    return kind(noun.project, value, noun.resource, noun, key, index)


def _under(world: World, value: Value, path: str) -> Iterator[tuple[World, Value]]:
    step, _, rest = path.partition(".")
    for where, found in _everywhere(world, value.get(step)):
        if rest:
            yield from _under(where, found, rest)
        else:
            yield where, found


def _everywhere(world: World, value: Value) -> Iterator[tuple[World, Value]]:
    """What a value is in every world that its choices tell apart."""
    todo = [world]
    while todo:
        current = todo.pop()
        try:
            yield current, current.resolve(value)
        except Fork as fork:
            met, unmet = current.fork(fork.condition)
            todo += [unmet, met]


def _there(world: World, values: Iterable[Value]) -> Iterator[tuple[World, Value]]:
    """What some values are, where they are anything."""
    for value in values:
        if not isinstance(value.data, Choice):
            if _is(value):
                yield world, value
            continue
        for where, found in _everywhere(world, value):
            if _is(found):
                yield where, found


def route(noun: Noun) -> str:
    """The way to an object as botocore writes it: `containerDefinitions[0].portMappings[1]`; empty for the whole."""
    if noun.parent is None:
        return ""
    step = noun.key if noun.index is None else f"{noun.key}[{noun.index}]"
    above = route(noun.parent)
    return f"{above}.{step}" if above else step


def least_size(value: Value) -> int:
    """How many bytes of compact JSON a value has at least; what is not known has none."""
    data = value.data
    if isinstance(data, str):
        return _text_size(data)
    if isinstance(data, Mapping):
        size = 1
        for key, item in data.entries:
            inner = _text_size(item.data) if isinstance(item.data, str) else least_size(item)
            size += len(key.name) + 4 + inner if inner else 0
        return max(size, 2)
    if isinstance(data, Sequence):
        sizes = [size for item in data.items if (size := least_size(item))]
        return 1 + max(sum(sizes) + len(sizes), 1)
    if isinstance(data, Choice):
        return min(least_size(data.then), least_size(data.other))
    if isinstance(data, Text):
        return _text_size((value.outline() or "").replace(HOLE, ""))
    return len(value.string or "")


def _text_size(text: str) -> int:
    length = len(text) if text.isascii() else len(text.encode("utf-8", "replace"))
    return 2 + length + len(_ESCAPED.findall(text))
