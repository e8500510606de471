from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Confidence, Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Container, TaskDefinition
    from ecslint.value import Value

    Need = tuple[Value, str, int]


class ExecutionRoleMissing(Rule):
    """The task needs an execution role and has none.

    With the execution role ECS itself fetches secrets and environment files, pulls images from private registries and,
    on Fargate, pulls from ECR and writes logs, before a container runs. Without it RegisterTaskDefinition refuses; for
    environment files the task does not start. A role given at RunTask does not count. The task role (`taskRoleArn`) is
    another one: it belongs to the application. One for Fargate that is called an execution role, where there is no
    other, is told as a warning (`given-as-task-role`).

    Source: the texts of RegisterTaskDefinition in fabfuel/ecs-deploy#87, PrefectHQ/prefect#4325, pulumi/pulumi-awsx#517
    and sil-org/ecs-deploy#188; `agent/taskresource/envFiles` of the ECS agent. Nothing is said of a bare array of
    containers, whose role stands elsewhere.

    ```json bad
      {
        "family": "checkout-api",
    #   "containerDefinitions": [
    #     {
    #       "name": "app",
    #       "image": "public.ecr.aws/nginx/nginx:1.27",
        "secrets": [
          {"name": "API_KEY", "valueFrom": "arn:aws:ssm:eu-west-1:111122223333:parameter/checkout/api-key"}
        ]
    #     }
    #   ]
      }
    ```

    ```json good
      {
        "family": "checkout-api",
        "executionRoleArn": "arn:aws:iam::111122223333:role/execution",
    #   "containerDefinitions": [
    #     {
    #       "name": "app",
    #       "image": "public.ecr.aws/nginx/nginx:1.27",
        "secrets": [
          {"name": "API_KEY", "valueFrom": "arn:aws:ssm:eu-west-1:111122223333:parameter/checkout/api-key"}
        ]
    #     }
    #   ]
      }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    symptoms = (
        "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
        "Fargate requires task definition to have execution role ARN to support ECR images.",
        "Fargate requires task definition to have execution role ARN to support log driver awslogs.",
        "Private repository authentication requires that the task definition specify a value for executionRoleArn.",
        "environment file resource: unable to find execution role credentials",
    )
    covers = (
        "secrets-need-exec-role",
        "ecr-needs-exec-role",
        "awslogs-needs-exec-role",
        "private-registry-needs-exec-role",
        "envfiles-need-exec-role",
    )

    def task(self, task: TaskDefinition) -> Iterator[Finding]:
        """Collect what needs the role; it is one mistake, however many containers need it."""
        if not task.execution_role_arn.absent.yes:
            return
        needs = [need for container in task.containers for need in self._needs(container)]
        if not needs:
            yield from self._mistaken(task)
            return
        (value, why, symptom), *others = needs
        yield self.finding(
            task,
            f"The task has no execution role, but {why}",
            at=value,
            label="this needs `executionRoleArn`",
            related=[(other, text) for other, text, _ in others[:4]],
            help="set `executionRoleArn` to a role that ecs-tasks.amazonaws.com may assume, with the policy "
            "AmazonECSTaskExecutionRolePolicy and the right to read the secrets",
            symptom=self.says(symptom),
        )

    def _mistaken(self, task: TaskDefinition) -> Iterator[Finding]:
        """An execution role by its name, given as the task role: what it was made for is done without it."""
        role = task.task_role_arn
        names = [role.outline() or "", *(ref.resource.address for ref in role.refs)]
        if task.fargate.yes and any("execution" in name.rpartition("/")[2].lower() for name in names):
            yield self.finding(
                task,
                "The task has no execution role, and its task role seems to be meant for one",
                at=role,
                label="an execution role by its name",
                help="give it as `executionRoleArn`; the task role is what the application itself may do",
                confidence=Confidence.MEDIUM,
                row="given-as-task-role",
            )

    @staticmethod
    def _needs(container: Container) -> Iterator[Need]:
        name = container.segment
        log = container.log_configuration
        for secrets in (container.secrets, log.secret_options):
            if secrets.empty.no:
                yield secrets.value, f"`{name}` is given secrets", 0
        if container.environment_files.empty.no:
            yield container.environment_files.value, f"`{name}` is given environment files", 4
        if container.repository_credentials.present.yes:
            credentials = container.repository_credentials
            yield credentials.credentials_parameter, f"`{name}` pulls its image with credentials", 3
        if container.task.fargate.yes:
            if container.image.ecr.yes:
                yield container.image.value, f"the image of `{name}` lies in ECR", 1
            if log.log_driver.equals("awslogs").yes:
                yield log.log_driver, f"`{name}` writes its logs to CloudWatch", 2
