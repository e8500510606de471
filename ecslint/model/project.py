"""What is deployed together."""

from __future__ import annotations

from ecslint.lean import TYPE_CHECKING, Generic, TypeVar
from ecslint.model.resource import Resource
from ecslint.value import MAYBE, NO, YES, Answer, Value
from ecslint.world import UNDECIDED

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from ecslint.finding import Notice, Problem, Suppression
    from ecslint.model.noun import Noun
    from ecslint.model.workspace import RequiredName
    from ecslint.source import Place
    from ecslint.text import Referable
    from ecslint.world import World

N = TypeVar("N", bound="Noun")
T = TypeVar("T")


RUNS_CODE = (
    "AWS::CloudFormation::CustomResource",
    "AWS::CloudFormation::StackSet",
    "AWS::ServiceCatalog::CloudFormationProvisionedProduct",
    "aws_cloudformation_stack",
    "null_resource",
    "terraform_data",
)
"""How the types begin that run somebody's own code or templates, which may do anything to what they are given.

A nested stack is none of them: one that was not read opens its project.
"""


class Found(Generic[N]):
    """The answer to "which resource is this?": the noun, certainly none of this project, or MAYBE one."""

    __slots__ = ("answer", "noun")

    def __init__(self, answer: Answer, noun: N | None = None) -> None:
        self.answer = answer
        self.noun = noun


