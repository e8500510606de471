"""Files of JSON that hold a task definition, its containers alone, or services."""

from __future__ import annotations

from ecslint import jsontext
from ecslint.files import Refused
from ecslint.finding import Problem
from ecslint.lean import TYPE_CHECKING, NamedTuple
from ecslint.value import Key, Mapping, Sequence, Unknown, Value

if TYPE_CHECKING:
    from ecslint.files import Files

DISTINCTIVE = frozenset(
    {
        "essential",
        "portMappings",
        "logConfiguration",
        "environment",
        "environmentFiles",
        "secrets",
        "mountPoints",
        "volumesFrom",
        "memoryReservation",
        "healthCheck",
        "dependsOn",
        "entryPoint",
        "command",
        "linuxParameters",
        "repositoryCredentials",
        "firelensConfiguration",
        "ulimits",
        "dockerLabels",
        "stopTimeout",
        "startTimeout",
    }
)
"""Keys that tell a container definition from any other object that has an image."""


SERVICE_KEYS = frozenset(
    "cluster serviceName service taskDefinition desiredCount launchType capacityProviderStrategy platformVersion role "
    "deploymentConfiguration deploymentController loadBalancers networkConfiguration healthCheckGracePeriodSeconds "
    "schedulingStrategy placementConstraints placementStrategy serviceRegistries serviceConnectConfiguration "
    "volumeConfigurations availabilityZoneRebalancing enableExecuteCommand enableECSManagedTags propagateTags tags "
    "forceNewDeployment clientToken".split()
)
"""The keys that CreateService and UpdateService take."""

TELLING = frozenset(
    "desiredCount deploymentConfiguration deploymentController loadBalancers healthCheckGracePeriodSeconds "
    "schedulingStrategy serviceRegistries serviceConnectConfiguration availabilityZoneRebalancing".split()
)
"""Those of them that tell a service from what else runs tasks."""

OF_RUN_TASK = frozenset({"overrides", "startedBy", "count", "group"})
"""The keys of RunTask and StartTask."""


class Parsed(NamedTuple):
    """A file as it was read: its value, or none where it cannot be read, and what is wrong with it."""

    path: str
    value: Value | None
    problems: list[Problem]


def parse(path: str, files: Files) -> Parsed:
    """A file of JSON in which placeholders may stand."""
    try:
        value, errors = jsontext.read_file(files.read(path))
    except Refused as refused:
        return Parsed(path, None, [Problem(refused.kind, path, str(refused))])
    except jsontext.TooDeep as deep:
        return Parsed(path, None, [Problem("limit", path, str(deep), deep.place)])
    return Parsed(path, value, [Problem("json-syntax", path, error.message, error.place) for error in errors])


def task_document(value: Value) -> Value | None:
    """The task definition in a parsed file: flat, under `taskDefinition`, or as a bare array of containers."""
    if isinstance(value.data, Sequence):
        if not any(_is_container(item) for item in value.items()):
            return None
        # The array says nothing of the task around it, so everything else may be there.
        key = Key("containerDefinitions")
        why = "the file holds the containers only, not the task definition around them"
        return Value(Mapping([(key, value.under(key))], why), value.place)
    for candidate in (value, value.get("taskDefinition")):
        if isinstance(candidate.data, Mapping) and candidate.data.find("containerDefinitions") is not None:
            return candidate
    return None


def _is_container(value: Value) -> bool:
    keys = {key.name for key, _ in value.entries()}
    sized = {"cpu", "memory"} <= keys and isinstance(value.get("memory").data, (int, Unknown))
    return "image" in keys and (bool(keys & DISTINCTIVE) or sized)


def service_documents(value: Value) -> list[Value]:
    """The services in a parsed file: what CreateService or UpdateService takes, or what describes services."""
    described = value.get("service")
    listed = value.get("services")
    candidates = listed.items() if isinstance(listed.data, Sequence) else [described, value]
    return [item for item in candidates if _is_service(item)][: None if isinstance(listed.data, Sequence) else 1]


def _is_service(value: Value) -> bool:
    """Whether an object holds what services have, and little else that is not a description of one."""
    keys = {key.name for key, _ in value.entries()}
    known = keys & SERVICE_KEYS
    if keys & OF_RUN_TASK or "containerDefinitions" in keys:
        return False
    telling = bool(known & TELLING) or {"serviceName", "taskDefinition"} <= keys
    return telling and len(known) >= 2 and (len(keys - known) <= len(known) or "serviceArn" in keys)
