"""From claimed files to projects: which template nests which, and what concerns ECS after all."""

from __future__ import annotations

import re

from ecslint.files import Refused
from ecslint.finding import Problem
from ecslint.frontends.cloudformation.deployment import Deployment
from ecslint.frontends.cloudformation.nested import nested_paths
from ecslint.frontends.cloudformation.parameterfiles import given
from ecslint.frontends.cloudformation.stack import Stack
from ecslint.frontends.cloudformation.template import Template, Templates
from ecslint.lean import TYPE_CHECKING
from ecslint.model import Project

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ecslint.config import Settings
    from ecslint.files import Files

_ECS = re.compile(r"AWS::ECS::|ecs-tasks\.amazonaws")


def projects(paths: Sequence[str], files: Files, settings: Settings) -> Iterator[Project]:
    """The projects of the claimed files."""
    templates = Templates(files)
    read: dict[str, Template] = {}
    for path in paths:
        template = templates.find(path)
        if isinstance(template, Refused):
            yield _refused(path, template)
        else:
            read[path] = template
    values, problems = given(settings, files)
    for path in _roots(read, files):
        deployment = Deployment(templates)
        deployment.problems = list(problems)
        deployment.add(Stack(deployment, read[path], deployment.environment(), given=values.get))
        if any(_ECS.search(stack.template.file.text) for stack in deployment.stacks):
            yield deployment.project(path)


def _refused(path: str, refused: Refused) -> Project:
    project = Project("cloudformation", path)
    project.files.append(path)
    project.reads.add(path)
    project.problems.append(Problem(refused.kind, path, str(refused)))
    return project


def _roots(read: dict[str, Template], files: Files) -> list[str]:
    """The templates that no other one nests. Of some that nest each other in a circle, the first."""
    nests = {path: nested_paths(template, files) - {path} for path, template in read.items()}
    inner = {path for paths in nests.values() for path in paths}
    roots = [path for path in read if path not in inner]
    reached = _reached(roots, nests)
    for path in read:
        if path not in reached:
            roots.append(path)
            reached |= _reached([path], nests)
    return roots


def _reached(paths: list[str], nests: dict[str, set[str]]) -> set[str]:
    """The paths with all that they nest, however deep."""
    found: set[str] = set()
    todo = list(paths)
    while todo:
        path = todo.pop()
        if path not in found:
            found.add(path)
            todo += nests.get(path, ())
    return found
