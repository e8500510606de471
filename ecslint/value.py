"""Values: known, symbolic, unknown.

Everything that a rule reads is a `Value`: a datum, the place where it was *written*, its key, and the hops from there
to the use. A datum is a JSON scalar, a `Text` with holes, a `Mapping`, a `Sequence`, an `Unknown`, a `Choice`, or
`ABSENT`. Rules ask questions and get an `Answer`; only the core looks at `data`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ecslint import comparison
from ecslint.answer import MAYBE, NO, YES, Answer
from ecslint.language import ANYTHING, Glob, Literal, Shape, compare, escape
from ecslint.lean import TYPE_CHECKING, NamedTuple
from ecslint.text import HOLE, Encoded, Ref, Text, Unknown, atom, flat

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator
    from decimal import Decimal

    from ecslint.language import Piece
    from ecslint.source import Place
    from ecslint.text import Part, Referable

__all__ = [
    "ABSENT",
    "HOLE",
    "MAYBE",
    "NO",
    "YES",
    "Absent",
    "Answer",
    "Choice",
    "Condition",
    "Encoded",
    "Hop",
    "Key",
    "Mapping",
    "Ref",
    "Sequence",
    "Text",
    "Unknown",
    "Value",
    "atom",
    "camel",
    "of",
    "written",
]


class Absent:
    """The datum of a key that is certainly not there."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = Absent()


class Condition:
    """An undecidable condition. `key` is its identity; `text` reads well after "if".

    An equation also has a `subject` and a `literal`, so that two different literals are never both met. `is_default`
    says that it is met unless somebody gives a value that the files leave empty.
    """

    __slots__ = ("is_default", "key", "literal", "place", "subject", "text", "unless")

    def __init__(
        self,
        key: Hashable,
        text: str,
        unless: str = "",
        place: Place | None = None,
        subject: Hashable = None,
        literal: object = None,
        *,
        is_default: bool = False,
    ) -> None:
        self.is_default = is_default
        self.key = key
        self.text = text
        self.unless = unless or f"not ({text})"
        self.place = place
        self.subject = subject
        self.literal = literal

    @property
    def of_null(self) -> bool:
        """Whether it is met only where something unknown is null."""
        return self.subject is not None and self.literal == ("NoneType", None)

    def __repr__(self) -> str:
        return f"Condition({self.text!r})"


class Choice(NamedTuple):
    """One of two values, by a condition that nobody here can decide."""

    condition: Condition
    then: Value
    other: Value


class Key:
    """A key: as it is written, and its normalized name (ECS's own camelCase, unless a frontend says otherwise)."""

    __slots__ = ("name", "place", "written")

    def __init__(self, written: str, place: Place | None = None, name: str | None = None) -> None:
        self.written = written
        self.place = place
        self.name = camel(written) if name is None else name

    def __repr__(self) -> str:
        return f"Key({self.written!r})"


@lru_cache(maxsize=2048)
def camel(written: str) -> str:
    """`ContainerDefinitions` as `containerDefinitions`; an acronym or a word in capitals stays."""
    if written[:1].isupper() and written[1:2].islower():
        return written[0].lower() + written[1:]
    return written


class Mapping:
    """Keys and values in the order written, duplicates included; of duplicates the last wins.

    `open` says why there may be more entries than are listed, and is empty if there are not. `form` is the
    frontend's word for the kind of mapping.
    """

    __slots__ = ("_index", "entries", "form", "open")

    def __init__(self, entries: Iterable[tuple[Key, Value]] = (), open: str = "", form: str = "object") -> None:
        self.entries = tuple(entries)
        self.open = open
        self.form = form
        self._index: dict[str, Value] | None = None

    def __repr__(self) -> str:
        return f"Mapping({ {k.written: v for k, v in self.entries} }{', open' if self.open else ''})"

    def find(self, name: str) -> Value | None:
        """The value under a normalized name, or nothing."""
        if self._index is None:
            self._index = {key.name: value for key, value in self.entries}
        return self._index.get(name)


