"""Route tables, routes, and which subnets use them.

Source: the documentation of the AWS provider for the types below; CreateRoute for the names. `aws_route_table` with
`route` written holds all its routes there, whatever `aws_route` may add; `aws_default_route_table` is a VPC's main one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.resources.ignored import opened
from ecslint.frontends.terraform.resources.lowering import blocks, document, nothing, otherwise, tags, text
from ecslint.frontends.terraform.resources.neighbours import naming, only_if
from ecslint.frontends.terraform.resources.type import ResourceType, looked_up, made
from ecslint.value import Key, Mapping, Value

if TYPE_CHECKING:
    from ecslint.frontends.terraform.declared import Declared

_TARGETS = (
    text("carrier_gateway_id"),
    text("core_network_arn"),
    text("egress_only_gateway_id", "egressOnlyInternetGatewayId"),
    text("gateway_id"),
    text("instance_id"),
    text("local_gateway_id"),
    text("nat_gateway_id"),
    text("network_interface_id"),
    text("transit_gateway_id"),
    text("vpc_endpoint_id"),
    text("vpc_peering_connection_id"),
)
_INLINE = blocks(
    "route",
    "routes",
    text("cidr_block", "destinationCidrBlock"),
    text("ipv6_cidr_block", "destinationIpv6CidrBlock"),
    text("destination_prefix_list_id"),
    *_TARGETS,
)
_ROUTE = (
    text("route_table_id"),
    text("destination_cidr_block"),
    text("destination_ipv6_cidr_block"),
    text("destination_prefix_list_id"),
    *_TARGETS,
)


def _table(declared: Declared) -> Value:
    """A route table; the main one of its VPC where an association says so."""
    made = opened(declared, document(declared, (text("vpc_id"), _INLINE, tags())), {"route": "routes"})
    main = Value(None)
    for _, exists in naming(declared, "aws_main_route_table_association", "route_table_id"):
        main = otherwise(main, only_if(exists, Value(True)))
    return made if nothing(main) else _with(made, "main", main)


def _default(declared: Declared) -> Value:
    """A VPC's own main route table, which Terraform takes over with the routes that are written."""
    made = opened(declared, document(declared, (_INLINE, tags())), {"route": "routes"})
    given = declared.get("default_route_table_id").ref
    if given is not None and given.resource.kind == "Vpc":
        made = _with(made, "vpcId", given.resource.ref("id"))  # type: ignore[attr-defined]  # it is a resource
    return _with(made, "main", Value(True))


def _with(made: Value, name: str, value: Value) -> Value:
    data = made.data
    if not isinstance(data, Mapping):
        return made
    key = Key(name)
    return Value(Mapping([*data.entries, (key, value.under(key))], data.open), made.place)


_TABLE = {"id": "id", "arn": "arn"}

TYPES = {
    "aws_default_route_table": ResourceType("RouteTable", _TABLE, _default),
    "aws_route": made("Route", {}, *_ROUTE),
    "aws_route_table": ResourceType("RouteTable", _TABLE, _table),
    "aws_route_table_association": made(
        "RouteTableAssociation", {"id": "id"}, text("subnet_id"), text("gateway_id"), text("route_table_id")
    ),
    "data.aws_route_table": looked_up("RouteTable", _TABLE, text("vpc_id")),
}
