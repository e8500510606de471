from __future__ import annotations

from ecslint.facts import row
from ecslint.facts.unsupported import RETIRED_TASK
from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Severity, SupportRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import TaskDefinition


class RetiredFeature(SupportRule):
    """The task asks for something that AWS no longer offers.

    Elastic Inference accelerators are gone since April 2024, and the API refuses their field.

    Source: RegisterTaskDefinition, as cdk-preflight quotes it from real deployments; botocore's model of Amazon ECS marks
    the member as deprecated.

    ```json bad
      {
        "family": "checkout-api",
        "inferenceAccelerators": [{"deviceName": "device_1", "deviceType": "eia2.medium"}],
    #   "containerDefinitions": [{"name": "app", "image": "public.ecr.aws/nginx/nginx:1.27", "memory": 256}]
      }
    ```

    ```json good
      {
        "family": "checkout-api",
        "inferenceAccelerators": [],
    #   "containerDefinitions": [{"name": "app", "image": "public.ecr.aws/nginx/nginx:1.27", "memory": 256}]
      }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    rows = RETIRED_TASK
    symptoms = row.symptoms(rows)
    peers = row.peers(rows)
    subject = "Amazon ECS"
    otherwise = "run inference on instances with a GPU or with AWS Inferentia"
    covers = ("inference-accelerator-retired",)

    def task(self, task: TaskDefinition) -> Iterator[Finding]:
        """Look at what the task asks for."""
        yield from self.unsupported(task, RETIRED_TASK)
