"""A declared thing, whatever format declares it."""

from __future__ import annotations

import re
from functools import cache

from ecslint.facts.attributes import ATTRIBUTES, HOLES
from ecslint.lean import TYPE_CHECKING
from ecslint.value import Mapping as Object
from ecslint.value import Ref, Text, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ecslint.source import Place
    from ecslint.text import Part

_TEMPLATE = re.compile(r"<([a-z0-9]+)>")
_TRUE = Value(True)
_NOWHERE: dict[str, Part] = {}


class Resource:
    """One resource of a project: what kind of thing it is, where it stands, and its document.

    `kind` is the name of the model's noun, or empty for what the model does not know; `type` is the format's own word.
    `address` is what its author calls it; `local` is that without module path, instance key and CDK stage. `document`
    is made on first use, in the canonical names of the noun. `exists` may be a choice or unknown. `managed` is false
    for what is only looked up (a data source, an imported construct). `scope` tells apart where it was declared: the
    module instance or the stack. `environment` holds what is known of where it is deployed, under the names of the
    holes in its ARN: `partition`, `region`, `account`, `suffix`. `awaits` gives all resources that the deployer makes
    before this one, or None where that is not known; without it nobody knows. `given` is there for a part of the
    deployment that was not read (kind `Module`), and for code that nobody can read: the resources that it is given, and
    so may add to.
    """

    __slots__ = (
        "_document",
        "_layouts",
        "_refs",
        "address",
        "awaits",
        "environment",
        "exists",
        "given",
        "kind",
        "local",
        "managed",
        "place",
        "scope",
        "type",
    )

    def __init__(
        self,
        kind: str,
        type: str,
        address: str,
        document: Value | Callable[[], Value],
        place: Place | None = None,
        *,
        local: str = "",
        exists: Value = _TRUE,
        managed: bool = True,
        scope: str = "",
        environment: Mapping[str, Part] = _NOWHERE,
        awaits: Callable[[], tuple[Resource, ...] | None] | None = None,
        given: Callable[[], tuple[Resource, ...]] | None = None,
    ) -> None:
        self.kind = kind
        self.type = type
        self.address = address
        self.local = local or address
        self.place = place
        self.exists = exists
        self.managed = managed
        self.scope = scope
        self.environment = environment
        self.awaits = awaits
        self.given = given
        self._document = document
        self._refs: dict[str, Value] = {}
        self._layouts: dict[str, tuple[Value, tuple[Part, ...] | None]] = {}

    def __repr__(self) -> str:
        return f"Resource({self.address})"

    @property
    def document(self) -> Value:
        if not isinstance(self._document, Value):
            self._document = self._document()
        return self._document

    def ref(self, attribute: str) -> Value:
        """The attribute of this resource, as a value."""
        found = self._refs.get(attribute)
        if found is None:
            found = self._refs[attribute] = Value(Text((Ref(self, attribute),)), self.place)
        return found

    def layout(self, attribute: str) -> tuple[Part, ...] | None:
        """The parts of an attribute's text: configured, or as its kind declares; None where nothing is known."""
        remembered = self._layouts.get(attribute)
        if remembered is not None and remembered[0] is self._document:
            return remembered[1]
        known = self._layout(attribute)
        self._layouts[attribute] = (self.document, known)
        return known

    def _layout(self, attribute: str) -> tuple[Part, ...] | None:
        row = ATTRIBUTES.get(self.kind, {}).get(attribute)
        if row is None:
            return None
        key, shape = row
        if key and isinstance(self.document.data, Object):
            configured = self.document.get(key)
            if isinstance(configured.data, Text):
                return configured.data.parts
            if configured.string is not None:
                return (configured.string,)
        return tuple(self._part(part, attribute) for part in _parts(self.kind, shape))

    def _part(self, part: str | tuple[str, str], attribute: str) -> Part:
        if isinstance(part, str):
            return part
        name, shape = part
        if not shape:
            return Ref(self, name)
        if name in self.environment:
            return self.environment[name]
        why = f"the {name or attribute} of {self.address} is not known before it is made"
        return Unknown(why, (id(self), name or attribute), shape)


@cache
def _parts(kind: str, shape: str) -> tuple[str | tuple[str, str], ...]:
    """A shape template as literals, `(attribute, "")` and `(hole, expression)`."""
    pieces = _TEMPLATE.split(shape)
    if len(pieces) == 1:
        return (("", shape),)
    parts: list[str | tuple[str, str]] = []
    for index, piece in enumerate(pieces):
        if index % 2 == 0:
            parts += [piece] if piece else []
        elif piece in ATTRIBUTES[kind] and ATTRIBUTES[kind][piece][1] != shape:
            parts.append((piece, ""))
        else:
            parts.append((piece, HOLES.get(piece, ".+")))
    return tuple(parts)
