"""What is made up: random texts, and what Terraform itself keeps.

Source: the documentation of the `random` provider, and Terraform's
`internal/builtin/providers/terraform/resource_data.go`. A random password holds no quotation mark
unless it is asked to, so that it is never a JSON object with a key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.types import DYNAMIC, STRING
from ecslint.frontends.terraform.cty.value import Doubt, Typed, null
from ecslint.frontends.terraform.resources.computed import later, numbers, typed
from ecslint.frontends.terraform.resources.type import ResourceType
from ecslint.value import Key, Mapping, Text, Unknown, Value

if TYPE_CHECKING:
    from ecslint.frontends.terraform.declared import Declared

NO_QUOTES = '[^"]*'
_SHAPES = {
    "b64_std": "[A-Za-z0-9+/=]*",
    "b64_url": "[A-Za-z0-9_-]*",
    "dec": "\\d+",
    "hex": "[0-9a-f]*",
    "id": "[A-Za-z0-9_-]*",
}
_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


def _random(declared: Declared) -> Value:
    """A random text, of the characters that it may hold."""
    special = declared.get("override_special")
    shape = NO_QUOTES if special.absent.yes or '"' not in (special.string or '"') else ""
    hole = Unknown(f"`{declared.resource.address}` is made up when it is made", None, shape)
    key = Key("text")
    text = Value(Text((hole,), (declared.place,)), declared.place, key)
    return Value(Mapping([(key, text)]), declared.place)


def _prefixed(declared: Declared, name: str) -> Typed | None:
    """`random_id`: its bytes in several spellings, most of them behind a prefix."""
    shape = _SHAPES.get(name)
    if shape is None:
        return None
    return later(declared, name, STRING, "" if "prefix" in declared.body.attributes and name != "id" else shape)


def _shaped(name: str, shape: str) -> ResourceType:
    """A type with one attribute of a shape, which is its id, too."""

    def computed(declared: Declared, wanted: str) -> Typed | None:
        return later(declared, name, STRING, shape) if wanted in {name, "id"} else None

    return ResourceType(computed=computed)


def _kept(declared: Declared, name: str) -> Typed | None:
    """`output` is what `input` was when it was made; the arguments have whatever type they are given."""
    if name in {"input", "triggers_replace"}:
        return declared.argument(name) if name in declared.body.attributes else null(place=declared.place)
    if name != "output":
        return None
    if "input" not in declared.body.attributes:
        return later(declared, name, DYNAMIC)
    given = declared.argument("input")
    return Typed(given.data, given.type, given.place, given.hops, doubt=Doubt.UNKNOWN, marks=given.marks)


_RANDOM = ResourceType("RandomText", {"result": "text", "id": "id"}, _random)

TYPES = {
    "random_id": ResourceType(computed=_prefixed),
    "random_integer": ResourceType(computed=numbers("result")),
    "random_password": _RANDOM,
    "random_pet": ResourceType("", {"id": "id"}),
    "random_shuffle": ResourceType(computed=typed({"result": "strings"})),
    "random_string": _RANDOM,
    "random_uuid": _shaped("result", _UUID),
    "terraform_data": ResourceType("", {"id": "id"}, computed=_kept),
}
