from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Edit, Finding, Fix, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Container, SecretReference
    from ecslint.value import Value

_WELL_FORMED = "arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:[^:]*"
_FINE = f"{_WELL_FORMED}(:[^:]*:([^:]*:|:[^:]*))?|arn:[^:]*:ssm:[^:]*:[^:]*:parameter/([^/].*)?"
"""What none of the mistakes below can be found in."""
_PARAMETER = "arn:[^:]*:ssm:[^:]*:[^:]*:parameter/.*"


class SecretArnMalformed(Rule):
    """An ARN in `secrets` has a shape that the ECS agent cannot read.

    The agent takes an ARN of Secrets Manager in exactly two forms: `…:secret:name-AbCdEf` with 7 fields, or
    `…:secret:name-AbCdEf:json-key:version-stage:version-id` with 10, of which the last three may be empty. With 8 or 9
    fields the task never starts. The same is true of a version stage beside a version id, of `parameter//name` (the
    slash that a parameter's name begins with is the one behind `parameter`), and of an ARN of another service.

    Source: `agent/taskresource/asmsecret/asmsecret.go` (`getASMParametersFromInput`) of the ECS agent; the developer
    guide, "Pass Secrets Manager secrets through environment variables"; SSM's ARN format.

    ```json bad
    # {"family": "checkout-api", "executionRoleArn": "arn:aws:iam::111122223333:role/execution", "containerDefinitions": [
      {
        "name": "app",
        "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout-api:3f2a91c",
        "secrets": [
          {
            "name": "DB_PASSWORD",
            "valueFrom": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:checkout/db-AbCdEf:password"
          }
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
            "name": "DB_PASSWORD",
            "valueFrom": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:checkout/db-AbCdEf:password::"
          }
        ]
      }
    # ]}
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    symptoms = (
        "an invalid ARN format for the AWS Secrets Manager secret was specified. Specify a valid ARN and try again.",
        "unexpected ARN format with parameters when trying to retrieve ASM secret",
    )
    covers = (
        "secret-arn-colons",
        "secret-stage-and-id",
        "ssm-arn-double-slash",
        "secret-kind-mismatch",
    )

    def container(self, container: Container) -> Iterator[Finding]:
        """Look at the secrets of the container and of its log driver."""
        for secret in [*container.secrets, *container.log_configuration.secret_options]:
            arn = secret.value_from
            # One question answers for nearly every secret there is.
            if arn.matches(_FINE).yes or not arn.starts_with("arn:").yes:
                continue
            if arn.matches("arn:[^:]*:(secretsmanager|ssm):.*").no:
                yield self._kind(secret, "This is an ARN of neither Secrets Manager nor Parameter Store")
            elif arn.matches("arn:[^:]*:secretsmanager:.*").yes:
                yield from self._secret(secret, arn)
            elif arn.matches("arn:[^:]*:ssm:.*").yes:
                yield from self._parameter(secret, arn)

    def _secret(self, secret: SecretReference, arn: Value) -> Iterator[Finding]:
        if arn.matches("arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:.*").no:
            yield self._kind(secret, "This ARN is not that of a secret: its sixth field must be `secret`")
        elif arn.matches(f"{_WELL_FORMED}(:[^:]*:[^:]*:[^:]*)?").no:
            yield self._fields(secret, arn)
        elif arn.matches(f"{_WELL_FORMED}:[^:]*:[^:]+:[^:]+").yes:
            yield self.finding(
                secret,
                "The ARN names both a version stage and a version id",
                at=arn,
                label="ECS takes one of the two",
                help="leave one of the last two fields empty",
                row="stage-and-id",
            )

    def _fields(self, secret: SecretReference, arn: Value) -> Finding:
        """The finding about the count of fields; 8 and 9 have one certain mend."""
        count = next((n for n in range(1, 30) if arn.matches("[^:]*" + ":[^:]*" * (n - 1)).yes), None)
        fix = None
        if count in {8, 9} and arn.place is not None and arn.string is not None:
            end = arn.place.part(len(arn.string), len(arn.string)).span()
            fix = Fix("end the ARN with the empty fields", (Edit(end, ":" * (10 - count)),))
        fields = f"{count} fields" if count else "neither 7 nor 10 fields"
        tail = ":".join(["", *(arn.string or "").split(":")[7:]])
        return self.finding(
            secret,
            f"The secret's ARN has {fields}; ECS takes 7, or 10 with a JSON key",
            at=arn.part(tail) or arn,
            label="a JSON key is followed by two colons: `…:password::`"
            if count in {8, 9}
            else "not an ARN that ECS takes",
            help="write `…:secret:name-AbCdEf:json-key::`, or leave the key out altogether",
            symptom=self.says(),
            fix=fix,
            row="fields",
        )

    def _parameter(self, secret: SecretReference, arn: Value) -> Iterator[Finding]:
        if arn.matches("arn:[^:]*:ssm:[^:]*:[^:]*:parameter//.*").yes:
            yield self.finding(
                secret,
                "The parameter's ARN has two slashes behind `parameter`",
                at=arn.part("parameter//") or arn,
                label="the name's own slash is the only one",
                help="the ARN of the parameter `/a/b` is `…:parameter/a/b`",
                row="double-slash",
            )
        elif arn.matches(_PARAMETER).no:
            yield self._kind(secret, "This ARN is not that of a parameter: its sixth field must be `parameter/…`")

    def _kind(self, secret: SecretReference, message: str) -> Finding:
        return self.finding(
            secret,
            message,
            at=secret.value_from,
            label="nothing can be fetched from here",
            help="give the ARN of a secret (`arn:aws:secretsmanager:…:secret:…`) or of a parameter (`arn:aws:ssm:…:parameter/…`)",
            row="kind",
        )
