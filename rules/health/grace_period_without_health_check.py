from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Rule, Severity, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Service


class GracePeriodWithoutHealthCheck(Rule):
    """The service gives its tasks a grace period, and nothing checks their health.

    Until 2024 ECS refused a grace period of a service without a load balancer. Now it is said to cover VPC Lattice and the
    containers' own health checks as well, and to be unused without any of them: then the load balancer that it was meant for
    is missing. Nothing is said where the task definition is not known.

    Source: CreateService, `healthCheckGracePeriodSeconds` in botocore's model; the text in ten public files of 2018 to
    2024; aws/aws-cdk#19842.

    ```hcl bad
    resource "aws_ecs_service" "worker" {
      name                              = "worker"
      health_check_grace_period_seconds = 60
    #   task_definition                   = aws_ecs_task_definition.worker.arn
    }
    # resource "aws_ecs_task_definition" "worker" {
    #   family                = "worker"
    #   container_definitions = jsonencode([{ name = "worker", image = "public.ecr.aws/nginx/nginx:1.27", memory = 256 }])
    # }
    ```

    ```hcl good
    resource "aws_ecs_service" "worker" {
      name = "worker"
    #   task_definition = aws_ecs_task_definition.worker.arn
    }
    # resource "aws_ecs_task_definition" "worker" {
    #   family                = "worker"
    #   container_definitions = jsonencode([{ name = "worker", image = "public.ecr.aws/nginx/nginx:1.27", memory = 256 }])
    # }
    ```
    """

    severity = Severity.WARNING
    since = "0.1"
    symptoms = ("Health check grace period is only valid for services configured to use load balancers",)
    covers = ("grace-without-lb",)

    def service(self, service: Service) -> Iterator[Finding]:
        """Look for anything that the period could be for."""
        period, task = service.health_check_grace_period_seconds, service.task.noun
        if task is None or (period.integer or 0) <= 0:
            return
        checked = task.containers.any(lambda container: container.health_check.present)
        if checked.no and (service.load_balancers.empty & service.vpc_lattice_configurations.empty).yes:
            yield self.finding(
                service,
                "The service has a grace period for health checks, and nothing checks its tasks",
                at=key_of(period),
                label="a grace period for nothing",
                related=[(service.place, "has no load balancer, and no container has a health check")],
                help="leave the grace period out, or give the service its load balancer",
                symptom=self.says(),
            )
