from __future__ import annotations

from ecslint.facts import execute_command as facts
from ecslint.facts import row
from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Rule, Severity
from ecslint.value import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Container, Service, TaskDefinition


class ExecuteCommandImpossible(Rule):
    """The service enables ECS Exec, and its tasks cannot have it.

    The agent of Systems Manager in the task opens the channel with the rights of the task role, the one of the application,
    not the execution role. On Fargate ECS refuses the service without one; on instances it may be the instance's own. A
    container whose root file system is read-only has no place for the agent's files, unless volumes are mounted there.

    Source: CreateService, in ten public files; the developer guide, "Monitor Amazon ECS containers with ECS Exec";
    aws-containers/amazon-ecs-exec-checker.

    ```hcl bad
    resource "aws_ecs_task_definition" "api" {
      family = "checkout-api"
    #   requires_compatibilities = ["FARGATE"]
    #   network_mode             = "awsvpc"
    #   cpu                      = 256
    #   memory                   = 512
    #   container_definitions = jsonencode([{ name = "api", image = "public.ecr.aws/nginx/nginx:1.27" }])
    }
    resource "aws_ecs_service" "api" {
    #   name                   = "checkout-api"
    #   task_definition        = aws_ecs_task_definition.api.arn
    #   launch_type            = "FARGATE"
      enable_execute_command = true
    }
    ```

    ```hcl good
    resource "aws_ecs_task_definition" "api" {
      family        = "checkout-api"
      task_role_arn = "arn:aws:iam::111122223333:role/checkout-api"
    #   requires_compatibilities = ["FARGATE"]
    #   network_mode             = "awsvpc"
    #   cpu                      = 256
    #   memory                   = 512
    #   container_definitions = jsonencode([{ name = "api", image = "public.ecr.aws/nginx/nginx:1.27" }])
    }
    resource "aws_ecs_service" "api" {
    #   name                   = "checkout-api"
    #   task_definition        = aws_ecs_task_definition.api.arn
    #   launch_type            = "FARGATE"
      enable_execute_command = true
    }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    rows = facts.ROWS
    symptoms = row.symptoms(rows)
    covers = ("exec-needs-task-role", "exec-role-on-instances", "exec-readonly-fs")

    def service(self, service: Service) -> Iterator[Finding]:
        """Look at the tasks of a service that enables it."""
        task = service.task.noun
        if task is None or not service.enable_execute_command.true.yes:
            return
        if task.task_role_arn.absent.yes:
            yield self._roleless(service, task)
        for container in task.containers:
            if container.readonly_root_filesystem.true.yes and self._writable(container).no:
                yield self.finding(
                    service,
                    f"The service enables ECS Exec for {facts.READ_ONLY.what}",
                    at=service.enable_execute_command,
                    label="asks for ECS Exec",
                    related=[(container.readonly_root_filesystem, f"not in `{container.segment}`")],
                    help="let the file system be written to, or mount volumes at " + " and ".join(facts.WRITTEN_TO),
                    symptom=facts.READ_ONLY.symptom,
                    severity=Severity.WARNING,
                    row=facts.READ_ONLY.id,
                )

    def _roleless(self, service: Service, task: TaskDefinition) -> Finding:
        certain = service.on_fargate.yes
        return self.finding(
            service,
            f"The service enables ECS Exec, and its task definition has {facts.TASK_ROLE.what}",
            at=service.enable_execute_command,
            label="asks for ECS Exec",
            related=[(task.place, "has no `taskRoleArn`"), (task.execution_role_arn, "this is another role")]
            if task.execution_role_arn.present.yes
            else [(task.place, "has no `taskRoleArn`")],
            help="set `taskRoleArn` to a role that ecs-tasks.amazonaws.com may assume, with the four `ssmmessages` "
            "actions for channels",
            symptom=facts.TASK_ROLE.symptom,
            severity=Severity.ERROR if certain else Severity.WARNING,
            row=facts.TASK_ROLE.id,
        )

    @staticmethod
    def _writable(container: Container) -> Answer:
        """Whether a volume is mounted where the agent writes."""
        return container.mount_points.any(lambda mount: Answer.of(_reaches(mount.container_path.string)))


def _reaches(path: str | None) -> bool:
    """Whether a path may be where the agent writes, or above it."""
    return path is None or any(where.startswith(path.rstrip("/")) for where in facts.WRITTEN_TO)
