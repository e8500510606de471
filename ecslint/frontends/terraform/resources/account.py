"""Where things are deployed: account, region, partition, availability zones.

Source: the documentation of the AWS provider for `data.aws_caller_identity`, `data.aws_region`, `data.aws_partition`
and `data.aws_availability_zones`; the partitions of botocore's endpoints. What one provider configuration says is the
same wherever it is asked. A region that is written in the provider's configuration is known, and with it the partition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.facts.attributes import HOLES
from ecslint.frontends.terraform.cty.types import STRING
from ecslint.frontends.terraform.cty.value import Doubt, Typed, string, unknown
from ecslint.frontends.terraform.providers import chosen, configured, region
from ecslint.frontends.terraform.resources.computed import later, typed
from ecslint.frontends.terraform.resources.type import ResourceType

if TYPE_CHECKING:
    from ecslint.frontends.terraform.declared import Declared

_PARTITIONS = {
    "aws-cn": ("cn-", "amazonaws.com.cn"),
    "aws-us-gov": ("us-gov-", "amazonaws.com"),
    "aws-iso": ("us-iso-", "c2s.ic.gov"),
    "aws-iso-b": ("us-isob-", "sc2s.sgov.gov"),
    "aws-iso-e": ("eu-isoe-", "cloud.adc-e.uk"),
    "aws-iso-f": ("us-isof-", "csp.hci.ic.gov"),
    "aws-eusc": ("eusc-", "amazonaws.eu"),
}
"""How the regions of a partition begin, and where its services are. All others are `aws`, at `amazonaws.com`."""


def partition_of(region: str) -> tuple[str, str]:
    """The partition of a region, and the suffix of its services' names."""
    for partition, (beginning, suffix) in _PARTITIONS.items():
        if region.startswith(beginning):
            return partition, suffix
    return "aws", "amazonaws.com"


def _shared(declared: Declared, hole: str) -> Typed:
    """Something that all data sources of one provider configuration say alike, of the shape of a hole."""
    name = chosen(declared.body, declared.group.type)
    symbol = (hole, configured(declared.group.instance, name).identity)
    why = f"the {hole} is known only when Terraform runs"
    return unknown(STRING, why, symbol, doubt=Doubt.NOT_NULL, shape=HOLES[hole])


def _region(declared: Declared) -> Typed:
    """The region that is asked for, or that of the provider."""
    for argument in ("region", "name"):
        if argument in declared.body.attributes and not declared.argument(argument).null:
            return declared.argument(argument)
    found = region(declared.group.instance, chosen(declared.body, declared.group.type))
    return _shared(declared, "region") if found.string is None else string(found.string, found.place)


def _identity(declared: Declared, name: str) -> Typed | None:
    """`data.aws_caller_identity`: who calls is known only when somebody does."""
    return _shared(declared, "account") if name in {"account_id", "id"} else None


def _of_region(declared: Declared, name: str) -> Typed | None:
    """`data.aws_region`."""
    return _region(declared) if name in {"name", "id", "region"} else None


def _of_partition(declared: Declared, name: str) -> Typed | None:
    """`data.aws_partition`."""
    place = {"partition": 0, "id": 0, "dns_suffix": 1}.get(name)
    if place is None:
        return None
    known = _region(declared)
    if known.string is None:
        return _shared(declared, ("partition", "suffix")[place])
    return string(partition_of(known.string)[place], known.place)


def _balancing(declared: Declared, name: str) -> Typed | None:
    """`data.aws_elb_service_account`: the account from which load balancers write their logs."""
    shapes = {"arn": "arn:[a-z-]+:iam::\\d{12}:root", "id": "\\d{12}"}
    return later(declared, name, STRING, shapes[name]) if name in shapes else None


_ZONES = {"names": "strings", "zone_ids": "strings", "group_names": "set of strings"}
_CALLER = {"arn": "arn", "user_id": "userId"}

TYPES = {
    "data.aws_availability_zones": ResourceType(computed=typed(_ZONES)),
    "data.aws_caller_identity": ResourceType("", _CALLER, computed=_identity),
    "data.aws_elb_service_account": ResourceType(computed=_balancing),
    "data.aws_partition": ResourceType("", {"reverse_dns_prefix": "reverseDnsPrefix"}, computed=_of_partition),
    "data.aws_region": ResourceType("", {"description": "description"}, computed=_of_region),
}