class Project:
    """A Terraform root with its modules, a CDK assembly, a template with its nested ones, or one task definition.

    `path` names it for a person, relative to the boundary. `files` are those that it was made of; `reads` also holds
    every path that was looked for. `open` says why there may be more resources than were read, about whatever of the
    project (a nested stack that lies elsewhere, a macro), and is empty if there are not; a resource of kind `Module`
    stands for more of them, which can only be about what it is given. `required` are the names that the configuration
    asks of its tasks. `evaluate` tells what an expression of the format's language is here: `known` with JSON,
    `symbolic` with a text, `unknown` or `error` with the reason; a format without expressions has none. `outputs` gives
    the resources that whoever calls the project as a part of another is told of. `hidden` holds the places of what its
    author says nobody may see. One without files is no project, but only brings `notices`.
    `world` is where choices are resolved at the moment; the engine sets it.
    """

    def __init__(self, frontend: str, path: str, resources: Iterable[Resource] = ()) -> None:
        self.frontend = frontend
        self.path = path
        self.resources = list(resources)
        self.open = ""
        self.files: list[str] = []
        self.reads: set[str] = set()
        self.problems: list[Problem] = []
        self.notices: list[Notice] = []
        self.hidden: list[Place] = []
        self.suppressions: list[Suppression] = []
        self.required: tuple[RequiredName, ...] = ()
        self.evaluate: Callable[[str], tuple[str, str]] | None = None
        self.outputs: Callable[[], tuple[Resource, ...]] | None = None
        self._world = UNDECIDED
        self._undecided: dict[Hashable, object] = {}
        self._memo = self._undecided
        self._kinds: dict[str, list[Resource]] | None = None
        self._handed: dict[int, frozenset[int]] = {}
        self._ordered: dict[int, frozenset[int] | None] = {}

    def __repr__(self) -> str:
        return f"Project({self.frontend}, {self.path!r})"

    @property
    def world(self) -> World:
        return self._world

    @world.setter
    def world(self, world: World) -> None:
        self._world = world
        self._memo = {} if world.decided or world.settled else self._undecided

    def forget(self) -> None:
        """Drop what was worked out from the documents, which may have changed."""
        self._undecided = {}
        self.world = UNDECIDED

    def memo(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made once in each world; in the one where nothing is decided, once for all rules."""
        if key not in self._memo:
            self._memo[key] = make()
        made: T = self._memo[key]  # type: ignore[assignment]  # a key is used for one kind of thing
        return made

    def of_kind(self, kind: str) -> list[Resource]:
        """The resources of a kind, whether or not they exist in this world."""
        if self._kinds is None:
            self._kinds = {}
            for resource in self.resources:
                self._kinds.setdefault(resource.kind, []).append(resource)
        return self._kinds.get(kind, [])

    def all(self, kind: type[N]) -> list[N]:
        """The nouns of a kind that may exist in this world."""
        return [self.noun(kind, r) for r in self.of_kind(kind.__name__) if not self.exists(r).no]

    def exists(self, resource: Resource) -> Answer:
        """Whether a resource exists in this world: MAYBE where its count is unknown."""
        exists = resource.exists
        return YES if exists.data is True else self.world.resolve(exists).true

    def noun(self, kind: type[N], resource: Resource) -> N:
        return self.memo((kind, resource), lambda: kind(self, resource.document, resource))

    def handed_out(self, resource: Referable) -> str:
        """Why something that was not read may add to a resource; empty where nothing can.

        A module that is not on disk can add only to what it is given.
        """
        if self.open:
            return self.open
        for module in self.of_kind("Module"):
            if id(resource) in self._given(module) and not self.exists(module).no:
                return f"`{module.address}` is given it and was not read"
        return ""

    def told_of(self, resource: Referable) -> bool:
        """Whether a project that this one is a part of may add to a resource, because it is told of it."""
        return self.outputs is not None and any(resource is one for one in self.outputs())

    def may_grow(self, resource: Resource) -> bool:
        """Whether something that was not read may add to a resource: a module, a caller, somebody's own script.

        Of what belongs to another project, not everything was read.
        """
        if self.handed_out(resource) or self.told_of(resource) or not self.owns(resource):
            return True
        scripts = (other for other in self.resources if _runs_code(other.type))
        return any(self._may_know(other, resource) for other in scripts)

    def _may_know(self, script: Resource, resource: Resource) -> bool:
        """Whether somebody's own code may be told of a resource."""
        if script.given is not None:
            return id(resource) in self._given(script)
        return not self.awaits(script, resource).no

    def _given(self, module: Resource) -> frozenset[int]:
        """The resources that a module which was not read, or somebody's own code, is given, by their identity."""
        key = id(module)
        if key not in self._handed:
            self._handed[key] = frozenset(map(id, module.given())) if module.given is not None else frozenset()
        return self._handed[key]

    def awaits(self, one: Resource, other: Resource) -> Answer:
        """Whether the deployer makes one resource only after another."""
        before = self._before(one)
        return MAYBE if before is None else Answer.of(id(other) in before)

    def _before(self, resource: Resource) -> frozenset[int] | None:
        """The resources that are made before one, by their identity; None where that is not known."""
        key = id(resource)
        if key not in self._ordered:
            found = resource.awaits() if resource.awaits is not None else None
            self._ordered[key] = None if found is None else frozenset(map(id, found))
        return self._ordered[key]

    @property
    def unread(self) -> str:
        """Why there may be resources besides those that were read; empty where there are none."""
        modules = self.of_kind("Module")
        return self.open or (f"`{modules[0].address}` was not read" if modules else "")

    def find(self, kind: type[N], value: Value) -> Found[N]:
        """The resource of a kind that a value names: by reference, or by one of its attributes' text."""
        ref = value.ref
        for resource in self.of_kind(kind.__name__) if ref is not None else ():
            if ref is not None and ref.resource is resource:
                return Found(YES, self.noun(kind, resource))
        answer = NO if value.absent.yes or (value.known and not self.unread) else MAYBE
        named: list[Resource] = []
        for resource in self.of_kind(kind.__name__):
            same = NO
            for attribute in kind.identities:
                same |= resource.ref(attribute).equals(value)
            # What is something else for certain is not asked whether it exists, which could tell worlds apart.
            if same.no or self.exists(resource).no:
                continue
            if same.yes:
                named.append(resource)
            elif resource.managed or value.known:
                answer = MAYBE
        # Of several that have one name, such as the variants of a task definition, nobody knows which is meant.
        return Found(YES, self.noun(kind, named[0])) if len(named) == 1 else Found(MAYBE if named else answer)

    def find_anywhere(self, kind: type[N], value: Value) -> Found[N]:
        """The same, or the resource of another project that this one imports."""
        found, ref = self.find(kind, value), value.ref
        resource = ref.resource if ref is not None else None
        if found.noun is None and isinstance(resource, Resource) and resource.kind == kind.__name__:
            return Found(YES, self.noun(kind, resource))
        return found

    def owns(self, resource: Resource) -> bool:
        """Whether a resource is one of this project, and not of another one."""
        return any(resource is one for one in self.of_kind(resource.kind))


def _runs_code(type: str) -> bool:
    """Whether resources of a type do what only their author knows: a script, a template, a type of another vendor."""
    return type.startswith(RUNS_CODE) or ("::" in type and not type.startswith("AWS::"))
