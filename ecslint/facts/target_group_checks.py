"""Health checks of target groups that Elastic Load Balancing does not take, or that nothing can answer."""

from __future__ import annotations

from ecslint.lean import NamedTuple


class Row(NamedTuple):
    """See `row.AnyRow`."""

    id: str
    what: str
    symptom: str = ""
    severity: str = "warning"
    peers: tuple[str, ...] = ()


PROTOCOL = Row(
    # CreateTargetGroup, `HealthCheckProtocol`: TCP is not supported where the group's protocol is HTTP or HTTPS. How it
    # is refused is not known.
    "protocol",
    "checks by TCP of a target group that speaks HTTP",
)
UDP = Row(
    # The same: the default is TCP. Elastic Load Balancing cannot check UDP.
    "udp-only",
    "checks by TCP on a port that the container maps for UDP only",
    "Task failed ELB health checks in (target-group",
)

TIMEOUT = Row(
    # hashicorp/terraform-provider-aws#2366 (equal is refused too), terraform-linters/tflint-ruleset-aws#404 (so is an
    # interval of 5 seconds without a time-out).
    "timeout",
    "health checks that begin before the one before them has timed out",
    "Health check timeout '{timeout}' must be smaller than the interval '{interval}'",
    "error",
    ("cdk-preflight: pf-elbv2-hc-timeout-interval",),
)

ROWS = (PROTOCOL, UDP, TIMEOUT)

INTERVAL = 30
"""Seconds between two checks. Source: CreateTargetGroup, `HealthCheckIntervalSeconds`."""

PATIENCE = 5
"""Seconds that a check over HTTP may take. Source: the same, `HealthCheckTimeoutSeconds`; a function has 30."""
