"""One task definition file."""

from __future__ import annotations

from ecslint import jsontext
from ecslint.files import Refused
from ecslint.finding import Problem
from ecslint.lean import TYPE_CHECKING
from ecslint.model import Project, Resource
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


def read(path: str, files: Files) -> Project | None:
    """The project of a task definition file; None where the file turns out to be something else."""
    project = Project("taskdef", path)
    project.files.append(path)
    project.reads.add(path)
    try:
        file = files.read(path)
        value, errors = jsontext.read_file(file)
    except Refused as refused:
        project.problems.append(Problem(refused.kind, path, str(refused)))
        return project
    except jsontext.TooDeep as deep:
        project.problems.append(Problem("limit", path, str(deep), deep.place))
        return project
    document = task_document(value)
    if document is None and not errors:
        return None
    project.problems += [Problem("json-syntax", path, error.message, error.place) for error in errors]
    if document is not None:
        family = document.get("family").string
        name = path.rpartition("/")[2]
        project.resources.append(Resource("TaskDefinition", "taskdef", family or name, document, document.place))
    return project


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
