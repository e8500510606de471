from __future__ import annotations

from ecslint.facts import row
from ecslint.facts.limits import LIMITS, NEARLY, SIZE
from ecslint.lean import TYPE_CHECKING
from ecslint.model.noun import collect
from ecslint.model.shape import least_size
from ecslint.rule import DocumentRule, Finding, Severity, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.facts.limits import Limit
    from ecslint.model import TaskDefinition
    from ecslint.model.shape import Shaped
    from ecslint.rule import Told

_BY_STRUCTURE = row.by_structure(LIMITS)


class LimitExceeded(DocumentRule):
    """There is more of something than ECS takes: containers, environment files, subnets, bytes.

    A task definition may have ten containers and 65,536 bytes of JSON; neither quota can be raised. The size counted
    here is that of the JSON without blanks; from 60,000 bytes on it is a warning.

    Source: the quotas of Amazon ECS; botocore's model; the texts as cdk-preflight and public threads quote them.

    ```json bad
      {
        "family": "checkout-api",
    #   "containerDefinitions": [{"name": "app", "image": "public.ecr.aws/nginx/nginx:1.27", "memory": 256,
        "environmentFiles": [
          {"type": "s3", "value": "arn:aws:s3:::example-config/1.env"},
    #     {"type": "s3", "value": "arn:aws:s3:::example-config/2.env"}, {"type": "s3", "value": "arn:aws:s3:::example-config/3.env"},
    #     {"type": "s3", "value": "arn:aws:s3:::example-config/4.env"}, {"type": "s3", "value": "arn:aws:s3:::example-config/5.env"},
    #     {"type": "s3", "value": "arn:aws:s3:::example-config/6.env"}, {"type": "s3", "value": "arn:aws:s3:::example-config/7.env"},
    #     {"type": "s3", "value": "arn:aws:s3:::example-config/8.env"}, {"type": "s3", "value": "arn:aws:s3:::example-config/9.env"},
    #     {"type": "s3", "value": "arn:aws:s3:::example-config/10.env"},
          {"type": "s3", "value": "arn:aws:s3:::example-config/11.env"}
        ]
    #   }]
      }
    ```

    ```json good
      {
        "family": "checkout-api",
    #   "containerDefinitions": [{"name": "app", "image": "public.ecr.aws/nginx/nginx:1.27", "memory": 256,
        "environmentFiles": [{"type": "s3", "value": "arn:aws:s3:::example-config/app.env"}]
    #   }]
      }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    rows = (*LIMITS, SIZE)
    symptoms = row.symptoms(rows)
    peers = (*row.peers(rows), "cfn-lint: E3032")
    covers = (
        "containers-max-10",
        "td-size-64k",
        "tags-max",
        "placement-max",
        "envfile-max10",
        "restart-exitcodes",
        "credentialspecs-max1",
        "subnets-max",
        "security-groups-max",
        "placement-strategies-max",
        "sd-registry-count",
        "sc-alias-count",
    )

    def task(self, task: TaskDefinition) -> Iterator[Told]:
        """Count what the task definition lists, and its bytes."""
        yield from super().task(task)
        count = least_size(task.document)
        if count > NEARLY:
            yield self.finding(
                task,
                f"The task definition has {count} bytes of JSON, ECS takes {SIZE.most}",
                at=task.family if task.family.present.yes else task.document,
                label="too large" if count > SIZE.most else "nearly too large",
                help="move long values to Parameter Store or to environment files in S3",
                symptom=SIZE.symptom.format(count=count) if count > SIZE.most else None,
                severity=Severity.ERROR if count > SIZE.most else Severity.WARNING,
                row=SIZE.id,
            )

    def object(self, whole: Shaped) -> Iterator[Finding]:
        """Count what the object lists."""
        for limit in _BY_STRUCTURE.get(whole.structure, ()):
            if not whole.lacks(limit.member):
                yield from self._over(whole, limit)

    def _over(self, whole: Shaped, limit: Limit) -> Iterator[Finding]:
        for world, value in whole.member(limit.member):
            items = collect(whole.noun, value, lambda item, _: item).items
            if len(items) > limit.most:
                yield self.finding(
                    whole.noun,
                    f"There are {len(items)} {limit.what}, ECS takes {limit.most}",
                    at=items[limit.most],
                    label=f"one more than {limit.most}",
                    related=[(key_of(value), f"{len(items)} {limit.what}")],
                    help=f"leave at most {limit.most}",
                    symptom=limit.symptom.format(count=len(items)) or None,
                    severity=Severity.of(limit.severity),
                    row=limit.id,
                ).only_if(world.decided)
