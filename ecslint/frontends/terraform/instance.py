"""A module as it is deployed: one call of it, with the values that the caller passes.

Everything is evaluated when it is asked for, and once. What refers to itself, by whatever way, is not known.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.data import Pointer
from ecslint.frontends.terraform.cty.types import DYNAMIC
from ecslint.frontends.terraform.cty.value import SENSITIVE, Doubt, Record, Typed, unknown
from ecslint.frontends.terraform.declared import Group
from ecslint.frontends.terraform.expansion import Expansion, Repeat, expansion
from ecslint.frontends.terraform.failure import Failure
from ecslint.frontends.terraform.hcl.expression import Literal, salvaged
from ecslint.frontends.terraform.providers import chosen, region
from ecslint.frontends.terraform.references import ModuleScope
from ecslint.frontends.terraform.symbolic import symbolic
from ecslint.frontends.terraform.variables import Variable
from ecslint.value import Ref

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecslint.frontends.terraform.configuration import Module
    from ecslint.frontends.terraform.declared import Declared
    from ecslint.frontends.terraform.deployment import Deployment
    from ecslint.frontends.terraform.hcl.syntax import Block
    from ecslint.model import Resource
    from ecslint.text import Part

DEEPEST = 20
"""How many modules may call each other in a row."""


class Call:
    """A `module` block in an instance, with the instances that it makes."""

    def __init__(self, name: str, block: Block, caller: Instance) -> None:
        self.name = name
        self.block = block
        self.caller = caller
        self.expansion: Expansion = caller.deployment.admitted(expansion(block.body, caller.scope))
        self.instances = [Instance(caller.deployment, None, self, each) for each in self.expansion.repeats]

    @property
    def value(self) -> Typed:
        """What `module.name` is: an object of outputs, or several under their keys."""
        return self.expansion.value([instance.outputs_record() for instance in self.instances])


class Instance:
    """One instance of a module; the root has no call.

    One that is not read, such as one that is not on disk, has no `module`; `missing` says why.
    """

    def __init__(
        self, deployment: Deployment, module: Module | None, call: Call | None = None, repeat: Repeat | None = None
    ) -> None:
        self.deployment = deployment
        self.missing = ""
        self.call = call
        self.repeat = repeat
        self.parent = call.caller if call is not None else None
        self.depth: int = 0 if self.parent is None else self.parent.depth + 1
        self.module = module
        if call is not None and self.parent is not None:
            self.module, self.missing = self.parent.callee(call)
        self.scope = ModuleScope(self, deployment.context)
        self._values: dict[tuple[str, str], Typed] = {}
        self._variables: dict[str, Variable] | None = None
        self._calls: dict[str, Call] = {}
        self._groups: dict[tuple[str, str, str], Group] = {}
        self._regions: dict[str, str | None] = {}
        self._symbolic: Resource | None = None

    @property
    def path(self) -> str:
        """The address: `module.compute["blue"]`; empty for the root."""
        if self.call is None or self.repeat is None:
            return ""
        above = f"{self.parent.path}." if self.parent is not None and self.parent.path else ""
        return f"{above}module.{self.call.name}{self.repeat.suffix}"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the calls that lead here, as `modules.json` knows them."""
        return () if self.call is None or self.parent is None else (*self.parent.names, self.call.name)

    @property
    def exists(self) -> tuple[Typed, ...]:
        """Under which conditions the instance is there: its own, and those of all around it."""
        if self.repeat is None or self.parent is None:
            return ()
        return (*self.parent.exists, self.repeat.exists)

    @property
    def variables(self) -> dict[str, Variable]:
        """The variables that the module declares."""
        if self._variables is None:
            blocks = self.module.variables if self.module is not None else {}
            self._variables = {name: Variable(name, block) for name, block in blocks.items()}
        return self._variables

    # Named values

    def variable(self, name: str) -> Typed | None:
        """The value of a variable; None where none of the name is declared."""
        declared = self.variables.get(name)
        if declared is None:
            return None
        key = ("var", name)
        if key in self._values:
            return self._values[key]
        symbol = ("var", id(self.deployment), self.path, name)
        found = self._once("var", name, lambda: declared.value(self.given(name), symbol))
        if not declared.accepts(found, self.scope):
            # Terraform would stop here, so something else is what is deployed.
            why = f"the validation of the variable `{name}` does not let it have the value that stands here"
            found = declared.missing(symbol, why)
        elif self.call is None:
            found = self.deployment.inputs.settled(declared, found, symbol)
        self._values[key] = found
        return found

    def given(self, name: str) -> Typed | None:
        """What the caller, or whoever runs Terraform, gives for a variable."""
        if self.call is None or self.parent is None or self.repeat is None:
            return self.deployment.given.get(name)
        attribute = self.call.block.body.attributes.get(name)
        if attribute is None:
            body = self.call.block.body
            return unknown(DYNAMIC, body.open, None, self.call.block.place) if body.open else None
        value = salvaged(attribute.expression, self.parent.scope.child(self.repeat.names))
        return value.hop(attribute.expression.place or attribute.span, f"passed to `module.{self.call.name}` here")

    def local(self, name: str) -> Typed | None:
        """The value of a local; None where none of the name is declared."""
        attribute = self.module.locals.get(name) if self.module is not None else None
        if attribute is None:
            return None
        expression = attribute.expression
        return self._once("local", name, lambda: salvaged(expression, self.scope))

    def output(self, name: str) -> Typed | None:
        """The value of an output; None where none of the name is declared."""
        if self.module is None:
            return self._of_module(name)
        block = self.module.outputs.get(name)
        if block is None:
            return None
        attribute = block.body.attributes.get("value")
        if attribute is None:
            return unknown(DYNAMIC, block.body.open or "the output has no value", None, block.place)
        expression = attribute.expression

        def value() -> Typed:
            found = salvaged(expression, self.scope).hop(expression.place or block.place, f"output of `{self.path}`")
            flag = block.body.attributes.get("sensitive")
            secret = flag is not None and isinstance(flag.expression, Literal) and flag.expression.constant.data is True
            return found.mark(frozenset({SENSITIVE})) if secret else found

        return self._once("output", name, value)

    def _of_module(self, name: str) -> Typed:
        """An output of a module that is not on disk: a reference to what nobody has read, but for a few."""
        from ecslint.frontends.terraform import published

        assert self.call is not None
        found = published.output(self, name)
        if found is not None:
            return found
        pointer = Pointer(f"the module `{self.path}` {self.missing}", Ref(self.symbolic, name))
        return Typed(pointer, DYNAMIC, self.call.block.place, doubt=Doubt.UNKNOWN)

    @property
    def symbolic(self) -> Resource:
        """What a module that is not on disk is to the model."""
        if self._symbolic is None:
            assert self.call is not None
            self._symbolic = symbolic(self, self.call)
        return self._symbolic

    def outputs_record(self) -> Typed:
        """All outputs as an object that looks them up one by one."""

        def lookup(name: str) -> Typed:
            found = self.output(name)
            if found is not None:
                return found
            if self.module is not None and self.module.open:
                return unknown(DYNAMIC, self.module.open)
            raise Failure(f'This object does not have an attribute named "{name}".')

        why = f"the outputs of `{self.path}` are read one by one"
        record = Record(why, lookup, ("module", id(self.deployment), self.path))
        return Typed(record, DYNAMIC, self.call.block.place if self.call else None, doubt=Doubt.NOT_NULL)

    def _once(self, kind: str, name: str, make: Callable[[], Typed]) -> Typed:
        """The value of a name, made once; while it is made it is not known."""
        key = (kind, name)
        if key not in self._values:
            self._values[key] = unknown(DYNAMIC, f"`{kind}.{name}` refers to itself")
            try:
                self._values[key] = make()
            except Failure as failure:
                self._values[key] = unknown(DYNAMIC, f"`{kind}.{name}` cannot be evaluated: {failure.message}")
        return self._values[key]

    # Modules and resources

    def calls(self) -> list[Call]:
        """The calls of the module, with all their instances."""
        return [
            found for name in (self.module.calls if self.module else ()) if (found := self.called(name)) is not None
        ]

    def called(self, name: str) -> Call | None:
        """The call of a name."""
        block = self.module.calls.get(name) if self.module is not None else None
        if block is None:
            return None
        if name not in self._calls:
            self._calls[name] = Call(name, block, self)
        return self._calls[name]

    def callee(self, call: Call) -> tuple[Module | None, str]:
        """The module that a call means; None where it is not read, with the reason."""
        folder = self.deployment.installed.get(".".join((*self.names, call.name)))
        attribute = call.block.body.attributes.get("source")
        if folder is None and attribute is not None and isinstance(attribute.expression, Literal):
            source = attribute.expression.constant.string or ""
            if source.startswith(("./", "../")) and self.module is not None:
                folder = os.path.normpath(os.path.join(self.module.folder, source)).replace(os.sep, "/")
        if folder is None:
            return None, "is not on disk"
        if folder.startswith(".."):
            return None, "lies outside the boundary and is not read"
        if folder in self._around():
            return None, "calls itself"
        if self.depth >= DEEPEST:
            return None, f"is called by more than {DEEPEST} others in a row"
        return self.deployment.module("" if folder == "." else folder), "is not on disk"

    def _around(self) -> set[str]:
        """The folders of this module and of all that lead to it: calling one of them would never end."""
        instance: Instance | None = self
        found: set[str] = set()
        while instance is not None:
            found.add(instance.module.folder or "." if instance.module is not None else "")
            instance = instance.parent
        return found

    def groups(self) -> list[Group]:
        """The resources and data sources of the module, in the order written."""
        return [
            group for key in (self.module.resources if self.module else ()) if (group := self.group(*key)) is not None
        ]

    def adopt(self, group: Group) -> None:
        """Make a resource known before its count is worked out, which may lead back to it."""
        self._groups[(group.mode, group.type, group.name)] = group

    def environment(self, declared: Declared) -> dict[str, Part]:
        """What is known of where a resource is deployed."""
        name = chosen(declared.body, declared.group.type)
        if name not in self._regions:
            self._regions[name] = region(self, name).string
        found = self._regions[name]
        return {} if found is None else {"region": found}

    def group(self, mode: str, type: str, name: str) -> Group | None:
        """A resource block with all its instances."""
        key = (mode, type, name)
        block = self.module.resources.get(key) if self.module is not None else None
        if block is None:
            return None
        if key not in self._groups:
            Group(self, mode, type, name, block)
        return self._groups[key]
