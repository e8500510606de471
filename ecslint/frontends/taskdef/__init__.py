"""Task definition JSON: what RegisterTaskDefinition takes, what DescribeTaskDefinition gives, and bare arrays."""

from __future__ import annotations

import re

from ecslint.lean import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ecslint.config import Settings
    from ecslint.files import Files
    from ecslint.model import Project

_DEFINITIONS = re.compile(rb'"containerdefinitions"\s*:', re.IGNORECASE)
_TEMPLATE = re.compile(rb'"Resources"\s*:\s*\{.*"AWS::', re.DOTALL)
_ARRAY = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*\[")
_IMAGE = re.compile(rb'"image"\s*:')


def claims(path: str, content: bytes) -> bool:
    """Whether a JSON file looks like a task definition or an array of container definitions.

    This is a first sieve over bytes; `load` drops a file that turns out to hold no such thing where it would matter.
    """
    if _DEFINITIONS.search(content):
        return not _TEMPLATE.search(content)
    return bool(_ARRAY.match(content) and _IMAGE.search(content))


def load(paths: Sequence[str], files: Files, settings: Settings) -> Iterator[Project]:
    """One project for each task definition."""
    from ecslint.frontends.taskdef.document import read

    for path in paths:
        project = read(path, files)
        if project is not None:
            yield project
