from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import TaskDefinition


class NoEssentialContainer(Rule):
    """Every container of the task is marked as not essential.

    The task would have no container with which it stops. A container that says nothing of it is essential.

    Source: RegisterTaskDefinition, as cdk-preflight quotes it from a real deployment.

    ```json bad
      {
        "family": "checkout-api",
        "containerDefinitions": [
          {"name": "app", "image": "public.ecr.aws/nginx/nginx:1.27", "memory": 256, "essential": false}
        ]
      }
    ```

    ```json good
      {
        "family": "checkout-api",
        "containerDefinitions": [
          {"name": "app", "image": "public.ecr.aws/nginx/nginx:1.27", "memory": 256},
          {"name": "init", "image": "public.ecr.aws/docker/library/busybox:1.37", "memory": 64, "essential": false}
        ]
      }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    symptoms = ("Task definition doesn't have any essential container",)
    peers = ("cfn-lint: E3042", "cdk-preflight: pf-ecs-essential-container")
    covers = ("essential-required",)

    def task(self, task: TaskDefinition) -> Iterator[Finding]:
        """Look for one that is essential."""
        containers = task.containers
        if containers.empty.no and containers.any(lambda container: container.is_essential).no:
            first, *others = containers
            yield self.finding(
                first,
                "No container of the task is essential",
                at=first.essential,
                label="not essential",
                related=[(other.essential, "not essential") for other in others[:4]],
                help="leave `essential` out of the container that the task is for",
                symptom=self.says(),
            )
