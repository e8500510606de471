from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Confidence, Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Container, SecretReference
    from ecslint.text import Referable
    from ecslint.value import Value

STORES = ("Secret", "SecretVersion", "Parameter")


class SecretCrossed(Rule):
    """A variable is given the secret of another one: the password as the user's name, or a neighbour's secret.

    The task starts, and the application cannot log in. Two things tell it:

    - `role`: the variable's name ends in one word (`PASSWORD`, `USER`, `HOST`, `PORT`) and the JSON key, or the name of
      the secret, in another one of them;
    - `neighbour`: two variables read one secret, which has the name of one of them; a secret with the name of the other
      is declared, and no container reads it.

    Source: fixes in the histories of public repositories.

    ```hcl bad
    # resource "aws_secretsmanager_secret" "db" {
    #   name = "checkout/db"
    # }
    # resource "aws_ecs_task_definition" "api" {
    #   family             = "checkout-api"
    #   execution_role_arn = "arn:aws:iam::111122223333:role/execution"
    #   container_definitions = jsonencode([{
    #     name    = "api"
    #     image   = "public.ecr.aws/nginx/nginx:1.27"
    #     memory  = 256
          secrets = [{ name = "DB_PASS", valueFrom = "${aws_secretsmanager_secret.db.arn}:username::" }]
    #   }])
    # }
    ```

    ```hcl good
    # resource "aws_secretsmanager_secret" "db" {
    #   name = "checkout/db"
    # }
    # resource "aws_ecs_task_definition" "api" {
    #   family             = "checkout-api"
    #   execution_role_arn = "arn:aws:iam::111122223333:role/execution"
    #   container_definitions = jsonencode([{
    #     name    = "api"
    #     image   = "public.ecr.aws/nginx/nginx:1.27"
    #     memory  = 256
          secrets = [{ name = "DB_PASS", valueFrom = "${aws_secretsmanager_secret.db.arn}:password::" }]
    #   }])
    # }
    ```
    """

    severity = Severity.WARNING
    confidence = Confidence.MEDIUM
    since = "0.1"

    def container(self, container: Container) -> Iterator[Finding]:
        """Compare the name of every secret with what it reads."""
        secrets = [secret for secret in container.secrets if secret.name.string]
        for secret in secrets:
            yield from self._roles(secret)
        by_source: dict[int, list[SecretReference]] = {}
        for secret in secrets:
            source = _source(secret.value_from)
            if source is not None:
                by_source.setdefault(id(source), []).append(secret)
        for readers in by_source.values():
            if len(readers) > 1:
                yield from self._neighbours(container, readers)

    def _roles(self, secret: SecretReference) -> Iterator[Finding]:
        from ecslint.facts import secret_words

        key = secret.pointer.key
        name = secret.name.string or ""
        mine = secret_words.role(name)
        if key.present.yes:
            read, what, label = secret_words.role(key.string or ""), "the key", key.string
        elif key.absent.yes or secret.value_from.starts_with("arn:").no:
            label = _label(secret.value_from)
            read, what = secret_words.role_of_secret(label), "the secret"
        else:
            return
        if mine and read and mine != read:
            yield self.finding(
                secret,
                f"`{name}` is {mine} by its name, and reads {what} `{label}`, which is {read}",
                at=secret.name,
                label=mine,
                related=[(secret.value_from.part(f":{key.string}:") or secret.value_from, read)],
                help=f"give `{name}` what its name says",
                row="role",
            )

    def _neighbours(self, container: Container, readers: list[SecretReference]) -> Iterator[Finding]:
        from ecslint.facts.secret_words import named_in, words

        source = _source(readers[0].value_from)
        assert source is not None
        strangers = [one for one in readers if not named_in(one.name.string or "", _last(source.address))]
        if len(strangers) == len(readers):
            return
        for secret in strangers:
            name = secret.name.string or ""
            if len(words(name)) < 2:
                continue
            read = _read(container)
            for kind in STORES:
                for other in container.project.of_kind(kind):
                    mine = other.scope == getattr(source, "scope", None) and named_in(name, _last(other.address))
                    if mine and id(other) not in read:
                        yield self._told(secret, source, other)
                        return

    def _told(self, secret: SecretReference, source: Referable, other: Referable) -> Finding:
        name = secret.name.string
        return self.finding(
            secret,
            f"`{name}` reads `{_last(source.address)}`, and no container reads `{_last(other.address)}`",
            at=secret.name,
            label="is given the secret of another variable",
            related=[(secret.value_from, "this secret"), (other.place, f"this has the name of `{name}`")],
            help=f"give `{name}` the ARN of `{other.address}`",
            row="neighbour",
        )


def _source(value: Value) -> Referable | None:
    """The resource that is read as a whole."""
    return value.ref.resource if value.ref is not None and value.ref.attribute in {"arn", "id", "name"} else None


def _read(container: Container) -> set[int]:
    """The resources that the containers of the project read as secrets, by their identity."""
    from ecslint.model import TaskDefinition

    return {
        id(ref.resource)
        for task in container.project.all(TaskDefinition)
        for each in task.containers
        for secret in each.secrets
        for ref in secret.value_from.refs
    }


def _label(value: Value) -> str:
    """The name of the secret or the parameter that a `valueFrom` means."""
    if value.refs:
        return _last(value.refs[0].resource.address)
    text = value.string or ""
    name = text.partition(":secret:")[2].split(":")[0] if ":secret:" in text else text.rpartition("parameter/")[2]
    if ":secret:" in text and name[-7:-6] == "-":
        name = name[:-7]
    return name.rpartition("/")[2]


def _last(address: str) -> str:
    return address.rpartition("/")[2].rpartition(".")[2].partition("[")[0]
