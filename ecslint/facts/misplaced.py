"""Where keys belong that people write elsewhere, and what those of other tools are called here."""

from __future__ import annotations

from ecslint.facts.ecs_shapes import STRUCTURES

TITLES = {
    "RegisterTaskDefinitionRequest": "the task definition",
    "CreateServiceRequest": "the service",
    "UpdateServiceRequest": "the service",
    "ContainerDefinition": "a container",
    "PortMapping": "a port mapping",
    "LogConfiguration": "`logConfiguration`",
    "HealthCheck": "`healthCheck`",
    "LinuxParameters": "`linuxParameters`",
    "Volume": "a volume",
    "MountPoint": "a mount point",
    "LoadBalancer": "an entry of `loadBalancers`",
    "AwsVpcConfiguration": "`awsvpcConfiguration`",
    "DeploymentConfiguration": "`deploymentConfiguration`",
    "RuntimePlatform": "`runtimePlatform`",
    "EFSVolumeConfiguration": "`efsVolumeConfiguration`",
}
"""What a person calls a structure; for the others the member that holds it is named."""

ALIASES = {
    # structure: {key of another tool, in lower case without `_` and `-`: member}. Source: the compose specification.
    "ContainerDefinition": {
        "env": "environment",
        "envfile": "environmentFiles",
        "ports": "portMappings",
        "volumes": "mountPoints",
        "entrypoint": "entryPoint",
        "labels": "dockerLabels",
        "logging": "logConfiguration",
        "workingdir": "workingDirectory",
        "containername": "name",
        "readonly": "readonlyRootFilesystem",
        "stopgraceperiod": "stopTimeout",
    },
    "HealthCheck": {"test": "command"},
    "LogConfiguration": {"driver": "logDriver"},
    "PortMapping": {"target": "containerPort", "published": "hostPort"},
    "MountPoint": {"source": "sourceVolume", "target": "containerPath"},
}

OPTION_PREFIXES = ("awslogs-", "splunk-", "fluentd-", "gelf-", "syslog-")
"""How the options of log drivers begin, which stand in `options`."""


def title(structure: str) -> str:
    """What a person calls a structure."""
    if structure in TITLES:
        return TITLES[structure]
    holders = (key for members in STRUCTURES.values() for key, type in members.items() if type.strip("[]") == structure)
    return f"`{next(holders, structure)}`"


def home(key: str, structure: str, above: tuple[str, ...]) -> str | None:
    """The structure that a key belongs to, of those around and directly inside the one where it stands."""
    inside = [type.strip("[]") for type in STRUCTURES[structure].values() if type.strip("[]") in STRUCTURES]
    holding = [name for name in (*above, *inside) if key in STRUCTURES[name]]
    return holding[0] if len(set(holding)) == 1 else None


def plain(key: str) -> str:
    """A key without what people write differently: its case, `_` and `-`."""
    return key.lower().replace("_", "").replace("-", "")


def nearest(key: str, structure: str) -> str | None:
    """The member that was meant: the same but for its case, that of another tool, or one that is spelled alike."""
    members = STRUCTURES[structure]
    by_plain = {plain(member): member for member in members}
    wanted = plain(key)
    found = by_plain.get(wanted) or ALIASES.get(structure, {}).get(wanted)
    if found is not None:
        return found
    from difflib import get_close_matches

    return next((by_plain[match] for match in get_close_matches(wanted, by_plain, 1, 0.84)), None)
