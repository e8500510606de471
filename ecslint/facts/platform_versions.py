"""What Fargate has only from a platform version on.

Source: the developer guide, "Fargate platform versions for Amazon ECS" and the pages on each feature; botocore's model.
What becomes of a service that asks for it on an older one differs and is not known for each, so all of them warn.
"""

from __future__ import annotations

from ecslint.lean import NamedTuple


class Feature(NamedTuple):
    """A setting of the task definition, by its path, that needs platform version 1.4.0; `only` narrows its values.

    See `row.AnyRow`.
    """

    id: str
    path: str
    what: str
    only: tuple[str, ...] = ()
    symptom: str = ""
    severity: str = "warning"
    peers: tuple[str, ...] = ()


SINCE = (1, 4, 0)

TASK = (
    Feature("ephemeral-storage", "ephemeralStorage.sizeInGiB", "ephemeral storage of a chosen size"),
    Feature("efs", "volumes[].efsVolumeConfiguration", "a volume on EFS"),
    Feature("volume-at-launch", "volumes[].configuredAtLaunch", "a volume that is configured at launch"),
    Feature("environment-files", "containerDefinitions[].environmentFiles", "environment files"),
    Feature("pid-mode", "pidMode", "a process namespace that containers share", only=("task",)),
    Feature("capabilities", "containerDefinitions[].linuxParameters.capabilities.add[]", "an added capability"),
    Feature("large-task", "cpu", "a task of 8 vCPU or more", only=("8192", "16384", "8 vCPU", "16 vCPU")),
)
"""What a task definition asks for."""

SERVICE = (
    Feature("execute-command", "enableExecuteCommand", "ECS Exec"),
    Feature("service-connect", "serviceConnectConfiguration.enabled", "Service Connect"),
)
"""What the service itself asks for."""

JSON_KEY = Feature("json-key", "containerDefinitions[].secrets[].valueFrom", "a key or version of a secret")
"""A secret by its ARN with what follows the name."""

ROWS = (*TASK, *SERVICE, JSON_KEY)


def is_older(version: str) -> bool:
    """Whether a platform version is before `SINCE`; `LATEST` and whatever is no number is not."""
    parts = version.split(".")
    return all(part.isdecimal() and len(part) < 5 for part in parts) and tuple(map(int, parts)) < SINCE
