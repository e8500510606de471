"""Security groups, and rules that stand apart from them.

Source: the AWS provider's `internal/service/ec2/vpc_security_group.go` and its documentation of
`aws_security_group_rule` and `aws_vpc_security_group_ingress_rule`. The provider takes away the rule that lets
everything out, so a group without `egress` allows nothing. The model's rule has one other side: a block with several is
several rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.resources.derived import derived
from ecslint.frontends.terraform.resources.ignored import opened
from ecslint.frontends.terraform.resources.lowering import Made, called, document, each, number, tags, text
from ecslint.frontends.terraform.resources.neighbours import only_if
from ecslint.frontends.terraform.resources.traffic import PROTOCOL, Rules
from ecslint.frontends.terraform.resources.type import ResourceType, looked_up, made
from ecslint.value import Sequence, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.frontends.terraform.declared import Declared
    from ecslint.model import Resource


def _group(declared: Declared) -> Value:
    own = declared.resource.ref("id")
    rows = (
        called("groupName"),
        text("description", "groupDescription"),
        text("vpc_id"),
        Made("ingress", lambda get: _inline(get("ingress"), "ingress", own)),
        Made("egress", lambda get: _inline(get("egress"), "egress", own)),
        tags(),
    )
    return opened(declared, document(declared, rows), {"ingress": "ingress", "egress": "egress"})


def _inline(value: Value, direction: str, own: Value) -> Value:
    """The rules that stand in a group; none where none are written."""

    def of(found: Value) -> Value:
        rules = Rules(direction, own)
        rules.take_all(found)
        items = [only_if(rule.exists, rule.value) for rule in rules.made]
        return Value(Sequence(items, rules.open, "list"), found.place, found.key, found.hops)

    return each(value, of) if value.data is not None and not value.absent.yes else Value(Sequence(()))


def _rules(declared: Declared) -> Iterator[Resource]:
    """The rules that an `aws_security_group_rule` makes, one for each other side."""
    group, direction = declared.get("security_group_id"), declared.get("type")
    fixed = {"groupId": group, "direction": direction}
    if direction.string not in {"ingress", "egress"}:
        yield derived(declared, "SecurityGroupRule", fixed, direction.open or "its direction is not known")
        return
    rules = Rules(direction.string, group)
    rules.take(declared.tree())
    for rule in rules.made:
        entries = {key.name: value for key, value in rule.value.entries()}
        exists = only_if(declared.resource.exists, rule.exists)
        yield derived(declared, "SecurityGroupRule", {**fixed, **entries}, exists=exists)
    if rules.open:
        yield derived(declared, "SecurityGroupRule", {**fixed, **rules.base(declared.tree())}, rules.open)


def _standing(direction: str, other: str) -> ResourceType:
    """A rule of its own, with one other side."""
    return made(
        "SecurityGroupRule",
        {"id": "id", "arn": "arn", "security_group_rule_id": "id"},
        text("security_group_id", "groupId"),
        Made("direction", lambda _: Value(direction)),
        PROTOCOL,
        number("from_port"),
        number("to_port"),
        text("cidr_ipv4", "cidrIp"),
        text("cidr_ipv6"),
        text("prefix_list_id"),
        text("referenced_security_group_id", other),
    )


_ATTRIBUTES = {"id": "id", "arn": "arn", "name": "name"}

TYPES = {
    "aws_default_security_group": ResourceType("SecurityGroup", _ATTRIBUTES, _group),
    "aws_security_group": ResourceType("SecurityGroup", _ATTRIBUTES, _group),
    "aws_security_group_rule": ResourceType(derive=_rules),
    "aws_vpc_security_group_egress_rule": _standing("egress", "destinationSecurityGroupId"),
    "aws_vpc_security_group_ingress_rule": _standing("ingress", "sourceSecurityGroupId"),
    "data.aws_security_group": looked_up("SecurityGroup", _ATTRIBUTES, text("name", "groupName"), text("vpc_id")),
}
