"""Task definitions and services in JSON: what the API takes, what it gives back, bare arrays, ecspresso."""

from __future__ import annotations

import re

from ecslint.lean import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ecslint.config import Settings
    from ecslint.files import Files
    from ecslint.model import Project

LARGEST_SERVICE = 1 << 20
"""The most bytes of a file with services. What tools write about whole deployments is larger, and no definition."""

_DEFINITIONS = re.compile(rb'"containerdefinitions"\s*:', re.IGNORECASE)
_TEMPLATE = re.compile(rb'"Resources"\s*:\s*\{.*"AWS::|"tree-0\.1"', re.DOTALL)
_ARRAY = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*\[")
_IMAGE = re.compile(rb'"image"\s*:')
_SERVICE = re.compile(
    rb'"(?:desiredcount|schedulingstrategy|deploymentconfiguration|deploymentcontroller|launchtype|loadbalancers'
    rb'|networkconfiguration|healthcheckgraceperiodseconds|capacityproviderstrategy|taskdefinition)"\s*:',
    re.IGNORECASE,
)
# A file is named. In the parameters of the ECS CLI, `ecs-params.yml`, an object stands there.
_ECSPRESSO = re.compile(rb"^[\"']?task_definition[\"']?[ \t]*:[ \t]*[^\s#]", re.MULTILINE)


def claims(path: str, content: bytes) -> bool:
    """Whether a file looks like a task definition, an array of container definitions, a service, or ecspresso's.

    This is a first sieve over bytes; `load` drops a file that turns out to hold no such thing where it would matter.
    """
    if not path.endswith(".json"):
        return b"task_definition" in content and bool(_ECSPRESSO.search(content))
    if is_task(content):
        return True
    service = len(content) <= LARGEST_SERVICE and _SERVICE.search(content)
    return bool(service) and not _TEMPLATE.search(content)


def is_task(content: bytes) -> bool:
    """Whether a JSON file looks like a task definition, or like an array of container definitions."""
    if _DEFINITIONS.search(content):
        return not _TEMPLATE.search(content)
    return bool(_ARRAY.match(content) and _IMAGE.search(content))


def load(paths: Sequence[str], files: Files, settings: Settings) -> Iterator[Project]:
    """A project for each task definition with its services, and for services without one."""
    from ecslint.frontends.taskdef.projects import projects

    yield from projects(paths, files)
