from __future__ import annotations

from ecslint.facts.fargate import cpu_units, memory_mib
from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Container, TaskDefinition
    from ecslint.value import Value

LEAST_CPU, MOST_CPU = 128, 196608
"""Units of cpu that a task on EC2 may ask for. Source: botocore's model, `cpu`; whether it is checked is not known."""


class ContainerSizeInvalid(Rule):
    """The memory or cpu of a container is missing, or does not fit into the task's.

    A container needs `memory` or `memoryReservation` unless the task has memory of its own. It may not have more memory
    than the task, and all containers together not more cpu. That all together reserve more memory than the task has is
    said to be refused as well, but nobody has seen it: a warning, as is the sum of cpu where the task is not for Fargate.
    On Windows the task's own sizes are ignored (EC2).

    Source: RegisterTaskDefinition, as cdk-preflight quotes it from real deployments; cuttlesoft/ecs-deploy.py#17;
    pulumi/pulumi-awsx#1220; botocore's model of Amazon ECS, `cpu` and `memory`.

    ```json bad
      {
        "family": "checkout-api",
        "containerDefinitions": [{"name": "app", "image": "public.ecr.aws/nginx/nginx:1.27"}]
      }
    ```

    ```json good
      {
        "family": "checkout-api",
        "containerDefinitions": [{"name": "app", "image": "public.ecr.aws/nginx/nginx:1.27", "memoryReservation": 128}]
      }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    symptoms = (
        "Invalid setting for container '{name}'. At least one of 'memory' or 'memoryReservation' must be specified.",
        "The 'memory' setting for container '{name}' is greater than for the task.",
        "The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'.",
        "Invalid 'cpu' setting for task.",
        "Invalid 'memory' setting for task.",
    )
    peers = (
        "cdk-preflight: pf-ecs-container-memory-required, pf-ecs-container-memory-over-task, "
        "pf-ecs-fargate-container-cpu-over-task",
    )
    covers = (
        "task-cpu-invalid-on-ec2",
        "task-cpu-range-on-ec2",
        "task-size-on-windows",
        "memory-required",
        "memory-over-task",
        "reservation-sum-over-task",
        "cpu-sum-over-task",
    )

    def task(self, task: TaskDefinition) -> Iterator[Finding]:
        """Compare the containers with the task, one by one and together."""
        cpu = cpu_units(task.cpu.string or "")
        memory = memory_mib(task.memory.string or "")
        if not task.fargate.yes:
            yield from self._task_sizes(task, cpu, memory)
        if memory is not None:
            for container in task.containers:
                yield from self._over(container, memory)
            yield from self._sum(task, memory)
        elif task.memory.absent.yes and not task.fargate.yes:
            for container in task.containers:
                yield from self._none(container)
        if cpu is not None:
            yield from self._cpu(task, cpu)

    def _task_sizes(self, task: TaskDefinition, cpu: int | None, memory: int | None) -> Iterator[Finding]:
        """The task's own sizes; those for Fargate are judged by `fargate-cpu-memory`."""
        for key, value, size, symptom in (("cpu", task.cpu, cpu, 3), ("memory", task.memory, memory, 4)):
            if value.known and size is None and not value.equals("").yes:
                unit = "units such as `1024`, or `1 vCPU`" if key == "cpu" else "MiB such as `2048`, or `2 GB`"
                yield self.finding(
                    task,
                    f"`{key}` is `{value.string}`, which is no size",
                    at=value,
                    label=unit,
                    help=f"write `{key}` in {unit}",
                    symptom=self.says(symptom),
                    row=f"task-{key}",
                )
        if cpu is not None and not LEAST_CPU <= cpu <= MOST_CPU and task.fargate.no:
            yield self.finding(
                task,
                f"The task asks for {cpu} units of cpu; on EC2 it may be {LEAST_CPU} to {MOST_CPU}",
                at=task.cpu,
                label=f"must be {LEAST_CPU} to {MOST_CPU}",
                help="write `cpu` in units; 1024 are one vCPU",
                symptom=self.says(3),
                severity=Severity.WARNING,
                row="task-cpu",
            )
        if task.windows.yes and (cpu is not None or memory is not None) and task.requires("EC2").yes:
            yield self.finding(
                task,
                "The size of a Windows task on EC2 is ignored",
                at=task.cpu if cpu is not None else task.memory,
                label="ignored",
                help="give the containers sizes of their own",
                severity=Severity.NOTE,
                row="windows",
            )

    def _none(self, container: Container) -> Iterator[Finding]:
        if (container.memory.absent & container.memory_reservation.absent).yes:
            yield self.finding(
                container,
                f"Neither `{container.segment}` nor the task has memory",
                at=container.name if container.name.present.yes else container.document,
                label="without `memory` and `memoryReservation`",
                help="set `memory` or `memoryReservation` of the container, or `memory` of the task",
                symptom=self.says(0, name=container.segment),
                row="memory-missing",
            )

    def _over(self, container: Container, memory: int) -> Iterator[Finding]:
        own = container.memory.integer
        if own is not None and own > memory:
            yield self.finding(
                container,
                f"`{container.segment}` has {own} MiB of memory, the task {memory}",
                at=container.memory,
                label="more than the task",
                related=[(container.task.memory, "the task's memory")],
                help=f"set it to at most {memory}, or raise the task's",
                symptom=self.says(1, name=container.segment),
                row="memory-over-task",
            )

    def _sum(self, task: TaskDefinition, memory: int) -> Iterator[Finding]:
        sizes = [(size, size.integer or 0) for size in (_reserved(container) for container in task.containers)]
        total = sum(number for _, number in sizes)
        if total > memory and all(number <= memory for _, number in sizes):
            yield self.finding(
                task,
                f"The containers reserve {total} MiB of memory, the task has {memory}",
                at=task.memory,
                label="less than its containers reserve",
                related=[(size, f"{number} MiB") for size, number in sizes if number][:4],
                help=f"raise the task's memory to {total}, or lower the reservations",
                severity=Severity.WARNING,
                row="memory-sum",
            )

    def _cpu(self, task: TaskDefinition, cpu: int) -> Iterator[Finding]:
        sizes = [(container.cpu, container.cpu.integer or 0) for container in task.containers]
        total = sum(number for _, number in sizes)
        if total > cpu:
            yield self.finding(
                task,
                f"The containers ask for {total} units of cpu, the task has {cpu}",
                at=task.cpu,
                label="less than its containers ask for",
                related=[(size, f"{number} units") for size, number in sizes if number][:4],
                help=f"raise the task's cpu, or lower the containers' to {cpu} together",
                symptom=self.says(2),
                severity=Severity.ERROR if task.fargate.yes else Severity.WARNING,
                row="cpu-sum",
            )


def _reserved(container: Container) -> Value:
    """What a container reserves: its reservation, else all of its memory."""
    reservation = container.memory_reservation
    return container.memory if reservation.absent.yes else reservation
