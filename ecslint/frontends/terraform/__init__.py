"""Terraform: HCL and JSON files, followed through modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ecslint.config import Settings
    from ecslint.files import Files
    from ecslint.model import Project


def claims(path: str, content: bytes) -> bool:
    """Whether Terraform would read a file.

    One with lines that are nothing but `{% … %}` is the input of a template engine: it is no HCL, and a repository that
    keeps such a file must stay usable.
    """
    from ecslint.frontends.terraform.configuration import belongs, templated

    return belongs(path.rpartition("/")[2]) and not templated(content)


def load(paths: Sequence[str], files: Files, settings: Settings) -> Iterator[Project]:
    """One project for each root module, with all that it calls."""
    from ecslint.frontends.terraform.projects import projects

    yield from projects(paths, files, settings)
