from __future__ import annotations

from ecslint.facts import credentials
from ecslint.lean import TYPE_CHECKING
from ecslint.model.dynamic import dynamic_references
from ecslint.rule import Confidence, Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.facts.credentials import Credential
    from ecslint.model import Container, EnvironmentVariable, Noun
    from ecslint.model.dynamic import DynamicReference
    from ecslint.value import Value


SECRET_SERVICES = frozenset({"secretsmanager", "ssm-secure"})
"""The services of dynamic references whose texts are secrets."""


class PlaintextCredential(Rule):
    """A credential stands in the open, where everybody who may describe the task definition reads it.

    A task definition is kept for ever, in every revision, and `ecs:DescribeTaskDefinition` is in every read-only policy.
    A value whose format is that of a known token, or a password in a URL, is an error; a value under a name that says
    password, secret, token or key is a warning, and so is the id of an AWS access key, whose other half may be kept
    secret. References, placeholders and defaults such as `changeme` are not meant, nor a password for `localhost`. A URL
    that Terraform or CloudFormation puts a password into is a warning, too, and so is a variable of theirs that is
    marked `sensitive` or `NoEcho`, or a dynamic reference (`{{resolve:secretsmanager:…}}`, CDK's `unsafeUnwrap`) for a
    password: whatever it is, it ends up in the task definition.

    Source: the ECS developer guide, "Best practices for Fargate security" (use Secrets Manager or Parameter Store); the
    formats and their sources stand in `ecslint/facts/credentials.py`.

    ```json bad
    # {"family": "checkout-api", "containerDefinitions": [
      {
        "name": "app",
        "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout-api:3f2a91c",
        "environment": [
          {"name": "DATABASE_URL", "value": "postgresql://app:hunter22@db.example.com:5432/app"}
        ]
      }
    # ]}
    ```

    ```json good
    # {"family": "checkout-api", "executionRoleArn": "arn:aws:iam::111122223333:role/execution", "containerDefinitions": [
      {
        "name": "app",
        "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout-api:3f2a91c",
        "secrets": [
          {
            "name": "DATABASE_URL",
            "valueFrom": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:checkout/db-AbCdEf:url::"
          }
        ]
      }
    # ]}
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    peers = ("cdk-nag: ECS2", "Prowler: ecs_task_definitions_no_environment_secrets", "Security Hub: ECS.8")

    def container(self, container: Container) -> Iterator[Finding]:
        """Look at the variables, the options of the log driver, and the command."""
        for variable in container.environment:
            yield from self._judge(variable, variable.value, variable.name.string or "")
            if container.project.frontend != "taskdef":
                yield from self._filled_in(variable)
        log = container.log_configuration
        for key, value in log.options:
            yield from self._judge(log, value, key.written)
        for value in [*container.command, *container.entry_point, *container.health_check.command]:
            yield from self._judge(container, value, "")

    def _judge(self, noun: Noun, value: Value, name: str) -> Iterator[Finding]:
        outline = value.outline()
        found = credentials.find(outline, name) if outline else None
        if outline is None or found is None:
            return
        what = f"`{name}` holds {found.what}" if name and not found.by_name else None
        yield self.finding(
            noun,
            f"{what or self._sentence(found, name)} in the open",
            at=value.part(outline[found.start : found.end]) or value,
            label="everybody who may describe the task definition reads this",
            help="put it into Secrets Manager or Parameter Store, name it in `secrets`, and replace it: it has leaked",
            severity=Severity.WARNING if found.by_name or found.what in credentials.IDENTIFIERS else Severity.ERROR,
            confidence=Confidence.LOW if found.by_name else Confidence.HIGH,
        )

    def _filled_in(self, variable: EnvironmentVariable) -> Iterator[Finding]:
        """Look for what the tool that deploys puts there: a password in a URL, or what its author calls a secret."""
        name = variable.name.string or ""
        if credentials.passes_password(variable.value.outline() or ""):
            what = f"`{name}` is given a password in a URL"
        elif variable.value.secret:
            what = f"`{name}` is given what its author marks as a secret"
        elif any(_is_credential(found, name) for found in dynamic_references(variable.value)):
            what = f"`{name}` is given the text of a secret"
        else:
            return
        yield self.finding(
            variable,
            f"{what}, which ends up in the open",
            at=variable.value.use or variable.value,
            origin=variable.value,
            label="everybody who may describe the task definition reads this, filled in",
            help="put it into Secrets Manager or Parameter Store, and name it in `secrets`",
            severity=Severity.WARNING,
            row="filled-in",
        )

    @staticmethod
    def _sentence(found: Credential, name: str) -> str:
        return f"`{name}` is given a literal value" if name else f"A text of the container holds {found.what}"


def _is_credential(found: DynamicReference, name: str) -> bool:
    """Whether what is fetched is a credential: a whole secret, or a part of one that is called so here or there."""
    if found.service not in SECRET_SERVICES:
        return False
    return found.json_key == "" or credentials.secret_name(name) or credentials.secret_name(found.json_key or "")
