from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.model import Secret
from ecslint.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Container, SecretReference


class SecretArnWithoutSuffix(Rule):
    """The end of a secret's name is taken for the six characters that a real ARN ends in.

    An ARN may leave out the suffix that Secrets Manager adds (`-AbCdEf`), and is then found by its name. But where the
    name itself ends in a dash and six letters or digits, as `test-secret` does, those are taken for the suffix, and the
    secret `test` is looked for.

    Source: aws-samples/dify-self-hosted-on-aws#35, with the note on `fromSecretNameV2` in aws-cdk-lib; GetSecretValue,
    `SecretId`. Other ARNs without suffix are legal, and nothing is said of them.

    ```hcl bad
    resource "aws_secretsmanager_secret" "api" {
      name = "checkout-secret"
    }
    resource "aws_ecs_task_definition" "api" {
      family             = "checkout-api"
      execution_role_arn = "arn:aws:iam::111122223333:role/execution"
      container_definitions = jsonencode([{
        name  = "app"
        image = "public.ecr.aws/nginx/nginx:1.27"
        secrets = [{
          name      = "TOKEN"
          valueFrom = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:checkout-secret"
        }]
      }])
    }
    ```

    ```hcl good
    resource "aws_secretsmanager_secret" "api" {
      name = "checkout-secret"
    }
    resource "aws_ecs_task_definition" "api" {
      family             = "checkout-api"
      execution_role_arn = "arn:aws:iam::111122223333:role/execution"
      container_definitions = jsonencode([{
        name  = "app"
        image = "public.ecr.aws/nginx/nginx:1.27"
        secrets = [{
          name      = "TOKEN"
          valueFrom = aws_secretsmanager_secret.api.arn
        }]
      }])
    }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    symptoms = (
        "is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:{region}:{account}"
        ":secret:{name}",
    )
    covers = ("secret-arn-no-suffix",)

    def container(self, container: Container) -> Iterator[Finding]:
        """Compare the ARNs that are written out with the names of the project's secrets."""
        made = [secret for secret in container.project.all(Secret) if secret.resource.managed]
        for reference in [*container.secrets, *container.log_configuration.secret_options] if made else ():
            for secret in made:
                if secret.name.matches(".*-[A-Za-z0-9]{6}").yes and _ends_in(reference, secret):
                    yield self._told(reference, secret)

    def _told(self, reference: SecretReference, secret: Secret) -> Finding:
        name = secret.name.string or ""
        return self.finding(
            reference,
            f"`{name[-7:]}` is taken for the suffix of the ARN",
            at=reference.value_from.part(name) or reference.value_from,
            label=f"the secret `{name[:-7]}` is looked for",
            related=[(secret.name, "the name ends like an ARN")],
            help="give the whole ARN of the secret, which its resource knows",
        )


def _ends_in(reference: SecretReference, secret: Secret) -> bool:
    """Whether an ARN that is written out ends in the secret's name."""
    arn = reference.pointer.arn
    return arn.starts_with("arn:").yes and arn.ends_with(f":secret:{secret.name.string}").yes
