"""Elastic Load Balancing v2, and the certificates of its listeners."""

from __future__ import annotations

from ecslint.frontends.cloudformation.resources.shape import edited, first, listed
from ecslint.frontends.cloudformation.resources.type import ResourceType, derived
from ecslint.lean import TYPE_CHECKING
from ecslint.value import ABSENT, Sequence, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.frontends.cloudformation.declared import Declared
    from ecslint.model import Resource


def attribute(attributes: Value, name: str) -> Value:
    """The value of one of the `{Key, Value}` pairs that load balancers and target groups have."""
    open = attributes.open
    for item in attributes.items():
        same = item.get("key").equals(name)
        if same.yes:
            return item.get("value")
        open = open or (item.open or "an attribute may be this one" if same.maybe else "")
    return Value(Unknown(open) if open else ABSENT, attributes.place)


def _target_group(declared: Declared) -> Value:
    def change(group: Value) -> Iterator[tuple[str, Value]]:
        yield (
            "deregistrationDelay",
            attribute(group.get("targetGroupAttributes"), "deregistration_delay.timeout_seconds"),
        )

    return edited(declared.properties, change)


def _load_balancer(declared: Declared) -> Value:
    """A load balancer, whose subnets may stand in mappings to addresses."""

    def change(balancer: Value) -> Iterator[tuple[str, Value]]:
        mapped = listed(balancer.get("subnetMappings"), lambda mapping: mapping.get("subnetId"))
        yield "subnets", first(balancer.get("subnets"), mapped)

    return edited(declared.properties, change)


def _validation(declared: Declared) -> Iterator[Resource]:
    """CloudFormation itself validates a certificate for whose domains it is told the hosted zone."""
    options = declared.evaluated("DomainValidationOptions")
    zoned = [item for item in options.items() if item.get("hostedZoneId").present.yes]
    if isinstance(options.data, Sequence) and zoned:
        yield derived(declared, "CertificateValidation", certificateArn=declared.resource.ref("arn"))


TYPES = {
    "CertificateManager::Certificate": ResourceType(
        "Certificate", "arn", {"CertificateArn": "arn", "Id": "arn"}, derive=_validation
    ),
    "ElasticLoadBalancingV2::Listener": ResourceType("Listener", "arn", {"ListenerArn": "arn"}),
    "ElasticLoadBalancingV2::ListenerRule": ResourceType("ListenerRule", "arn", {"RuleArn": "arn"}),
    "ElasticLoadBalancingV2::LoadBalancer": ResourceType(
        "LoadBalancer",
        "arn",
        {"LoadBalancerArn": "arn", "DNSName": "dns", "LoadBalancerName": "name"},
        _load_balancer,
    ),
    "ElasticLoadBalancingV2::TargetGroup": ResourceType(
        "TargetGroup", "arn", {"TargetGroupArn": "arn", "TargetGroupName": "name"}, _target_group
    ),
}
