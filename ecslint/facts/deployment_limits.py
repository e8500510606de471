"""Percentages with which a deployment cannot go on.

Source: CreateService, `deploymentConfiguration`: of the desired count the minimum is rounded up and the maximum down.
"""

from __future__ import annotations

from ecslint.facts.row import Row

MINIMUM, MAXIMUM = 100, 200
"""The percentages of a service that says none and is no daemon. Source: the same."""


BOTH_100 = Row(
    "both-100",
    "a minimum and a maximum of 100 percent",
    "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.",
    peers=("cdk-preflight: pf-ecs-service-deployment-percent",),
)
NO_ROOM = Row(
    "no-room",
    "a minimum and a maximum between which no task fits",
    "was unable to stop or start tasks during a deployment because of the service deployment configuration",
)
DAEMON = Row(
    # A daemon stops a task before it starts another. Whether ECS refuses this, or waits for ever, is not known.
    "daemon",
    "a daemon of which no task may stop",
    severity="warning",
)
REBALANCING = Row(
    # The developer guide, "Balancing an Amazon ECS service across Availability Zones": it starts a task before it stops
    # another.
    "zone-rebalancing",
    "rebalancing between availability zones, and no room for another task",
    severity="warning",
)

ROWS = (BOTH_100, NO_ROOM, DAEMON, REBALANCING)


def bounds(desired: int, minimum: int, maximum: int) -> tuple[int, int]:
    """How many tasks must run during a deployment, and how many may."""
    return -(-desired * minimum // 100), desired * maximum // 100
