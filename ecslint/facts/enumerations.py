"""How sure it is that a value outside an enumeration is refused, and what is meant by values that people write instead.

The API does not check every enumeration, and AWS adds to some of them often. A value is a mistake for certain only
where the set is old and closed.
"""

from __future__ import annotations

from ecslint.lean import NamedTuple

CLOSED = frozenset(
    "NetworkMode PidMode IpcMode ContainerCondition AssignPublicIp EFSTransitEncryption EFSAuthorizationConfigIAM "
    "EnvironmentFileType FirelensConfigurationType PlacementConstraintType PlacementStrategyType SchedulingStrategy "
    "TaskDefinitionPlacementConstraintType DeploymentControllerType Scope UlimitName DeviceCgroupPermission "
    "VersionConsistency LogDriver".split()
)
"""The enumerations to which AWS has added nothing for years.

`TransportProtocol` is not among them: the API once took `http` for `tcp` without a word
(hashicorp/terraform-provider-aws#3645).
"""

_SWITCH = {"true": "ENABLED", "false": "DISABLED", "on": "ENABLED", "off": "DISABLED"}

MEANT = {
    # value in lower case, by enumeration: the value that is meant
    "CPUArchitecture": {"amd64": "X86_64", "x86": "X86_64", "x64": "X86_64", "aarch64": "ARM64", "arm": "ARM64"},
    "NetworkMode": {"vpc": "awsvpc", "aws-vpc": "awsvpc"},
    "LogDriver": {"cloudwatch": "awslogs", "aws-logs": "awslogs", "firelens": "awsfirelens", "json": "json-file"},
    "ApplicationProtocol": {"https": "http"},
    "AssignPublicIp": _SWITCH,
    "EFSTransitEncryption": _SWITCH,
    "EFSAuthorizationConfigIAM": _SWITCH,
    "ContainerCondition": {"started": "START", "service_started": "START", "service_healthy": "HEALTHY"},
}


BESIDES = {"NetworkMode": ("default",)}
"""What is taken although the model does not list it: `default` is the network mode of the console for Windows."""


class Value(NamedTuple):
    """A value of one enumeration that is refused in words of its own. See `row.AnyRow`."""

    id: str
    enumeration: str
    value: str
    what: str
    help: str
    symptom: str = ""
    severity: str = "error"
    peers: tuple[str, ...] = ()


VALUES = (
    Value(
        # LaunchType and Compatibility have no such value; it is a capacity provider.
        "fargate-spot",
        "LaunchType",
        "FARGATE_SPOT",
        "Fargate Spot as a launch type",
        "leave `launchType` out and give `capacityProviderStrategy` with the provider `FARGATE_SPOT`",
    ),
    Value(
        "fargate-spot-compatibility",
        "Compatibility",
        "FARGATE_SPOT",
        "Fargate Spot as a compatibility",
        "name `FARGATE`; Spot is chosen by the service's `capacityProviderStrategy`",
    ),
)
