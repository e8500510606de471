"""From claimed files to projects: which template nests which, what is an assembly, and what concerns ECS after all."""

from __future__ import annotations

import posixpath
import re
from itertools import chain

from ecslint.files import Refused
from ecslint.finding import Notice, Problem
from ecslint.frontends.cloudformation import ARTIFACTS
from ecslint.frontends.cloudformation.assembly import MANIFEST, Assembly
from ecslint.frontends.cloudformation.neighbours import Neighbours
from ecslint.frontends.cloudformation.nested import nested_paths
from ecslint.frontends.cloudformation.parameterfiles import Values
from ecslint.frontends.cloudformation.synthesis import AssemblyDeployment
from ecslint.frontends.cloudformation.template import Templates
from ecslint.lean import TYPE_CHECKING
from ecslint.model import Project

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ecslint.config import Settings
    from ecslint.files import Files
    from ecslint.frontends.cloudformation.deployment import Deployment
    from ecslint.frontends.cloudformation.nested import Given
    from ecslint.frontends.cloudformation.template import Template

APPLICATION = "cdk.json"

_ECS = re.compile(r"AWS::ECS::|ecs-tasks\.amazonaws")
_OUTPUT = re.compile(r'"output"\s*:\s*"([^"\\]*)"')


def projects(paths: Sequence[str], files: Files, settings: Settings) -> Iterator[Project]:
    """The projects of the claimed files."""
    templates = Templates(files)
    folders = [_folder(path) for path in paths if _name(path) == MANIFEST]
    unsynthesized = _applications([path for path in paths if _name(path) == APPLICATION], folders, files)
    single = [path for path in paths if _name(path) not in {APPLICATION, MANIFEST}]
    # A template in the folder of an assembly is one of its stacks, or left over from an earlier synthesis.
    folders += [_folder(path) for path in single if _is_assembly(_folder(path), files)]
    values = Values(settings, files)
    problems = values.problems
    loose = [path for path in single if not _is_assembly(_folder(path), files)]
    assemblies = sorted({_outermost(folder, files) for folder in folders})
    for project in chain(
        *(_assembly(folder, templates, values.get) for folder in assemblies),
        _templates(loose, templates, values.get),
    ):
        # What is wrong with a parameter file is wrong once.
        project.problems += problems
        problems = []
        yield project
    yield from unsynthesized
    yield from _unused(values, templates)


def _unused(values: Values, templates: Templates) -> Iterator[Project]:
    """What to tell of values that no template takes."""
    notices = list(values.unused(templates.parameters()))
    if notices:
        project = Project("cloudformation", notices[0].path)
        project.notices = notices
        yield project


def _name(path: str) -> str:
    return posixpath.basename(path)


def _folder(path: str) -> str:
    return posixpath.dirname(path)


# Assemblies


def _is_assembly(folder: str, files: Files) -> bool:
    """Whether a folder is an assembly; where somebody took its marker away, the manifest still says so."""
    inside = f"{folder}/" if folder else ""
    manifest = f"{inside}{MANIFEST}"
    if not files.exists(manifest):
        return False
    return files.exists(f"{inside}cdk.out") or any(type.decode() in _text(manifest, files) for type in ARTIFACTS)


def _outermost(folder: str, files: Files) -> str:
    """The assembly that a stage is part of, or the folder itself."""
    while folder and _is_assembly(_folder(folder), files):
        folder = _folder(folder)
    return folder


def _assembly(folder: str, templates: Templates, values: Given) -> Iterator[Project]:
    root = Assembly(folder, templates.files)
    deployment = AssemblyDeployment(root, templates, values)
    if not (_concerns(deployment) or (root.problems and _lies_beside(root, templates))):
        return
    project = deployment.project(folder)
    project.notices = list(deployment.notices())
    for assembly in root.everything():
        project.files.append(assembly.path)
        project.problems += assembly.problems
    project.files.sort()
    yield project


def _concerns(deployment: Deployment) -> bool:
    """Whether a stack has to do with ECS."""
    return any(_ECS.search(stack.template.file.text) for stack in deployment.stacks)


def _lies_beside(root: Assembly, templates: Templates) -> bool:
    """Whether a template of ECS lies beside a manifest that cannot be read, and is no doubt meant by it."""
    paths = [entry.path for entry in templates.files.entries(root.folder) if entry.name.endswith(".template.json")]
    found = (templates.find(path) for path in paths)
    return any(not isinstance(template, Refused) and _ECS.search(template.file.text) for template in found)


def _nearest(folder: str, applications: set[str]) -> str | None:
    """The folder of the application that an assembly lies in."""
    while folder:
        folder = _folder(folder)
        if folder in applications:
            return folder
    return None


def _applications(paths: Sequence[str], folders: list[str], files: Files) -> list[Project]:
    """What to tell of CDK applications that nobody synthesized; the assemblies of the others join the folders.

    An assembly beside the settings or below is one of theirs, wherever they would have another go to.
    """
    applications = {_folder(path) for path in paths}
    synthesized = {_nearest(folder, applications) for folder in folders}
    bare: list[str] = []
    for path in paths:
        output = _OUTPUT.search(_text(path, files))
        folder = posixpath.normpath(posixpath.join(_folder(path), output.group(1) if output else "cdk.out"))
        if _is_assembly(folder, files):
            folders.append(folder)
        elif _folder(path) not in synthesized:
            bare.append(path)
    if not bare:
        return []
    more = f" (and {len(bare) - 1} more)" if len(bare) > 1 else ""
    message = f"this CDK application is not synthesized, so nothing of it is linted{more}"
    help = "run `npx cdk synth` beside it, then ecslint again; ecslint never runs the program itself"
    project = Project("cloudformation", bare[0])
    project.notices.append(Notice(bare[0], message, help))
    return [project]


def _text(path: str, files: Files) -> str:
    """The text of a file; empty where it is none."""
    try:
        return files.read(path).text
    except Refused:
        return ""


# Templates


def _templates(paths: Sequence[str], templates: Templates, values: Given) -> Iterator[Project]:
    read: dict[str, Template] = {}
    for path in paths:
        template = templates.find(path)
        if isinstance(template, Refused):
            yield _refused(path, template)
        else:
            read[path] = template
    neighbours = Neighbours(templates, values)
    roots = _roots(read, templates.files)
    deployments = [neighbours.deploy(read[path]) for path in roots]
    for path, deployment in zip(roots, deployments, strict=True):
        if _concerns(deployment):
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
