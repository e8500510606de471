"""The shape of a noun: a typed view of a document, resolved in the project's current world.

A noun declares the keys that it reads as fields. Reading one resolves every choice on the way, so a rule never sees
any, and says honestly what may be there besides.
"""

from __future__ import annotations

from itertools import islice

from ecslint.lean import TYPE_CHECKING, Generic, TypeVar, overload
from ecslint.value import ABSENT, MAYBE, NO, YES, Absent, Answer, Choice, Mapping, Sequence, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import ClassVar

    from ecslint.model.project import Project
    from ecslint.model.resource import Resource
    from ecslint.source import Place
    from ecslint.value import Key

N = TypeVar("N", bound="Noun")
T = TypeVar("T")


class Noun:
    """A view of a value of a project.

    `resource` is the declared thing it belongs to; a noun inside another has a `parent`, the `key` it stands under
    and, in a list, its `index`. `whole` is the value with whatever choices it has.
    """

    __slots__ = ("__dict__", "index", "key", "parent", "project", "resource", "whole")

    identities: ClassVar[tuple[str, ...]] = ("arn", "name", "id")
    """The attributes by which others may name a resource of this kind."""

    def __init__(
        self,
        project: Project,
        value: Value,
        resource: Resource,
        parent: Noun | None = None,
        key: str = "",
        index: int | None = None,
    ) -> None:
        self.project = project
        self.resource = resource
        self.parent = parent
        self.key = key
        self.index = index
        self.whole = value

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.address})"

    @property
    def document(self) -> Value:
        """The value tree that this is a view of, resolved at its top."""
        value = self.whole
        return self.project.world.resolve(value) if isinstance(value.data, Choice) else value

    @property
    def present(self) -> Answer:
        """Whether there is anything to be a view of. An absent object still has fields, all of them absent."""
        return self.document.present

    @property
    def place(self) -> Place | None:
        if self.parent is None:
            return self.resource.place or self.whole.place
        return self.whole.place or self.parent.place

    def read(self, key: str) -> Value:
        """The value under a key, resolved."""
        value = self.whole
        found = (self.document if isinstance(value.data, Choice) else value).get(key)
        return self.project.world.resolve(found) if isinstance(found.data, Choice) else found

    @property
    def segment(self) -> str:
        """How the author would name this among its siblings."""
        return self.key if self.index is None else f"{self.key}[{self.index}]"

    def labelled(self, name: Value) -> str:
        """The segment of a list's element that has a name of its own."""
        return f"{self.key}[{self.index if name.string is None else name.string}]"

    @property
    def trail(self) -> str:
        """The address below the resource; empty for the resource itself."""
        return "" if self.parent is None else f"{self.parent.trail}/{self.segment}"

    @property
    def address(self) -> str:
        return self.resource.address + self.trail

    @property
    def local_address(self) -> str:
        return self.resource.local + self.trail

    @property
    def slot(self) -> str:
        """The local address as it is for every caller of a module, who may each name a container otherwise."""
        return self.resource.local if self.parent is None else f"{self.parent.slot}/{self.slot_segment}"

    @property
    def slot_segment(self) -> str:
        return self.segment


def varies(value: Value) -> bool:
    """Whether a value, or the list that it may be, differs from world to world."""
    data = value.data
    if isinstance(data, Sequence):
        return any([isinstance(item.data, Choice) for item in data.items])  # noqa: C419  # quicker
    return isinstance(data, Choice)


class Attribute(Generic[T]):
    """A key of a noun's document, as an attribute of the noun.

    What is the same in every world is kept in the noun's `__dict__`, where Python finds it without asking again.
    """

    name: str

    def __init__(self, key: str) -> None:
        self.key = key

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, noun: None, owner: type) -> Attribute[T]: ...
    @overload
    def __get__(self, noun: Noun, owner: type) -> T: ...
    def __get__(self, noun: Noun | None, owner: type) -> Attribute[T] | T:
        if noun is None:
            return self
        whole = noun.whole
        found = None if isinstance(whole.data, Choice) else whole.get(self.key)
        if found is None or varies(found):
            return noun.project.memo((noun, self), lambda: self.made(noun, noun.read(self.key)))
        made = self.made(noun, found)
        noun.__dict__[self.name] = made
        return made

    def made(self, noun: Noun, value: Value) -> T:
        """What the attribute gives for the key's value in this world."""
        raise NotImplementedError


