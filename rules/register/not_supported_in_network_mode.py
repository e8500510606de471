from __future__ import annotations

from ecslint.facts import row
from ecslint.facts.unsupported import AWSVPC_CONTAINER, NONE_CONTAINER, OTHER_MODE_TASK
from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Severity, SupportRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Container, TaskDefinition


class NotSupportedInNetworkMode(SupportRule):
    """A task or a container asks for something that its network mode does not have.

    With `awsvpc` a task has one network interface that all its containers share, so containers can neither be linked nor
    named, nor given name servers or host entries of their own. With `none` there is no port to map. Left out, the network
    mode is `bridge` on Linux.

    Source: RegisterTaskDefinition, as cdk-preflight quotes it from real deployments; botocore's model of Amazon ECS,
    `networkMode`.

    ```json bad
      {
        "family": "checkout-api",
        "networkMode": "awsvpc",
        "containerDefinitions": [
          {"name": "db", "image": "public.ecr.aws/docker/library/postgres:17", "memory": 512},
          {"name": "app", "image": "public.ecr.aws/nginx/nginx:1.27", "memory": 256, "links": ["db"]}
        ]
      }
    ```

    ```json good
      {
        "family": "checkout-api",
        "networkMode": "bridge",
        "containerDefinitions": [
          {"name": "db", "image": "public.ecr.aws/docker/library/postgres:17", "memory": 512},
          {"name": "app", "image": "public.ecr.aws/nginx/nginx:1.27", "memory": 256, "links": ["db"]}
        ]
      }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    rows = (*AWSVPC_CONTAINER, *OTHER_MODE_TASK, *NONE_CONTAINER)
    symptoms = row.symptoms(rows)
    peers = row.peers(rows)
    subject = "The network mode of the task"
    otherwise = "change `networkMode`"
    covers = (
        "proxy-awsvpc-only",
        "none-portmappings",
        "links-awsvpc",
        "dns-awsvpc",
        "extrahosts-awsvpc",
        "hostname-awsvpc",
        "disable-networking-awsvpc",
    )

    def task(self, task: TaskDefinition) -> Iterator[Finding]:
        """Look at what only awsvpc has."""
        if task.awsvpc().no:
            yield from self.unsupported(task, OTHER_MODE_TASK)

    def container(self, container: Container) -> Iterator[Finding]:
        """Look at what the task's network mode does not have."""
        task = container.task
        if task.awsvpc().yes:
            yield from self.unsupported(container, AWSVPC_CONTAINER)
        if task.network_mode.equals("none").yes:
            yield from self.unsupported(container, NONE_CONTAINER)
