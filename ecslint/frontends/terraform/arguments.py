"""The body of a block as values: its arguments, its nested blocks, and what `dynamic` blocks make.

Source: HCL's `ext/dynblock`. This is what the tables of resources read: they ask for a name and get a value, whether
it was written as an argument, as blocks, or in JSON.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty import numbers
from ecslint.frontends.terraform.cty.choice import MAYBE_ABSENT, branches, choose, condition
from ecslint.frontends.terraform.cty.types import BOOL, DYNAMIC, NUMBER, STRING
from ecslint.frontends.terraform.cty.value import Elements, Fields, Typed, mapping, unknown, why
from ecslint.frontends.terraform.functions.context import EXHAUSTED
from ecslint.frontends.terraform.hcl.expression import LATER, Literal, keyword, salvaged
from ecslint.value import ABSENT, Absent, Choice, Key, Mapping, Sequence, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.frontends.terraform.hcl.scope import Scope
    from ecslint.frontends.terraform.hcl.syntax import Attribute, Block, Body
    from ecslint.source import Place

META = frozenset({"count", "for_each", "provider", "depends_on", "lifecycle", "connection", "provisioner", "timeouts"})
"""The names that are Terraform's own, not the resource's."""


_ROUND = 50
"""What a block that a `dynamic` block makes costs of the budget."""


class Arguments:
    """A body in a scope. Every argument is evaluated once, when it is asked for."""

    def __init__(self, body: Body, scope: Scope, place: Place | None = None) -> None:
        self.body = body
        self.scope = scope
        self.place: Place | None = place or body.span
        self._values: dict[str, Typed] = {}
        self._blocks: dict[str, Value] = {}

    def names(self) -> list[str]:
        """The names of arguments and blocks, as written, those of Terraform itself left out."""
        found = dict.fromkeys(name for name in self.body.attributes if name not in META)
        found.update(dict.fromkeys(name for name in map(_name, self.body.blocks) if name not in META))
        return list(found)

    def get(self, name: str) -> Value:
        """The value of an argument, or a sequence with a mapping for each block of the name.

        Absent where neither is written, unknown where the body could not be read whole.
        """
        if name in self.body.attributes:
            return self.argument(name)
        if any(_name(block) == name for block in self.body.blocks):
            return self.blocks(name)
        return Value(Unknown(self.body.open) if self.body.open else ABSENT, self.place)

    def argument(self, name: str) -> Typed:
        """The value of an argument that is written."""
        if name not in self._values:
            attribute = self.body.attributes[name]
            # What refers to itself on the way is not known.
            self._values[name] = unknown(DYNAMIC, f"`{name}` refers to itself", None, attribute.span)
            self._values[name] = evaluated(attribute, self.scope).under(_key(attribute))
        return self._values[name]

    def blocks(self, name: str) -> Value:
        """A sequence with a mapping for each block of a name; those of `dynamic` blocks among them.

        An argument that stands in for the blocks, as in JSON, gives them, too.
        """
        if name in self.body.attributes:
            return _listed(self.argument(name))
        if name not in self._blocks:
            items: list[Value] = []
            openness = self.body.open
            place: Place | None = None
            for nested, exists in self.nested(name):
                place = place or nested.place
                items.append(_chosen(exists, nested.tree()))
            openness = openness or next(iter(self._openness(name)), "")
            self._blocks[name] = Value(Sequence(items, openness, "list"), place or self.place)
        return self._blocks[name]

    def nested(self, name: str) -> Iterator[tuple[Arguments, Typed | None]]:
        """The bodies of the blocks of a name, each with the choice of whether it is there, if that is open."""
        for block in self.body.blocks:
            if block.type == name:
                yield Arguments(block.body, self.scope, block.place), None
            elif _name(block) == name:
                for scope, exists in _rounds(block, self.scope):
                    for content in block.body.of_type("content"):
                        yield Arguments(content.body, scope, block.place), exists

    def _openness(self, name: str) -> Iterator[str]:
        """Why there may be more blocks of a name than are listed."""
        for block in self.body.blocks:
            if block.type == "dynamic" and _name(block) == name:
                if self.scope.context.budget.spent:
                    yield EXHAUSTED
                value = _iterated(block, self.scope)
                for way in branches(value):
                    data = way.data
                    if isinstance(data, (Elements, Fields)):
                        if data.open:
                            yield data.open
                    elif not way.null:
                        yield why(way) or LATER

    def tree(self) -> Value:
        """The whole body as a mapping, blocks as sequences of mappings."""
        entries: list[tuple[Key, Value]] = []
        for name in self.names():
            value = self.get(name)
            key = value.key or Key(name, None, name)
            entries.append((key, value.under(key)))
        return Value(Mapping(entries, self.body.open), self.place)


def _name(block: Block) -> str:
    """The type of a block, or of those that a `dynamic` block makes."""
    return block.labels[0].text if block.type == "dynamic" and block.labels else block.type


def _key(attribute: Attribute) -> Key:
    return Key(attribute.name, attribute.place, attribute.name)


def evaluated(attribute: Attribute, scope: Scope) -> Typed:
    """The value of an argument; unknown where Terraform would refuse it, or the part of it that it would refuse."""
    return salvaged(attribute.expression, scope)


def _listed(value: Typed) -> Value:
    """An argument in place of blocks: an object is a single block."""
    if isinstance(value.data, Fields):
        return Value(Sequence((value,), "", "list"), value.place, value.key, value.hops)
    return value


def _chosen(exists: Typed | None, value: Value) -> Value:
    """The value, or the choice between it and nothing."""
    if exists is None:
        return value
    data = exists.data
    if isinstance(data, Choice):
        then, other = data.then, data.other
        assert isinstance(then, Typed)
        assert isinstance(other, Typed)
        return Value(Choice(data.condition, _chosen(then, value), _chosen(other, value)), value.place)
    return Value(ABSENT, value.place) if isinstance(data, Absent) else value


def _iterated(block: Block, scope: Scope) -> Typed:
    attribute = block.body.attributes.get("for_each")
    if attribute is None:
        return unknown(DYNAMIC, block.body.open or "`for_each` is missing", None, block.place)
    return evaluated(attribute, scope)


def _rounds(block: Block, scope: Scope) -> Iterator[tuple[Scope, Typed | None]]:
    """The scope of every block that a `dynamic` block makes, and the choice of whether it is there, if that is open."""
    attribute = block.body.attributes.get("iterator")
    iterator = _name(block)
    if attribute is not None:
        iterator = keyword(attribute.expression) or iterator
        if isinstance(attribute.expression, Literal) and isinstance(attribute.expression.constant.data, str):
            iterator = attribute.expression.constant.data
    for key, value, exists in _pairs(_iterated(block, scope), block):
        if not scope.context.budget.afford(_ROUND):
            return
        item = mapping([(Key("key"), key), (Key("value"), value)])
        yield scope.child({iterator: item}), exists


_HERE = Typed(True, BOOL)


def _pairs(value: Typed, block: Block) -> Iterator[tuple[Typed, Typed, Typed | None]]:
    """Key, value and existence of every round. One round stands for those of a collection that is not known."""
    data = value.data
    if isinstance(data, Choice):
        for side in (data.then, data.other):
            assert isinstance(side, Typed)
            for key, item, exists in _pairs(side.through(value.hops), block):
                sides = (exists or _HERE, MAYBE_ABSENT)
                then, other = sides if side is data.then else (sides[1], sides[0])
                yield key, item, choose(data.condition, then, other)
    elif isinstance(data, Fields):
        keys = data.keys()
        for name, item in data.ordered():
            yield Typed(name, STRING, keys[name].place), item.through(value.hops), _presence(item)
    elif isinstance(data, Elements):
        for at, item in enumerate(data.items):
            key = item if data.form == "set" else Typed(numbers.whole(at), NUMBER)
            yield key, item.through(value.hops), _presence(item)
    elif value.doubt:
        reason = why(value) or LATER
        unsure = condition(value, f"{_name(block)} has elements", value.place.span() if value.place else None)
        exists = choose(unsure, _HERE, MAYBE_ABSENT)
        yield unknown(STRING, reason), unknown(value.type.element, reason), exists


def _presence(item: Typed) -> Typed | None:
    """Whether an element is there, if that is open."""
    if not any(isinstance(way.data, Absent) for way in branches(item)):
        return None
    data = item.data
    if not isinstance(data, Choice):
        return MAYBE_ABSENT
    assert isinstance(data.then, Typed)
    assert isinstance(data.other, Typed)
    return choose(data.condition, _presence(data.then) or _HERE, _presence(data.other) or _HERE)
