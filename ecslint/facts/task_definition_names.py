"""What a service names of its task definition.

The texts are those of CreateService, from aws/amazon-ecs-agent#1276 and #497, hashicorp/terraform#2888,
aws/aws-sdk-js#1397 and public logs; those of the volume and of Service Connect as cdk-preflight quotes them.
"""

from __future__ import annotations

from ecslint.facts.row import Row

CONTAINER = Row(
    "container",
    "a container that the task definition does not have",
    "The container {name} does not exist in the task definition.",
)
PORT = Row(
    "port",
    "a port that the container does not map",
    "The container {name} did not have a container port {port} defined.",
)
HOST_PORT = Row(
    "host-port",
    "a port without a port of the host behind a Classic Load Balancer",
    "A host port mapping for the container port {port} is required.",
)
PORT_NAME = Row(
    "port-name",
    "a name that no port mapping has",
    "portName({name}) does not refer to any named PortMapping in the container definitions",
)
LATTICE_PORT_NAME = Row(
    # `portName` of VpcLatticeConfiguration is a name of the port mappings; what refuses another is not known.
    "lattice-port-name",
    "a name that no port mapping has, for VPC Lattice",
    severity="warning",
)
VOLUME = Row(
    "volume",
    "a volume that is not configured at launch",
    "The volume name '{name}' in your request does not have a matching volume in your Task Definition",
)
VOLUME_NOT_CONFIGURED = Row(
    # CreateService, `volumeConfigurations`: the configuration of a volume specified in the task definition as one that
    # is configured at launch time. What becomes of the task without it is not known.
    "volume-not-configured",
    "a volume that is configured at launch, and nothing that configures it",
    severity="warning",
)
REGISTRY_CONTAINER = Row(
    # CreateService, `serviceRegistries`: "The container name value, already specified in the task definition".
    "registry-container",
    "a container that the task definition does not have, for service discovery",
    severity="warning",
)
REGISTRY_PORT = Row(
    "registry-port",
    "a port that the container does not map, for service discovery",
    severity="warning",
)

ROWS = (
    CONTAINER,
    PORT,
    HOST_PORT,
    PORT_NAME,
    LATTICE_PORT_NAME,
    VOLUME,
    VOLUME_NOT_CONFIGURED,
    REGISTRY_CONTAINER,
    REGISTRY_PORT,
)
