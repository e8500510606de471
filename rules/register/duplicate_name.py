from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.model.setting import repeated
from ecslint.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Noun, Service, TaskDefinition
    from ecslint.model.noun import Collection
    from ecslint.model.task import Tag


class DuplicateName(Rule):
    """Two containers of a task have one name, or two tags one key.

    Source: RegisterTaskDefinition, seen verbatim in a real deployment by cdk-preflight; botocore's model of Amazon ECS,
    `tags`. Names of ports are compared by `port-mapping-conflict`.

    ```json bad
      {
        "family": "checkout-api",
        "containerDefinitions": [
          {"name": "app", "image": "public.ecr.aws/nginx/nginx:1.27", "memory": 256},
          {"name": "app", "image": "public.ecr.aws/docker/library/busybox:1.37", "memory": 64}
        ]
      }
    ```

    ```json good
      {
        "family": "checkout-api",
        "containerDefinitions": [
          {"name": "app", "image": "public.ecr.aws/nginx/nginx:1.27", "memory": 256},
          {"name": "init", "image": "public.ecr.aws/docker/library/busybox:1.37", "memory": 64}
        ]
      }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    symptoms = ("Container names must be unique within a task definition",)
    peers = ("cdk-preflight: pf-ecs-duplicate-container-names",)
    covers = (
        "container-name-unique",
        "tags-twice",
    )

    def task(self, task: TaskDefinition) -> Iterator[Finding]:
        """Compare the names of containers and the keys of tags."""
        # A placeholder in a task definition may be filled in with something else each time.
        computed = task.project.frontend != "taskdef"
        for container, same in repeated(task.containers, lambda container: container.name, unknown=computed):
            yield self.finding(
                container,
                f"Two containers are named `{container.name.string or '…'}`",
                at=container.name,
                label="again here",
                related=[(same.name, "first here")],
                help="give each container of the task a name of its own",
                symptom=self.says(),
                row="container",
            )
        yield from self._tags(task, task.tags)

    def service(self, service: Service) -> Iterator[Finding]:
        """Compare the keys of tags."""
        yield from self._tags(service, service.tags)

    def _tags(self, noun: Noun, tags: Collection[Tag]) -> Iterator[Finding]:
        for tag, same in repeated(tags, lambda tag: tag.tag_key):
            yield self.finding(
                tag,
                f"Two tags have the key `{tag.tag_key.string or '…'}`",
                at=tag.tag_key,
                label="again here",
                related=[(same.tag_key, "first here")],
                help="give each key once",
                row="tag",
            )
