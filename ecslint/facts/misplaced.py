"""Where keys belong that people write elsewhere, and what those of other tools are called here."""

from __future__ import annotations

from ecslint.facts.shapes import SERVICE, TASK_DEFINITION, UPDATE, structure

TITLES = {
    TASK_DEFINITION: "the task definition",
    SERVICE: "the service",
    UPDATE: "the service",
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


def title(name: str, member: str) -> str:
    """What a person calls a structure; the member that holds it where it has no title."""
    return TITLES.get(name, f"`{member}`")


def home(key: str, name: str, above: tuple[str, ...]) -> tuple[str, str] | None:
    """Where a key belongs: a structure around the one where it stands, or directly inside it, and what holds that."""
    inside = [(member.type.structure, member.name) for member in structure(name).members.values()]
    around = [(other, "") for other in above]
    holding = {other: member for other, member in (*around, *inside) if other and key in structure(other).members}
    return next(iter(holding.items())) if len(holding) == 1 else None


def plain(key: str) -> str:
    """A key without what people write differently: its case, `_` and `-`."""
    return key.lower().replace("_", "").replace("-", "")


def nearest(key: str, name: str) -> str | None:
    """The member that was meant: the same but for its case, that of another tool, or one that is spelled alike."""
    by_plain = {plain(member): member for member in structure(name).members}
    wanted = plain(key)
    found = by_plain.get(wanted) or ALIASES.get(name, {}).get(wanted)
    if found is not None:
        return found
    from difflib import get_close_matches

    return next((by_plain[match] for match in get_close_matches(wanted, by_plain, 1, 0.84)), None)
