"""What names mean in a module: `var`, `local`, `module`, `data`, resources, `path`, `terraform`.

Source: Terraform's `internal/lang/eval.go` and `internal/addrs/parse_ref.go`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.types import DYNAMIC, STRING
from ecslint.frontends.terraform.cty.value import EPHEMERAL, Doubt, Typed, string, unknown
from ecslint.frontends.terraform.failure import Failure
from ecslint.frontends.terraform.hcl.postfix import AttributeStep, IndexStep
from ecslint.frontends.terraform.hcl.scope import Scope
from ecslint.value import Hop

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from ecslint.frontends.terraform.functions.context import Context
    from ecslint.frontends.terraform.hcl.expression import Reference
    from ecslint.frontends.terraform.instance import Instance

    Found = tuple[Typed, int]


class ModuleScope(Scope):
    """The scope of a module's expressions."""

    __slots__ = ("instance",)

    def __init__(self, instance: Instance, context: Context) -> None:
        super().__init__(context)
        self.instance = instance

    def copy(self) -> ModuleScope:
        copy = ModuleScope(self.instance, self.context)
        copy.names = self.names
        return copy

    def reference(self, reference: Reference) -> Found:
        """What a reference means, and how many of its steps that took. Raises `Failure`."""
        special = _SPECIAL.get(reference.name)
        if special is not None:
            return special(self, reference)
        if reference.name in {"each", "count", "self"}:
            raise Failure(f"`{reference.name}` means nothing here", reference.place, fatal=True)
        return self.resource(reference, "managed", 0)

    def symbol(self, reference: Reference) -> Hashable:
        """The same for each reference of a text in one instance of the module; a key or a loop may make it another."""
        plain = all(isinstance(step, AttributeStep) for step in reference.steps)
        return ("named", id(self.instance), reference.source) if plain and reference.name not in self.names else None

    def undeclared(self, what: str, reference: Reference) -> Found:
        """A name that nobody declares: refused, unless it may stand where nothing could be read."""
        module = self.instance.module
        if module is not None and module.open:
            return unknown(DYNAMIC, module.open, None, reference.place), len(reference.steps)
        failure = Failure(f"Reference to undeclared {what}.", reference.place, fatal=True)
        failure.symbol = self.symbol(reference)
        raise failure

    def resource(self, reference: Reference, mode: str, at: int) -> Found:
        """A resource, or one instance of it: `TYPE.NAME`, with the key of the instance where that is written out."""
        names = [step.name for step in reference.steps[: at + 1] if isinstance(step, AttributeStep)]
        type, name = (reference.name, *names)[-2:] if len(names) == at + 1 and at < 2 else ("", "")
        if not name:
            raise Failure("A reference to a resource must have a type and a name.", reference.place, fatal=True)
        group = self.instance.group(mode, type, name)
        if group is None:
            return self.undeclared(f"resource `{type}.{name}`", reference)
        step = reference.steps[at + 1] if len(reference.steps) > at + 1 else None
        found = group.value
        if isinstance(step, IndexStep) and group.expansion.form != "single":
            one = group.at(step.key.value(self))
            if one is not None:
                return one, at + 2
        return found, at + 1


def _name(reference: Reference, at: int = 0) -> str:
    step = reference.steps[at] if len(reference.steps) > at else None
    if not isinstance(step, AttributeStep):
        raise Failure(f"The `{reference.name}` object cannot be accessed directly.", reference.place, fatal=True)
    return step.name


def _used(value: Typed, reference: Reference) -> Typed:
    """The value after it passed the reference."""
    name = f"{reference.name}.{_name(reference)}"
    return value.copy(hops=Hop(reference.place, f"used as `{name}` here", value.hops))


def _variable(scope: ModuleScope, reference: Reference) -> Found:
    found = scope.instance.variable(_name(reference))
    if found is None:
        return scope.undeclared(f"input variable `{_name(reference)}`", reference)
    return _used(found, reference), 1


def _local(scope: ModuleScope, reference: Reference) -> Found:
    found = scope.instance.local(_name(reference))
    if found is None:
        return scope.undeclared(f"local value `{_name(reference)}`", reference)
    return _used(found, reference), 1


def _module(scope: ModuleScope, reference: Reference) -> Found:
    call = scope.instance.called(_name(reference))
    if call is None:
        return scope.undeclared(f"module `{_name(reference)}`", reference)
    step = reference.steps[1] if len(reference.steps) > 1 else None
    if isinstance(step, IndexStep) and call.expansion.form != "single":
        places = call.expansion.at(step.key.value(scope))
        if len(places) == 1:
            return call.instances[places[0]].outputs_record(), 2
    return call.value, 1


def _data(scope: ModuleScope, reference: Reference) -> Found:
    return scope.resource(reference, "data", 1)


def _ephemeral(scope: ModuleScope, reference: Reference) -> Found:
    why = f"`ephemeral.{_name(reference)}` is known only while Terraform runs"
    return unknown(DYNAMIC, why, None, reference.place).mark(frozenset({EPHEMERAL})), len(reference.steps)


def _path(scope: ModuleScope, reference: Reference) -> Found:
    name = _name(reference)
    instance = scope.instance
    if name == "module":
        return string(instance.deployment.relative(instance.module), reference.place), 1
    if name == "root":
        return string(".", reference.place), 1
    if name == "cwd":
        why = "where Terraform will run is not known"
        return unknown(STRING, why, ("path.cwd",), reference.place, doubt=Doubt.NOT_NULL), 1
    raise Failure(f"The `path` object has no attribute `{name}`.", reference.place, fatal=True)


def _terraform(scope: ModuleScope, reference: Reference) -> Found:
    name = _name(reference)
    if name == "workspace":
        given = scope.instance.deployment.workspace
        if given:
            return string(given, reference.place), 1
        why = "the workspace is chosen when Terraform runs"
        return unknown(STRING, why, ("terraform.workspace",), reference.place, doubt=Doubt.NOT_NULL), 1
    if name == "applying":
        return unknown(DYNAMIC, "it is known only while Terraform runs", None, reference.place), 1
    raise Failure(f"The `terraform` object has no attribute `{name}`.", reference.place, fatal=True)


def _resource(scope: ModuleScope, reference: Reference) -> Found:
    return scope.resource(reference, "managed", 1)


_SPECIAL: dict[str, Callable[[ModuleScope, Reference], Found]] = {
    "resource": _resource,
    "var": _variable,
    "local": _local,
    "module": _module,
    "data": _data,
    "ephemeral": _ephemeral,
    "path": _path,
    "terraform": _terraform,
}
