"""Templates that are deployed one by one, and import from each other.

Nobody says which stack is made of which template. Where just one template exports under a name that is known, it is
that one: of the importer's folder, whether or not it concerns ECS, or else of those that are linted together.
"""

from __future__ import annotations

import posixpath

from ecslint.files import Refused
from ecslint.frontends.cloudformation.deployment import Deployment
from ecslint.frontends.cloudformation.parts import identity
from ecslint.frontends.cloudformation.stack import Stack
from ecslint.lean import TYPE_CHECKING
from ecslint.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.frontends.cloudformation.nested import Given
    from ecslint.frontends.cloudformation.template import Template, Templates

ENDINGS = (".yaml", ".yml", ".json", ".template")
MOST_FILES = 100
"""How many files of a folder are looked at for an export."""


class Neighbours:
    """The templates of a run, each with a deployment of its own. `given` tells the values of their parameters."""

    def __init__(self, templates: Templates, given: Given) -> None:
        self.templates = templates
        self.given = given
        self._deployments: list[Deployment] = []
        self._folders: set[str] = set()

    def deploy(self, template: Template) -> Deployment:
        """A deployment of a template with all that it nests."""
        deployment = Deployment(self.templates)
        deployment.neighbours = self
        deployment.add(Stack(deployment, template, deployment.environment(), given=self.given))
        self._deployments.append(deployment)
        return deployment

    def exporters(self, name: str, importer: Stack) -> list[tuple[Stack, str]]:
        """The outputs of other templates that are exported under a name: of the importer's folder, or else of all."""
        folder = _folder(importer)
        if folder not in self._folders:
            self._folders.add(folder)
            for template in list(self._unread(folder)):
                self.deploy(template)
        key = identity(Value(name))
        others = (one for one in self._deployments if one is not importer.deployment)
        found = [export for deployment in others for export in deployment.exports.get(key, ())]
        return [export for export in found if _folder(export[0]) == folder] or found

    def _unread(self, folder: str) -> Iterator[Template]:
        """The templates in a folder that export something and were not read for their own sake."""
        known = {stack.template.file.path for deployment in self._deployments for stack in deployment.stacks}
        entries = [entry for entry in self.templates.files.entries(folder) if entry.name.endswith(ENDINGS)]
        for entry in entries[:MOST_FILES]:
            if entry.path not in known and self._exports(entry.path):
                template = self.templates.find(entry.path)
                if not isinstance(template, Refused):
                    yield template

    def _exports(self, path: str) -> bool:
        """Whether a file looks like a template with exports."""
        try:
            content = self.templates.files.read_bytes(path)
        except Refused:
            return False
        return all(word in content for word in (b"Resources", b"Outputs", b"Export"))


def _folder(stack: Stack) -> str:
    return posixpath.dirname(stack.template.file.path)
