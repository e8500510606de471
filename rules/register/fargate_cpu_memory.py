from __future__ import annotations

from ecslint.facts.fargate import (
    MEMORY,
    NEEDS_PLATFORM,
    OLD_PLATFORMS,
    UNCONFIRMED_CPU,
    WINDOWS_CPU,
    cpu_units,
    memory_mib,
    never,
    sizes,
)
from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Service, TaskDefinition
    from ecslint.value import Value


class FargateCpuMemory(Rule):
    """A task for Fargate lacks `cpu` or `memory`, or asks for a size that Fargate does not have.

    The sizes are checked as soon as `requiresCompatibilities` names FARGATE, even if it names EC2 as well. `cpu` is in
    units (1024 are one vCPU) or written `1 vCPU`; `memory` is in MiB or written `2 GB`. Eight vCPU and more need platform
    version 1.4.0; what a service with an older one meets nobody has written down, so that is a warning.

    Source: botocore's model of Amazon ECS (`RegisterTaskDefinition`, `cpu`), the same in cfn-lint and aws-cdk-lib; the
    texts from towardsthecloud/aws-cdk-examples#1 and mongodb/terraform-aws-ecs-task-definition#38.

    ```json bad
      {
        "family": "checkout-api",
        "requiresCompatibilities": ["FARGATE"],
        "networkMode": "awsvpc",
        "cpu": "512",
        "memory": "8192",
    #   "containerDefinitions": [{"name": "app", "image": "public.ecr.aws/nginx/nginx:1.27"}]
      }
    ```

    ```json good
      {
        "family": "checkout-api",
        "requiresCompatibilities": ["FARGATE"],
        "networkMode": "awsvpc",
        "cpu": "1 vCPU",
        "memory": "8 GB",
    #   "containerDefinitions": [{"name": "app", "image": "public.ecr.aws/nginx/nginx:1.27"}]
      }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    symptoms = (
        "No Fargate configuration exists for given values: {cpu} CPU, {memory} memory. See the Amazon ECS documentation "
        "for the valid values.",
        "Fargate requires that 'cpu' be defined at the task level.",
        "Fargate requires that 'memory' be defined at the task level.",
        "Invalid 'cpu' setting for task.",
        "No Fargate configuration exists for given values.",
    )
    peers = ("cfn-lint: E3047, E3048",)
    covers = (
        "fargate-cpu-memory-pair",
        "fargate-cpu-required",
        "fargate-memory-required",
        "task-cpu-invalid",
        "task-memory-invalid",
        "fargate-windows-min-cpu",
        "fargate-windows-max-cpu",
        "fargate-large-on-old-platform",
    )

    def task(self, task: TaskDefinition) -> Iterator[Finding]:
        """Judge both sizes, then the pair."""
        if not task.fargate.yes:
            return
        missing = [key for key, value in (("cpu", task.cpu), ("memory", task.memory)) if value.absent.yes]
        for key in missing:
            yield self._missing(task, key)
        cpu = self._size(task.cpu, cpu_units(task.cpu.string or ""))
        memory = self._size(task.memory, memory_mib(task.memory.string or ""))
        if task.cpu.known and cpu is None:
            yield self._unreadable(task, "cpu", task.cpu, "units such as `1024`, or `1 vCPU`", self.says(3))
        if task.memory.known and memory is None:
            yield self._unreadable(task, "memory", task.memory, "MiB such as `2048`, or `2 GB`", None)
        if cpu is not None:
            yield from self._pair(task, cpu, memory)
        elif memory is not None and not task.cpu.known and not task.cpu.absent.yes and never(memory):
            yield self._memory(task, memory)

    def service(self, service: Service) -> Iterator[Finding]:
        """Judge the platform version by the size of the task."""
        task = service.task.noun
        cpu = cpu_units(task.cpu.string or "") if task is not None else None
        if task is None or cpu not in NEEDS_PLATFORM or not service.platform_version.one_of(OLD_PLATFORMS).yes:
            return
        yield self.finding(
            service,
            f"A task with {cpu} units of cpu needs a newer platform version",
            at=service.platform_version,
            label="must be 1.4.0 or LATEST",
            related=[(task.cpu, "the cpu of the task")],
            help="leave `platformVersion` out",
            severity=Severity.WARNING,
            row="platform",
        )

    @staticmethod
    def _size(value: Value, size: int | None) -> int | None:
        return size if value.known else None

    def _missing(self, task: TaskDefinition, key: str) -> Finding:
        return self.finding(
            task,
            f"The task runs on Fargate and has no `{key}`",
            at=next(iter(task.requires_compatibilities), task.requires_compatibilities.value),
            label=f"Fargate asks for `{key}` at the task level",
            help=f"set `{key}` beside `requiresCompatibilities`; those of the containers do not count",
            symptom=self.says(1 if key == "cpu" else 2),
            row=f"{key}-missing",
        )

    def _unreadable(self, task: TaskDefinition, key: str, value: Value, forms: str, symptom: str | None) -> Finding:
        return self.finding(
            task,
            f"`{key}` is `{value.string}`, which is no size",
            at=value,
            label=f"{forms}",
            help=f"write `{key}` as {forms}",
            symptom=symptom,
            row=f"{key}-unreadable",
        )

    def _memory(self, task: TaskDefinition, memory: int) -> Finding:
        """A size that does not fit to any cpu, so that the cpu need not be known."""
        return self.finding(
            task,
            f"Fargate has no size with {memory} MiB of memory",
            at=task.memory,
            label="goes with no number of units of cpu",
            related=[(task.cpu, "whatever this is")],
            help="set `memory` to 512, or to a whole number of GiB that fits the cpu",
            symptom=self.says(cpu="…", memory=memory),
            row="memory",
        )

    def _pair(self, task: TaskDefinition, cpu: int, memory: int | None) -> Iterator[Finding]:
        if cpu in UNCONFIRMED_CPU:
            return
        allowed = MEMORY.get(cpu)
        shown = memory if memory is not None else "any"
        symptom = self.says(cpu=cpu, memory=shown)
        if allowed is None:
            wanted = ", ".join(map(str, MEMORY))
            yield self.finding(
                task,
                f"Fargate has no size with {cpu} units of cpu",
                at=task.cpu,
                label=f"the sizes are {wanted}",
                help=f"set `cpu` to one of {wanted}; 1024 units are one vCPU",
                symptom=symptom if memory is not None else self.says(4),
                row="cpu",
            )
        elif memory is not None and memory not in allowed:
            yield self.finding(
                task,
                f"Fargate has no size with {cpu} units of cpu and {memory} MiB of memory",
                at=task.memory,
                label=f"with {cpu} units of cpu it must be {sizes(allowed)}",
                related=[(task.cpu, "the cpu of the task")],
                help=self._nearest(cpu, memory),
                symptom=symptom,
                row="pair",
            )
        elif task.windows.yes and cpu not in WINDOWS_CPU:
            yield self.finding(
                task,
                f"Fargate has no size with {cpu} units of cpu for Windows",
                at=task.cpu,
                label="Windows takes 1024, 2048 or 4096",
                related=[(task.runtime_platform.operating_system_family, "the task runs on Windows")],
                help="set `cpu` to 1024, 2048 or 4096",
                symptom=symptom if cpu < 1024 and memory is not None else None,
                row="windows",
            )

    @staticmethod
    def _nearest(cpu: int, memory: int) -> str:
        """What to change: the memory, or the smallest cpu that has this memory."""
        enough = [units for units, values in MEMORY.items() if memory in values]
        advice = f"set `memory` to {sizes(MEMORY[cpu])}"
        return f"{advice}, or `cpu` to {min(enough)}" if enough else advice
