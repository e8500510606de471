"""A container and what it is told, in the words of RegisterTaskDefinition.

Source of the members: botocore's model of Amazon ECS (`ContainerDefinition`).
"""

from __future__ import annotations

from ecslint.facts.ports import span
from ecslint.lean import TYPE_CHECKING
from ecslint.model.image import Image
from ecslint.model.linux import HostEntry, LinuxParameters, SystemControl, Ulimit
from ecslint.model.noun import Child, Children, Entries, Field, Noun, Scalars
from ecslint.model.pointer import SecretPointer
from ecslint.value import MAYBE, Answer, Text, Value

if TYPE_CHECKING:
    from ecslint.model.task import TaskDefinition


class NameValue(Noun):
    """A name with a value: an environment variable, a proxy property."""

    __slots__ = ()

    name = Field("name")
    value = Field("value")

    @property
    def segment(self) -> str:
        return self.labelled(self.name)


class EnvironmentVariable(NameValue):
    """An entry of a container's `environment`: a name and its value, in the open."""

    __slots__ = ()

    value_from = Field("valueFrom")


class SecretReference(Noun):
    """An entry of `secrets`: a name, and where the agent fetches its value at start-up."""

    __slots__ = ()

    name = Field("name")
    value_from = Field("valueFrom")
    value = Field("value")

    @property
    def pointer(self) -> SecretPointer:
        """The secret and the key that `valueFrom` names, where it names a secret."""
        return SecretPointer(self.value_from)

    @property
    def segment(self) -> str:
        return self.labelled(self.name)


class EnvironmentFile(Noun):
    """An object in S3 that holds environment variables."""

    __slots__ = ()

    type = Field("type")
    value = Field("value")


class PortMapping(Noun):
    """A port of the container, and of the host."""

    __slots__ = ()

    container_port = Field("containerPort")
    container_port_range = Field("containerPortRange")
    host_port = Field("hostPort")
    protocol = Field("protocol")
    name = Field("name")
    app_protocol = Field("appProtocol")

    def maps(self, port: Value) -> Answer:
        """Whether a port of the container is this one, or one of this range."""
        answer = self.container_port.equals(port)
        if self.container_port_range.absent.yes:
            return answer
        ends, wanted = span(self.container_port_range.string or ""), port.integer
        return answer | (MAYBE if ends is None or wanted is None else Answer.of(ends[0] <= wanted <= ends[1]))


class HealthCheck(Noun):
    """The command with which the agent asks a container whether it is healthy. Times in seconds."""

    __slots__ = ()

    command = Scalars("command")
    interval = Field("interval")
    timeout = Field("timeout")
    retries = Field("retries")
    start_period = Field("startPeriod")

    def words(self, port: Value) -> list[str] | None:
        """The words of the command, `SAME_PORT` for what certainly is a port of unknown number; None where unknown."""
        words = [_spelled(word, port) for word in self.command]
        known = [word for word in words if word is not None]
        return None if self.command.open or len(known) < len(words) else known


SAME_PORT = "00000"
"""What stands for a port of unknown number in a text. Nobody writes it."""


def _spelled(word: Value, port: Value) -> str | None:
    """A word with `SAME_PORT` for the port; None where anything else of it is not known."""
    if word.string is not None or not isinstance(word.data, Text):
        return word.string
    found = ""
    for part in word.data.parts:
        if not isinstance(part, str) and not port.equals(Value(Text((part,)))).yes:
            return None
        found += part if isinstance(part, str) else SAME_PORT
    return found


class LogConfiguration(Noun):
    """Where a container's output goes."""

    __slots__ = ()

    log_driver = Field("logDriver")
    options = Entries("options")
    secret_options = Children("secretOptions", SecretReference)


class FirelensConfiguration(Noun):
    """What makes a container the task's log router."""

    __slots__ = ()

    type = Field("type")
    options = Entries("options")


class RepositoryCredentials(Noun):
    """The secret with which a private registry is read."""

    __slots__ = ()

    credentials_parameter = Field("credentialsParameter")


class ContainerDependency(Noun):
    """Another container of the task that must come first."""

    __slots__ = ()

    container_name = Field("containerName")
    condition = Field("condition")


