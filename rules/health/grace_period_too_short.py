from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Container, Service, TargetGroup


LONG_START = 120
"""Seconds that an application may well take to start."""


class GracePeriodTooShort(Rule):
    """The load balancer gives a starting task less time than its own health check says it needs.

    The container declares a `startPeriod`. Until it is over the load balancer counts failed checks already, and the
    service stops the task as soon as `unhealthyThreshold` of them failed, `interval` apart, unless
    `healthCheckGracePeriodSeconds` covers the start. Both times are shorter here: the tasks are started and killed over
    and over.

    Where the container declares no `startPeriod`, the service has no grace period and the load balancer gives up within
    two minutes, a note says how long a task has (`none`).

    Source: row D4 of the incidents; rocicorp/mono#3830 (a grace period to match `startPeriod`); CreateService,
    `healthCheckGracePeriodSeconds` (default 0).

    ```hcl bad
    # resource "aws_lb_target_group" "api" {
    #   port        = 8000
    #   protocol    = "HTTP"
    #   target_type = "ip"
    #   vpc_id      = "vpc-0a1b2c3d"
        health_check {
          interval            = 10
          unhealthy_threshold = 2
        }
    # }
    # resource "aws_ecs_task_definition" "api" {
    #   family = "checkout-api"
    #   container_definitions = jsonencode([{
    #     name         = "api"
    #     image        = "public.ecr.aws/nginx/nginx:1.27"
    #     portMappings = [{ containerPort = 8000 }]
          healthCheck = {
            command     = ["CMD-SHELL", "curl -f http://localhost:8000/ || exit 1"]
            startPeriod = 120
          }
    #   }])
    # }
    resource "aws_ecs_service" "api" {
      name                              = "checkout-api"
      health_check_grace_period_seconds = 30
    #   task_definition = aws_ecs_task_definition.api.arn
    #   load_balancer {
    #     target_group_arn = aws_lb_target_group.api.arn
    #     container_name   = "api"
    #     container_port   = 8000
    #   }
    }
    ```

    ```hcl good
    # resource "aws_lb_target_group" "api" {
    #   port        = 8000
    #   protocol    = "HTTP"
    #   target_type = "ip"
    #   vpc_id      = "vpc-0a1b2c3d"
        health_check {
          interval            = 10
          unhealthy_threshold = 2
        }
    # }
    # resource "aws_ecs_task_definition" "api" {
    #   family = "checkout-api"
    #   container_definitions = jsonencode([{
    #     name         = "api"
    #     image        = "public.ecr.aws/nginx/nginx:1.27"
    #     portMappings = [{ containerPort = 8000 }]
          healthCheck = {
            command     = ["CMD-SHELL", "curl -f http://localhost:8000/ || exit 1"]
            startPeriod = 120
          }
    #   }])
    # }
    resource "aws_ecs_service" "api" {
      name                              = "checkout-api"
      health_check_grace_period_seconds = 120
    #   task_definition = aws_ecs_task_definition.api.arn
    #   load_balancer {
    #     target_group_arn = aws_lb_target_group.api.arn
    #     container_name   = "api"
    #     container_port   = 8000
    #   }
    }
    ```
    """

    severity = Severity.WARNING
    since = "0.1"
    symptoms = ("Task failed ELB health checks in (target-group",)

    def service(self, service: Service) -> Iterator[Finding]:
        """Compare the times of each balanced container."""
        period = service.health_check_grace_period_seconds
        grace = 0 if period.absent.yes else period.integer
        for balanced in service.load_balancers:
            container, group = balanced.container, balanced.target_group.noun
            if container is None or group is None or grace is None:
                continue
            start, patience = container.health_check.start_period, group.patience
            if patience is None:
                continue
            if start.integer is not None and grace < start.integer and patience < start.integer:
                yield self._told(service, container, group, (grace, start.integer, patience))
            elif start.absent.yes and period.absent.yes and patience < LONG_START:
                yield self._none(service, container, group, patience)

    def _none(self, service: Service, container: Container, group: TargetGroup, patience: int) -> Finding:
        """Advice where nobody says how long the container takes: it has as long as the load balancer is patient."""
        return self.finding(
            service,
            f"A task that does not answer within {patience} seconds of its start is replaced",
            at=service.place or group.place or container.image.value,
            label="no `healthCheckGracePeriodSeconds`, so failed checks count from the start",
            related=[(group.place, f"gives up after {patience} seconds")],
            help="set the service's health check grace period to what the slowest start takes",
            severity=Severity.NOTE,
            row="none",
        )

    def _told(self, service: Service, container: Container, group: TargetGroup, times: tuple[int, int, int]) -> Finding:
        grace, start, patience = times
        period = service.health_check_grace_period_seconds
        return self.finding(
            service,
            f"The load balancer waits {grace} seconds for a task that may take {start} to start",
            at=period if period.present.yes else service.place or container.health_check.start_period,
            label=f"{grace} seconds of grace" if period.present.yes else "no `healthCheckGracePeriodSeconds`, so none",
            related=[
                (container.health_check.start_period, f"`{container.segment}` may take {start} seconds to start"),
                (group.place, f"gives up after {patience} seconds"),
            ],
            help=f"set the service's health check grace period to {start} seconds or more",
        )
