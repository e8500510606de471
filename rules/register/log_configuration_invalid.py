from __future__ import annotations

from ecslint.facts import row
from ecslint.facts.logs import (
    BAD_REGION,
    MISSING,
    MULTILINE,
    NO_PREFIX,
    NO_ROUTER,
    OF_AWSLOGS,
    PREFIX,
    REGION,
    REQUIRED,
    ROWS,
    TWO_ROUTERS,
    UNKNOWN,
)
from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Rule, Severity
from ecslint.value import NO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Container, LogConfiguration, TaskDefinition
    from ecslint.value import Answer, Key


class LogConfigurationInvalid(Rule):
    """A log driver lacks an option that it requires, or has one that cannot be.

    `awslogs` requires a group and a region, on Fargate a stream prefix as well; `splunk` a token and a URL, which may stand
    in `secretOptions`; `awsfirelens` a container with `firelensConfiguration` in the task. ECS refuses an option that
    it does not know for `awslogs`; as it learns new ones, an unknown one is a warning.

    Source: RegisterTaskDefinition, as cdk-preflight quotes it from real deployments; the text about the region from
    TechToSpeech/terraform-aws-serverless-static-wordpress#74; botocore's model of Amazon ECS, `LogConfiguration`;
    aws-samples/amazon-ecs-firelens-examples#83.

    ```json bad
      {
        "family": "checkout-api",
    #   "containerDefinitions": [{"name": "app", "image": "public.ecr.aws/nginx/nginx:1.27", "memory": 256,
        "logConfiguration": {
          "logDriver": "awslogs",
          "options": {"awslogsgroup": "/ecs/checkout-api", "awslogs-region": "eu-west-1"}
        }
    #   }]
      }
    ```

    ```json good
      {
        "family": "checkout-api",
    #   "containerDefinitions": [{"name": "app", "image": "public.ecr.aws/nginx/nginx:1.27", "memory": 256,
        "logConfiguration": {
          "logDriver": "awslogs",
          "options": {"awslogs-group": "/ecs/checkout-api", "awslogs-region": "eu-west-1"}
        }
    #   }]
      }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    rows = ROWS
    symptoms = row.symptoms(rows)
    peers = row.peers(rows)
    covers = (
        "awslogs-stream-prefix-fargate",
        "awslogs-options-required",
        "awslogs-region-value",
        "awslogs-datetime-and-multiline",
        "splunk-options",
        "firelens-router-missing",
        "firelens-multiple",
    )

    def container(self, container: Container) -> Iterator[Finding]:
        """Look at the container's own log driver."""
        log = container.log_configuration
        driver = next((name for name in REQUIRED if log.log_driver.equals(name).yes), None)
        if driver is None:
            return
        missing = [name for name in REQUIRED[driver] if _told_of(log, name).no]
        if missing:
            yield self._missing(log, driver, missing)
        if driver != "awslogs":
            return
        if container.task.fargate.yes and _told_of(log, PREFIX).no:
            yield self._no_prefix(log)
        region = log.options.get("awslogs-region")
        if region.present.yes and region.matches(REGION).no:
            yield self.finding(
                log,
                f"`{region.string or '…'}` is no region",
                at=region,
                label="must be the name of a region, such as `eu-west-1`",
                help="give the region of the log group, without a zone's letter",
                symptom=BAD_REGION.symptom,
                row=BAD_REGION.id,
            )
        yield from self._unknown(log)
        yield from self._multiline(log)

    def task(self, task: TaskDefinition) -> Iterator[Finding]:
        """Look for the log router that awsfirelens asks for."""
        containers = task.containers
        asking = [item for item in containers if item.log_configuration.log_driver.equals("awsfirelens").yes]
        if asking and containers.any(lambda item: item.firelens_configuration.present).no:
            yield self.finding(
                asking[0].log_configuration,
                "No container of the task is a log router, which `awsfirelens` asks for",
                at=asking[0].log_configuration.log_driver,
                label="has nobody to give the logs to",
                help="add a container with `firelensConfiguration`, such as AWS for Fluent Bit",
                symptom=NO_ROUTER.symptom,
                row=NO_ROUTER.id,
            )
        routers = [item for item in containers if item.firelens_configuration.present.yes]
        if len(routers) > 1:
            yield self.finding(
                routers[1],
                "The task has two log routers",
                at=routers[1].firelens_configuration.document,
                label="again here",
                related=[(routers[0].firelens_configuration.document, "first here")],
                help="let one container be the log router",
                row=TWO_ROUTERS.id,
            )

    def _missing(self, log: LogConfiguration, driver: str, missing: list[str]) -> Finding:
        near = _near(log, missing)
        names = ", ".join(f"`{name}`" for name in missing)
        return self.finding(
            log,
            f"The log driver `{driver}` needs {names}",
            at=near.place if near is not None and near.place else log.log_driver,
            label=f"did you mean {names}?" if near is not None else f"without {names}",
            help=f"set {names} in `options`",
            symptom=MISSING.symptom.format(driver=driver, options=", ".join(missing)) if driver == "awslogs" else None,
            row=MISSING.id,
        )

    def _no_prefix(self, log: LogConfiguration) -> Finding:
        near = _near(log, [PREFIX])
        return self.finding(
            log,
            f"The log driver `awslogs` needs `{PREFIX}` on Fargate",
            at=near.place if near is not None and near.place else log.log_driver,
            label=f"did you mean `{PREFIX}`?" if near is not None else f"without `{PREFIX}`",
            help=f"set `{PREFIX}` in `options`; streams are then called `prefix/container/task`",
            symptom=NO_PREFIX.symptom,
            row=NO_PREFIX.id,
        )

    def _unknown(self, log: LogConfiguration) -> Iterator[Finding]:
        """The options that `awslogs` has nowhere. What may be a required one, misspelt, is told of as missing."""
        awaited = {_letters(name) for name in (*REQUIRED["awslogs"], PREFIX) if not _told_of(log, name).yes}
        for key, value in log.options:
            name, letters = key.written, _letters(key.written)
            if name in OF_AWSLOGS or letters in awaited or not letters.isalnum() or not value.present.yes:
                continue
            close = next((known for known in OF_AWSLOGS if _letters(known) == letters), None)
            yield self.finding(
                log,
                f"The log driver `awslogs` has no option `{name}`",
                at=key.place or value,
                label=f"did you mean `{close}`?" if close else "no option of `awslogs`",
                help=f"write `{close}`" if close else "take it out, or use the log driver that it belongs to",
                symptom=UNKNOWN.symptom.format(option=name),
                severity=Severity.of(UNKNOWN.severity),
                row=UNKNOWN.id,
            )

    def _multiline(self, log: LogConfiguration) -> Iterator[Finding]:
        date, pattern = (log.options.get(f"awslogs-{name}") for name in ("datetime-format", "multiline-pattern"))
        if (date.present & pattern.present).yes:
            yield self.finding(
                log,
                "`awslogs-datetime-format` and `awslogs-multiline-pattern` exclude each other",
                at=pattern,
                label="not with the other",
                related=[(date, "and this")],
                help="keep one of the two: both say where an event begins",
                row=MULTILINE.id,
            )


def _told_of(log: LogConfiguration, name: str) -> Answer:
    """Whether an option is given, in the open or as a secret."""
    given = log.options.get(name).present
    return given | log.secret_options.any(lambda secret: secret.name.equals(name)) if not given.yes else ~NO


def _near(log: LogConfiguration, names: list[str]) -> Key | None:
    """The key of an option that is one of some names but for its signs."""
    wanted = {_letters(name) for name in names}
    return next((key for key, _ in log.options if _letters(key.written) in wanted), None)


def _letters(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "")
