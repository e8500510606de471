"""A stack: a template with the parameters, the place and the name it is deployed with."""

from __future__ import annotations

from ecslint.frontends.cloudformation.conditions import Conditions, compared
from ecslint.frontends.cloudformation.declared import Declared
from ecslint.frontends.cloudformation.evaluation import Evaluation
from ecslint.frontends.cloudformation.languageextensions import rounds
from ecslint.frontends.cloudformation.parameters import Parameter
from ecslint.frontends.cloudformation.resources import resource_type
from ecslint.frontends.cloudformation.template import Declaration, declaration
from ecslint.lean import TYPE_CHECKING
from ecslint.value import Ref, Text, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.frontends.cloudformation.deployment import Deployment
    from ecslint.frontends.cloudformation.environment import Environment
    from ecslint.frontends.cloudformation.nested import Given
    from ecslint.frontends.cloudformation.template import Template
    from ecslint.source import Place

OUTPUTS = "Outputs."


def nothing_given(name: str) -> Value | None:
    """The values of a stack to whose parameters nobody gives any."""
    return None


class Stack:
    """A stack of a deployment.

    `name` is what it is called at deployment, empty where a person chooses. `scope` tells it from the other stacks of
    the deployment. `given` tells the values of parameters that somebody gives. `stage` is the CDK stage that it belongs
    to, empty where there are none.
    """

    stage = ""

    def __init__(
        self,
        deployment: Deployment,
        template: Template,
        environment: Environment,
        *,
        name: str = "",
        scope: str = "",
        given: Given = nothing_given,
        parent: Stack | None = None,
    ) -> None:
        self.deployment = deployment
        self.template = template
        self.environment = environment
        self.name = name
        self.scope = scope
        self.given = given
        self.parent = parent
        self.evaluation = Evaluation(self)
        self.conditions = Conditions(self)
        self.nested: dict[str, Stack] = {}
        self.declared: dict[str, Declared] = {}
        self.open = template.open
        self.rewritten = self._macro()
        self._parameters: dict[str, Parameter] | None = None
        self._compared: dict[str, list[str]] | None = None
        self._outputs: dict[str, tuple[Value, Evaluation]] | None = None
        self._busy: set[str] = set()

    def __repr__(self) -> str:
        return f"Stack({self.scope or self.template.file.path!r})"

    def ancestry(self) -> Iterator[Stack]:
        """The stack, and those around it."""
        stack: Stack | None = self
        while stack is not None:
            yield stack
            stack = stack.parent

    def nest(self, declared: Declared, template: Template) -> Stack:
        """The stack that a resource of this one nests."""
        scope = declared.resource.address
        return Stack(self.deployment, template, self.environment, scope=scope, given=declared.passed, parent=self)

    @property
    def title(self) -> str:
        """What a person calls the stack."""
        return f"`{self.name or self.scope or self.template.file.path}`"

    def _macro(self) -> str:
        """Why nothing in the template is as it will be deployed; empty where all is."""
        part = self.template.part("Transform")
        for item in part.items() if part.kind == "array" else (part,):
            name = item.string or item.get("name").string
            if item.present.yes and (name is None or not name.startswith("AWS::")):
                return f"the macro `{name or '?'}` rewrites the template"
            if name == "AWS::Include":
                self.open = self.open or "an include may add to the template"
        return ""

    def declare(self) -> Iterator[Declared]:
        """Make the resources of the template; once, before anything is evaluated."""
        for entry in self.template.resources():
            if isinstance(entry, Declaration):
                yield self._add(entry, self.evaluation)
                continue
            looped, gap = rounds(self.evaluation, [entry])
            self.open = self.open or gap
            for key, raw, evaluation in looped:
                if raw.kind == "object":
                    yield self._add(declaration(key, raw), evaluation)

    def _add(self, made: Declaration, evaluation: Evaluation) -> Declared:
        found = Declared(self, made, evaluation, resource_type(made.type))
        self.declared[found.logical_id] = found
        return found

    def settle(self) -> None:
        """Say under which condition each resource exists; when all stacks of the deployment are there."""
        for item in self.declared.values():
            condition = item.evaluation.value(item.declaration.part("Condition")).string
            if condition is not None:
                item.resource.exists = self.conditions.get(condition)

    def address(self, logical_id: str, made: Declaration) -> tuple[str, str]:
        """What a person calls a resource, and the same without the stacks around."""
        return (f"{self.scope}/{logical_id}" if self.scope else logical_id), logical_id

    def dummy(self, text: str) -> str:
        """Why a literal is not what will be deployed; empty where it is."""
        return ""

    # What names mean

    @property
    def parameters(self) -> dict[str, Parameter]:
        if self._parameters is None:
            self._parameters = {}
            for key, declared in self.template.part("Parameters").entries():
                self._parameters[key.written] = Parameter(self, key, declared)
        return self._parameters

    def hidden(self) -> Iterator[Place]:
        """The places of defaults and of given values that the template says nobody may see."""
        if "NoEcho" in self.template.file.text:
            for name, parameter in self.parameters.items():
                for value in (parameter.declared.get("default"), self.given(name)):
                    if parameter.secret and value is not None and value.string and value.place is not None:
                        yield value.place

    @property
    def compared(self) -> dict[str, list[str]]:
        """The literals that the conditions compare each parameter with."""
        if self._compared is None:
            self._compared = compared(self.template.part("Conditions"))
        return self._compared

    def ref(self, name: str, place: Place | None) -> Value:
        """What `Ref` gives for a name."""
        if name.startswith("AWS::"):
            return self.environment.pseudo(name, self.name, self, place)
        parameter = self.parameters.get(name)
        if parameter is not None:
            return parameter.value.hop(place, f"the parameter `{name}` is used here")
        item = self.declared.get(name)
        if item is None:
            return self._nothing(name, "", place)
        if item.type.reference is not None:
            return item.type.reference(item, place)
        return Value(Text((Ref(item.resource, item.type.ref),), (place,)), place)

    def attribute(self, logical_id: str, attribute: str, place: Place | None) -> Value:
        """What `Fn::GetAtt` gives."""
        item = self.declared.get(logical_id)
        if item is None:
            return self._nothing(logical_id, attribute, place)
        if attribute.startswith(OUTPUTS):
            inner = self.nested.get(logical_id)
            if inner is not None:
                found = inner.output(attribute[len(OUTPUTS) :])
                return found.hop(place, f"the output of `{logical_id}` is used here")
        if item.type.computed is not None:
            found_here = item.type.computed(item, attribute, place)
            if found_here is not None:
                return found_here
        word, suffix = item.type.attribute(attribute)
        ref = Ref(item.resource, word)
        return Value(Text((ref, suffix), (place, place)) if suffix else Text((ref,), (place,)), place)

    def _nothing(self, name: str, attribute: str, place: Place | None) -> Value:
        why = self.open or f"the template declares no `{name}`"
        return Value(Unknown(why, (self, name, attribute)), place)

    def mapping(self, name: str) -> Value:
        """A mapping of the template, raw."""
        part = self.template.part("Mappings")
        for key, table in part.entries():
            if key.written == name:
                return table
        return Value(Unknown(part.open or self.open or f"there is no mapping `{name}`"), part.place)

    # Outputs

    @property
    def outputs(self) -> dict[str, tuple[Value, Evaluation]]:
        """The raw outputs by name, with what evaluates them."""
        if self._outputs is None:
            listed, _ = rounds(self.evaluation, self.template.part("Outputs").entries())
            self._outputs = {item.key.written: (item.raw, item.evaluation) for item in listed}
        return self._outputs

    def output(self, name: str) -> Value:
        """The value of an output; unknown where there is none, or where it needs itself."""
        raw, evaluation = self.outputs.get(name, (None, self.evaluation))
        if raw is None or name in self._busy:
            why = f"the stack has no output `{name}`" if raw is None else f"the output `{name}` refers to itself"
            return Value(Unknown(why, (self, "output", name)), None)
        self._busy.add(name)
        try:
            return evaluation.value(raw.get("value"))
        finally:
            self._busy.discard(name)

    def export_names(self) -> Iterator[tuple[str, Value]]:
        """The outputs that are exported, each with its evaluated export name."""
        for name, (raw, evaluation) in self.outputs.items():
            exported = raw.get("export").get("name")
            if exported.present.yes:
                yield name, evaluation.value(exported)
