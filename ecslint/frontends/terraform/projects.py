"""From Terraform files to projects: one for each root module, with all that it calls."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from ecslint.frontends.terraform.configuration import Configurations
from ecslint.frontends.terraform.console import Console
from ecslint.frontends.terraform.deployment import Deployment
from ecslint.frontends.terraform.mentions import told
from ecslint.frontends.terraform.roots import roots
from ecslint.model import Project
from ecslint.suppress import comments

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ecslint.config import Settings
    from ecslint.files import Files
    from ecslint.finding import Suppression
    from ecslint.frontends.terraform.configuration import Module
    from ecslint.frontends.terraform.hcl.syntax import Body
    from ecslint.source import Span

FRAMES = 20_000
"""Expressions, and the names that they lead to, nest deeper than Python's own limit; `Budget` holds them well below."""


def projects(paths: Sequence[str], files: Files, settings: Settings) -> Iterator[Project]:
    """The projects of the claimed files."""
    sys.setrecursionlimit(max(sys.getrecursionlimit(), FRAMES))
    configurations = Configurations(files)
    base = os.path.dirname(settings.path)
    for folder in roots(paths, configurations):
        root = configurations.module(folder)
        if root is not None:
            yield _project(Deployment(configurations, root, settings.terraform, base))


def _project(deployment: Deployment) -> Project:
    project = Project("terraform", deployment.folder or ".")
    for instance in deployment.instances():
        if instance.module is None:
            project.resources.append(instance.symbolic)
            continue
        missing = [instance.module.open, *(call.expansion.missing for call in instance.calls())]
        project.open = project.open or next(filter(None, missing), "")
        for group in instance.groups():
            project.open = project.open or group.expansion.missing
            for declared in group.declared:
                project.resources.append(declared.resource)
                if declared.type.derive is not None:
                    project.resources += declared.type.derive(declared)
    for resource in project.resources:
        if resource.kind and resource.managed:
            # Read now, so that what is wrong in the JSON of a task definition or a policy is told.
            _ = resource.document
    for folder in sorted(deployment.modules):
        module = deployment.modules[folder]
        project.files += [file.path for file in module.files]
        project.files += [problem.path for problem in module.refusals]
        project.suppressions += _suppressions(module)
    project.files += deployment.inputs.read
    project.reads |= deployment.configurations.files.reads
    project.problems += deployment.problems()
    project.evaluate = Console(deployment).evaluate
    project.outputs = lambda: told(deployment.root)
    return project


def _suppressions(module: Module) -> Iterator[Suppression]:
    """The ignores in comments; one above an argument or a block covers all of that."""
    for file in module.files:
        if "ecslint:" not in file.text:
            continue
        spans = _spans(module, file.path)
        for ignore in comments(file):
            yield ignore if ignore.covers is None else ignore._replace(covers=_widened(ignore.covers, spans))


def _widened(covers: Span, spans: list[Span]) -> Span:
    """What a comment covers, up to the end of what begins in its last line."""
    start = covers.end - len(covers.file.text[: covers.end].rpartition("\n")[2].lstrip())
    return covers._replace(end=max([covers.end, *(span.end for span in spans if span.start == start)]))


def _spans(module: Module, path: str) -> list[Span]:
    """The spans of all arguments and blocks of a file."""
    found: list[Span] = []

    def gather(body: Body) -> None:
        found.extend(attribute.span for attribute in body.attributes.values())
        for block in body.blocks:
            found.append(block.span)
            gather(block.body)

    tables = (module.variables, module.outputs, module.calls, module.resources)
    for block in (block for table in tables for block in table.values()):
        found.append(block.span)
        gather(block.body)
    found += [attribute.span for attribute in module.locals.values()]
    return [span for span in found if span.file.path == path]
