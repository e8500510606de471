"""From where to where numbers may go, beyond what botocore's model says of them.

The texts are those of RegisterTaskDefinition and CreateService as cdk-preflight quotes them from real deployments,
where no other source is named; the bounds are those of botocore's prose.
"""

from __future__ import annotations

from ecslint.lean import NamedTuple


class Range(NamedTuple):
    """The bounds of a member of a structure, None where there is none, and the texts of ECS for either side.

    `on` says where it holds only: `fargate`, or empty for everywhere. See `row.AnyRow`.
    """

    id: str
    structure: str
    member: str
    what: str
    least: float | None
    most: float | None
    too_small: str = ""
    too_large: str = ""
    severity: str = "error"
    on: str = ""
    peers: tuple[str, ...] = ()

    @property
    def symptom(self) -> str:
        return self.too_large or self.too_small

    @property
    def bounds(self) -> str:
        """The range as a person reads it."""
        if self.least is None or self.most is None:
            return f"at least {self.least:g}" if self.least is not None else f"at most {self.most:g}"
        return f"{self.least:g} to {self.most:g}"


def _health(member: str, least: int, most: int, id: str) -> Range:
    return Range(
        f"health-check-{id}",
        "HealthCheck",
        member,
        f"the `{member}` of a health check",
        least,
        most,
        # Seen for `interval` and `startPeriod`; the others have the same form.
        too_large=f"Health check {member} must be less than or equal to the maximum allowed value {most} for container "
        "'{container}'",
        peers=(f"cdk-preflight: pf-ecs-healthcheck-{id}-range",),
    )


RANGES = (
    _health("interval", 5, 300, "interval"),
    _health("timeout", 2, 60, "timeout"),
    _health("retries", 1, 10, "retries"),
    _health("startPeriod", 0, 300, "start-period"),
    Range(
        # 20 GiB are the default, and cannot be asked for.
        "ephemeral-storage",
        "EphemeralStorage",
        "sizeInGiB",
        "the size of the task's disk",
        21,
        200,
        "EphemeralStorage size should be at least 21",
        "EphemeralStorage size should be at most 200",
        peers=("cdk-preflight: pf-ecs-ephemeral-storage-range",),
    ),
    Range(
        "restart-attempt-period",
        "ContainerRestartPolicy",
        "restartAttemptPeriod",
        "the `restartAttemptPeriod`",
        60,
        1800,
        "the 'restartAttemptPeriod' setting for container '{container}' must be between 60 and 1800",
        "the 'restartAttemptPeriod' setting for container '{container}' must be between 60 and 1800",
        peers=("cdk-preflight: pf-ecs-restart-policy-attempt-period-range",),
    ),
    Range(
        # The text was seen in an emulator.
        "start-timeout",
        "ContainerDefinition",
        "startTimeout",
        "the `startTimeout`",
        2,
        None,
        "Granular start timeout on container '{container}' must be at least 2 seconds.",
    ),
    Range(
        "start-timeout-on-fargate",
        "ContainerDefinition",
        "startTimeout",
        "the `startTimeout` on Fargate",
        None,
        120,
        on="fargate",
    ),
    Range("stop-timeout", "ContainerDefinition", "stopTimeout", "the `stopTimeout`", 2, None),
    Range(
        # The text was seen in an emulator. It says less than, and 120 is taken.
        "stop-timeout-on-fargate",
        "ContainerDefinition",
        "stopTimeout",
        "the `stopTimeout` on Fargate",
        None,
        120,
        too_large="Tasks using the Fargate launch type must have a container stop timeout of less than 120 seconds.",
        on="fargate",
    ),
    Range("container-port", "PortMapping", "containerPort", "a port of a container", 1, 65535),
    Range("host-port", "PortMapping", "hostPort", "a port of the host", 0, 65535),
    # "The minimum valid value is 6 MiB" with Docker 20.10.0 or later, 4 before.
    Range("memory", "ContainerDefinition", "memory", "the memory of a container", 6, None, severity="warning"),
    Range(
        "memory-reservation",
        "ContainerDefinition",
        "memoryReservation",
        "the memory reservation of a container",
        6,
        None,
        severity="warning",
    ),
    # Without `maxSwap` it is ignored, so what is out of range may be as well.
    Range("swappiness", "LinuxParameters", "swappiness", "the swappiness", 0, 100, severity="warning"),
    Range(
        "minimum-healthy-percent",
        "DeploymentConfiguration",
        "minimumHealthyPercent",
        "the `minimumHealthyPercent`",
        0,
        100,
        too_large="minimumHealthyPercent must be at most 100",
        peers=("cdk-preflight: pf-ecs-service-deployment-percent",),
    ),
    Range(
        "maximum-percent",
        "DeploymentConfiguration",
        "maximumPercent",
        "the `maximumPercent`",
        100,
        None,
        too_small="maximumPercent must be at least 100",
        peers=("cdk-preflight: pf-ecs-service-deployment-percent",),
    ),
    Range("bake-time", "DeploymentConfiguration", "bakeTimeInMinutes", "the bake time", 0, 1440),
    Range("canary-percent", "CanaryConfiguration", "canaryPercent", "the share of a canary", 0.1, 100),
    Range("canary-bake-time", "CanaryConfiguration", "canaryBakeTimeInMinutes", "the bake time of a canary", 0, 1440),
    Range("step-percent", "LinearConfiguration", "stepPercent", "the share of a step", 3, 100),
    Range("step-bake-time", "LinearConfiguration", "stepBakeTimeInMinutes", "the bake time of a step", 0, 1440),
)
