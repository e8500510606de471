"""Target groups of Elastic Load Balancing.

Source: the AWS provider's `internal/service/elbv2/target_group.go`. Where a `health_check` block is written, the
provider sends values of its own for what that leaves out; without a block it sends none, and those of CreateTargetGroup
hold. The document has the ones that differ from CreateTargetGroup's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.resources.lowering import (
    Made,
    called,
    each,
    number,
    part,
    single,
    spread,
    string,
    tags,
    text,
    truth,
)
from ecslint.frontends.terraform.resources.type import looked_up, made
from ecslint.value import ABSENT, Key, Mapping, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable

_CHECK = spread(
    "health_check",
    truth("enabled", "healthCheckEnabled"),
    text("path", "healthCheckPath"),
    text("port", "healthCheckPort"),
    text("protocol", "healthCheckProtocol", default="HTTP"),
    number("interval", "healthCheckIntervalSeconds", default=30),
    number("timeout", "healthCheckTimeoutSeconds"),
    number("healthy_threshold", "healthyThresholdCount", default=3),
    number("unhealthy_threshold", "unhealthyThresholdCount", default=3),
)


def _matcher(get: Callable[[str], Value]) -> Value:
    """Which answers are healthy: codes of gRPC where the group speaks it, else of HTTP."""
    matcher = part(single(get("health_check")), "matcher")
    version = get("protocol_version")

    def under(value: Value) -> Value:
        key = Key("grpcCode" if version.string == "GRPC" else "httpCode")
        if version.string is None and not version.absent.yes:
            return Value(Unknown("it depends on the protocol version, which is not known"), value.place)
        codes = string(value)
        return Value(ABSENT) if codes.data == "" else Value(Mapping([(key, codes.under(key))]), value.place, None)

    return each(matcher, under)


_GROUP = (
    called("name"),
    number("port"),
    text("protocol"),
    text("protocol_version"),
    text("target_type"),
    text("ip_address_type"),
    text("vpc_id"),
    _CHECK,
    Made("matcher", _matcher),
    number("deregistration_delay"),
    tags(),
)
_ATTRIBUTES = {"arn": "arn", "id": "arn", "name": "name", "arn_suffix": "arnSuffix"}
_RESOURCE = made("TargetGroup", _ATTRIBUTES, *_GROUP)
_LOOKED_UP = looked_up("TargetGroup", _ATTRIBUTES, text("name"))
_TARGET = made(
    "TargetGroupAttachment", {}, text("target_group_arn"), text("target_id"), number("port"), text("availability_zone")
)

TYPES = {
    "aws_alb_target_group": _RESOURCE,
    "aws_alb_target_group_attachment": _TARGET,
    "aws_lb_target_group": _RESOURCE,
    "aws_lb_target_group_attachment": _TARGET,
    "data.aws_alb_target_group": _LOOKED_UP,
    "data.aws_lb_target_group": _LOOKED_UP,
}
