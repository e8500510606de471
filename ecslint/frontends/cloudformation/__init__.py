"""CloudFormation templates and CDK cloud assemblies."""

from __future__ import annotations

import re

from ecslint.lean import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ecslint.config import Settings
    from ecslint.files import Files
    from ecslint.model import Project

CONCERNS = (b"AWS::ECS::", b"ecs-tasks.amazonaws", b"AWS::CloudFormation::Stack", b"AWS::Serverless::Application")
"""What a template holds that has to do with ECS, or may nest one that has."""

ARTIFACTS = (b"aws:cloudformation:stack", b"cdk:cloud-assembly")
"""What the manifest of a cloud assembly holds."""


_RESOURCES = re.compile(rb"^[\"']?Resources[\"']?\s*:(?!(?:\s|#[^\n]*\n)*-\s)", re.MULTILINE)


def claims(path: str, content: bytes) -> bool:
    """Whether a file is a template that concerns ECS or may nest one that does, a cloud assembly, or a CDK application.

    A first sieve over bytes. A template of other services is no business of ours: it must not be a problem when it does
    not parse, and what a template that concerns ECS needs of it, it nests. `load` drops what turns out to nest nothing
    of ECS either.
    """
    name = path.rpartition("/")[2]
    if name == "manifest.json":
        return any(type in content for type in ARTIFACTS)
    if name == "cdk.json":
        return b'"app"' in content
    return any(word in content for word in CONCERNS) and _is_template(path, content)


def _is_template(path: str, content: bytes) -> bool:
    """Whether there is a section of resources, one of which has a type of AWS or a custom one.

    CodeDeploy's AppSpec file has a list of them instead.
    """
    if not re.search(rb"Type[\"']?\s*:\s*[\"']?(?:AWS|Custom)::", content):
        return False
    if re.search(rb'"Resources"\s*:\s*\{', content):
        return True
    return not path.endswith(".json") and bool(_RESOURCES.search(content))


def load(paths: Sequence[str], files: Files, settings: Settings) -> Iterator[Project]:
    """One project for each template that no other one nests, and one for each assembly with all its stages."""
    from ecslint.frontends.cloudformation.projects import projects

    yield from projects(paths, files, settings)
