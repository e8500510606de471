"""What deploys, scales and announces services: CodeDeploy, Application Auto Scaling, Cloud Map."""

from __future__ import annotations

from ecslint.frontends.cloudformation.resources.shape import Names, rename
from ecslint.frontends.cloudformation.resources.type import ResourceType

_GROUP = Names(renamed={"ECSServices": "ecsServices"})
_NAMESPACE = ResourceType("DiscoveryNamespace", "id", {"Id": "id"})

TYPES = {
    "ApplicationAutoScaling::ScalableTarget": ResourceType("ScalableTarget", "id", {"Id": "id"}),
    "ApplicationAutoScaling::ScalingPolicy": ResourceType("ScalingPolicy", "arn"),
    "CodeDeploy::DeploymentGroup": ResourceType(
        "DeploymentGroup", "name", lower=lambda declared: rename(declared.properties, _GROUP)
    ),
    "ServiceDiscovery::HttpNamespace": _NAMESPACE,
    "ServiceDiscovery::PrivateDnsNamespace": _NAMESPACE,
    "ServiceDiscovery::PublicDnsNamespace": _NAMESPACE,
    "ServiceDiscovery::Service": ResourceType("DiscoveryService", "id", {"Id": "id", "Name": "name"}),
}
