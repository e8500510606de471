"""All stacks that are deployed together, what passes between them, and the project that they are to the model."""

from __future__ import annotations

from ecslint.files import Refused
from ecslint.finding import Problem
from ecslint.frontends.cloudformation import nested
from ecslint.frontends.cloudformation.environment import Environment
from ecslint.frontends.cloudformation.parts import identity
from ecslint.frontends.cloudformation.suppressions import suppressions
from ecslint.lean import TYPE_CHECKING
from ecslint.model import Project
from ecslint.value import Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Hashable

    from ecslint.frontends.cloudformation.declared import Declared
    from ecslint.frontends.cloudformation.stack import Stack
    from ecslint.frontends.cloudformation.template import Templates
    from ecslint.model import Resource
    from ecslint.source import Place

MOST_STACKS = 256
DEEPEST_NEST = 16


class Deployment:
    """The stacks of one project. `depth` and `rounds` bound what their evaluation may cost."""

    def __init__(self, templates: Templates) -> None:
        self.templates = templates
        self.stacks: list[Stack] = []
        self.open = ""
        self.depth = 0
        self.rounds = 0
        self.problems: list[Problem] = []
        self._environments: dict[tuple[str, str], Environment] = {}
        self._exports: dict[Hashable, list[tuple[Stack, str]]] | None = None
        self._by_type: dict[str, list[Declared]] = {}

    # Making it

    def environment(self, account: str = "", region: str = "") -> Environment:
        """The one environment of an account and a region."""
        key = (account, region)
        if key not in self._environments:
            self._environments[key] = Environment(account, region)
        return self._environments[key]

    def add(self, stack: Stack) -> None:
        """Take a stack in, with all that it nests."""
        self.stacks.append(stack)
        for declared in stack.declare():
            self._by_type.setdefault(declared.declaration.type, []).append(declared)
            if declared.declaration.type in nested.TYPES:
                self._nest(stack, declared)
        self.open = self.open or stack.open or stack.rewritten

    def _nest(self, stack: Stack, declared: Declared) -> None:
        path = nested.template_path(declared.declaration, stack.template, self.templates.files)
        template = self.templates.find(path) if path is not None else None
        if isinstance(template, Refused):
            self.problems.append(Problem(template.kind, template.path, str(template)))
            template = None
        chain = list(stack.ancestry())
        if template is None or len(self.stacks) >= MOST_STACKS or len(chain) >= DEEPEST_NEST:
            self.open = self.open or f"the nested stack `{declared.logical_id}` is not read"
        elif any(above.template is template for above in chain):
            self.open = self.open or f"the nested stack `{declared.logical_id}` nests itself"
        else:
            inner = stack.nest(declared, template)
            stack.nested[declared.logical_id] = inner
            self.add(inner)

    def project(self, path: str) -> Project:
        """The project, once all stacks are there."""
        project = Project("cloudformation", path)
        resources: list[Resource] = []
        for stack in self.stacks:
            stack.settle()
            for declared in stack.declared.values():
                resources.append(declared.resource)
                if declared.type.derive is not None:
                    resources += declared.type.derive(declared)
        project.resources = resources
        project.open = self.open
        templates = {stack.template.file.path: stack.template for stack in self.stacks}
        project.files = sorted(templates)
        project.reads = set(templates)
        project.problems = [*self.problems, *(problem for item in templates.values() for problem in item.problems)]
        project.hidden = [place for stack in self.stacks for place in stack.hidden()]
        project.suppressions = list(suppressions(self, project))
        return project

    def of_type(self, type: str) -> list[Declared]:
        """The resources of a type, in all stacks."""
        return self._by_type.get(type, [])

    # What passes between the stacks

    def exported(self, name: Value, importer: Stack, place: Place | None) -> Value:
        """What `Fn::ImportValue` gives: the output that some stack of the deployment exports under the name."""
        matching = self.exports.get(identity(name), [])
        # Two stages may export one name, each in an environment of its own.
        near = [(stack, output) for stack, output in matching if stack.environment is importer.environment]
        found = matching if len(matching) == 1 else near
        if len(found) == 1:
            stack, output = found[0]
            return stack.output(output).hop(place, f"imported from the output `{output}` of {stack.title} here")
        shown = f"`{name.string}`" if name.string is not None else "a name that is not known"
        why = f"several stacks export {shown}" if found else f"no stack here exports {shown}"
        symbol = ("import", importer.environment, name.string) if name.string is not None else None
        return Value(Unknown(why, symbol), place)

    @property
    def exports(self) -> dict[Hashable, list[tuple[Stack, str]]]:
        """The outputs that are exported, by what identifies the name of the export."""
        if self._exports is None:
            self._exports = {}
            for stack in self.stacks:
                for output, name in stack.export_names():
                    self._exports.setdefault(identity(name), []).append((stack, output))
        return self._exports

    def output(self, stack_name: Value, output: Value, place: Place | None) -> Value:
        """What `Fn::GetStackOutput` gives: an output of a stack by the names of both."""
        found = [stack for stack in self.stacks if stack.name and stack.name == stack_name.string]
        if len(found) == 1 and output.string is not None:
            stack = found[0]
            return stack.output(output.string).hop(
                place, f"read from the output `{output.string}` of {stack.title} here"
            )
        shown = f"`{stack_name.string}`" if stack_name.string is not None else "a stack that is not known"
        symbol = ("output", stack_name.string, output.string) if stack_name.string and output.string else None
        return Value(Unknown(f"the output of {shown} is known at deployment only", symbol), place)
