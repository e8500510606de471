from __future__ import annotations

from ecslint.facts import row
from ecslint.facts import target_group_checks as facts
from ecslint.lean import TYPE_CHECKING
from ecslint.model import Service, TargetGroup
from ecslint.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Project, ServiceLoadBalancer


class TargetGroupHealthCheckImpossible(Rule):
    """The target group asks for a health check that cannot be made, or that nothing answers.

    A target group of an Application Load Balancer (HTTP, HTTPS) is checked by HTTP or HTTPS, never by TCP. A target group
    that speaks UDP is checked by TCP unless it says otherwise, on the port of the traffic, where a container that maps the
    port for UDP alone does not listen: give it a port and a protocol of its own.

    Source: CreateTargetGroup, `HealthCheckProtocol`, in botocore's model of Elastic Load Balancing; "Health checks for
    target groups" of Network Load Balancers.

    ```hcl bad
    resource "aws_lb_target_group" "api" {
      port        = 80
      protocol    = "HTTP"
      target_type = "ip"
      vpc_id      = "vpc-0a1b2c3d"
      health_check {
        protocol = "TCP"
      }
    }
    # resource "aws_ecs_service" "api" {
    #   name = "checkout-api"
    # }
    ```

    ```hcl good
    resource "aws_lb_target_group" "api" {
      port        = 80
      protocol    = "HTTP"
      target_type = "ip"
      vpc_id      = "vpc-0a1b2c3d"
      health_check {
        protocol = "HTTP"
        path     = "/health"
      }
    }
    # resource "aws_ecs_service" "api" {
    #   name = "checkout-api"
    # }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    kinds = ("TargetGroup",)
    rows = facts.ROWS
    symptoms = row.symptoms(rows)

    def project(self, project: Project) -> Iterator[Finding]:
        """Look at each target group, and at those of services."""
        for group in project.all(TargetGroup):
            own = group.health_check_protocol
            if group.protocol.one_of(("HTTP", "HTTPS")).yes and own.equals("TCP").yes:
                yield self.finding(
                    group,
                    f"There are {facts.PROTOCOL.what}",
                    at=own,
                    label="must be HTTP or HTTPS",
                    related=[(group.protocol, "the protocol of the group")],
                    help="let the health check use HTTP or HTTPS, or let the group speak TCP behind a Network Load "
                    "Balancer",
                    severity=Severity.WARNING,
                    row=facts.PROTOCOL.id,
                )
            yield from self._impatient(group)
        for service in project.all(Service):
            for balanced in service.load_balancers:
                yield from self._datagrams(balanced)

    def _impatient(self, group: TargetGroup) -> Iterator[Finding]:
        """Compare the two times of an Application Load Balancer; with a Network Load Balancer they may be equal."""
        spoken = group.protocol.one_of(("HTTP", "HTTPS")) & ~group.is_of_type("lambda")
        given, pause = group.health_check_timeout_seconds, group.health_check_interval_seconds
        timeout = facts.PATIENCE if given.absent.yes else given.integer
        interval = facts.INTERVAL if pause.absent.yes else pause.integer
        if not spoken.yes or timeout is None or interval is None or timeout < interval:
            return
        yield self.finding(
            group,
            f"The health check may take {timeout} seconds, and begins again after {interval}",
            at=given if given.present.yes else pause,
            label="must be smaller than the interval" if given.present.yes else f"must be above the {timeout} seconds",
            related=[(pause, "the interval")] if given.present.yes and pause.present.yes else [],
            help="let the time-out end before the interval does",
            symptom=facts.TIMEOUT.symptom.format(timeout=timeout, interval=interval),
            row=facts.TIMEOUT.id,
        )

    def _datagrams(self, balanced: ServiceLoadBalancer) -> Iterator[Finding]:
        group, container, port = balanced.target_group.noun, balanced.container, balanced.container_port
        if group is None or container is None or not group.protocol.equals("UDP").yes:
            return
        checked = group.health_check_port
        here = checked.absent | checked.equals("traffic-port") | checked.equals(port)
        streams = container.port_mappings.any(lambda item: item.maps(port) & ~item.protocol.equals("udp"))
        maps = container.port_mappings.any(lambda item: item.maps(port))
        if (here & maps & ~streams).yes:
            yield self.finding(
                balanced,
                f"There are {facts.UDP.what}",
                at=checked if checked.present.yes else group.place or balanced.target_group_arn,
                label="checks the port of the traffic, by TCP",
                related=[(port, f"`{container.segment}` maps this port for UDP only")],
                help="give the health check a port on which the container answers by TCP or HTTP",
                symptom=facts.UDP.symptom,
                severity=Severity.WARNING,
                row=facts.UDP.id,
            )
