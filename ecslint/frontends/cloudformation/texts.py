"""Texts put together and taken apart: what `Fn::Join`, `Fn::Sub`, `Fn::Split` and `Fn::Select` do to strings."""

from __future__ import annotations

from ecslint.facts.attributes import HOLES
from ecslint.frontends.cloudformation import dynamic
from ecslint.frontends.cloudformation.parts import outline
from ecslint.language import ANYTHING, Literal, Shape, compare
from ecslint.lean import TYPE_CHECKING
from ecslint.value import Encoded, Hop, Ref, Text, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecslint.frontends.cloudformation.parts import Run
    from ecslint.source import Place
    from ecslint.text import Part, Referable

MOST_RUNS = 4096
LONGEST = 1 << 20
"""The most characters of a text; CloudFormation takes no template that is longer."""


def joined(parts: Iterable[Run], place: Place | None) -> Value:
    """The text of the parts. One that grows beyond all reason is unknown."""
    found: list[Run] = []
    length = 0
    for part, where in parts:
        length += len(part) if isinstance(part, str) else 1
        found.append((part, where))
        if length > LONGEST or len(found) > MOST_RUNS:
            return Value(Unknown("the text is longer than a template may be"), place)
    if any(isinstance(part, str) and dynamic.BEGINS in part for part, _ in found):
        found = dynamic.resolve(found)
    data = Text.join(_named(found))
    if isinstance(data, Text) and len(data.parts) == 1 and isinstance(data.parts[0], Unknown):
        return Value(data.parts[0], place)
    return Value(data, place)


def traced(made: Value, parts: Iterable[tuple[Run, Hop | None]]) -> Value:
    """A text put together of literals alone, with the ways that they took, where any came from somewhere else.

    Its characters stand in several places, so it stays in its parts: one of them would else be looked for at its
    offset in the text that has the holes.
    """
    kept = [(part, place, way) for (part, place), way in parts if part != ""]
    texts = [part for part, _, _ in kept if isinstance(part, str)]
    if not isinstance(made.data, str) or not any(way for _, _, way in kept) or "".join(texts) != made.data:
        return made
    ways = tuple(
        Hop.chain(Hop(place, "part of the text is written here"), way) if way else None for _, place, way in kept
    )
    return Value(Text(tuple(texts), tuple(place for _, place, _ in kept), ways), made.place, made.key, made.hops)


def _named(parts: list[Run]) -> list[Run]:
    """The parts, where a name with all before it is another attribute of the same resource, as that one."""
    for at, (part, where) in enumerate(parts):
        if isinstance(part, Ref) and part.attribute == "name" and at:
            before = outline(inner for inner, _ in parts[:at])
            for attribute, begins in _beginnings(part.resource):
                if before == outline(begins):
                    return [(Ref(part.resource, attribute), where), *parts[at + 1 :]]
    return parts


def _beginnings(resource: Referable) -> Iterator[tuple[str, tuple[Part, ...]]]:
    """The attributes that end in a resource's name, with what stands before it.

    These are the URL of a repository (`<account>.dkr.ecr.<region>.<suffix>/<name>`) or queue, and the ARN of a
    parameter, in which the slash that a name may begin with stands once.
    """
    host = (resource.layout("url") or ())[:-1]
    if host:
        yield "url", host
        # Whoever writes the suffix out means the one that the partition has.
        yield "url", tuple("amazonaws.com" if _is_suffix(inner) else inner for inner in host)
    if resource.kind == "Parameter":
        name = Value(Text((Ref(resource, "name"),)))
        slash = name.starts_with("/")
        arn = (resource.layout("arn") or ())[:-1]
        if slash.yes and isinstance(arn[-1], str):
            yield "arn", (*arn[:-1], arn[-1].removesuffix("/"))
        elif slash.no or name.string is None:
            yield "arn", arn


def _is_suffix(part: Part) -> bool:
    return isinstance(part, Unknown) and part.shape == HOLES["suffix"]


def split(parts: Iterable[Run], delimiter: str) -> tuple[list[list[Run]], str]:
    """The fields of a text, and why there may be more or other ones after those; empty where these are all.

    A hole is part of a field only where its shape says that it cannot hold the delimiter.
    """
    fields: list[list[Run]] = [[]]
    for part, where in _spread(list(parts), delimiter):
        if isinstance(part, str):
            first, *rest = _pieces(part, where, delimiter)
            fields[-1].append(first)
            fields += [[piece] for piece in rest]
        elif _may_hold(part, delimiter):
            return fields[:-1], _why(part, delimiter)
        else:
            fields[-1].append((part, where))
    return fields, ""


def _pieces(text: str, where: Place | None, delimiter: str) -> Iterator[Run]:
    at = 0
    for piece in text.split(delimiter):
        yield piece, where.part(at, at + len(piece)) if where is not None else None
        at += len(piece) + len(delimiter)


def _spread(parts: list[Run], delimiter: str, depth: int = 4) -> Iterator[Run]:
    """The parts, with every reference whose text is known to hold the delimiter replaced by what is known of it."""
    for part, where in parts:
        layout = part.resource.layout(part.attribute) if isinstance(part, Ref) and depth else None
        if layout is not None and any(isinstance(inner, str) and delimiter in inner for inner in layout):
            yield from _spread([(inner, None) for inner in layout], delimiter, depth - 1)
        else:
            yield part, where


def _may_hold(part: Part, delimiter: str, depth: int = 4) -> bool:
    """Whether a hole may hold the delimiter, or a piece of it that its neighbours complete."""
    if isinstance(part, Ref):
        layout = part.resource.layout(part.attribute)
        return layout is None or not depth or any(_may_hold(inner, delimiter, depth - 1) for inner in layout)
    if isinstance(part, str):
        return any(char in part for char in delimiter)
    if isinstance(part, Encoded) or not part.shape:
        return True
    return any(compare((Shape(part.shape),), (ANYTHING, Literal(char), ANYTHING))[0] for char in delimiter)


def _why(part: Part, delimiter: str) -> str:
    if isinstance(part, Unknown):
        return part.why
    what = f"`{part.resource.address}`" if isinstance(part, Ref) else "a part of this text"
    return f"{what} may hold `{delimiter}`"
