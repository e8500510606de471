from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Container, TaskDefinition
    from ecslint.model.container import ContainerDependency


class ContainerDependencyInvalid(Rule):
    """A container waits for something that cannot come.

    For a container that is not there; for HEALTHY of one that has no health check in the task definition (that of its
    image does not count); for the end (COMPLETE, SUCCESS) of an essential one, with which the task would end, and one that
    does not say `"essential": false` is essential; or for itself, directly or in a circle.

    Source: RegisterTaskDefinition, as cdk-preflight quotes it from real deployments (the stray `+` is ECS's own). The text
    about circles is not known.

    ```json bad
      {
        "family": "checkout-api",
        "containerDefinitions": [
          {
            "name": "app",
            "image": "public.ecr.aws/nginx/nginx:1.27",
            "memory": 256,
            "dependsOn": [{"containerName": "migrate", "condition": "SUCCESS"}]
          },
          {"name": "migrate", "image": "public.ecr.aws/docker/library/busybox:1.37", "memory": 64}
        ]
      }
    ```

    ```json good
      {
        "family": "checkout-api",
        "containerDefinitions": [
          {
            "name": "app",
            "image": "public.ecr.aws/nginx/nginx:1.27",
            "memory": 256,
            "dependsOn": [{"containerName": "migrate", "condition": "SUCCESS"}]
          },
          {"name": "migrate", "image": "public.ecr.aws/docker/library/busybox:1.37", "memory": 64, "essential": false}
        ]
      }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    symptoms = (
        "Cannot depend on container + '{name}' because it does not exist",
        "A dependency container with HEALTHY condition must have health check configured",
        "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container",
    )
    peers = (
        "cdk-preflight: pf-ecs-dependson-container-missing, pf-ecs-dependson-healthy-without-healthcheck, "
        "pf-ecs-dependson-complete-on-essential",
    )
    covers = (
        "dep-unknown",
        "dep-healthy-no-hc",
        "dep-complete-essential",
        "dep-cycle",
        "dep-self",
    )

    def task(self, task: TaskDefinition) -> Iterator[Finding]:
        """Look at every dependency, then at the graph of all of them."""
        edges: dict[str, list[tuple[str, ContainerDependency]]] = {}
        for container in task.containers:
            for dependency in container.depends_on:
                target = next((c for c in task.containers if c.name.equals(dependency.container_name).yes), None)
                if target is None:
                    yield from self._unknown(task, dependency)
                    continue
                name, other = container.name.string, target.name.string
                if name is not None and other is not None:
                    edges.setdefault(name, []).append((other, dependency))
                yield from self._condition(dependency, target)
        yield from self._circles(edges)

    def _unknown(self, task: TaskDefinition, dependency: ContainerDependency) -> Iterator[Finding]:
        wanted = dependency.container_name
        if wanted.present.yes and task.containers.any(lambda container: container.name.equals(wanted)).no:
            name = wanted.string or "…"
            names = ", ".join(f"`{container.segment}`" for container in task.containers)
            yield self.finding(
                dependency,
                f"The task has no container `{name}`",
                at=wanted,
                label=f"the containers are {names}",
                help="name a container of this task definition",
                symptom=self.says(0, name=name),
                row="unknown",
            )

    def _condition(self, dependency: ContainerDependency, target: Container) -> Iterator[Finding]:
        condition = dependency.condition
        if condition.equals("HEALTHY").yes and target.health_check.present.no:
            yield self.finding(
                dependency,
                f"`{target.segment}` has no health check that could make it HEALTHY",
                at=condition,
                label="never comes",
                related=[(target.name, "has no `healthCheck`; that of the image does not count")],
                help=f"give `{target.segment}` a `healthCheck`, or wait for START",
                symptom=self.says(1),
                row="healthy",
            )
        elif condition.one_of(("SUCCESS", "COMPLETE")).yes and target.is_essential.yes:
            written = target.essential.present.yes
            yield self.finding(
                dependency,
                f"`{target.segment}` is essential: when it ends, the task ends",
                at=condition,
                label="the task would be over",
                related=[(target.essential if written else target.name, "essential")],
                help=f'set `"essential": false` on `{target.segment}`',
                symptom=self.says(2),
                row="essential",
            )

    def _circles(self, edges: dict[str, list[tuple[str, ContainerDependency]]]) -> Iterator[Finding]:
        """One finding for each circle, at the dependency that closes it."""
        done: set[str] = set()
        for start, first in edges.items():
            path = [start] if start not in done else []
            todo = [iter(first)] if path else []
            while todo:
                other, dependency = next(todo[-1], ("", None))
                if dependency is None:
                    todo.pop()
                    done.add(path.pop())
                elif other in path:
                    yield self._circle([*path[path.index(other) :], other], dependency)
                elif other not in done:
                    path.append(other)
                    todo.append(iter(edges.get(other, ())))

    def _circle(self, circle: list[str], via: ContainerDependency) -> Finding:
        alone = len(circle) == 2
        way = " → ".join(f"`{name}`" for name in circle)
        return self.finding(
            via,
            f"`{circle[0]}` waits for itself" if alone else f"The containers wait for each other: {way}",
            at=via.container_name,
            label="closes the circle",
            help="take one of the dependencies out",
            row="circle",
        )