class MountPoint(Noun):
    """A volume of the task, mounted in a container."""

    __slots__ = ()

    source_volume = Field("sourceVolume")
    container_path = Field("containerPath")
    read_only = Field("readOnly")


class VolumeFrom(Noun):
    """Another container whose volumes are mounted."""

    __slots__ = ()

    source_container = Field("sourceContainer")
    read_only = Field("readOnly")


class GpuMemory(Noun):
    """A share of a GPU under NVIDIA's multi-process service; `memory` in MiB."""

    __slots__ = ()

    memory = Field("memory")
    max_compute_percent = Field("maxComputePercent")


class SharingStrategy(Noun):
    """How containers share a GPU."""

    __slots__ = ()

    nvidia_mps = Child("nvidiaMps", GpuMemory)


class ResourceRequirement(Noun):
    """A GPU, a Neuron device or an inference accelerator."""

    __slots__ = ()

    type = Field("type")
    value = Field("value")
    sharing_strategy = Child("sharingStrategy", SharingStrategy)


class RestartPolicy(Noun):
    """Whether a container is started again after it ended; the period in seconds."""

    __slots__ = ()

    enabled = Field("enabled")
    ignored_exit_codes = Scalars("ignoredExitCodes")
    restart_attempt_period = Field("restartAttemptPeriod")


class Container(Noun):
    """A container definition. `cpu` in units, `memory` and `memory_reservation` in MiB, time-outs in seconds."""

    __slots__ = ()

    name = Field("name")
    cpu = Field("cpu")
    memory = Field("memory")
    memory_reservation = Field("memoryReservation")
    essential = Field("essential")
    command = Scalars("command")
    entry_point = Scalars("entryPoint")
    working_directory = Field("workingDirectory")
    user = Field("user")
    hostname = Field("hostname")
    environment = Children("environment", EnvironmentVariable)
    environment_files = Children("environmentFiles", EnvironmentFile)
    secrets = Children("secrets", SecretReference)
    port_mappings = Children("portMappings", PortMapping)
    links = Scalars("links")
    health_check = Child("healthCheck", HealthCheck)
    log_configuration = Child("logConfiguration", LogConfiguration)
    firelens_configuration = Child("firelensConfiguration", FirelensConfiguration)
    repository_credentials = Child("repositoryCredentials", RepositoryCredentials)
    depends_on = Children("dependsOn", ContainerDependency)
    mount_points = Children("mountPoints", MountPoint)
    volumes_from = Children("volumesFrom", VolumeFrom)
    linux_parameters = Child("linuxParameters", LinuxParameters)
    ulimits = Children("ulimits", Ulimit)
    system_controls = Children("systemControls", SystemControl)
    extra_hosts = Children("extraHosts", HostEntry)
    resource_requirements = Children("resourceRequirements", ResourceRequirement)
    restart_policy = Child("restartPolicy", RestartPolicy)
    credential_specs = Scalars("credentialSpecs")
    dns_servers = Scalars("dnsServers")
    dns_search_domains = Scalars("dnsSearchDomains")
    docker_labels = Entries("dockerLabels")
    docker_security_options = Scalars("dockerSecurityOptions")
    disable_networking = Field("disableNetworking")
    privileged = Field("privileged")
    readonly_root_filesystem = Field("readonlyRootFilesystem")
    interactive = Field("interactive")
    pseudo_terminal = Field("pseudoTerminal")
    start_timeout = Field("startTimeout")
    stop_timeout = Field("stopTimeout")
    version_consistency = Field("versionConsistency")

    @property
    def task(self) -> TaskDefinition:
        return self.parent  # type: ignore[return-value]  # a container stands in nothing else

    @property
    def image(self) -> Image:
        return Image(self.read("image"))

    @property
    def is_essential(self) -> Answer:
        """Whether the task stops with this container; it does unless `essential` is false."""
        return self.essential.true | self.essential.absent

    @property
    def segment(self) -> str:
        return self.name.string or self.slot_segment

    @property
    def slot_segment(self) -> str:
        return f"{self.key}[{self.index}]"
