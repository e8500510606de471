"""What a block of a security group allows, one rule for each other side."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ecslint.frontends.terraform.resources.lowering import Field, each, nothing, string
from ecslint.value import Choice, Key, Mapping, Sequence, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMES = {"all": "-1", "1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6"}
"""Protocols by other words. Source: `protocolForValue` in the AWS provider's `internal/service/ec2`."""


def _named(value: Value) -> Value:
    """A protocol by its name; `-1` for all."""
    text = string(value)
    name = text.string
    if name is None:
        return text
    return Value(_NAMES.get(name.lower(), name.lower()), text.place, text.key, text.hops)


PROTOCOL = Field("ip_protocol", "ipProtocol", lambda value: each(value, _named))

_TRUE = Value(True)


class Rule(NamedTuple):
    """A rule, and whether it is there: true, or a choice."""

    value: Value
    exists: Value


class Rules:
    """The rules that blocks make. `open` says why there may be more of them."""

    def __init__(self, direction: str, own: Value) -> None:
        self.own = own
        self.made: list[Rule] = []
        self.open = ""
        group = "sourceSecurityGroupId" if direction == "ingress" else "destinationSecurityGroupId"
        self._sides = {
            "cidr_blocks": "cidrIp",
            "ipv6_cidr_blocks": "cidrIpv6",
            "prefix_list_ids": "prefixListId",
            "security_groups": group,
            "source_security_group_id": group,
        }
        self._group = group

    def take_all(self, value: Value) -> None:
        """Add the rules of a list of blocks, or of a single one."""
        if isinstance(value.data, Sequence):
            for item in value.items():
                self.take(item)
        else:
            self.take(value)
        if value.open and not isinstance(value.data, Mapping):
            self.open = self.open or value.open

    def take(self, block: Value, exists: Value = _TRUE) -> None:
        """Add the rules of a block."""
        for found, there in _ways(block, exists):
            if isinstance(found.data, Unknown):
                self.open = self.open or found.data.why
                continue
            base = self.base(found)
            for side, sure in self._others(found, there):
                key = side.key or Key(self._group)
                entries = [(Key(name), value.under(Key(name))) for name, value in base.items()]
                self.made.append(Rule(Value(Mapping([*entries, (key, side)]), found.place, None, found.hops), sure))

    @staticmethod
    def base(block: Value) -> dict[str, Value]:
        """What all rules of a block have in common. All ports go with all protocols."""
        protocol = each(block.get("protocol"), _named)
        entries = {"ipProtocol": protocol}
        if protocol.string != "-1":
            entries |= {"fromPort": block.get("from_port"), "toPort": block.get("to_port")}
        entries["description"] = block.get("description")
        return {name: value for name, value in entries.items() if not nothing(value)}

    def _others(self, block: Value, exists: Value) -> Iterator[tuple[Value, Value]]:
        """The other sides of a block, under the keys of the model, each with whether it is there."""
        for name, key in self._sides.items():
            for found, there in _ways(block.get(name), exists):
                yield from self._listed(found, Key(key), there)
        for found, there in _ways(block.get("self"), exists):
            if found.true.yes:
                yield self.own.under(Key(self._group)), there
            elif found.true.maybe:
                self.open = self.open or found.open or "whether the group itself is meant is not known"

    def _listed(self, value: Value, key: Key, exists: Value) -> Iterator[tuple[Value, Value]]:
        data = value.data
        if isinstance(data, Unknown):
            self.open = self.open or data.why
        elif isinstance(data, Sequence):
            self.open = self.open or data.open
            for item in value.items():
                for found, there in _ways(item, exists):
                    yield string(found).under(key), there
        elif value.string != "":
            yield string(value).under(key), exists


def _ways(value: Value, exists: Value) -> Iterator[tuple[Value, Value]]:
    """The ways in which a value may turn out, each with whether it is there; those that are nothing left out."""
    data = value.data
    if isinstance(data, Choice):
        for branch, met in ((data.then, True), (data.other, False)):
            sides = (exists, Value(False)) if met else (Value(False), exists)
            yield from _ways(branch.through(value.hops), Value(Choice(data.condition, *sides)))
    elif not nothing(value):
        yield value, exists
