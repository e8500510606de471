"""A resource of a stack, with what it was declared by."""

from __future__ import annotations

from ecslint.frontends.cloudformation.nested import passed
from ecslint.lean import TYPE_CHECKING
from ecslint.model import Resource
from ecslint.value import ABSENT, Mapping, Unknown, Value

if TYPE_CHECKING:
    from ecslint.frontends.cloudformation.evaluation import Evaluation
    from ecslint.frontends.cloudformation.nested import Given
    from ecslint.frontends.cloudformation.resources import ResourceType
    from ecslint.frontends.cloudformation.stack import Stack
    from ecslint.frontends.cloudformation.template import Declaration


class Declared:
    """A resource of a stack with what it was declared by. `properties` is evaluated when somebody asks for it.

    `names` are those that it refers to, once somebody has looked for them.
    """

    __slots__ = ("_busy", "_open", "declaration", "evaluation", "names", "resource", "stack", "type")

    def __init__(self, stack: Stack, made: Declaration, evaluation: Evaluation, type: ResourceType) -> None:
        self.stack = stack
        self.declaration = made
        self.evaluation = evaluation
        self.type = type
        self.names: tuple[str, ...] | None = None
        self._busy = False
        self._open: set[str] = set()
        name = evaluation.key(made.key).written
        address, local = stack.address(name, made)
        self.resource = Resource(
            type.kind,
            made.type,
            address,
            self._document,
            made.key.place,
            local=local,
            scope=stack.scope,
            environment=stack.environment.parts,
            awaits=self._awaits,
        )

    @property
    def logical_id(self) -> str:
        return self.evaluation.key(self.declaration.key).written

    @property
    def properties(self) -> Value:
        """The evaluated `Properties`; an empty mapping where there are none."""
        found = self.evaluation.value(self.declaration.part("Properties"))
        return Value(Mapping(()), self.declaration.key.place) if found.absent.yes else found

    def raw(self, name: str) -> Value:
        """One property as it stands in the template, by its name as CloudFormation writes it."""
        properties = self.declaration.part("Properties")
        found = Value(Unknown(properties.open) if properties.open else ABSENT, properties.place)
        for key, value in properties.entries():
            found = value if key.written == name else found
        return found

    def evaluated(self, name: str) -> Value:
        """One evaluated property. One that needs itself to be known is not known."""
        return self.once(name, self.raw(name))

    def once(self, name: str, raw: Value) -> Value:
        """A raw value of this resource, evaluated under a name; unknown while that goes on."""
        if name in self._open:
            return Value(Unknown(f"`{name}` of `{self.logical_id}` refers to itself"), raw.place)
        self._open.add(name)
        try:
            return self.evaluation.value(raw)
        finally:
            self._open.discard(name)

    @property
    def passed(self) -> Given:
        """What the stack that this resource nests is given for its parameters."""
        return passed(self)

    def _document(self) -> Value:
        """The document of the model. One that needs itself to be known is not known."""
        if self._busy:
            return Value(Unknown(f"the definition of `{self.logical_id}` refers to itself"), self.resource.place)
        self._busy = True
        try:
            if self.stack.rewritten:
                return Value(Unknown(self.stack.rewritten), self.resource.place)
            return self.type.lower(self) if self.type.lower is not None else self.properties
        finally:
            self._busy = False

    def _awaits(self) -> tuple[Resource, ...] | None:
        from ecslint.frontends.cloudformation.ordering import awaited

        return awaited(self)
