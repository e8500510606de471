"""Resources of the AWS provider, in the nouns of the model: one file a noun.

Each module has `TYPES`, a table of `ResourceType` by the provider's name of the type; `data.` stands before that of a
data source. A module is loaded when a type of it is met.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ecslint.frontends.terraform.resources.type import OTHER, ResourceType

if TYPE_CHECKING:
    from collections.abc import Mapping

_HOMES = {
    "aws_ecs_task_definition": "task_definition",
    "data.template_file": "template",
}
"""The module that knows a type."""


def resource_type(type: str, mode: str) -> ResourceType:
    """What the model knows of a type; `mode` is `managed`, `data` or `ephemeral`."""
    name = type if mode == "managed" else f"{mode}.{type}"
    home = _HOMES.get(name)
    if home is None:
        return OTHER
    types: Mapping[str, ResourceType] = import_module(f"ecslint.frontends.terraform.resources.{home}").TYPES
    return types[name]


__all__ = ["OTHER", "ResourceType", "resource_type"]