class Sequence:
    """Values in order. `open` as for `Mapping`: there may be more, and then places in the row mean nothing."""

    __slots__ = ("form", "items", "open")

    def __init__(self, items: Iterable[Value] = (), open: str = "", form: str = "tuple") -> None:
        self.items = tuple(items)
        self.open = open
        self.form = form

    def __repr__(self) -> str:
        return f"Sequence({list(self.items)}{', open' if self.open else ''})"


class Hop:
    """A place that a value passed on its way, the newest first; tails are shared."""

    __slots__ = ("before", "place", "text")

    def __init__(self, place: Place | None, text: str, before: Hop | None = None) -> None:
        self.place = place
        self.text = text
        self.before = before

    def __iter__(self) -> Iterator[Hop]:
        hop: Hop | None = self
        while hop is not None:
            yield hop
            hop = hop.before

    @staticmethod
    def chain(first: Hop | None, then: Hop | None) -> Hop | None:
        """The hops of one way and, newer than these, those of another."""
        if first is None or then is None:
            return then if first is None else first
        for hop in reversed(list(then)):
            first = Hop(hop.place, hop.text, first)
        return first


if TYPE_CHECKING:
    Data = None | bool | int | float | Decimal | str | Text | Mapping | Sequence | Unknown | Choice | Absent


