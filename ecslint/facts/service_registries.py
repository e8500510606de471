"""Which ports service discovery needs for which records of Cloud Map.

Source: CreateService, `serviceRegistries` in botocore's model of Amazon ECS.
"""

from __future__ import annotations

from ecslint.facts.row import Row

CONTAINER_PORT = Row(
    # umotif-public/terraform-aws-ecs-fargate#25, telia-oss/terraform-aws-ecs-fargate#36.
    "container-port",
    "a port of a container for records without ports",
    "The values specified for serviceRegistries do not require a value for 'containerPort'",
)
PORT = Row(
    # hashicorp/terraform-provider-aws#3906.
    "port",
    "a port for records without ports",
    "A port was provided but is not required by the specified service registry",
)
NO_PORT = Row("no-port", "no port for records of type SRV", severity="warning")
NEEDS_SRV = Row(
    "needs-srv", "records without ports for tasks that share the network of an instance", severity="warning"
)

ROWS = (CONTAINER_PORT, PORT, NO_PORT, NEEDS_SRV)
