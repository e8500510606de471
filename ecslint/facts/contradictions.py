"""Settings that exclude each other, that need each other, or of which one may not exceed the other.

The texts are those of RegisterTaskDefinition and CreateService as cdk-preflight quotes them from real deployments.
"""

from __future__ import annotations

from ecslint.lean import NamedTuple


class Pair(NamedTuple):
    """Two members of a structure and how they stand to each other.

    `relation` is `excludes` (not both), `needs` (the first is nothing without the second) or `exceeds` (the first may
    not be larger). `when` narrows it to objects in which a member has one of some values. See `row.AnyRow`.
    """

    id: str
    structure: str
    first: str
    second: str
    relation: str
    what: str
    help: str
    symptom: str = ""
    severity: str = "error"
    when: tuple[str, tuple[str, ...]] | None = None
    peers: tuple[str, ...] = ()


_ONE_PORT_OR_RANGE = "cannot specify both single port and port range"

PAIRS = (
    Pair(
        "port-and-range",
        "PortMapping",
        "containerPort",
        "containerPortRange",
        "excludes",
        "a port and a range of ports in one mapping",
        "give the range a mapping of its own",
        _ONE_PORT_OR_RANGE,
        peers=("cdk-preflight: pf-ecs-port-range-with-host-port",),
    ),
    Pair(
        "host-port-and-range",
        "PortMapping",
        "hostPort",
        "containerPortRange",
        "excludes",
        "a host port and a range of ports in one mapping",
        "leave `hostPort` out: ECS chooses the ports of the host",
        _ONE_PORT_OR_RANGE,
        peers=("cdk-preflight: pf-ecs-port-range-with-host-port",),
    ),
    Pair(
        "soft-and-hard-limit",
        "Ulimit",
        "softLimit",
        "hardLimit",
        "exceeds",
        "a soft limit above the hard limit",
        "lower `softLimit`, or raise `hardLimit`",
        "Soft limit exceeds hard limit for ulimit {name}",
        peers=("cdk-preflight: pf-ecs-ulimit-soft-over-hard",),
    ),
    Pair(
        # Equal ones are taken, although botocore's prose says that `memory` must be greater.
        "memory-and-reservation",
        "ContainerDefinition",
        "memoryReservation",
        "memory",
        "exceeds",
        "a memory reservation above the memory",
        "lower `memoryReservation`, or raise `memory`",
        "Invalid setting for container '{name}'. 'memory' must be greater than or equal to 'memoryReservation'.",
        peers=("cdk-preflight: pf-ecs-container-memory-reservation",),
    ),
    Pair(
        # botocore says that it is ignored where `maxSwap` has no value.
        "swappiness",
        "LinuxParameters",
        "swappiness",
        "maxSwap",
        "needs",
        "swappiness without swap",
        "set `maxSwap` as well, or leave `swappiness` out: it is ignored",
        severity="warning",
    ),
    Pair(
        # Found in ten public files; tflint-ruleset-aws#349 asks for it.
        "launch-type-and-strategy",
        "CreateServiceRequest",
        "launchType",
        "capacityProviderStrategy",
        "excludes",
        "a launch type and a capacity provider strategy",
        "leave `launchType` out: the strategy's providers say where tasks run",
        "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
        peers=("cdk-preflight: pf-ecs-service-launch-type-capacity-provider",),
    ),
    Pair(
        "load-balancer-kinds",
        "LoadBalancer",
        "loadBalancerName",
        "targetGroupArn",
        "excludes",
        "a Classic Load Balancer and a target group in one entry",
        "keep `targetGroupArn`, or make two entries",
        "loadBalancerName and targetGroupArn cannot both be specified",
        peers=("cdk-preflight: pf-ecs-service-lb-target-exclusive",),
    ),
    Pair(
        "role-without-load-balancer",
        "CreateServiceRequest",
        "role",
        "loadBalancers",
        "needs",
        "a role for a load balancer, and no load balancer",
        "leave the role out",
        "IAM roles are only valid for services configured to use load balancers",
    ),
    Pair(
        "code-deploy-without-load-balancer",
        "CreateServiceRequest",
        "deploymentController.type",
        "loadBalancers",
        "needs",
        "deployments by CODE_DEPLOY, and no load balancer",
        "give `loadBalancers` with a target group, or let ECS deploy",
        "When specifying the CODE_DEPLOY deployment controller type, the service requires an Application Load Balancer "
        "or Network Load Balancer.",
        when=("deploymentController.type", ("CODE_DEPLOY",)),
    ),
    Pair(
        # DeploymentConfiguration, `bakeTimeInMinutes`: "You must provide this parameter when you use the BLUE_GREEN
        # deployment strategy". What becomes of a request without it is not known.
        "blue-green-without-bake-time",
        "DeploymentConfiguration",
        "strategy",
        "bakeTimeInMinutes",
        "needs",
        "a blue/green deployment without a bake time",
        "set `bakeTimeInMinutes`",
        severity="warning",
        when=("strategy", ("BLUE_GREEN",)),
    ),
    Pair(
        "random-field",
        "PlacementStrategy",
        "field",
        "type",
        "excludes",
        "a field of the strategy `random`",
        "leave `field` out",
        "random field should not be specified",
        when=("type", ("random",)),
        peers=("cdk-preflight: pf-ecs-svc-random-with-field",),
    ),
    Pair(
        "distinct-instance-expression",
        "PlacementConstraint",
        "expression",
        "type",
        "excludes",
        "an expression of the constraint `distinctInstance`",
        "leave `expression` out, or use `memberOf`",
        "distinctInstance expression should not be specified",
        when=("type", ("distinctInstance",)),
        peers=("cdk-preflight: pf-ecs-svc-placement-constraint-distinct-instance-expression",),
    ),
    Pair(
        "efs-root-directory",
        "EFSVolumeConfiguration",
        "rootDirectory",
        "authorizationConfig.accessPointId",
        "excludes",
        "a root directory beside an access point",
        "leave `rootDirectory` out: the access point has its own",
        'When using an EFS access point, the root directory must either be set to "/" or be omitted.',
        peers=("cdk-preflight: pf-ecs-efs-access-point-with-root-directory",),
    ),
    Pair(
        "efs-port-without-encryption",
        "EFSVolumeConfiguration",
        "transitEncryptionPort",
        "transitEncryption",
        "needs",
        "a port for encryption in transit without the encryption",
        "set `transitEncryption` to ENABLED",
        "TransitEncryptionPort requires that TransitEncryption is enabled",
        peers=("cdk-preflight: pf-ecs-efs-transit-encryption-port-without-encryption",),
    ),
    Pair(
        "efs-iam-without-encryption",
        "EFSVolumeConfiguration",
        "authorizationConfig.iam",
        "transitEncryption",
        "needs",
        "IAM authorization without encryption in transit",
        "set `transitEncryption` to ENABLED",
        "EFS IAM authorization requires TransitEncryption to be enabled",
        peers=("cdk-preflight: pf-ecs-efs-iam-without-transit-encryption",),
    ),
    Pair(
        # botocore, `accessPointId`: "If an access point is used, transit encryption must be on".
        "efs-access-point-without-encryption",
        "EFSVolumeConfiguration",
        "authorizationConfig.accessPointId",
        "transitEncryption",
        "needs",
        "an access point without encryption in transit",
        "set `transitEncryption` to ENABLED",
    ),
    Pair(
        # botocore, `iops`: required for io1 and io2, not supported for st1, sc1 and standard.
        "volume-iops",
        "ServiceManagedEBSVolumeConfiguration",
        "iops",
        "volumeType",
        "excludes",
        "IOPS of a volume that has none to choose",
        "leave `iops` out, or use gp3, io1 or io2",
        "ECS managed EBS volume configuration was invalid",
        when=("volumeType", ("gp2", "st1", "sc1", "standard")),
        peers=("cdk-preflight: pf-ecs-svc-ebs-iops-unsupported-type",),
    ),
    Pair(
        # botocore, `iops`: "This parameter is required for io1 and io2 volume types".
        "volume-without-iops",
        "ServiceManagedEBSVolumeConfiguration",
        "volumeType",
        "iops",
        "needs",
        "a volume without the IOPS that its type must be told",
        "set `iops`, or use gp3",
        severity="warning",
        when=("volumeType", ("io1", "io2")),
    ),
    Pair(
        "volume-throughput",
        "ServiceManagedEBSVolumeConfiguration",
        "throughput",
        "volumeType",
        "excludes",
        "throughput of a volume that is no gp3",
        "leave `throughput` out, or use gp3",
        "ECS managed EBS volume configuration was invalid",
        when=("volumeType", ("gp2", "io1", "io2", "st1", "sc1", "standard")),
        peers=("cdk-preflight: pf-ecs-svc-ebs-throughput-non-gp3",),
    ),
)

NOTHING = {"rootDirectory": ("/",), "transitEncryption": ("DISABLED",), "authorizationConfig.iam": ("DISABLED",)}
"""The values of a member that are as good as none."""
