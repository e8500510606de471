"""Endpoints of AWS services in a VPC, with what associations of their own add to them.

Source: the documentation of the AWS provider for `aws_vpc_endpoint` and its association resources; CreateVpcEndpoint
for the names. An endpoint of no type is a gateway.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.resources.embedded import embedded
from ecslint.frontends.terraform.resources.lowering import document, nothing, tags, text, texts, truth
from ecslint.frontends.terraform.resources.neighbours import naming, only_if, with_more
from ecslint.frontends.terraform.resources.type import ResourceType, looked_up
from ecslint.value import Key, Mapping, Value

if TYPE_CHECKING:
    from ecslint.frontends.terraform.declared import Declared

_ASSOCIATIONS = {
    "routeTableIds": ("aws_vpc_endpoint_route_table_association", "route_table_id"),
    "securityGroupIds": ("aws_vpc_endpoint_security_group_association", "security_group_id"),
    "subnetIds": ("aws_vpc_endpoint_subnet_association", "subnet_id"),
}


def _endpoint(declared: Declared) -> Value:
    rows = (
        text("vpc_id"),
        text("service_name"),
        text("vpc_endpoint_type", default="Gateway"),
        truth("private_dns_enabled"),
        texts("route_table_ids"),
        texts("subnet_ids"),
        texts("security_group_ids"),
        embedded(declared, "policy", "policyDocument"),
        tags(),
    )
    made = document(declared, rows)
    data = made.data
    if not isinstance(data, Mapping):
        return made
    entries = {key.name: (key, value) for key, value in data.entries}
    for name, (type, argument) in _ASSOCIATIONS.items():
        added = [only_if(exists, other.get(argument)) for other, exists in naming(declared, type, "vpc_endpoint_id")]
        key = Key(name)
        listed = with_more(made.get(name), added)
        if not nothing(listed):
            entries[name] = (entries[name][0] if name in entries else key, listed)
    return Value(Mapping(entries.values(), data.open), made.place)


_ATTRIBUTES = {"id": "id", "arn": "arn", "prefix_list_id": "prefixListId"}

TYPES = {
    "aws_vpc_endpoint": ResourceType("VpcEndpoint", _ATTRIBUTES, _endpoint),
    "data.aws_vpc_endpoint": looked_up("VpcEndpoint", _ATTRIBUTES, text("vpc_id"), text("service_name")),
}
