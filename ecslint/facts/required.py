"""What must be there beyond what botocore's model requires, and the texts that ECS has for it."""

from __future__ import annotations

from ecslint.lean import NamedTuple


class Required(NamedTuple):
    """A member that the API requires although its model does not, or says so in words of its own. See `row.AnyRow`."""

    id: str
    structure: str
    member: str
    what: str
    symptom: str = ""
    severity: str = "error"
    peers: tuple[str, ...] = ()


REQUIRED_BY_ECS = (
    Required(
        # moto quotes it; the same form as the text about the image.
        "container-name",
        "ContainerDefinition",
        "name",
        "a container without a name",
        "Container.name should not be null or empty.",
        peers=("cfn-lint: E3003",),
    ),
    Required(
        # Found in ten public files; aws/aws-cli#5924: an unset variable of a pipeline.
        "container-image",
        "ContainerDefinition",
        "image",
        "a container without an image",
        "Container.image should not be null or empty.",
        peers=("cfn-lint: E3003",),
    ),
    Required(
        "containers",
        "RegisterTaskDefinitionRequest",
        "containerDefinitions",
        "a task without containers",
        "Container list cannot be empty.",
        peers=("cdk-preflight: pf-ecs-container-definitions-empty",),
    ),
    Required(
        # aws/aws-cli#7288, aws/aws-cdk#8762.
        "container-port",
        "PortMapping",
        "containerPort",
        "a port mapping without a port",
        "Invalid 'containerPort' setting for container '{container}'.",
    ),
    Required(
        # Found in ten public files; moto.
        "subnets",
        "AwsVpcConfiguration",
        "subnets",
        "a network without subnets",
        "subnets can not be empty.",
    ),
    Required(
        # aws/amazon-ecs-cli#359.
        "load-balancer-container",
        "LoadBalancer",
        "containerName",
        "a load balancer that no container is named to",
        "Container Name can not be blank.",
    ),
    Required(
        # cdk-preflight quotes it from real deployments.
        "volume-size",
        "ServiceManagedEBSVolumeConfiguration",
        "sizeInGiB",
        "an EBS volume with neither a size nor a snapshot",
        "ECS managed EBS volume configuration was invalid",
    ),
)

OF_COMMAND_LINES = {"family", "serviceName", "service"}
"""What tools give beside the document: `--family`, ecspresso's `service:`, a name that CloudFormation makes up."""

ALTERNATIVES = {
    ("PortMapping", "containerPort"): "containerPortRange",
    ("ServiceManagedEBSVolumeConfiguration", "sizeInGiB"): "snapshotId",
}
"""What may be there instead of a member that ECS requires."""
