"""Amazon ECS. Canonical names are those of the API; CloudFormation's that differ by more than a capital stand here.

Source: the resource schemas of CloudFormation's registry (2026), held against botocore's model of Amazon ECS.
"""

from __future__ import annotations

from ecslint.frontends.cloudformation.resources.shape import FREE, Names, edited, rename
from ecslint.frontends.cloudformation.resources.type import ResourceType
from ecslint.lean import TYPE_CHECKING
from ecslint.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.frontends.cloudformation.declared import Declared

_OPTIONS = Names(inside={"options": FREE})
_CONTAINER = Names(inside={"dockerLabels": FREE, "logConfiguration": _OPTIONS, "firelensConfiguration": _OPTIONS})
_VOLUME = Names(
    renamed={
        "EFSVolumeConfiguration": "efsVolumeConfiguration",
        "FSxWindowsFileServerVolumeConfiguration": "fsxWindowsFileServerVolumeConfiguration",
        "S3FilesVolumeConfiguration": "s3filesVolumeConfiguration",
    },
    inside={
        "efsVolumeConfiguration": Names(
            renamed={"FilesystemId": "fileSystemId"}, inside={"authorizationConfig": Names(renamed={"IAM": "iam"})}
        ),
        "dockerVolumeConfiguration": Names(inside={"driverOpts": FREE, "labels": FREE}),
    },
)
_TASK = Names(
    inside={
        "containerDefinitions": _CONTAINER,
        "volumes": _VOLUME,
        "proxyConfiguration": Names(renamed={"ProxyConfigurationProperties": "properties"}),
    }
)
_SERVICE = Names(
    renamed={"PlacementStrategies": "placementStrategy"},
    inside={"serviceConnectConfiguration": Names(inside={"logConfiguration": _OPTIONS})},
)
_TASK_SET = Names(inside={"networkConfiguration": Names(renamed={"AwsVpcConfiguration": "awsvpcConfiguration"})})
_CLUSTER = Names(renamed={"ClusterSettings": "settings"})


def _task(declared: Declared) -> Value:
    return rename(declared.properties, _TASK)


def _service(declared: Declared) -> Value:
    """A service, for which CloudFormation waits, and of which it runs one task where nobody says how many."""

    def defaults(service: Value) -> Iterator[tuple[str, Value]]:
        yield "waitForSteadyState", Value(True)
        if service.get("desiredCount").absent.yes and service.get("schedulingStrategy").absent.yes:
            yield "desiredCount", Value(1)

    return edited(rename(declared.properties, _SERVICE), defaults)


TYPES = {
    "ECS::CapacityProvider": ResourceType("CapacityProvider", "name", {"Arn": "arn"}),
    "ECS::Cluster": ResourceType(
        "Cluster", "name", {"Arn": "arn"}, lambda declared: rename(declared.properties, _CLUSTER)
    ),
    "ECS::ClusterCapacityProviderAssociations": ResourceType("ClusterCapacityProviders", "cluster"),
    "ECS::Daemon": ResourceType("Daemon", "arn", {"DaemonArn": "arn"}),
    "ECS::DaemonTaskDefinition": ResourceType(
        "DaemonTaskDefinition",
        "arn",
        {"DaemonTaskDefinitionArn": "arn"},
        lambda declared: rename(declared.properties, Names(inside={"containerDefinitions": _CONTAINER})),
    ),
    "ECS::ExpressGatewayService": ResourceType("ExpressGatewayService", "arn", {"ServiceArn": "arn"}),
    "ECS::Service": ResourceType("Service", "arn", {"Name": "name", "ServiceArn": "arn"}, _service),
    "ECS::TaskDefinition": ResourceType("TaskDefinition", "arn", {"TaskDefinitionArn": "arn"}, _task),
    "ECS::TaskSet": ResourceType("TaskSet", "id", {}, lambda declared: rename(declared.properties, _TASK_SET)),
}
