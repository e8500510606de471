"""What the model knows of a type of resource."""

from __future__ import annotations

from ecslint.lean import TYPE_CHECKING, NamedTuple
from ecslint.model import Resource
from ecslint.value import Key, Value, camel
from ecslint.value import Mapping as Object

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ecslint.frontends.cloudformation.declared import Declared
    from ecslint.source import Place

    Lower = Callable[[Declared], Value]
    Reference = Callable[[Declared, "Place | None"], Value]
    Computed = Callable[[Declared, str, "Place | None"], "Value | None"]
    Derive = Callable[[Declared], Iterable[Resource]]

_NONE: dict[str, str | tuple[str, str]] = {}


class ResourceType(NamedTuple):
    """A type of resource.

    `kind` is the model's noun, empty where there is none. `ref` is the model's word for what `Ref` gives, `attributes`
    those for `Fn::GetAtt`, with the text that CloudFormation adds behind where it does. `lower` makes the document; the
    evaluated properties are it where there is no such function. `reference` and `computed` stand in for `ref` and
    `attributes` where those depend on the properties. `derive` makes what the model sees as resources of their own,
    when all stacks are there.
    """

    kind: str = ""
    ref: str = "id"
    attributes: Mapping[str, str | tuple[str, str]] = _NONE
    lower: Lower | None = None
    reference: Reference | None = None
    computed: Computed | None = None
    derive: Derive | None = None

    def attribute(self, name: str) -> tuple[str, str]:
        """The model's word for an attribute, and the text behind it."""
        found = self.attributes.get(name)
        if found is None:
            return "arn" if name == "Arn" else camel(name), ""
        return (found, "") if isinstance(found, str) else found


OTHER = ResourceType()


def derived(declared: Declared, kind: str, **document: Value) -> Resource:
    """A resource that another one's properties declare besides; it has its address, place and existence."""
    resource = declared.resource
    entries = [(Key(name), value.under(Key(name))) for name, value in document.items()]
    return Resource(
        kind,
        resource.type,
        resource.address,
        Value(Object(entries), resource.place),
        resource.place,
        local=resource.local,
        exists=resource.exists,
        scope=resource.scope,
        environment=resource.environment,
    )
