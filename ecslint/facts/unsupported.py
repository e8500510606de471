"""What cannot be asked for where a task runs, how its network is set up, or how a service is deployed.

Source of every row that names no other: the texts are those of RegisterTaskDefinition and CreateService as
cdk-preflight quotes them from real deployments; the conditions are those of botocore's model of Amazon ECS and of the
developer guide ("Amazon ECS task definition parameters", "Amazon ECS service definition parameters").
"""

from __future__ import annotations

from ecslint.lean import NamedTuple


class Unsupported(NamedTuple):
    """A setting that is not supported, by its path from the noun on.

    Of a value that is text, `only` are those meant, `begins` how those begin, or `allowed` those that are fine.
    `dropped_by` are the frontends whose deployer leaves the setting out of the request. See `row.AnyRow` for the rest.
    """

    id: str
    path: str
    what: str
    symptom: str = ""
    severity: str = "error"
    only: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    peers: tuple[str, ...] = ()
    dropped_by: tuple[str, ...] = ()

    @property
    def setting(self) -> str:
        """What a person calls the setting."""
        return self.path.replace("[]", "")


def _preflight(name: str, *others: str) -> tuple[str, ...]:
    return (f"cdk-preflight: pf-ecs-{name}", *others)


FARGATE_TASK = (
    Unsupported(
        "placement-constraints",
        "placementConstraints",
        "placement constraints of the task",
        "Fargate compatible task definitions do not support constraints",
        peers=_preflight("fargate-placement-constraints", "cfn-lint: E3048"),
    ),
    Unsupported(
        "ipc-mode",
        "ipcMode",
        "an IPC mode",
        "Fargate compatible task definitions do not support ipcMode",
        peers=_preflight("fargate-ipc-mode"),
    ),
    Unsupported(
        "pid-mode-host",
        "pidMode",
        "the host's process namespace",
        "Tasks using the Fargate launch type do not support pidMode 'host'. The supported value for pidMode is 'task'.",
        only=("host",),
        peers=_preflight("fargate-pid-mode-host"),
    ),
    Unsupported(
        "docker-volume",
        "volumes[].dockerVolumeConfiguration",
        "a volume of a Docker driver",
        "Fargate compatible task definitions do not support dockerVolumeConfiguration",
        peers=_preflight("fargate-docker-volume"),
    ),
    Unsupported(
        "host-path",
        "volumes[].host.sourcePath",
        "a folder of the host",
        "Fargate compatible task definitions do not support sourcePath",
        peers=_preflight("fargate-host-source-path"),
    ),
    Unsupported(
        # FSxWindowsFileServerVolumeConfiguration: for Windows tasks on EC2.
        "fsx-volume",
        "volumes[].fsxWindowsFileServerVolumeConfiguration",
        "a volume on FSx for Windows File Server",
    ),
)
"""What a task definition that names FARGATE in `requiresCompatibilities` cannot ask for."""

FARGATE_CONTAINER = (
    Unsupported(
        "privileged",
        "privileged",
        "privileged containers",
        "Fargate requires that the 'privileged' setting be 'false'",
        peers=_preflight("fargate-privileged"),
    ),
    Unsupported(
        "devices",
        "linuxParameters.devices",
        "devices of the host",
        "Fargate compatible task definitions do not support devices",
        peers=_preflight("fargate-devices"),
    ),
    Unsupported(
        "shared-memory-size",
        "linuxParameters.sharedMemorySize",
        "the size of /dev/shm",
        "Fargate compatible task definitions do not support sharedMemorySize",
        peers=_preflight("fargate-shared-memory-size"),
    ),
    Unsupported(
        "max-swap",
        "linuxParameters.maxSwap",
        "swap",
        "Fargate compatible task definitions do not support maxSwap",
        peers=_preflight("fargate-max-swap"),
    ),
    Unsupported("swappiness", "linuxParameters.swappiness", "swappiness"),
    Unsupported(
        "capabilities",
        "linuxParameters.capabilities.add[]",
        "adding a capability other than SYS_PTRACE",
        "{value} is not allowed on Fargate.",
        allowed=("SYS_PTRACE",),
        peers=_preflight("fargate-capabilities-add"),
    ),
    Unsupported(
        "docker-security-options",
        "dockerSecurityOptions",
        "Docker's security options",
        "Fargate compatible task definitions do not support dockerSecurityOptions",
        peers=_preflight("fargate-docker-security-options"),
    ),
    Unsupported(
        "gpu",
        "resourceRequirements[].type",
        "GPUs",
        "Tasks using the Fargate launch type do not support GPU resource requirements",
        only=("GPU",),
        peers=_preflight("fargate-gpu-resource"),
    ),
    # The developer guide lists it among the parameters that are not valid in Fargate tasks.
    Unsupported("dns-search-domains", "dnsSearchDomains", "DNS search domains"),
    Unsupported(
        "log-driver",
        "logConfiguration.logDriver",
        "log drivers other than awslogs, splunk and awsfirelens",
        "{value} is not a valid log driver. Must be one of [awslogs, splunk, awsfirelens]",
        allowed=("awslogs", "splunk", "awsfirelens"),
        peers=_preflight("fargate-log-driver-unsupported", "cfn-lint: E3048"),
    ),
    Unsupported(
        "firelens-configuration-in-s3",
        "firelensConfiguration.options.config-file-type",
        "a configuration of the log router in S3",
        # Seen in an emulator only; botocore's prose says the same.
        "Fargate launch type does not support FirelensConfiguration config file from 's3'",
        only=("s3",),
    ),
)
"""What a container of such a task definition cannot ask for."""

