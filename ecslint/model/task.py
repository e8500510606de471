"""Task definitions and what stands in them, in the words of RegisterTaskDefinition.

Source of the members: botocore's model of Amazon ECS (`RegisterTaskDefinitionRequest` and the shapes it reaches).
"""

from __future__ import annotations

from itertools import islice

from ecslint.facts.ports import span
from ecslint.model.image import Image
from ecslint.model.noun import Child, Children, Entries, Field, Noun, Scalars, varies
from ecslint.model.pointer import SecretPointer
from ecslint.value import ABSENT, MAYBE, YES, Answer, Value


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


class Capabilities(Noun):
    """Linux capabilities, added and dropped."""

    __slots__ = ()

    add = Scalars("add")
    drop = Scalars("drop")


class Device(Noun):
    """A device of the host."""

    __slots__ = ()

    host_path = Field("hostPath")
    container_path = Field("containerPath")
    permissions = Scalars("permissions")


class Tmpfs(Noun):
    """A file system in memory; `size` in MiB."""

    __slots__ = ()

    container_path = Field("containerPath")
    size = Field("size")
    mount_options = Scalars("mountOptions")


class LinuxParameters(Noun):
    """What is particular to Linux. `shared_memory_size` and `max_swap` in MiB."""

    __slots__ = ()

    capabilities = Child("capabilities", Capabilities)
    devices = Children("devices", Device)
    init_process_enabled = Field("initProcessEnabled")
    shared_memory_size = Field("sharedMemorySize")
    tmpfs = Children("tmpfs", Tmpfs)
    max_swap = Field("maxSwap")
    swappiness = Field("swappiness")


class Ulimit(Noun):
    """A limit of the container's processes."""

    __slots__ = ()

    name = Field("name")
    soft_limit = Field("softLimit")
    hard_limit = Field("hardLimit")


class SystemControl(Noun):
    """A kernel parameter of the container."""

    __slots__ = ()

    namespace = Field("namespace")
    value = Field("value")

    @property
    def segment(self) -> str:
        return self.labelled(self.namespace)


class HostEntry(Noun):
    """A line of `/etc/hosts`."""

    __slots__ = ()

    hostname = Field("hostname")
    ip_address = Field("ipAddress")


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
        assert isinstance(self.parent, TaskDefinition)
        return self.parent

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


class HostVolume(Noun):
    """A folder of the host."""

    __slots__ = ()

    source_path = Field("sourcePath")


class DockerVolume(Noun):
    """A volume that Docker makes."""

    __slots__ = ()

    scope = Field("scope")
    autoprovision = Field("autoprovision")
    driver = Field("driver")
    driver_opts = Entries("driverOpts")
    labels = Entries("labels")


class VolumeAuthorization(Noun):
    """How a file system is entered: by access point and IAM, or by credentials and domain."""

    __slots__ = ()

    access_point_id = Field("accessPointId")
    iam = Field("iam")
    credentials_parameter = Field("credentialsParameter")
    domain = Field("domain")


class FileSystemVolume(Noun):
    """A volume on EFS, S3 Files or FSx for Windows."""

    __slots__ = ()

    file_system_id = Field("fileSystemId")
    file_system_arn = Field("fileSystemArn")
    access_point_arn = Field("accessPointArn")
    root_directory = Field("rootDirectory")
    transit_encryption = Field("transitEncryption")
    transit_encryption_port = Field("transitEncryptionPort")
    authorization_config = Child("authorizationConfig", VolumeAuthorization)


class Volume(Noun):
    """A volume of the task."""

    __slots__ = ()

    name = Field("name")
    host = Child("host", HostVolume)
    configured_at_launch = Field("configuredAtLaunch")
    docker_volume_configuration = Child("dockerVolumeConfiguration", DockerVolume)
    efs_volume_configuration = Child("efsVolumeConfiguration", FileSystemVolume)
    s3files_volume_configuration = Child("s3filesVolumeConfiguration", FileSystemVolume)
    fsx_volume_configuration = Child("fsxWindowsFileServerVolumeConfiguration", FileSystemVolume)

    @property
    def segment(self) -> str:
        return self.labelled(self.name)


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
