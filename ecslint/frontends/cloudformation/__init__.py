"""CloudFormation templates and CDK cloud assemblies."""

from __future__ import annotations

import re

from ecslint.lean import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ecslint.config import Settings
    from ecslint.files import Files
    from ecslint.model import Project

_JSON = re.compile(rb'"Resources"\s*:\s*\{')
_YAML = re.compile(rb"^[\"']?Resources[\"']?\s*:", re.MULTILINE)
_TYPE = re.compile(rb"Type[\"']?\s*:\s*[\"']?(?:AWS|Custom)::")
_CONCERNS = re.compile(rb"AWS::ECS::|ecs-tasks\.amazonaws|AWS::CloudFormation::Stack|AWS::Serverless::Application")


def claims(path: str, content: bytes) -> bool:
    """Whether a file is a template that concerns ECS, or may nest one that does.

    A first sieve over bytes. A template of other services is no business of ours: it must not be a problem when it does
    not parse, and what a template that concerns ECS needs of it, it nests. `load` drops what turns out to nest nothing
    of ECS either.
    """
    if not _CONCERNS.search(content) or not _TYPE.search(content):
        return False
    return bool(_JSON.search(content) or (not path.endswith(".json") and _YAML.search(content)))


def load(paths: Sequence[str], files: Files, settings: Settings) -> Iterator[Project]:
    """One project for each template that no other one nests, with all that it nests."""
    from ecslint.frontends.cloudformation.projects import projects

    yield from projects(paths, files, settings)
