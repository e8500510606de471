from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecslint.model import Container, Secret, SecretReference
    from ecslint.text import Referable
    from ecslint.value import Value

_BEGINNINGS = {"", *'{["-0123456789tfn'}
"""With what JSON begins. Source: Go's `encoding/json`, which says something else of a text that begins so and ends not."""


class SecretJsonKeyMissing(Rule):
    """A container asks a secret for a JSON key that the secret does not hold.

    `valueFrom = "<ARN>:jwt_secret::"` asks for the key `jwt_secret` of the JSON in the secret. The project itself says
    what is in it, and the key is not, so no task starts. A secret that holds a plain text has no keys at all.

    Source: `agent/asm/asm.go` of the ECS agent (`did not contain json key`); row D2 of the incidents. A secret whose
    value the project sets once and leaves to others (`ignore_changes`) is not judged. The secret that RDS manages for a
    database holds `username` and `password` only, which is a warning (`managed`).

    ```hcl bad
    # resource "aws_secretsmanager_secret" "app" {
    #   name = "checkout/app"
    # }
    resource "aws_secretsmanager_secret_version" "app" {
      secret_id     = aws_secretsmanager_secret.app.id
      secret_string = jsonencode({ password = "from-the-vault" })
    }
    # resource "aws_ecs_task_definition" "app" {
    #   family             = "checkout-api"
    #   execution_role_arn = "arn:aws:iam::111122223333:role/execution"
    #   container_definitions = jsonencode([{
    #     name  = "app"
    #     image = "public.ecr.aws/nginx/nginx:1.27"
          secrets = [{
            name      = "JWT_SECRET"
            valueFrom = "${aws_secretsmanager_secret.app.arn}:jwt_secret::"
          }]
    #   }])
    # }
    ```

    ```hcl good
    # resource "aws_secretsmanager_secret" "app" {
    #   name = "checkout/app"
    # }
    resource "aws_secretsmanager_secret_version" "app" {
      secret_id     = aws_secretsmanager_secret.app.id
      secret_string = jsonencode({ jwt_secret = "from-the-vault" })
    }
    # resource "aws_ecs_task_definition" "app" {
    #   family             = "checkout-api"
    #   execution_role_arn = "arn:aws:iam::111122223333:role/execution"
    #   container_definitions = jsonencode([{
    #     name  = "app"
    #     image = "public.ecr.aws/nginx/nginx:1.27"
          secrets = [{
            name      = "JWT_SECRET"
            valueFrom = "${aws_secretsmanager_secret.app.arn}:jwt_secret::"
          }]
    #   }])
    # }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    symptoms = (
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: "
        "unable to retrieve secret from asm: service call has been retried 1 time(s): retrieved secret from Secrets "
        "Manager did not contain json key {key}",
        "invalid character '{character}' looking for beginning of value",
    )
    covers = (
        "secret-json-key-missing",
        "secret-not-json",
    )

    def container(self, container: Container) -> Iterator[Finding]:
        """Look at the secrets of the container and of its log driver."""
        for reference in [*container.secrets, *container.log_configuration.secret_options]:
            pointer = reference.pointer
            key = pointer.key.string
            secret = pointer.secret(container.project).noun if key else None
            if key and secret is not None and secret.holds(key).no:
                yield self._told(reference, secret, key)
            elif key and pointer.keyless is not None:
                yield self._managed(reference, pointer.keyless, key)

    def _told(self, reference: SecretReference, secret: Secret, key: str) -> Finding:
        contents = secret.contents
        held = [name.written for content in contents for name, _ in content.entries()]
        plain = secret.is_text
        names = ", ".join(f"`{name}`" for name in held[:5])
        what = "the secret holds a plain text" if plain else f"the secret holds only {names}" if held else "it is empty"
        return self.finding(
            reference,
            f"The secret has no JSON key `{key}`" + (": it holds a plain text" if plain else ""),
            at=reference.value_from.part(f":{key}:") or reference.value_from,
            label="asks for this key",
            related=[*((content, what) for content in contents), (secret.place, "the secret")],
            help=f"add `{key}` to the secret, or point `{reference.name.string}` at the secret that has it"
            if not plain
            else "leave the key out of the ARN, or store JSON in the secret",
            symptom=self._unread(contents) if plain else self.says(key=key),
            row="not-json" if plain else "",
        )

    def _managed(self, reference: SecretReference, database: Referable, key: str) -> Finding:
        return self.finding(
            reference,
            f"The secret that RDS manages has no JSON key `{key}`",
            at=reference.value_from.part(f":{key}:") or reference.value_from,
            label="asks for this key",
            related=[(database.place, "RDS puts only `username` and `password` into the secret of this database")],
            help=f"give `{reference.name.string}` in `environment`: the database itself knows its host, port and name",
            symptom=self.says(key=key),
            severity=Severity.WARNING,
            row="managed",
        )

    def _unread(self, contents: Iterable[Value]) -> str | None:
        """What Go's JSON says of a text that begins as none does; the character is a part of the secret."""
        begins = all((content.string or "{").lstrip()[:1] in _BEGINNINGS for content in contents)
        return None if begins else self.says(1, character="…")
