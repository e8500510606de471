from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Rule, Severity
from ecslint.value import MAYBE, NO, YES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Container, RequiredName, TaskDefinition
    from ecslint.rule import Told
    from ecslint.value import Answer


class RequiredSecretMissing(Rule):
    """A name that the configuration requires of the task definition is not given.

    The application needs it and ends without it, and ECS starts the task over and over. What is required stands under
    `required:` in `.ecslint.yml`, by family: `secrets` must come from `secrets`, a value in the open does not do;
    `environment` may come from either. A task definition with `environmentFiles` may get the name from there, so
    nothing is said of it.

    Source: row D1 of the incidents, a three-hour time-out for a `JWT_SECRET` that nobody gave.

    ```yaml config
    required:
      - task: "checkout-*"
        secrets: [JWT_SECRET]
    ```

    ```json bad
    # {"family": "checkout-api", "executionRoleArn": "arn:aws:iam::111122223333:role/execution", "containerDefinitions": [
      {
        "name": "app",
        "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout-api:3f2a91c",
        "secrets": [
          {"name": "DATABASE_URL", "valueFrom": "arn:aws:ssm:eu-west-1:111122223333:parameter/checkout/db-url"}
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
          {"name": "DATABASE_URL", "valueFrom": "arn:aws:ssm:eu-west-1:111122223333:parameter/checkout/db-url"},
          {"name": "JWT_SECRET", "valueFrom": "arn:aws:ssm:eu-west-1:111122223333:parameter/checkout/jwt-secret"}
        ]
      }
    # ]}
    ```
    """

    severity = Severity.ERROR
    since = "0.1"

    def task(self, task: TaskDefinition) -> Iterator[Told]:
        """Look for every name that is required of this family."""
        for required in task.project.required:
            applies = task.is_named(required.task)
            if applies.maybe:
                yield self.undecided(task.family, f"{task.address} needs {required.name}", "its family is not known")
            elif applies.yes:
                yield from self._require(task, required)

    def _require(self, task: TaskDefinition, required: RequiredName) -> Iterator[Told]:
        containers: list[Container] = []
        given = NO
        for container in task.containers:
            meant = YES if required.container == "*" else container.name.like(required.container)
            given |= meant & self._given(container, required)
            containers += [container] if meant.yes else []
        if given.no and containers and not task.containers.open:
            yield self._missing(containers[0], required)
        elif not given.yes and (containers or task.containers.open):
            why = task.containers.open or "it may come from what was not read"
            yield self.undecided(task.containers.value, f"{task.address} needs {required.name}", why)

    @staticmethod
    def _given(container: Container, required: RequiredName) -> Answer:
        """Whether the container is given the name. An environment file may hold any name."""
        answer = container.secrets.any(lambda secret: secret.name.equals(required.name))
        if required.section == "environment":
            answer |= container.environment.any(lambda variable: variable.name.equals(required.name))
        return answer | (~container.environment_files.empty & MAYBE)

    def _missing(self, container: Container, required: RequiredName) -> Finding:
        in_the_open = [variable for variable in container.environment if variable.name.equals(required.name).yes]
        secrets = container.secrets.value
        at = (
            in_the_open[0].name if in_the_open else secrets if secrets.place and secrets.present.yes else container.name
        )
        kind = "secrets" if required.section == "secrets" else "environment"
        return self.finding(
            container,
            f"`{required.name}` is given in the open, not in `secrets`"
            if in_the_open
            else f"The task is not given `{required.name}`",
            at=at,
            label="a secret must not stand here" if in_the_open else f"`{required.name}` is not among these",
            related=[(required.place, "required here")],
            help=f"add `{required.name}` to `{kind}`",
            row=required.name,
        )
