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

ROWS = (PROTOCOL, UDP)
