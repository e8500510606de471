"""Where a function is called: the folder that relative paths start from, and what it may read."""

from __future__ import annotations

import codecs
import os
from typing import TYPE_CHECKING

from ecslint.files import Refused
from ecslint.frontends.terraform.failure import Declined, Failure

if TYPE_CHECKING:
    from ecslint.files import Files
    from ecslint.source import SourceFile


_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


EXHAUSTED = "the configuration takes too long to evaluate"


class Budget:
    """How much work may still be done. One for all expressions of a project."""

    __slots__ = ("depth", "steps")

    DEEPEST = 1000
    MOST_STEPS = 400_000
    """Of some 1,200 public root modules none took more than a twentieth of this."""

    def __init__(self) -> None:
        self.depth = 0
        self.steps = self.MOST_STEPS

    def spend(self, steps: int = 1) -> None:
        """Raises `Declined` when the work is too much."""
        if not self.afford(steps):
            raise Declined(EXHAUSTED)

    def afford(self, steps: int) -> bool:
        """Take away what some work costs; whether that much was left."""
        self.steps -= steps
        return self.steps >= 0

    @property
    def spent(self) -> bool:
        """Whether there was too much work already."""
        return self.steps < 0


class Context:
    """The surroundings of a call. `folder` is the working directory of Terraform, relative to the boundary.

    `template` names the template function that the call stands in, which forbids it some functions. Where values stand
    alone, in the files that give variables theirs, nothing is `callable`.
    """

    __slots__ = ("budget", "callable", "files", "folder", "template")

    def __init__(
        self,
        files: Files | None,
        folder: str,
        budget: Budget | None = None,
        template: str = "",
        *,
        callable: bool = True,
    ) -> None:
        self.files = files
        self.folder = folder
        self.budget = budget or Budget()
        self.template = template
        self.callable = callable

    def inside(self, template: str) -> Context:
        """The same surroundings inside a template."""
        return Context(self.files, self.folder, self.budget, template)

    def locate(self, path: str) -> tuple[Files, str]:
        """The files, and a path relative to the boundary. Raises `Declined` for what lies outside."""
        if self.files is None:
            raise Declined("no files are read here")
        if path.startswith("~"):
            raise Declined("the home folder of whoever runs Terraform is not read")
        if os.path.isabs(path):
            relative = self.files.relative(path)
        else:
            relative = os.path.normpath(os.path.join(self.folder, path)).replace(os.sep, "/")
        relative = "" if relative == "." else relative
        if relative.startswith("../") or relative == ".." or not self.files.inside(relative):
            raise Declined(f"`{path}` lies outside the boundary and is not read")
        return self.files, relative

    def read(self, path: str) -> SourceFile:
        """A text file. Raises `Failure` where it is not there, and `Declined` where it may not be read."""
        files, relative = self.locate(path)
        self._require(files, relative, path)
        try:
            found = files.read(relative)
            # We read UTF-16, too; Terraform does not.
            wide = files.read_bytes(relative, 2) in _WIDE
        except Refused as refused:
            if refused.kind != "encoding":
                raise Declined(f"`{path}` cannot be read: {refused}") from refused
            wide = True
        if wide:
            raise Failure(f'contents of "{path}" are not valid UTF-8')
        return found

    def read_bytes(self, path: str) -> bytes:
        """A file's bytes. Raises as `read` does."""
        files, relative = self.locate(path)
        self._require(files, relative, path)
        try:
            return files.read_bytes(relative)
        except Refused as refused:
            raise Declined(f"`{path}` cannot be read: {refused}") from refused

    @staticmethod
    def _require(files: Files, relative: str, path: str) -> None:
        if not files.exists(relative):
            raise Failure(f'no file exists at "{path}"')