FARGATE_SERVICE = (
    Unsupported(
        "classic-load-balancer",
        "loadBalancers[].loadBalancerName",
        "Classic Load Balancers",
        "Classic Load Balancers are not supported with Fargate",
        peers=_preflight("svc-classic-lb-with-fargate"),
    ),
    Unsupported(
        "service-placement-constraints",
        "placementConstraints",
        "placement constraints of the service",
        "Placement constraints are not supported with FARGATE launch type.",
        peers=_preflight("service-fargate-placement"),
    ),
    Unsupported(
        "service-placement-strategy",
        "placementStrategy",
        "placement strategies",
        "Placement strategies are not supported with FARGATE launch type.",
        peers=_preflight("service-fargate-placement"),
    ),
    Unsupported(
        # CreateService, `volumeType`: magnetic volumes are not supported on Fargate.
        "magnetic-volume",
        "volumeConfigurations[].managedEBSVolume.volumeType",
        "magnetic volumes",
        "ECS managed EBS volume configuration was invalid",
        only=("standard",),
    ),
    Unsupported(
        "daemon",
        "schedulingStrategy",
        "services with one task on each instance",
        only=("DAEMON",),
        peers=("cfn-lint: E3044",),
    ),
)
"""What a service of launch type FARGATE cannot ask for."""

EC2_TASK = (
    Unsupported(
        "ephemeral-storage",
        "ephemeralStorage",
        "ephemeral storage",
        "Tasks using the EC2 launch type do not support EphemeralStorage",
        peers=_preflight("fargate-ephemeral-storage-ec2"),
    ),
)
"""What a task definition for EC2 alone cannot ask for."""

PUBLIC_IP = Unsupported(
    # Quoted in public threads, eight times counted.
    "public-ip",
    "networkConfiguration.awsvpcConfiguration.assignPublicIp",
    "public IP addresses for tasks",
    "Assign public IP is not supported for this launch type.",
    only=("ENABLED",),
)
"""What no task on an instance can have, whatever places it there."""

EC2_SERVICE = (
    Unsupported(
        "platform-version",
        "platformVersion",
        "a platform version",
        "The platform version must be null when specifying an EC2 launch type.",
        peers=_preflight("service-platform-version-ec2"),
    ),
    PUBLIC_IP,
)
"""What a service of launch type EC2 cannot ask for."""

AWSVPC_CONTAINER = (
    Unsupported(
        "links",
        "links",
        "links",
        "Links are not supported when networkMode=awsvpc",
        peers=_preflight("fargate-links"),
    ),
    Unsupported(
        "dns-servers",
        "dnsServers",
        "DNS servers of the container",
        "DNS servers are not supported on container when networkMode=awsvpc",
        peers=_preflight("fargate-dns-servers"),
    ),
    Unsupported(
        "extra-hosts",
        "extraHosts",
        "extra hosts",
        "Extra hosts are not supported on container when networkMode=awsvpc",
        peers=_preflight("awsvpc-extra-hosts"),
    ),
    Unsupported(
        "hostname",
        "hostname",
        "a hostname",
        "hostname is not supported on container when networkMode=awsvpc",
        peers=_preflight("awsvpc-hostname"),
    ),
    Unsupported(
        "disable-networking",
        "disableNetworking",
        "switching the network off",
        "Disable Networking is not supported on container when networkMode=awsvpc",
        peers=_preflight("fargate-disable-networking"),
    ),
)
"""What a container cannot ask for in the network mode awsvpc."""

OTHER_MODE_TASK = (
    Unsupported(
        "proxy",
        "proxyConfiguration",
        "an App Mesh proxy",
        "APPMESH proxy configuration is only supported in networkMode=awsvpc",
        peers=_preflight("proxy-configuration-awsvpc-required"),
    ),
)
"""What a task cannot ask for in any other network mode."""

NONE_CONTAINER = (
    # RegisterTaskDefinition, `networkMode`: "If the network mode is set to none, you cannot specify port mappings".
    Unsupported("port-mappings", "portMappings", "port mappings"),
)
"""What a container cannot ask for in the network mode none."""

