"""All projects inside the arguments, and what lies beside them."""

from __future__ import annotations

from ecslint.lean import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ecslint.finding import Notice, Problem
    from ecslint.model.project import Project
    from ecslint.source import Place


class RequiredName(NamedTuple):
    """A name that every task of a family must be given, as the configuration says.

    `task` and `container` are globs; `section` is `secrets` or `environment`; `place` is where it is written.
    """

    task: str
    container: str
    section: str
    name: str
    place: Place


class Workspace:
    """What one run looks at. `root` is the boundary, an absolute path; every other path is relative to it."""

    def __init__(
        self,
        root: str,
        projects: Sequence[Project],
        problems: Sequence[Problem] = (),
        files: Sequence[str] = (),
        notices: Sequence[Notice] = (),
    ) -> None:
        self.root = root
        self.projects = list(projects)
        self.problems = list(problems)
        self.files = list(files)
        self.notices = list(notices)
