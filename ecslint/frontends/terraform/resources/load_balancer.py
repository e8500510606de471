"""Load balancers.

Source: the documentation of the AWS provider for `aws_lb` and `aws_elb`; CreateLoadBalancer for the names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.resources.lowering import (
    Made,
    called,
    items,
    nothing,
    part,
    switch,
    tags,
    text,
    texts,
)
from ecslint.frontends.terraform.resources.type import looked_up, made

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecslint.value import Value


def _subnets(get: Callable[[str], Value]) -> Value:
    """The subnets, which may stand in mappings to addresses."""
    subnets = get("subnets")
    if not nothing(subnets):
        return items(subnets, lambda item: item)
    return items(get("subnet_mapping"), lambda mapping: part(mapping, "subnet_id"))


_ATTRIBUTES = {"arn": "arn", "id": "arn", "name": "name", "dns_name": "dns", "arn_suffix": "arnSuffix"}
_BALANCER = made(
    "LoadBalancer",
    _ATTRIBUTES,
    called("name"),
    text("load_balancer_type", "type"),
    switch("internal", "scheme", on="internal", off="internet-facing"),
    text("ip_address_type"),
    texts("security_groups"),
    Made("subnets", _subnets),
    tags(),
)
_LOOKED_UP = looked_up("LoadBalancer", _ATTRIBUTES, text("name"))
_CLASSIC = made(
    "ClassicLoadBalancer",
    {"arn": "arn", "id": "name", "name": "name", "dns_name": "dns"},
    called("loadBalancerName"),
    switch("internal", "scheme", on="internal", off="internet-facing"),
    texts("security_groups"),
    texts("subnets"),
    tags(),
)

TYPES = {
    "aws_alb": _BALANCER,
    "aws_elb": _CLASSIC,
    "aws_lb": _BALANCER,
    "data.aws_alb": _LOOKED_UP,
    "data.aws_elb": looked_up("ClassicLoadBalancer", {"dns_name": "dns", "id": "name"}, text("name")),
    "data.aws_lb": _LOOKED_UP,
}
