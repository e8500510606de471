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
from ecslint.value import HOLE, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Hashable

    from ecslint.frontends.cloudformation.declared import Declared
    from ecslint.frontends.cloudformation.neighbours import Neighbours
    from ecslint.frontends.cloudformation.stack import Stack
    from ecslint.frontends.cloudformation.template import Templates
    from ecslint.model import Resource
    from ecslint.source import Place

MOST_STACKS = 256
DEEPEST_NEST = 16


class Deployment:
    """The stacks of one project.

    `reads` are the paths that it was made of or that were looked for. `depth` and `rounds` bound what the evaluation of
    its values may cost. `neighbours` knows what other templates export.
    """

    def __init__(self, templates: Templates) -> None:
        self.templates = templates
        self.stacks: list[Stack] = []
        self.open = ""
        self.depth = 0
        self.rounds = 0
        self.problems: list[Problem] = []
        self.reads: set[str] = set()
        self.neighbours: Neighbours | None = None
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
        self.reads.add(stack.template.file.path)
        for declared in stack.declare():
            self._by_type.setdefault(declared.declaration.type, []).append(declared)
            if declared.declaration.type in nested.TYPES:
                self._nest(stack, declared)
        self.open = self.open or stack.open or stack.rewritten

    def _nest(self, stack: Stack, declared: Declared) -> None:
        path = self.nested_path(stack, declared)
        template = None
        if path is not None:
            self.reads.add(path)
            template = self.templates.find(path) if self.templates.files.exists(path) else None
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

    def nested_path(self, stack: Stack, declared: Declared) -> str | None:
        """The path of the template that a resource nests; None where it is not known to lie here."""
        return nested.template_path(declared.declaration, stack.template)

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
        project.reads = self.reads
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
        found = _nearest(self.exports.get(identity(name), []), importer)
        if not found and name.string is not None and self.neighbours is not None:
            found = self.neighbours.exporters(name.string, importer)
        if len(found) == 1:
            stack, output = found[0]
            value = self._output_of(stack, output)
            return value.hop(place, f"imported from the output `{output}` of {stack.title} here")
        shown = (name.outline() or "…").replace(HOLE, "…")
        why = f"several stacks export `{shown}`" if found else f"no stack here exports `{shown}`"
        return Value(Unknown(why, ("import", importer.environment, identity(name))), place)

    def _output_of(self, stack: Stack, output: str) -> Value:
        """The value of an output, in whichever deployment; how deep the evaluation is counts there, too."""
        other = stack.deployment
        if other is self:
            return stack.output(output)
        self.reads.add(stack.template.file.path)
        depth, other.depth = other.depth, self.depth
        try:
            return stack.output(output)
        finally:
            other.depth = depth

    @property
    def exports(self) -> dict[Hashable, list[tuple[Stack, str]]]:
        """The outputs that are exported, by what identifies the name of the export."""
        if self._exports is None:
            self._exports = {}
            for stack in self.stacks:
                for output, name in stack.export_names():
                    self._exports.setdefault(identity(name), []).append((stack, output))
        return self._exports

    def output(self, stack_name: Value, output: Value, importer: Stack, place: Place | None) -> Value:
        """What `Fn::GetStackOutput` gives: an output of a stack by the names of both."""
        named = [(stack, "") for stack in self.stacks if stack.name and stack.name == stack_name.string]
        found = _nearest(named, importer)
        if len(found) == 1 and output.string is not None:
            stack = found[0][0]
            return stack.output(output.string).hop(
                place, f"read from the output `{output.string}` of {stack.title} here"
            )
        shown = f"`{stack_name.string}`" if stack_name.string is not None else "a stack that is not known"
        symbol = ("output", stack_name.string, output.string) if stack_name.string and output.string else None
        return Value(Unknown(f"the output of {shown} is known at deployment only", symbol), place)


def _nearest(found: list[tuple[Stack, str]], importer: Stack) -> list[tuple[Stack, str]]:
    """Of several stacks, those of the importer's stage, or else of its environment: each has names of its own."""
    for near in (
        found,
        [item for item in found if item[0].stage == importer.stage],
        [item for item in found if item[0].environment is importer.environment],
    ):
        if len(near) == 1:
            return near
    return found
