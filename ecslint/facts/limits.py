"""How many of a thing ECS takes.

Source: the quotas of Amazon ECS and botocore's model; the texts as cdk-preflight and public threads quote them.
"""

from __future__ import annotations

from ecslint.lean import NamedTuple


class Limit(NamedTuple):
    """How many elements the list under a member of a structure may have. See `row.AnyRow`."""

    id: str
    structure: str
    member: str
    what: str
    most: int
    symptom: str = ""
    severity: str = "error"
    peers: tuple[str, ...] = ()


LIMITS = (
    # The quota "containers per task definition" cannot be raised.
    Limit("containers", "RegisterTaskDefinitionRequest", "containerDefinitions", "containers", 10),
    Limit("task-constraints", "RegisterTaskDefinitionRequest", "placementConstraints", "placement constraints", 10),
    Limit("tags", "RegisterTaskDefinitionRequest", "tags", "tags", 50),
    Limit("service-tags", "CreateServiceRequest", "tags", "tags", 50),
    Limit(
        "environment-files",
        "ContainerDefinition",
        "environmentFiles",
        "environment files",
        10,
        "The maximum number of environment files was exceeded. Specify ten or less and try again",
        peers=("cdk-preflight: pf-ecs-environment-files-max",),
    ),
    Limit("credential-specs", "ContainerDefinition", "credentialSpecs", "credential specs", 1),
    Limit("ignored-exit-codes", "ContainerRestartPolicy", "ignoredExitCodes", "exit codes to ignore", 50),
    Limit("service-constraints", "CreateServiceRequest", "placementConstraints", "placement constraints", 10),
    Limit(
        "placement-strategies",
        "CreateServiceRequest",
        "placementStrategy",
        "placement strategies",
        5,
        "Maximum number of strategies is 5",
        peers=("cdk-preflight: pf-ecs-svc-placement-strategies-max6",),
    ),
    Limit(
        "service-registries",
        "CreateServiceRequest",
        "serviceRegistries",
        "service registries",
        1,
        "service registries can have at most 1 items",
        peers=("cdk-preflight: pf-ecs-svc-registries-multiple",),
    ),
    Limit("subnets", "AwsVpcConfiguration", "subnets", "subnets", 16),
    Limit("security-groups", "AwsVpcConfiguration", "securityGroups", "security groups", 5),
    Limit(
        "client-aliases",
        "ServiceConnectService",
        "clientAliases",
        "client aliases",
        1,
        "{count} clientAliases exceeds the max limit of 1",
        peers=("cdk-preflight: pf-ecs-svc-connect-client-aliases-max",),
    ),
)

SIZE = Limit(
    # Found in eight public files. What AWS counts is up to 20 kB less than Python's `str` of the same, so only more
    # than the limit in compact JSON is certain.
    "size",
    "RegisterTaskDefinitionRequest",
    "",
    "bytes of JSON",
    65536,
    "Actual length: '{count}'. Max allowed length is '65536' bytes.",
)

NEARLY = 60000
"""The bytes from which a task definition is nearly too large."""