HOST_NETWORK_CONTAINER = (
    # botocore, `SystemControl`: "For tasks that use the host network mode, the network namespace systemControls aren't
    # supported".
    Unsupported(
        "network",
        "systemControls[].namespace",
        "kernel parameters of the network",
        severity="warning",
        begins=("net.",),
    ),
)
"""What a container that shares the host's network cannot ask for."""

HOST_IPC_CONTAINER = (
    # The same place: "For tasks that use the host IPC mode, IPC namespace systemControls aren't supported".
    Unsupported(
        "ipc",
        "systemControls[].namespace",
        "kernel parameters of inter-process communication",
        severity="warning",
        begins=("kernel.msg", "kernel.sem", "kernel.shm", "fs.mqueue."),
    ),
)
"""What a container that shares the host's IPC namespace cannot ask for."""

RETIRED_TASK = (
    Unsupported(
        "inference-accelerators",
        "inferenceAccelerators",
        "Elastic Inference accelerators",
        "Unsupported field 'inferenceAccelerators'",
    ),
)
"""What AWS no longer offers to anybody."""

WINDOWS_TASK = (
    Unsupported(
        "arm64",
        "runtimePlatform.cpuArchitecture",
        "ARM64",
        only=("ARM64",),
        peers=_preflight("windows-arm64"),
    ),
    Unsupported("pid-mode", "pidMode", "a PID mode", severity="warning"),
    Unsupported("ipc-mode", "ipcMode", "an IPC mode", severity="warning"),
)
"""What botocore's model calls "not supported for Windows containers": what becomes of it is not known, so it warns."""

WINDOWS_CONTAINER = tuple(
    Unsupported(id, path, what, severity="warning")
    for id, path, what in (
        ("linux-parameters", "linuxParameters", "Linux parameters"),
        ("privileged", "privileged", "privileged containers"),
        ("read-only-root", "readonlyRootFilesystem", "a read-only root file system"),
        ("ulimits", "ulimits", "ulimits"),
        ("user", "user", "a user"),
        ("links", "links", "links"),
        ("dns-servers", "dnsServers", "DNS servers of the container"),
        ("dns-search-domains", "dnsSearchDomains", "DNS search domains"),
        ("extra-hosts", "extraHosts", "extra hosts"),
        ("disable-networking", "disableNetworking", "switching the network off"),
    )
)
"""The same of a container."""

DAEMON_SERVICE = (
    Unsupported(
        "desired-count",
        "desiredCount",
        "a desired count",
        "The daemon scheduling strategy does not support a desired count for services",
        peers=_preflight("service-daemon-desired-count"),
        dropped_by=("terraform",),
    ),
    Unsupported(
        "placement-strategy",
        "placementStrategy",
        "placement strategies",
        "The daemon scheduling strategy does not support placement strategies",
        peers=_preflight("svc-daemon-with-placement-strategies"),
    ),
    Unsupported(
        "zone-rebalancing",
        "availabilityZoneRebalancing",
        "rebalancing between availability zones",
        "Availability Zone Rebalancing does not support DAEMON services",
        only=("ENABLED",),
        peers=_preflight("svc-az-rebalancing-with-daemon"),
    ),
    Unsupported(
        # CreateService, `schedulingStrategy`: "Tasks using … the CODE_DEPLOY or EXTERNAL deployment controller types
        # don't support the DAEMON scheduling strategy."
        "deployment-controller",
        "deploymentController.type",
        "deployments by CODE_DEPLOY or EXTERNAL",
        only=("CODE_DEPLOY", "EXTERNAL"),
        peers=("cfn-lint: E3044",),
    ),
)
"""What a service with one task on each instance cannot ask for."""

MAXIMUM_PERCENT = Unsupported(
    "maximum-percent",
    "deploymentConfiguration.maximumPercent",
    "a `maximumPercent` above 100",
    "The daemon scheduling strategy does not support values above 100 for maximumPercent",
    peers=_preflight("svc-daemon-max-percent"),
    dropped_by=("terraform",),
)

BREAKER = Unsupported(
    "circuit-breaker",
    "deploymentConfiguration.deploymentCircuitBreaker.enable",
    "a deployment circuit breaker",
    "Deployment circuit breaker feature is only supported with ECS deployment controller. Update to ECS deployment "
    "controller and try again.",
    peers=_preflight("svc-circuit-breaker-with-code-deploy"),
)

CODE_DEPLOY_SERVICE = (BREAKER,)
"""What a service that CodeDeploy deploys cannot ask for."""

EXTERNAL_SERVICE = (
    BREAKER,
    Unsupported(
        "task-definition",
        "taskDefinition",
        "a task definition of the service",
        "TaskDefinition must be blank",
        peers=_preflight("svc-external-with-taskdef"),
    ),
    Unsupported(
        "load-balancers",
        "loadBalancers",
        "load balancers of the service",
        "LoadBalancers must be empty or null",
        peers=_preflight("svc-external-with-load-balancers"),
    ),
)
"""What a service that a third party deploys cannot ask for; its task sets can."""