class Field(Attribute[Value]):
    """A key that holds a scalar or anything that a rule reads as one value."""

    def made(self, noun: Noun, value: Value) -> Value:
        return value


class Child(Attribute[N]):
    """A key that holds an object; where there is none, the noun is there and all its fields are absent."""

    def __init__(self, key: str, kind: type[N]) -> None:
        super().__init__(key)
        self.kind = kind

    def made(self, noun: Noun, value: Value) -> N:
        return self.kind(noun.project, value, noun.resource, noun, self.key)


class Children(Attribute["Collection[N]"]):
    """A key that holds a list of objects. What stands behind the first `most` is known to be there, but not read."""

    def __init__(self, key: str, kind: type[N], most: int | None = None) -> None:
        super().__init__(key)
        self.kind = kind
        self.most = most

    def made(self, noun: Noun, value: Value) -> Collection[N]:
        def make(item: Value, index: int) -> N:
            return self.kind(noun.project, item, noun.resource, noun, self.key, index)

        return collect(noun, value, make, self.most)


class Scalars(Attribute["Collection[Value]"]):
    """A key that holds a list of scalars."""

    def made(self, noun: Noun, value: Value) -> Collection[Value]:
        return collect(noun, value, lambda item, _: item)


class OneOrMany(Scalars):
    """A key that holds one scalar or a list of them, as IAM allows."""

    def made(self, noun: Noun, value: Value) -> Collection[Value]:
        if value.kind in {"array", "null", "absent"}:
            return super().made(noun, value)
        return Collection(value, [value], value.open)


class Entries(Attribute["Options"]):
    """A key that holds a free map, such as a log driver's options."""

    def made(self, noun: Noun, value: Value) -> Options:
        return Options(noun, value)


class Collection(Generic[T]):
    """What a list certainly holds in this world. `open` says why it may hold more, and is empty if it cannot."""

    __slots__ = ("items", "open", "value")

    def __init__(self, value: Value, items: list[T], open: str) -> None:
        self.value = value
        self.items = items
        self.open = open

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> T:
        return self.items[index]

    @property
    def empty(self) -> Answer:
        return NO if self.items else MAYBE if self.open else YES

    def any(self, question: Callable[[T], Answer]) -> Answer:
        """Whether the answer is YES for some element; MAYBE where an unlisted one could be it."""
        answer = MAYBE if self.open else NO
        for item in self.items:
            answer |= question(item)
            if answer.yes:
                break
        return answer

    def all(self, question: Callable[[T], Answer]) -> Answer:
        """Whether the answer is YES for every element."""
        return ~self.any(lambda item: ~question(item))


def collect(noun: Noun, value: Value, make: Callable[[Value, int], T], most: int | None = None) -> Collection[T]:
    """A list's elements in the noun's world, at most so many. What should be a list and is none may hold anything."""
    data = value.data
    if value.absent.yes:
        return Collection(value, [], "")
    if not isinstance(data, Sequence):
        return Collection(value, [], data.why if isinstance(data, Unknown) else "this is no list")
    items: list[T] = []
    why = data.open
    if most is not None and len(data.items) > most:
        why = why or f"there are more than {most}"
    for index, raw in enumerate(islice(value.items(), most)):
        item = noun.project.world.resolve(raw)
        if isinstance(item.data, Absent):
            continue
        if isinstance(item.data, Unknown):
            why = why or item.data.why
        items.append(make(item, index))
    return Collection(value, items, why)


class Options:
    """A free map in this world; its keys are never renamed."""

    __slots__ = ("_noun", "value")

    def __init__(self, noun: Noun, value: Value) -> None:
        self._noun = noun
        self.value = value

    def __iter__(self) -> Iterator[tuple[Key, Value]]:
        for key, value in self.value.entries():
            resolved = self._noun.project.world.resolve(value)
            if not isinstance(resolved.data, Absent):
                yield key, resolved

    @property
    def open(self) -> str:
        """Why the map may hold more than it lists."""
        if self.value.absent.yes or isinstance(self.value.data, Mapping):
            return self.value.open
        return self.value.open or "this is no map"

    def get(self, name: str) -> Value:
        """The value under a key as written."""
        found = Value(Unknown(self.open), self.value.place) if self.open else Value(ABSENT, self.value.place)
        for key, value in self:
            found = value if key.written == name else found
        return found
