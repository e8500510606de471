"""What a service must have in one network mode of its tasks and must not have in another."""

from __future__ import annotations

from ecslint.facts.row import Row

MISSING = Row(
    # Found in ten public files; moto.
    "network-configuration-missing",
    "no network configuration for tasks with a network interface of their own",
    "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
)
UNEXPECTED = Row(
    "network-configuration-unexpected",
    "a network configuration for tasks without a network interface of their own",
    "Network Configuration is not valid for the given networkMode of this task definition.",
)
TARGET_TYPE = Row(
    # awsvpc: found in ten public files. The same text for bridge: hashicorp/terraform#24266.
    "target-type",
    "a target group for another kind of targets",
    "The provided target group {group} has target type {type}, which is incompatible with the {mode} network mode "
    "specified in the task definition.",
)
SERVICE_ROLE = Row(
    "service-role",
    "a role for the load balancer, although its tasks need the service-linked one",
    "You cannot specify an IAM role for services that require a service linked role",
)

ROWS = (MISSING, UNEXPECTED, TARGET_TYPE, SERVICE_ROLE)
