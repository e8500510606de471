from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Container


class SecretWithoutValue(Rule):
    """The project makes a secret that a container needs, and puts nothing into it.

    Until somebody does, by hand or by another pipeline, no task starts: the secret has no version. It may be meant so, hence
    a warning; ignore it then, and say who fills the secret.

    Source: the text of Secrets Manager, found in public files; `AWS::SecretsManager::Secret` in the template reference.

    ```hcl bad
    resource "aws_secretsmanager_secret" "api" {
      name = "checkout/api"
    }
    # resource "aws_ecs_task_definition" "api" {
    #   family             = "checkout-api"
    #   execution_role_arn = "arn:aws:iam::111122223333:role/execution"
    #   container_definitions = jsonencode([{
    #     name  = "app"
    #     image = "public.ecr.aws/nginx/nginx:1.27"
          secrets = [{
            name      = "TOKEN"
            valueFrom = aws_secretsmanager_secret.api.arn
          }]
    #   }])
    # }
    ```

    ```hcl good
    resource "aws_secretsmanager_secret" "api" {
      name = "checkout/api"
    }
    resource "aws_secretsmanager_secret_version" "api" {
      secret_id     = aws_secretsmanager_secret.api.id
      secret_string = var.token
    }
    # variable "token" {
    #   type = string
    # }
    # resource "aws_ecs_task_definition" "api" {
    #   family             = "checkout-api"
    #   execution_role_arn = "arn:aws:iam::111122223333:role/execution"
    #   container_definitions = jsonencode([{
    #     name  = "app"
    #     image = "public.ecr.aws/nginx/nginx:1.27"
          secrets = [{
            name      = "TOKEN"
            valueFrom = aws_secretsmanager_secret.api.arn
          }]
    #   }])
    # }
    ```
    """

    severity = Severity.WARNING
    since = "0.1"
    symptoms = (
        "ResourceNotFoundException: Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
    )
    covers = ("secret-no-version",)

    def container(self, container: Container) -> Iterator[Finding]:
        """Look into the secrets of this project that the container is given."""
        project = container.project
        for reference in [*container.secrets, *container.log_configuration.secret_options]:
            secret = reference.pointer.secret(project).noun
            if secret is None or not secret.resource.managed or project.open or secret.contents:
                continue
            yield self.finding(
                reference,
                f"The secret of `{reference.name.string or '…'}` has no value in this project",
                at=reference.value_from,
                label="nothing to fetch until somebody fills the secret",
                related=[(secret.place, "made here, without a value")],
                help="give the secret a value, generate one, or say in an ignore who fills it",
                symptom=self.says(),
            )
