"""VPCs, subnets and gateways.

Source: the documentation of the AWS provider for the types below; the API of EC2 for the names. A default VPC or subnet
is adopted, not made: Terraform finds it there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.resources.computed import typed
from ecslint.frontends.terraform.resources.lowering import document, nothing, otherwise, tags, text, truth
from ecslint.frontends.terraform.resources.neighbours import naming, only_if
from ecslint.frontends.terraform.resources.type import ResourceType, looked_up, made
from ecslint.value import Key, Mapping, Value

if TYPE_CHECKING:
    from ecslint.frontends.terraform.declared import Declared

_VPC = {
    "id": "id",
    "arn": "arn",
    "cidr_block": "cidr",
    "default_security_group_id": "defaultSecurityGroup",
    "default_route_table_id": "defaultRouteTable",
    "main_route_table_id": "mainRouteTable",
    "default_network_acl_id": "defaultNetworkAcl",
    "ipv6_cidr_block": "ipv6Cidr",
}
_VPC_ROWS = (text("cidr_block"), truth("enable_dns_support"), truth("enable_dns_hostnames"), tags())
_SUBNET = {
    "id": "id",
    "arn": "arn",
    "cidr_block": "cidr",
    "ipv6_cidr_block": "ipv6Cidr",
}
_SUBNET_ROWS = (
    text("vpc_id"),
    text("cidr_block"),
    text("ipv6_cidr_block"),
    text("availability_zone"),
    text("availability_zone_id"),
    truth("map_public_ip_on_launch"),
    tags(),
)


def _internet_gateway(declared: Declared) -> Value:
    """A gateway with the VPC that it names, or that an attachment ties it to."""
    made = document(declared, (text("vpc_id"), tags()))
    vpc = made.get("vpcId")
    for other, exists in naming(declared, "aws_internet_gateway_attachment", "internet_gateway_id"):
        vpc = otherwise(vpc, only_if(exists, other.get("vpc_id")))
    if not isinstance(made.data, Mapping) or nothing(vpc):
        return made
    key = Key("vpcId")
    kept = [entry for entry in made.data.entries if entry[0].name != "vpcId"]
    return Value(Mapping([*kept, (key, vpc.under(key))], made.data.open), made.place)


_LISTS = typed({"ids": "strings"})

TYPES = {
    "aws_default_subnet": looked_up("Subnet", _SUBNET, text("availability_zone"))._replace(adopted=True),
    "aws_default_vpc": looked_up("Vpc", _VPC)._replace(adopted=True),
    "aws_egress_only_internet_gateway": made("EgressOnlyInternetGateway", {"id": "id"}, text("vpc_id"), tags()),
    "aws_internet_gateway": ResourceType("InternetGateway", {"id": "id", "arn": "arn"}, _internet_gateway),
    "aws_nat_gateway": made(
        "NatGateway", {"id": "id"}, text("subnet_id"), text("connectivity_type"), text("allocation_id"), tags()
    ),
    "aws_subnet": made("Subnet", _SUBNET, *_SUBNET_ROWS),
    "aws_vpc": made("Vpc", _VPC, *_VPC_ROWS),
    "data.aws_internet_gateway": looked_up("InternetGateway", {"id": "id"}, text("internet_gateway_id")),
    "data.aws_nat_gateway": looked_up("NatGateway", {"id": "id"}, text("subnet_id")),
    "data.aws_subnet": looked_up("Subnet", _SUBNET, text("vpc_id"), text("cidr_block"), text("availability_zone")),
    "data.aws_route_tables": ResourceType(computed=_LISTS),
    "data.aws_security_groups": ResourceType(computed=_LISTS),
    "data.aws_subnet_ids": ResourceType(computed=typed({"ids": "set of strings"})),
    "data.aws_subnets": ResourceType(computed=_LISTS),
    "data.aws_vpc": looked_up("Vpc", _VPC, text("cidr_block")),
    "data.aws_vpcs": ResourceType(computed=_LISTS),
}
