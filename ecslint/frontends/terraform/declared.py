"""Resources and data sources as they are declared.

A `Declared` is one instance of one block, and all that the tables in `resources/` need: what it is called, whether it
is there, what its arguments and blocks are, and what others get when they refer to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.arguments import META, Arguments
from ecslint.frontends.terraform.cty.data import Pointer
from ecslint.frontends.terraform.cty.types import BOOL, DYNAMIC, STRING
from ecslint.frontends.terraform.cty.value import (
    Doubt,
    Elements,
    Fields,
    Record,
    Spelled,
    Typed,
    text_of,
    unknown,
    why,
)
from ecslint.frontends.terraform.expansion import Expansion, Repeat, expansion, together
from ecslint.frontends.terraform.hcl.expression import Reference, Tuple, keyword
from ecslint.frontends.terraform.ordering import awaited
from ecslint.frontends.terraform.resources import resource_type
from ecslint.frontends.terraform.resources.lowering import camel
from ecslint.model import Resource
from ecslint.value import Key, Ref, Text, Unknown, Value

if TYPE_CHECKING:
    from ecslint.finding import Problem
    from ecslint.frontends.terraform.hcl.expression import Expression
    from ecslint.frontends.terraform.hcl.syntax import Block
    from ecslint.frontends.terraform.instance import Instance
    from ecslint.frontends.terraform.resources import ResourceType

_TEXTUAL = ("arn", "id", "name", "url", "dns_name", "domain_name", "endpoint", "address")
"""The last words of attributes that are strings in every resource of the AWS provider."""


class Group:
    """A block with all its instances."""

    def __init__(self, instance: Instance, mode: str, type: str, name: str, block: Block) -> None:
        self.instance = instance
        self.mode = mode
        self.type = type
        self.name = name
        self.block = block
        self.expansion: Expansion = Expansion("single", [Repeat(None, {}, unknown(BOOL, "it refers to itself"))])
        self.declared: list[Declared] = []
        self._expand()

    def _expand(self) -> None:
        # A count that refers to the block itself meets the block as it stands above.
        self.instance.adopt(self)
        self.expansion = expansion(self.block.body, self.instance.scope)
        self.declared = [Declared(self, repeat) for repeat in self.expansion.repeats]

    @property
    def local(self) -> str:
        """The address without the module path and the key."""
        return f"{'' if self.mode == 'managed' else self.mode + '.'}{self.type}.{self.name}"

    @property
    def value(self) -> Typed:
        """What a reference to the block is."""
        if not self.declared:
            if self.expansion.form == "single":
                return unknown(DYNAMIC, f"`{self.local}` refers to itself", None, self.block.place)
            return self.expansion.value([])
        return self.expansion.value([declared.record for declared in self.declared])

    def at(self, key: Typed) -> Typed | None:
        """What a reference to the instance of a key is; None where that is not one instance."""
        places = self.expansion.at(key)
        return self.declared[places[0]].record if len(places) == 1 and self.declared else None


class Declared(Arguments):
    """One instance of a resource or a data source."""

    def __init__(self, group: Group, repeat: Repeat) -> None:
        super().__init__(group.block.body, group.instance.scope.child(repeat.names), group.block.place)
        self.group = group
        self.repeat = repeat
        self.type: ResourceType = resource_type(group.type, group.mode)
        self._busy = False
        path = group.instance.path
        self.resource = Resource(
            self.type.kind,
            group.type,
            f"{path}.{group.local}{repeat.suffix}" if path else f"{group.local}{repeat.suffix}",
            self._document,
            group.block.place,
            local=group.local,
            exists=self._exists(),
            managed=self.managed,
            scope=path,
            environment=group.instance.environment(self),
            awaits=self._awaits,
        )
        symbol = ("resource", id(self.resource))
        about = f"`{self.resource.address}` is known only after it is made"
        self.record = Typed(Record(about, self.attribute, symbol), DYNAMIC, group.block.place, doubt=Doubt.NOT_NULL)

    @property
    def name(self) -> str:
        """The name of the block, its second label."""
        return self.group.name

    @property
    def managed(self) -> bool:
        """Whether Terraform makes this, rather than look it up."""
        return self.group.mode == "managed" and not self.type.adopted

    def _exists(self) -> Value:
        """Whether the instance is there: all conditions of the modules around it, and its own."""
        return together([*self.group.instance.exists, self.repeat.exists])

    def _document(self) -> Value:
        """The document of the model. One that needs itself to be known is not known."""
        if self._busy:
            return Value(Unknown(f"the definition of `{self.resource.address}` refers to itself"), self.place)
        self._busy = True
        try:
            return self.type.lower(self) if self.type.lower is not None else self.tree()
        finally:
            self._busy = False

    def report(self, problem: Problem) -> None:
        """Say that something in the resource could not be read."""
        self.group.instance.deployment.report(problem)

    def _awaits(self) -> tuple[Resource, ...] | None:
        return awaited(self.group)

    # What others get

    def attribute(self, name: str) -> Typed:
        """What `TYPE.NAME.attribute` is: as configured, as the type's table says, or not known before it is made."""
        special = self.type.computed(self, name) if self.type.computed is not None else None
        if special is not None:
            return special
        if name in self.body.attributes and name not in META and not self.ignores(name):
            value = self.argument(name)
            if not value.null:
                return self._configured(name, value)
        elif name not in META and any(True for _ in self.nested(name)):
            return self._nested(name)
        return self._computed(name)

    def _configured(self, name: str, value: Typed) -> Typed:
        """A configured attribute: the text as it is given, and the link to where that is."""
        word = self.type.attributes.get(name)
        if word is not None and (value.type.kind == "string" or value.doubt):
            reference = Ref(self.resource, word)
            if value.whole:
                spelled = Spelled((reference,), (value.place,), (text_of(value),))
                return Typed(spelled, STRING, value.place, value.hops, marks=value.marks)
            return Typed(Text((reference,), (value.place,)), STRING, value.place, value.hops, doubt=Doubt.NOT_NULL)
        if value.type.kind == "string" or value.doubt:
            return value
        # The provider decides which type an attribute has, so `256` may come back as a text, and a list as a set.
        return Typed(value.data, DYNAMIC, value.place, value.hops, doubt=Doubt.NOT_NULL, marks=value.marks)

    def _nested(self, name: str) -> Typed:
        """Nested blocks as others see them; the provider may add attributes of its own to each."""
        items = []
        openness = self.body.open
        for arguments, exists in self.nested(name):
            if exists is not None:
                openness = why(exists) or "there may be more of them"
                continue
            entries = [(Key(key), arguments.argument(key)) for key in arguments.body.attributes]
            fields = Fields(entries, "object", None, "the provider adds attributes of its own")
            items.append(Typed(fields, DYNAMIC, arguments.place, doubt=Doubt.NOT_NULL))
        return Typed(Elements(items, "tuple", None, openness), DYNAMIC, self.place, doubt=Doubt.NOT_NULL)

    def _computed(self, name: str) -> Typed:
        word = self.type.attributes.get(name)
        part = Ref(self.resource, word or (camel(name) if self.type.kind else name))
        if word is None and name.rpartition("_")[2] not in _TEXTUAL and name not in _TEXTUAL:
            about = f"the {name} of `{self.resource.address}` is known only after it is made"
            return Typed(Pointer(about, part), DYNAMIC, doubt=Doubt.UNKNOWN)
        return Typed(Text((part,), (None,)), STRING, doubt=Doubt.NOT_NULL)

    @property
    def ignored(self) -> tuple[str, ...]:
        """The arguments whose changes are ignored, or `all`: what is there may have become something else."""
        names: list[str] = []
        for block in self.body.of_type("lifecycle"):
            attribute = block.body.attributes.get("ignore_changes")
            if attribute is None:
                continue
            if keyword(attribute.expression) == "all":
                return ("all",)
            if isinstance(attribute.expression, Tuple):
                names += map(_root, attribute.expression.items)
        return tuple(dict.fromkeys(names))

    def ignores(self, name: str) -> bool:
        """Whether changes of an argument are ignored."""
        return name in self.ignored or "all" in self.ignored


def _root(expression: Expression) -> str:
    """The first name of a reference, also where it is written in quotes."""
    if isinstance(expression, Reference):
        return expression.name
    constant = getattr(expression, "constant", None)
    text = constant.string if isinstance(constant, Value) else None
    return (text or "").partition(".")[0].partition("[")[0]
