"""What names mean where an expression stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.failure import Failure

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from ecslint.frontends.terraform.cty.value import Typed
    from ecslint.frontends.terraform.functions.context import Context
    from ecslint.frontends.terraform.hcl.expression import Reference


class Scope:
    """A scope. `names` are those that loops, splats and templates bind; all others mean what the module says.

    `context` says where files are read from.
    """

    __slots__ = ("context", "names")

    def __init__(self, context: Context, names: Mapping[object, Typed] | None = None) -> None:
        self.context = context
        self.names: dict[object, Typed] = dict(names or {})

    def child(self, names: Mapping[object, Typed]) -> Scope:
        """The scope with more names bound."""
        inner = self.copy()
        inner.names = {**self.names, **names}
        return inner

    def copy(self) -> Scope:
        return Scope(self.context, self.names)

    def symbol(self, reference: Reference) -> Hashable:
        """What tells apart the thing that a name of the module should be; None where the name says no such thing."""
        return None

    def reference(self, reference: Reference) -> tuple[Typed, int]:
        """What a name and some of its steps refer to, and how many steps that took. Raises `Failure`."""
        raise Failure(f'Reference to undeclared "{reference.name}".', reference.place, fatal=True)
