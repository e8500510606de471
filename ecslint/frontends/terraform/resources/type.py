"""What the model knows of a type of resource."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ecslint.frontends.terraform.resources.lowering import document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ecslint.frontends.terraform.cty.value import Typed
    from ecslint.frontends.terraform.declared import Declared
    from ecslint.frontends.terraform.resources.lowering import Row
    from ecslint.model import Resource
    from ecslint.value import Value

    Lower = Callable[[Declared], Value]
    Computed = Callable[[Declared, str], "Typed | None"]
    Derive = Callable[[Declared], Iterable[Resource]]

_NONE: dict[str, str] = {}

LOOKED_UP = "it is looked up, so the files do not say"


class ResourceType(NamedTuple):
    """A type of resource or data source.

    `kind` is the model's noun, empty where there is none. `attributes` gives the model's word for each attribute that
    others may refer to; all of them are strings. `lower` makes the model's document; without it the document is the
    body as written. `computed` gives an attribute that is neither configured nor a mere reference, or nothing.
    `derive` makes what the model sees as resources of their own. What is `adopted` stands in a `resource` block and is
    still looked up: the default VPC of an account.
    """

    kind: str = ""
    attributes: Mapping[str, str] = _NONE
    lower: Lower | None = None
    computed: Computed | None = None
    derive: Derive | None = None
    adopted: bool = False


def made(
    kind: str, attributes: Mapping[str, str], *rows: Row, computed: Computed | None = None, derive: Derive | None = None
) -> ResourceType:
    """A type whose document is just the rows of a table."""
    return ResourceType(kind, attributes, lambda declared: document(declared, rows), computed, derive)


def looked_up(kind: str, attributes: Mapping[str, str], *rows: Row, computed: Computed | None = None) -> ResourceType:
    """A data source: by what it is looked up is known, all else is not."""
    return ResourceType(kind, attributes, lambda declared: document(declared, rows, LOOKED_UP), computed)


OTHER = ResourceType()
