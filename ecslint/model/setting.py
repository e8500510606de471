"""Settings by their path in a document, for rules that read tables."""

from __future__ import annotations

from ecslint.lean import TYPE_CHECKING, TypeVar
from ecslint.model.noun import Noun, Options, collect
from ecslint.value import ABSENT, MAYBE, NO, YES, Answer, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ecslint.facts.unsupported import Unsupported

N = TypeVar("N", bound=Noun)


class Part(Noun):
    """An object inside a document, whatever its shape."""

    __slots__ = ()

    @property
    def segment(self) -> str:
        return self.key if self.index is None else self.labelled(self.read("name"))


def follow(noun: Noun, path: str) -> Iterator[tuple[Noun, Value]]:
    """The values under a path of keys, each with the noun that holds it.

    `linuxParameters.devices` goes down; `portMappings[].hostPort` looks at every element that is certainly there.
    """
    step, _, rest = path.partition(".")
    key = step.removesuffix("[]")
    value = noun.read(key)
    if step == key:
        below = Part(noun.project, value, noun.resource, noun, key)
        yield from follow(below, rest) if rest else [(noun, value)]
        return
    for index, item in collect(noun, value, lambda item, index: (index, item)):
        below = Part(noun.project, item, noun.resource, noun, key, index)
        yield from follow(below, rest) if rest else [(noun, item)]


def given(noun: Noun, value: Value) -> Answer:
    """Whether a value of a noun asks for anything: it is neither missing, nor false, nor empty."""
    if value.data is ABSENT:
        return NO
    if value.kind == "array":
        return ~collect(noun, value, lambda item, _: item).empty
    if value.kind == "object":
        return YES if any(True for _ in Options(noun, value)) else MAYBE if value.open else NO
    return value.present & ~value.one_of(("", "false"))


def plainly_given(value: Value) -> bool:
    """Whether a value asks for something at the first look, as most texts do: there is no choice and no hole in it."""
    return isinstance(value.data, str) and value.data not in {"", "false"}


def repeated(nouns: Iterable[N], name: Callable[[N], Value], *, unknown: bool = False) -> Iterator[tuple[N, N]]:
    """The nouns whose name certainly is that of one before them, each with the first of that name.

    Two that are the same `unknown` may both be left out, so they count only where a name is required.
    """
    known: dict[str, N] = {}
    symbolic: list[N] = []
    for noun in nouns:
        value = name(noun)
        text = value.string
        if text is not None:
            first = known.setdefault(text, noun)
        else:
            first = next((other for other in symbolic if name(other).equals(value).yes), noun)
            symbolic += [noun] if first is noun and (value.refs or (unknown and not value.absent.yes)) else []
        if first is not noun:
            yield noun, first


def asked(noun: Noun, rows: Iterable[Unsupported]) -> Iterator[tuple[Unsupported, Noun, Value]]:
    """The rows of a table of what is not supported that a noun certainly asks for, each with what holds the value."""
    for row in rows:
        if noun.read(row.path.partition(".")[0].removesuffix("[]")).data is ABSENT:
            continue
        for holder, value in follow(noun, row.path):
            wrong = given(holder, value)
            if row.only:
                wrong &= value.one_of(row.only)
            if row.begins:
                wrong &= _begins(value, row.begins)
            if row.allowed:
                wrong &= ~value.one_of(row.allowed)
            if wrong.yes:
                yield row, holder, value


def _begins(value: Value, beginnings: Iterable[str]) -> Answer:
    answer = NO
    for beginning in beginnings:
        answer |= value.starts_with(beginning)
    return answer
