"""Task definitions and what stands in them, in the words of RegisterTaskDefinition.

Source of the members: botocore's model of Amazon ECS (`RegisterTaskDefinitionRequest` and the shapes it reaches).
"""

from __future__ import annotations

from itertools import islice

from ecslint.model.container import Container, NameValue
from ecslint.model.noun import Child, Children, Field, Noun, Scalars, varies
from ecslint.model.volume import Volume
from ecslint.value import ABSENT, YES, Answer, Value


class RuntimePlatform(Noun):
    """The operating system and the processor that the task asks for."""

    __slots__ = ()

    cpu_architecture = Field("cpuArchitecture")
    operating_system_family = Field("operatingSystemFamily")


class EphemeralStorage(Noun):
    """The task's own disk."""

    __slots__ = ()

    size_in_gib = Field("sizeInGiB")


class PlacementConstraint(Noun):
    """Where tasks may be placed."""

    __slots__ = ()

    type = Field("type")
    expression = Field("expression")


class ProxyConfiguration(Noun):
    """The App Mesh proxy of the task."""

    __slots__ = ()

    container_name = Field("containerName")
    type = Field("type")
    properties = Children("properties", NameValue)


class TrustedExecution(Noun):
    """How far the task is kept apart from others on its host."""

    __slots__ = ()

    isolation_mode = Field("isolationMode")
    attestation_policy = Field("attestationPolicy")


class InferenceAccelerator(Noun):
    """An Elastic Inference accelerator, which AWS has retired."""

    __slots__ = ()

    device_name = Field("deviceName")
    device_type = Field("deviceType")


class Tag(Noun):
    """A tag."""

    __slots__ = ()

    tag_key = Field("key")
    value = Field("value")


MOST_CONTAINERS = 100


MOST_VOLUMES = 200
"""Rules look at the first of these. ECS takes ten containers and 64 KiB; what is longer is refused for that."""


class TaskDefinition(Noun):
    """A task definition. `cpu` in units or as `1 vCPU`, `memory` in MiB or as `2 GB`."""

    __slots__ = ()

    identities = ("arn", "family")

    family = Field("family")
    task_role_arn = Field("taskRoleArn")
    execution_role_arn = Field("executionRoleArn")
    network_mode = Field("networkMode")
    containers = Children("containerDefinitions", Container, MOST_CONTAINERS)
    volumes = Children("volumes", Volume, MOST_VOLUMES)
    placement_constraints = Children("placementConstraints", PlacementConstraint)
    requires_compatibilities = Scalars("requiresCompatibilities")
    cpu = Field("cpu")
    memory = Field("memory")
    tags = Children("tags", Tag)
    pid_mode = Field("pidMode")
    ipc_mode = Field("ipcMode")
    proxy_configuration = Child("proxyConfiguration", ProxyConfiguration)
    inference_accelerators = Children("inferenceAccelerators", InferenceAccelerator)
    ephemeral_storage = Child("ephemeralStorage", EphemeralStorage)
    runtime_platform = Child("runtimePlatform", RuntimePlatform)
    enable_fault_injection = Field("enableFaultInjection")
    trusted_execution_configuration = Child("trustedExecutionConfiguration", TrustedExecution)

    def container(self, index: int) -> Container | None:
        """The container that stands at a place in the list, if it is there in this world; its siblings are not read."""
        return self.project.memo((self, index), lambda: self._container(index))

    def _container(self, index: int) -> Container | None:
        listed = self.read("containerDefinitions")
        if not varies(listed):
            return next((container for container in self.containers if container.index == index), None)
        raw = next(islice(listed.items(), index, None), None)
        if raw is None:
            return None
        value = self.project.world.resolve(raw)
        if value.data is ABSENT:
            return None
        return Container(self.project, value, self.resource, self, "containerDefinitions", index)

    def named(self, name: Value) -> Container | None:
        """The container of a name; None where none certainly has it."""
        return next((item for item in self.containers if item.name.equals(name).yes), None)

    def is_named(self, pattern: str) -> Answer:
        """Whether the family, or the address where the family is generated, matches a glob."""
        answer = Answer.of(any(Value(name).like(pattern).yes for name in (self.address, self.local_address)))
        return answer if self.family.absent.yes else answer | self.family.like(pattern)

    def requires(self, compatibility: str) -> Answer:
        """Whether `requiresCompatibilities` names a launch type."""
        return self.requires_compatibilities.any(lambda value: value.equals(compatibility))

    @property
    def fargate(self) -> Answer:
        """Whether the task definition must be valid for Fargate."""
        return self.requires("FARGATE")

    @property
    def fits_fargate(self) -> Answer:
        """Whether ECS would count FARGATE among the task definition's compatibilities, as far as its frame goes.

        Source: the developer guide, "Amazon ECS task definition differences for Fargate".
        """
        return self.awsvpc() & self.cpu.present & self.memory.present

    @property
    def windows(self) -> Answer:
        """Whether the task runs on Windows; it does not unless it says so."""
        return self.runtime_platform.operating_system_family.starts_with("WINDOWS")

    @property
    def effective_network_mode(self) -> str | None:
        """The network mode, `bridge` where it is left out (on Linux); None where nobody knows.

        Source: RegisterTaskDefinition, `networkMode`.
        """
        if self.network_mode.absent.yes:
            return "default" if not self.windows.no else "bridge"
        return self.network_mode.string

    def awsvpc(self) -> Answer:
        """Whether the task has a network interface of its own."""
        return self.network_mode.equals("awsvpc") if not self.network_mode.absent.yes else ~YES
