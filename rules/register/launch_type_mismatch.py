from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Service, TaskDefinition
    from ecslint.value import Value


class LaunchTypeMismatch(Rule):
    """The service runs on Fargate, and its task definition does not fit there.

    ECS works out for itself what a task definition is compatible with: one for Fargate has the network mode `awsvpc` and a
    size, `cpu` and `memory`, for the task as a whole. `requiresCompatibilities` may be left out; if it is there and does not
    name FARGATE although all else fits, that is a warning. Managed instances are chosen by their capacity provider only.

    Source: CreateService, in three public files and oranmoshai/ecsServiceRestart#2; RegisterTaskDefinition,
    `requiresCompatibilities`; CreateService, `launchType`.

    ```hcl bad
    resource "aws_ecs_task_definition" "api" {
      family = "checkout-api"
      container_definitions = jsonencode([{
        name   = "api"
        image  = "public.ecr.aws/nginx/nginx:1.27"
        memory = 512
      }])
    }
    resource "aws_ecs_service" "api" {
      name            = "checkout-api"
      launch_type     = "FARGATE"
      task_definition = aws_ecs_task_definition.api.arn
    #   network_configuration {
    #     subnets = ["subnet-0a1b2c3d"]
    #   }
    }
    ```

    ```hcl good
    resource "aws_ecs_task_definition" "api" {
      family                   = "checkout-api"
      requires_compatibilities = ["FARGATE"]
      network_mode             = "awsvpc"
      cpu                      = 256
      memory                   = 512
      container_definitions = jsonencode([{
        name  = "api"
        image = "public.ecr.aws/nginx/nginx:1.27"
      }])
    }
    resource "aws_ecs_service" "api" {
      name            = "checkout-api"
      launch_type     = "FARGATE"
      task_definition = aws_ecs_task_definition.api.arn
    #   network_configuration {
    #     subnets = ["subnet-0a1b2c3d"]
    #   }
    }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    symptoms = ("Task definition does not support launch_type FARGATE.",)
    covers = ("managed-instances-launchtype", "compat-mismatch", "compat-not-named")

    def service(self, service: Service) -> Iterator[Finding]:
        """Look at a task definition that is not said to be for Fargate; for the others there are other rules."""
        if service.launch_type.equals("MANAGED_INSTANCES").yes:
            yield self.finding(
                service,
                "Managed instances are no launch type of a service",
                at=service.launch_type,
                label="a service names them by their capacity provider",
                help="leave `launchType` out and give `capacityProviderStrategy` with the provider of the instances",
                severity=Severity.WARNING,
                row="managed-instances",
            )
        task = service.task.noun
        if task is None or not service.on_fargate.yes or not task.fargate.no:
            return
        fits, listed = task.fits_fargate, task.requires_compatibilities.empty.no
        if not fits.no and not listed:
            return
        by_type = service.launch_type.equals("FARGATE").yes
        at = service.launch_type if by_type else service.capacity_provider_strategy[0].capacity_provider
        certain = fits.no and by_type
        yield self.finding(
            service,
            "The service runs on Fargate, and its task definition does not fit there"
            if fits.no
            else "The service runs on Fargate, which its task definition does not name",
            at=at,
            label="runs on Fargate",
            related=[_reason(task)],
            help="let the task definition have the network mode `awsvpc`, `cpu` and `memory`, and name FARGATE in "
            "`requiresCompatibilities`",
            symptom=self.says() if by_type else None,
            severity=Severity.ERROR if certain else Severity.WARNING,
            row="fargate",
        )


def _reason(task: TaskDefinition) -> tuple[Value | None, str]:
    """What in the task definition speaks against Fargate."""
    compatibilities = task.requires_compatibilities.value
    if task.awsvpc().no:
        mode = task.network_mode
        return (mode, "is not `awsvpc`") if mode.present.yes else (task.document, "has the network mode `bridge`")
    missing = [name for name, value in (("cpu", task.cpu), ("memory", task.memory)) if value.absent.yes]
    if missing:
        return task.document, f"has no `{missing[0]}` of its own"
    return compatibilities, "does not name FARGATE"
