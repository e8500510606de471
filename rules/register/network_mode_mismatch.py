from __future__ import annotations

from ecslint.facts import network_modes as facts
from ecslint.facts import row
from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Rule, Severity, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.facts.row import Row
    from ecslint.model import Service, ServiceLoadBalancer, TargetGroup, TaskDefinition
    from ecslint.source import Place
    from ecslint.value import Value


class NetworkModeMismatch(Rule):
    """The service is set up for another network mode than that of its task definition.

    With `awsvpc`, which Fargate requires, each task has a network interface of its own: the service must say its subnets,
    and a target group must have the target type `ip`. With `bridge` and `host` the tasks share the network of the instance:
    there is nothing to configure, and the target type is `instance`. A target group that says no type is for instances, in
    Terraform and in CloudFormation alike.

    Source: CreateService, as quoted in public logs, hashicorp/terraform#24266, moto, and by cdk-preflight from real
    deployments; CreateTargetGroup, `TargetType`.

    ```hcl bad
    # resource "aws_ecs_task_definition" "api" {
    #   family       = "checkout-api"
      network_mode = "awsvpc"
    #   container_definitions = jsonencode([{
    #     name         = "api"
    #     image        = "public.ecr.aws/nginx/nginx:1.27"
    #     memory       = 256
    #     portMappings = [{ containerPort = 80 }]
    #   }])
    # }
    resource "aws_lb_target_group" "api" {
      port     = 80
      protocol = "HTTP"
      vpc_id   = "vpc-0a1b2c3d"
    }
    # resource "aws_ecs_service" "api" {
    #   name            = "checkout-api"
    #   task_definition = aws_ecs_task_definition.api.arn
    #   network_configuration {
    #     subnets = ["subnet-0a1b2c3d"]
    #   }
      load_balancer {
        target_group_arn = aws_lb_target_group.api.arn
        container_name   = "api"
        container_port   = 80
      }
    # }
    ```

    ```hcl good
    # resource "aws_ecs_task_definition" "api" {
    #   family       = "checkout-api"
      network_mode = "awsvpc"
    #   container_definitions = jsonencode([{
    #     name         = "api"
    #     image        = "public.ecr.aws/nginx/nginx:1.27"
    #     memory       = 256
    #     portMappings = [{ containerPort = 80 }]
    #   }])
    # }
    resource "aws_lb_target_group" "api" {
      port        = 80
      protocol    = "HTTP"
      vpc_id      = "vpc-0a1b2c3d"
      target_type = "ip"
    }
    # resource "aws_ecs_service" "api" {
    #   name            = "checkout-api"
    #   task_definition = aws_ecs_task_definition.api.arn
    #   network_configuration {
    #     subnets = ["subnet-0a1b2c3d"]
    #   }
      load_balancer {
        target_group_arn = aws_lb_target_group.api.arn
        container_name   = "api"
        container_port   = 80
      }
    # }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    rows = facts.ROWS
    symptoms = row.symptoms(rows)

    def service(self, service: Service) -> Iterator[Finding]:
        """Compare the service with the network mode of its tasks."""
        task = service.task.noun
        if task is None:
            if service.on_fargate.yes:
                yield from self._configured(service, service.launch_type, "Fargate")
            return
        if task.awsvpc().yes:
            yield from self._configured(service, task.network_mode, "`awsvpc`")
            if service.role.present.yes and service.role.equals("").no:
                yield self._told(
                    service,
                    facts.SERVICE_ROLE,
                    key_of(service.role),
                    "not with tasks in the mode `awsvpc`",
                    task,
                    "leave the role out: ECS uses its service-linked role",
                    facts.SERVICE_ROLE.symptom,
                )
        elif task.awsvpc().no and (task.fargate | service.on_fargate).no:
            yield from self._unconfigured(service, task)
        for balanced in service.load_balancers:
            group = balanced.target_group.noun
            if group is not None:
                yield from self._targets(balanced, group, task)

    def _configured(self, service: Service, cause: Value, mode: str) -> Iterator[Finding]:
        """Subnets must be named; those of a third party's deployments stand in its task sets."""
        configuration = service.network_configuration.awsvpc_configuration
        if configuration.present.no and service.deployment_controller.type.equals("EXTERNAL").no:
            yield self.finding(
                service,
                f"The service has {facts.MISSING.what}",
                at=service.place or cause,
                label="has no `networkConfiguration`",
                related=[(cause, f"{mode} asks for it")],
                help="give `networkConfiguration` with the subnets and security groups of the tasks",
                symptom=facts.MISSING.symptom,
                row=facts.MISSING.id,
            )

    def _unconfigured(self, service: Service, task: TaskDefinition) -> Iterator[Finding]:
        configuration = service.network_configuration.awsvpc_configuration
        if configuration.present.yes:
            yield self._told(
                service,
                facts.UNEXPECTED,
                key_of(service.network_configuration.document),
                "only tasks in the mode `awsvpc` have one",
                task,
                "set `networkMode` of the task definition to `awsvpc`, or leave `networkConfiguration` out",
                facts.UNEXPECTED.symptom,
            )

    def _targets(self, balanced: ServiceLoadBalancer, group: TargetGroup, task: TaskDefinition) -> Iterator[Finding]:
        mode = task.effective_network_mode
        wanted = {"awsvpc": "ip", "bridge": "instance", "host": "instance"}.get(mode or "", "")
        refused = {"ip": "instance", "instance": "ip"}.get(wanted, "")
        if not wanted or not group.is_of_type(refused).yes or (wanted == "instance" and not task.fargate.no):
            return
        written = group.target_type.present.yes
        yield self._told(
            balanced,
            facts.TARGET_TYPE,
            group.target_type if written else group.place or balanced.target_group_arn,
            f"must be `{wanted}`" if written else f"says no target type, which means `{refused}`; must be `{wanted}`",
            task,
            f"set the target type of the target group to `{wanted}`",
            facts.TARGET_TYPE.symptom.format(
                group=balanced.target_group_arn.string or "arn:aws:elasticloadbalancing:…", type=refused, mode=mode
            ),
        )

    def _told(
        self,
        noun: Service | ServiceLoadBalancer,
        row: Row,
        at: Value | Place,
        label: str,
        task: TaskDefinition,
        help: str,
        symptom: str,
    ) -> Finding:
        mode = task.network_mode
        default = mode.absent.yes
        return self.finding(
            noun,
            f"The service has {row.what}",
            at=at,
            label=label,
            related=[
                (
                    task.place if default else mode,
                    "names no network mode, which means `bridge`"
                    if default
                    else f"the tasks have the mode `{mode.string}`",
                )
            ],
            help=help,
            symptom=symptom,
            row=row.id,
        )
