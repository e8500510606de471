"""A root module with all that it calls: what one `terraform apply` deploys."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from ecslint.files import Refused
from ecslint.frontends.terraform.functions.context import Context
from ecslint.frontends.terraform.inputs import Inputs
from ecslint.frontends.terraform.instance import Instance

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ecslint.finding import Problem
    from ecslint.frontends.terraform.configuration import Configurations, Module
    from ecslint.frontends.terraform.cty.value import Typed
    from ecslint.frontends.terraform.declared import Declared
    from ecslint.frontends.terraform.expansion import Expansion

MOST_MODULES = 2000
"""The most module instances of one root."""


class Deployment:
    """A root module, evaluated with the values that are given to it."""

    def __init__(self, configurations: Configurations, root: Module, settings: Mapping[str, Any], base: str) -> None:
        self.configurations = configurations
        self.folder = root.folder
        self.context = Context(configurations.files, root.folder)
        self.workspace: str = settings.get("workspace", "")
        self.installed = self._installed()
        self.modules: dict[str, Module] = {root.folder: root}
        self.left = MOST_MODULES
        self.late: list[Problem] = []
        self._by_type: dict[str, list[Declared]] | None = None
        self.given: Mapping[str, Typed] = {}
        self.root = Instance(self, root)
        self.inputs = Inputs(configurations.files, root.folder, self.root.variables)
        self.inputs.gather(settings, base)
        self.given = self.inputs.values

    def admitted(self, calls: Expansion) -> Expansion:
        """The instances of a module call, as far as there is room for them."""
        room = min(len(calls.repeats), self.left)
        self.left -= room
        if room == len(calls.repeats):
            return calls
        return calls.cut(room, f"there are more than {MOST_MODULES} modules")

    def module(self, folder: str) -> Module | None:
        """The module in a folder, if it is there."""
        found = self.configurations.module(folder)
        if found is not None:
            self.modules[folder] = found
        return found

    def relative(self, module: Module | None) -> str:
        """A module's folder as Terraform says it: from the root's."""
        if module is None or module.folder == self.folder:
            return "."
        return os.path.relpath(module.folder or ".", self.folder or ".").replace(os.sep, "/")

    def instances(self) -> Iterator[Instance]:
        """The instances of all modules, callers before what they call."""
        todo = [self.root]
        for instance in todo:
            yield instance
            todo += [inner for call in instance.calls() for inner in call.instances]

    def of_type(self, type: str) -> list[Declared]:
        """All instances of a managed type, in all modules."""
        if self._by_type is None:
            self._by_type = {}
            for instance in self.instances():
                for group in instance.groups():
                    if group.mode == "managed":
                        self._by_type.setdefault(group.type, []).extend(group.declared)
        return self._by_type.get(type, [])

    def report(self, problem: Problem) -> None:
        """Take note of what was found wrong while something was evaluated; every problem counts once."""
        if problem not in self.late:
            self.late.append(problem)

    def problems(self) -> list[Problem]:
        """What is wrong with the files of all modules, with those of values, and with what was evaluated so far."""
        found = [problem for folder in sorted(self.modules) for problem in self.modules[folder].problems]
        return [*found, *self.inputs.problems, *self.late]

    def _installed(self) -> dict[str, str]:
        """The folders of the modules that `terraform init` has fetched, by the names of the calls that lead there."""
        path = os.path.join(self.folder, ".terraform/modules/modules.json").replace(os.sep, "/")
        files = self.configurations.files
        if not files.exists(path):
            return {}
        try:
            listed = json.loads(files.read(path).text)["Modules"]
            found = {str(item["Key"]): str(item["Dir"]) for item in listed if item["Key"]}
        except (Refused, ValueError, KeyError, TypeError):
            return {}
        return {
            key: os.path.normpath(os.path.join(self.folder, folder)).replace(os.sep, "/")
            for key, folder in found.items()
        }
