"""What the model sees as resources of their own, although one block declares them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.model import Resource
from ecslint.value import Key, Mapping, Value

if TYPE_CHECKING:
    from collections.abc import Mapping as Map

    from ecslint.frontends.terraform.declared import Declared


def derived(
    declared: Declared, kind: str, entries: Map[str, Value], openness: str = "", exists: Value | None = None
) -> Resource:
    """A resource that another one's arguments declare besides; it has its address, place and existence.

    `openness` says why its document may hold more than the entries.
    """
    resource = declared.resource
    document = Mapping([(Key(name), value.under(Key(name))) for name, value in entries.items()], openness)
    return Resource(
        kind,
        resource.type,
        resource.address,
        Value(document, resource.place),
        resource.place,
        local=resource.local,
        exists=exists or resource.exists,
        managed=resource.managed,
        scope=resource.scope,
        environment=resource.environment,
    )
