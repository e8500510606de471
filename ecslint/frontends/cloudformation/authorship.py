"""Where a person wrote what an assembly holds.

The user's own line stands in a stack trace, if the library left one that can be trusted; else the construct is looked
for by its path in the program beside the assembly. What a stage repeats is shown where the first stage has it. Nothing
is read before a finding asks.
"""

from __future__ import annotations

import posixpath

from ecslint.files import Refused
from ecslint.frontends.cloudformation.constructs import shown
from ecslint.frontends.cloudformation.pythonplaces import CONTAINERS, PythonPlaces
from ecslint.frontends.cloudformation.sources import Sources
from ecslint.lean import TYPE_CHECKING
from ecslint.source import Authored, Route

if TYPE_CHECKING:
    from ecslint.files import Files
    from ecslint.frontends.cloudformation.synthesis import AssemblyStack
    from ecslint.source import Keys, Span

APPLICATION = "cdk.json"


class Authorship:
    """The authors of one assembly, whose folder is relative to the boundary; `reads` is told of every program read."""

    def __init__(self, files: Files, folder: str, reads: set[str]) -> None:
        self.files = files
        self.folder = folder
        self.reads = reads
        self.stages: dict[str, list[AssemblyStack]] = {}
        self._sources: Sources | None = None
        self._known: dict[tuple[int, Keys], Authored | None] = {}

    def add(self, stack: AssemblyStack) -> None:
        """Let the places in a stack's template be those of its author."""
        self.stages.setdefault(stack.local_scope, []).append(stack)
        stack.template.file.author = lambda keys: self.find(stack, keys)

    @property
    def sources(self) -> Sources:
        if self._sources is None:
            folder = self._application()
            command = self._command(posixpath.join(folder, APPLICATION))
            self._sources = Sources(self.files, folder, command, self.reads)
        return self._sources

    def _command(self, path: str) -> str:
        """How the application is run, which its settings say somewhere; empty where they cannot be read."""
        try:
            return self.files.read(path).text
        except Refused:
            return ""

    def _application(self) -> str:
        """The folder of the program: the nearest above the assembly with a `cdk.json`, or the one that it lies in."""
        folder = above = posixpath.dirname(self.folder)
        while True:
            if self.files.exists(posixpath.join(above, APPLICATION)):
                return above
            if not above:
                return folder
            above = posixpath.dirname(above)

    def find(self, stack: AssemblyStack, keys: Keys) -> Authored | None:
        """The author's place of what stands at a route in a template; None where nothing better is known."""
        if len(keys) < 2 or keys[0] != "Resources":
            return None
        part = (id(stack), keys[:7] if keys[3:4] == CONTAINERS else keys[:4])
        if part not in self._known:
            self._known[part] = self._program(stack, keys) or self._repeated(stack, keys)
        found = self._known[part]
        nearer = self._given(stack, keys, found) if found is not None else None
        return nearer if nearer is not None else found

    def _repeated(self, stack: AssemblyStack, keys: Keys) -> Authored | None:
        """The same place in the first stage that has the stack, where there are several."""
        first, *others = self.stages.get(stack.local_scope, [stack])
        return Authored(Route(first.template.file, keys).span(), "") if others else None

    def _program(self, stack: AssemblyStack, keys: Keys) -> Authored | None:
        declared = stack.declared.get(str(keys[1]))
        if declared is None:
            return None
        path = stack.construct_path(declared.logical_id, declared.declaration)
        traced = self._traced(stack, keys)
        made = self.sources.find(path) if traced is None else Authored(traced, self.sources.makes(traced, path))
        if keys[3:4] == CONTAINERS and len(keys) > 4:
            added = self._container(stack, keys, made)
            if added is not None:
                made = Authored(added, made.makes if made is not None else "")
        if made is None:
            return None
        return made._replace(makes=stack.without_stage(shown(made.makes, declared.declaration.type)))

    def _container(self, stack: AssemblyStack, keys: Keys, made: Authored | None) -> Span | None:
        """Where the container is added, or the variable or secret of it that the route leads into."""
        name = stack.template.text_at((*keys[:5], "Name"))
        added = self.sources.container(name, made.span.file if made else None) if name else None
        if added is None or len(keys) < 7 or keys[5] not in {"Environment", "Secrets"}:
            return added
        entry = stack.template.text_at((*keys[:7], "Name"))
        return (self.sources.entry(added, str(keys[5]), entry) if entry else None) or added

    def _given(self, stack: AssemblyStack, keys: Keys, made: Authored) -> Authored | None:
        """The argument, the variable or the statement in a Python program that becomes what stands at a route."""
        if not made.span.file.path.endswith(".py") or keys[2:3] != ("Properties",):
            return None
        places = PythonPlaces(self.sources, stack.template)
        found = places.variable(made.span, keys) or places.argument(made.span, keys) or places.statement(keys)
        return made._replace(span=found) if found is not None else None

    def _traced(self, stack: AssemblyStack, keys: Keys) -> Span | None:
        """The first frame in the program of the property's stack trace, if there is one, or of the construct's."""
        construct = stack.construct(str(keys[1]))
        if construct is None:
            return None
        property = str(keys[3]) if len(keys) > 3 and keys[2] == "Properties" else ""
        for frames in (construct.frames(property) if property else [], construct.frames()):
            for frame in frames:
                found = self.sources.frame(frame)
                if found is not None:
                    return found
        return None
