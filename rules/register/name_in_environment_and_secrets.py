from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from ecslint.model import Container, EnvironmentVariable, SecretReference


class NameInEnvironmentAndSecrets(Rule):
    """The same name is set in both `environment` and `secrets`, or twice in `secrets`.

    ECS refuses to register the task definition: it would not know which of the two values to give to the container.
    A name given twice in `environment` alone is accepted, see `duplicate-environment-name`.

    Source: the text of RegisterTaskDefinition, quoted in more than ten public threads (compose-x/ecs_composex#710).

    ```json bad
    # {"family": "checkout-api", "executionRoleArn": "arn:aws:iam::111122223333:role/execution", "containerDefinitions": [
      {
        "name": "app",
        "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout-api:3f2a91c",
        "environment": [{"name": "LANGSMITH_TRACING", "value": "true"}],
        "secrets": [
          {"name": "LANGSMITH_TRACING", "valueFrom": "arn:aws:ssm:eu-west-1:111122223333:parameter/langsmith/tracing"}
        ]
      }
    # ]}
    ```

    ```json good
    # {"family": "checkout-api", "executionRoleArn": "arn:aws:iam::111122223333:role/execution", "containerDefinitions": [
      {
        "name": "app",
        "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout-api:3f2a91c",
        "environment": [{"name": "LANGSMITH_PROJECT", "value": "checkout"}],
        "secrets": [
          {"name": "LANGSMITH_TRACING", "valueFrom": "arn:aws:ssm:eu-west-1:111122223333:parameter/langsmith/tracing"}
        ]
      }
    # ]}
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    symptoms = (
        "The secret name must be unique and not shared with any new or existing environment variables set on the "
        "container, such as '{name}'.",
    )
    covers = (
        "secret-env-collision",
        "secret-twice",
    )

    def container(self, container: Container) -> Iterator[Finding]:
        """Compare every secret with the variables and with the secrets before it."""
        seen: dict[Hashable, EnvironmentVariable | SecretReference] = {}
        for variable in container.environment:
            seen.setdefault(variable.name.identity, variable)
        for secret in container.secrets:
            same = seen.setdefault(secret.name.identity, secret)
            if same is not secret and secret.name.identity is not None:
                yield self._told(secret, same)

    def _told(self, secret: SecretReference, same: EnvironmentVariable | SecretReference) -> Finding:
        name = secret.name.string or "the same name"
        where = "`environment` and `secrets`" if same.key == "environment" else "`secrets`, twice"
        return self.finding(
            secret,
            f"`{name}` is set in {where}",
            at=secret.name,
            label=f"also in `{same.key}`",
            related=[(same.name, "first set here")],
            help=f"keep one of the two: take `{name}` out of `{same.key}`",
            symptom=self.says(name=name),
        )
