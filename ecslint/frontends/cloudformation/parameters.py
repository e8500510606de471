"""The parameters of a stack.

A parameter has the value that a person, the configuration or the stack around gives it; else its default, which is
what a deployment without that parameter gets. An empty default is for somebody to give another value. Where the
template itself says that it may be one of a few, because it allows just those or compares it with them, it is a choice
between them.
"""

from __future__ import annotations

import re

from ecslint.frontends.cloudformation.arguments import ListOf
from ecslint.frontends.cloudformation.choices import choose
from ecslint.frontends.cloudformation.conditions import Otherwise, equation
from ecslint.frontends.cloudformation.intrinsics import ZONE
from ecslint.language import escape
from ecslint.lean import TYPE_CHECKING
from ecslint.model.dynamic import DynamicReference
from ecslint.value import Sequence, Unknown, Value

if TYPE_CHECKING:
    from ecslint.frontends.cloudformation.stack import Stack
    from ecslint.value import Key

FEW = 4
"""How many values of a parameter are told apart."""

_SHAPES = {
    "Number": "-?\\d+(\\.\\d+)?",
    "AWS::EC2::AvailabilityZone::Name": ZONE,
    "AWS::EC2::Image::Id": "ami-[0-9a-f]+",
    "AWS::EC2::Instance::Id": "i-[0-9a-f]+",
    "AWS::EC2::SecurityGroup::Id": "sg-[0-9a-f]+",
    "AWS::EC2::Subnet::Id": "subnet-[0-9a-f]+",
    "AWS::EC2::Volume::Id": "vol-[0-9a-f]+",
    "AWS::EC2::VPC::Id": "vpc-[0-9a-f]+",
    "AWS::Route53::HostedZone::Id": "[A-Z0-9]+",
}
_LIST = re.compile(r"List<(.*)>")
_SSM = re.compile(r"AWS::SSM::Parameter::Value<(.*)>")


class Parameter:
    """A parameter as it is declared, in a stack that may be given a value for it."""

    def __init__(self, stack: Stack, key: Key, declared: Value) -> None:
        self.stack = stack
        self.name = key.written
        self.key = key
        self.declared = declared
        self.type = declared.get("type").string or "String"
        self._value: Value | None = None
        self._busy = False

    @property
    def secret(self) -> bool:
        """Whether the author says that nobody may see it."""
        return self.declared.get("noEcho").true.yes

    @property
    def value(self) -> Value:
        """What `Ref` gives, before the hop to where it is used."""
        if self._busy:
            return self._unknown(None)
        if self._value is None:
            self._busy = True
            try:
                self._value = self._evaluated()
            finally:
                self._busy = False
        return self._value

    def _evaluated(self) -> Value:
        stored = _SSM.fullmatch(self.type)
        type = stored.group(1) if stored else self.type
        item = _LIST.fullmatch(type)
        listed = item is not None or type == "CommaDelimitedList"
        shape = _SHAPES.get(item.group(1) if item else type, "")
        given = self.stack.given(self.name)
        if stored:
            return self._stored(given, shape, listed)
        if given is not None:
            return _listed(given) if listed else given
        default = self.declared.get("default")
        if listed:
            return _listed(default) if default.present.yes else self._unknown(ListOf(shape))
        return self._scalar(default, shape)

    def _stored(self, given: Value | None, shape: str, listed: bool) -> Value:
        """The value of a parameter of Systems Manager, of which the template only knows the name."""
        named = given or self.declared.get("default")
        name = f" `{named.string}`" if named.string is not None else ""
        symbol = ("ssm", named.string) if named.string is not None else (self.stack, "parameter", self.name)
        why = f"the value of the SSM parameter{name} is known at deployment only"
        if listed:
            return Value(Unknown(why, symbol, "", ListOf(shape)), self.key.place)
        fetched = DynamicReference("ssm", named) if named.present.yes else None
        return Value(Unknown(why, symbol, shape, fetched), self.key.place)

    def _unknown(self, type: object, shape: str = "") -> Value:
        why = f"the parameter `{self.name}` is given at deployment"
        symbol = (self.stack, "parameter", self.name)
        return Value(Unknown(why, symbol, shape, type, secret=self.secret), self.key.place)

    def _scalar(self, default: Value, shape: str) -> Value:
        allowed = self.declared.get("allowedValues")
        texts = [item.string for item in allowed.items()]
        known = [text for text in texts if text is not None]
        if known and len(known) == len(texts) and not allowed.open:
            if len(known) <= FEW:
                return self._one_of(list(allowed.items()))
            shape = "|".join(escape(text) for text in known) if len(known) <= 64 else shape
        return self._compared(default, shape)

    def _one_of(self, values: list[Value]) -> Value:
        """A choice between the allowed values; the last is what is left."""
        found = values[-1]
        for value in reversed(values[:-1]):
            found = choose(self._is(value.string or ""), value, found)
        return found

    def _compared(self, default: Value, shape: str) -> Value:
        """The default, or something unknown; with a branch for each literal that a condition compares it with."""
        literals = self.stack.compared.get(self.name, [])
        if len(literals) > FEW:
            literals = []
        if default.string == "" and "" not in literals:
            # Whoever writes `Default: ""` for an image means that somebody gives it.
            literals = [*literals, ""]
        if default.present.yes and default.string not in literals:
            rest = default
        else:
            rest = self._unknown(Otherwise(frozenset(literals)) if literals else None, shape)
        for literal in reversed(literals):
            value = default if default.string == literal else Value(literal, self.key.place)
            rest = choose(self._is(literal), value, rest)
        return rest

    def _is(self, literal: str) -> Value:
        return equation((self.stack, "parameter", self.name), self.name, literal, self.key.place)


def _listed(value: Value) -> Value:
    """A list given as a list, or as text with commas."""
    text = value.data
    if not isinstance(text, str):
        return value
    items = []
    at = 0
    for piece in text.split(","):
        stripped = piece.strip()
        start = at + piece.find(stripped)
        place = value.place.part(start, start + len(stripped)) if value.place is not None else None
        items.append(Value(stripped, place))
        at += len(piece) + 1
    return Value(Sequence(items), value.place, None, value.hops)
