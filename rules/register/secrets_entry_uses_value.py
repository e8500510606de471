from __future__ import annotations

from ecslint.facts.deployers import CLI, deployer
from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Edit, Finding, Fix, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Container, SecretReference


class SecretsEntryUsesValue(Rule):
    """An entry of `secrets` has `value`, where `valueFrom` belongs.

    An entry of `secrets` names where the value is fetched from, never the value itself. The AWS CLI, the SDKs and
    CloudFormation refuse the key.

    Source: botocore's model of Amazon ECS (`Secret` requires `name` and `valueFrom` and has no other member).

    ```json bad
    # {"family": "checkout-api", "executionRoleArn": "arn:aws:iam::111122223333:role/execution", "containerDefinitions": [
      {
        "name": "app",
        "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout-api:3f2a91c",
        "secrets": [
          {"name": "DATABASE_USER", "value": "arn:aws:ssm:eu-west-1:111122223333:parameter/checkout/db-user"}
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
          {"name": "DATABASE_USER", "valueFrom": "arn:aws:ssm:eu-west-1:111122223333:parameter/checkout/db-user"}
        ]
      }
    # ]}
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    symptoms = (
        'Unknown parameter in containerDefinitions[{container}].secrets[{entry}]: "value", must be one of: name, valueFrom',
        "extraneous key [Value] is not permitted",
        'Missing required parameter in containerDefinitions[{container}].secrets[{entry}]: "valueFrom"',
    )
    peers = ("cfn-lint: E3002",)
    covers = ("value-in-secrets",)

    def container(self, container: Container) -> Iterator[Finding]:
        """Look at each entry for the key."""
        for secret in container.secrets:
            if secret.value.present.yes:
                name = secret.name.string or "this entry"
                key = secret.value.key
                yield self.finding(
                    secret,
                    f"`{name}` in `secrets` has `value`",
                    at=key.place if key and key.place else secret.value,
                    label="`secrets` takes `valueFrom`",
                    help=self._help(secret, name),
                    symptom=self._symptom(secret) or None,
                    fix=self._fix(secret),
                )

    def _symptom(self, secret: SecretReference) -> str:
        """What the tool that reads the file says, where it says anything."""
        container = secret.parent
        tool = deployer(secret.project.frontend, secret.resource.type)
        if tool is CLI and container is not None:
            return self.says(container=container.index, entry=secret.index)
        return tool.refuses.format(key="Value")

    @staticmethod
    def _help(secret: SecretReference, name: str) -> str:
        if secret.value.starts_with("arn:").yes:
            return "write `valueFrom` instead of `value`"
        return (
            f"put the value into Secrets Manager or Parameter Store and give its ARN as `valueFrom`; "
            f"if it is no secret, move `{name}` to `environment`"
        )

    @staticmethod
    def _fix(secret: SecretReference) -> Fix | None:
        """Rename the key where the value is a reference already."""
        key = secret.value.key
        if key is None or key.place is None or not secret.value.starts_with("arn:").yes:
            return None
        if not secret.value_from.absent.yes:
            return None
        renamed = "ValueFrom" if key.written[:1].isupper() else "valueFrom"
        return Fix("write `valueFrom`", (Edit(key.place.part(0, len(key.written)).span(), renamed),))