class Value:
    """A datum with the place where it was written, its key, and the hops it took from there."""

    __slots__ = ("data", "hops", "key", "place")

    def __init__(self, data: Data, place: Place | None = None, key: Key | None = None, hops: Hop | None = None) -> None:
        self.data = data
        self.place = place
        self.key = key
        self.hops = hops

    def __repr__(self) -> str:
        return f"Value({self.data!r})"

    # Making one from another

    def hop(self, place: Place | None, text: str) -> Value:
        """The value after it passed `place`."""
        return Value(self.data, self.place, self.key, Hop(place, text, self.hops))

    def through(self, hops: Hop | None) -> Value:
        """The value after it also took the outer `hops`, as an element of something that took them."""
        if hops is None:
            return self
        return Value(self.data, self.place, self.key, Hop.chain(self.hops, hops))

    def under(self, key: Key) -> Value:
        """The value as the entry of `key`."""
        return Value(self.data, self.place, key, self.hops)

    # Going down. A `Choice` is resolved by the nouns of the model, in the project's world, before this is asked.

    def get(self, name: str) -> Value:
        """The entry of a mapping; `ABSENT` where there certainly is none, unknown where there may be one."""
        data = self.data
        if isinstance(data, Mapping):
            found = data.find(name)
            if found is not None:
                return found if self.hops is None else found.through(self.hops)
            return Value(Unknown(data.open) if data.open else ABSENT, self.place, None, self.hops)
        if isinstance(data, (Unknown, Choice)):
            why = data.why if isinstance(data, Unknown) else data.condition.text
            return Value(Unknown(why), self.place, None, self.hops)
        return Value(ABSENT, self.place, None, self.hops)

    def entries(self) -> Iterator[tuple[Key, Value]]:
        """All entries as written, duplicates included; none where this is no mapping."""
        if isinstance(self.data, Mapping):
            hops = self.hops
            for key, value in self.data.entries:
                yield key, value if hops is None else value.through(hops)

    def items(self) -> Iterator[Value]:
        """The listed elements; none where this is no sequence."""
        if isinstance(self.data, Sequence):
            hops = self.hops
            for value in self.data.items:
                yield value if hops is None else value.through(hops)

    # Questions

    @property
    def open(self) -> str:
        """Why a collection may hold more than it lists; empty where it cannot."""
        data = self.data
        if isinstance(data, (Mapping, Sequence)):
            return data.open
        if isinstance(data, Choice):
            return data.condition.text
        return data.why if isinstance(data, Unknown) else ""

    @property
    def absent(self) -> Answer:
        """Whether the key is not there or holds null, which ECS, Terraform and CloudFormation treat alike."""
        data = self.data
        if isinstance(data, (Unknown, Choice)):
            return self._ask(lambda value: Answer.of(value.data is None or value.data is ABSENT), MAYBE)
        return YES if data is None or data is ABSENT else NO

    @property
    def present(self) -> Answer:
        return ~self.absent

    @property
    def kind(self) -> str | None:
        """`string`, `number`, `boolean`, `object`, `array`, `null` or `absent`; None where nobody knows."""
        data = self.data
        kind = _KINDS.get(type(data))
        if kind is None:
            kind = next((name for type_, name in _KINDS.items() if isinstance(data, type_)), "number")
        return kind or None

    @property
    def textual(self) -> bool:
        """Whether this certainly is a string, whatever fills its holes. A lone reference may be to a number."""
        data = self.data
        if isinstance(data, Text):
            return len(data.parts) != 1 or not isinstance(data.parts[0], Ref)
        return isinstance(data, str)

    @property
    def known(self) -> bool:
        """Whether this is a scalar that is known for certain."""
        return self.scalar is not None

    @property
    def scalar(self) -> str | bool | int | float | Decimal | None:
        """The known scalar; None for everything else, null included."""
        data = self.data
        if isinstance(data, str):
            return data
        if isinstance(data, Text):
            return data.known()
        if isinstance(data, (Mapping, Sequence, Unknown, Choice, Absent)):
            return None
        return data

    @property
    def string(self) -> str | None:
        """The known text; of a number or a truth value the text that a program would get."""
        if isinstance(self.data, str):
            return self.data
        scalar = self.scalar
        if scalar is None or isinstance(scalar, str):
            return scalar
        return written(scalar)

    @property
    def integer(self) -> int | None:
        """The known whole number, also where it is written as a string."""
        scalar = self.scalar
        if isinstance(scalar, str):
            digits = scalar.strip()
            return int(digits) if digits.isascii() and digits.removeprefix("-").isdigit() and len(digits) < 20 else None
        if scalar is None or isinstance(scalar, bool) or not -(1 << 63) < scalar < 1 << 63:
            return None
        return int(scalar) if scalar == int(scalar) else None

    @property
    def true(self) -> Answer:
        """Whether this is true, also where it is written as a string; NO where it is absent."""
        if self.data is True:
            return YES
        if self.data is False or self.data is ABSENT:
            return NO
        return self._ask(
            lambda value: value.matches("[Tt]rue|TRUE") if value.kind == "string" else value.equals("true")
        )

    def equals(self, other: str | int | Value) -> Answer:
        """Whether both have the same text. Two references to one attribute are equal whatever it is."""
        data = self.data
        if isinstance(other, Value):
            if isinstance(data, str) and isinstance(other.data, str):
                return YES if data == other.data else NO
            return self._ask(lambda mine: other._ask(lambda theirs: comparison.equal(mine, theirs)))
        text = written(other)
        if isinstance(data, str):
            return YES if data == text else NO
        return self._compare(lambda mine: mine == text, lambda: (Literal(text),))

    @property
    def identity(self) -> Hashable | None:
        """The same for two values that certainly have the same text, as `equals` says; None where there is no text.

        It finds the equal ones among many without comparing each with each.
        """
        data = Text((self.data,)) if isinstance(self.data, Unknown) else self.data
        if not isinstance(data, Text):
            return self.string
        known = data.known()
        return (
            tuple(part if isinstance(part, str) else atom(part) for part in flat(data.parts))
            if known is None
            else known
        )

    def one_of(self, options: Iterable[str]) -> Answer:
        wanted = tuple(options)
        if not wanted:
            return NO
        return self._compare(
            lambda mine: mine in wanted, lambda: (Shape("|".join(escape(option) for option in wanted)),)
        )

    def starts_with(self, prefix: str) -> Answer:
        return self._compare(lambda mine: mine.startswith(prefix), lambda: (Literal(prefix), ANYTHING))

    def ends_with(self, suffix: str) -> Answer:
        return self._compare(lambda mine: mine.endswith(suffix), lambda: (ANYTHING, Literal(suffix)))

    def contains(self, part: str) -> Answer:
        return self._compare(lambda mine: part in mine, lambda: (ANYTHING, Literal(part), ANYTHING))

    def matches(self, expression: str) -> Answer:
        """Whether the whole text matches an expression of the subset in `language`."""
        return self._compare(
            lambda mine: bool(re.fullmatch(expression, mine, re.ASCII | re.DOTALL)), lambda: (Shape(expression),)
        )

    def like(self, pattern: str) -> Answer:
        """Whether the whole text matches a pattern with IAM's `*` and `?`."""
        return self._compare(None, lambda: (Glob(pattern),))

    @property
    def refs(self) -> tuple[Ref, ...]:
        """The references in the text."""
        if isinstance(self.data, Text):
            return tuple(part for part in self.data.parts if isinstance(part, Ref))
        return ()

    def may_mention(self, resource: Referable) -> bool:
        """Whether a resource may be referred to anywhere in the value, in whichever world."""
        data = self.data
        if isinstance(data, Choice):
            return data.then.may_mention(resource) or data.other.may_mention(resource)
        if isinstance(data, Mapping):
            return bool(data.open) or any(value.may_mention(resource) for _, value in data.entries)
        if isinstance(data, Sequence):
            return bool(data.open) or any(value.may_mention(resource) for value in data.items)
        for part in data.parts if isinstance(data, Text) else (data,):
            if isinstance(part, Unknown) or (isinstance(part, Ref) and part.resource is resource):
                return True
            if isinstance(part, Encoded) and part.value.may_mention(resource):
                return True
        return False

    @property
    def secret(self) -> bool:
        """Whether it is, or is made with, something unknown that its author says nobody may see."""
        data = self.data
        if isinstance(data, Text):
            return any(isinstance(part, Unknown) and part.secret for part in data.parts)
        return isinstance(data, Unknown) and data.secret

    @property
    def ref(self) -> Ref | None:
        """The reference, where the text is that and nothing else."""
        refs = self.refs
        return refs[0] if refs and isinstance(self.data, Text) and len(self.data.parts) == 1 else None

    def covers(self, other: Value) -> Answer:
        """Whether this, as a pattern with IAM's wildcards, matches all of the other text.

        A hole that stands on both sides is the same whatever fills it.
        """
        return self._ask(lambda mine: other._ask(lambda theirs: comparison.covers(mine, theirs), MAYBE), MAYBE)

    def reaches(self, start: Value, rest: str) -> Answer:
        """Whether this, as a pattern with IAM's wildcards, matches any text that begins with `start`.

        `rest` is the expression for how the text goes on behind it.
        """
        return self._ask(lambda mine: start._ask(lambda begun: comparison.reaches(mine, begun, rest), MAYBE), MAYBE)

    def may_match(self, expression: str) -> bool:
        """Whether this, as a pattern with IAM's wildcards, matches any text of a regular language."""
        pattern = comparison.patterns(self)
        return pattern is None or compare((Shape(expression),), pattern)[0]

    def outline(self) -> str | None:
        """The text with `HOLE` in place of each hole, for a look at its literal parts; None where this is no text."""
        data = self.data
        if isinstance(data, str):
            return data
        if isinstance(data, Text):
            return "".join(part if isinstance(part, str) else HOLE for part in data.layout())
        return self.string

    def part(self, text: str) -> Place | None:
        """The place of a literal run inside the text, or of the whole value where it does not stand there."""
        data = self.data
        if isinstance(data, str) and self.place is not None and text and (at := data.find(text)) >= 0:
            return self.place.part(at, at + len(text))
        if isinstance(data, Text):
            for part, place in zip(data.parts, data.places, strict=True):
                if isinstance(part, str) and place is not None and text and (at := part.find(text)) >= 0:
                    return place.part(at, at + len(text))
        return self.place

    def before(self, mark: str) -> Value:
        """The text up to a literal mark; all of it where the mark stands in no literal part."""
        parts = self.data.parts if isinstance(self.data, Text) else (self.string or "",)
        kept: list[tuple[Part, Place | None]] = []
        for part in parts:
            if isinstance(part, str) and mark in part:
                kept.append((part.partition(mark)[0], None))
                break
            kept.append((part, None))
        return Value(Text.join(kept), self.place, None, self.way)

    @property
    def way(self) -> Hop | None:
        """All hops: those of a text's part, and newer than these those of the value itself."""
        return Hop.chain(self.data.way, self.hops) if isinstance(self.data, Text) else self.hops

    @property
    def use(self) -> Place | None:
        """Where the value is used in the end: the newest place that it passed, or where it is written."""
        way = self.way
        return way.place if way is not None else self.place

    def pieces(self) -> tuple[Piece, ...] | None:
        """The text as a language; None where this is no text, and anything where nobody knows."""
        data = self.data
        if isinstance(data, Text):
            return data.pieces()
        if isinstance(data, Unknown):
            return (Shape(data.shape),) if data.shape else (ANYTHING,)
        scalar = self.scalar
        return None if scalar is None else (Literal(written(scalar)),)

    def _compare(self, known: Callable[[str], bool] | None, pattern: Callable[[], tuple[Piece, ...]]) -> Answer:
        """Whether the text matches; `known` says it of a text without holes, faster than the automaton could."""
        data = self.data
        if known is not None and isinstance(data, str):
            return YES if known(data) else NO
        if data is None or data is ABSENT:
            return NO
        if isinstance(data, Unknown) and not data.shape:
            return MAYBE

        def ask(value: Value) -> Answer:
            text = value.string if known is not None else None
            if known is not None and text is not None:
                return YES if known(text) else NO
            pieces = value.pieces()
            return NO if pieces is None else comparison.matched(pieces, pattern())

        return self._ask(ask)

    def _ask(self, question: Callable[[Value], Answer], unknown: Answer | None = None) -> Answer:
        """The answer of both branches of a choice, where they agree."""
        data = self.data
        if isinstance(data, Choice):
            then, other = data.then._ask(question, unknown), data.other._ask(question, unknown)
            return then if then is other else MAYBE
        return unknown if unknown is not None and isinstance(data, Unknown) else question(self)


_KINDS: dict[type, str] = {
    str: "string",
    Text: "string",
    bool: "boolean",
    Mapping: "object",
    Sequence: "array",
    type(None): "null",
    Absent: "absent",
    Unknown: "",
    Choice: "",
}
"""The kinds by type, empty where nobody knows; all other types are numbers."""


def written(scalar: str | bool | int | float | Decimal) -> str:
    """A scalar as text, the way JSON writes it."""
    if isinstance(scalar, str):
        return scalar
    if isinstance(scalar, bool):
        return "true" if scalar else "false"
    if isinstance(scalar, float) and scalar.is_integer() and abs(scalar) < 1e15:
        return str(int(scalar))
    return str(scalar)


def of(data: object, place: Place | None = None) -> Value:
    """Plain data, as `json` gives it, as a value."""
    if isinstance(data, dict):
        return Value(Mapping([(key, of(item, place).under(key)) for key, item in _keyed(data)]), place)
    if isinstance(data, list):
        return Value(Sequence(of(item, place) for item in data), place)
    assert data is None or isinstance(data, (str, bool, int, float))
    return Value(data, place)


def _keyed(data: dict[str, object]) -> Iterator[tuple[Key, object]]:
    for key, item in data.items():
        yield Key(key), item
