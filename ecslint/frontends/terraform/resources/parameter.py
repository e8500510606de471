"""Parameters of Systems Manager.

Source: the documentation of the AWS provider for `aws_ssm_parameter` and its data source. The `value` of that is the
value itself, which then stands wherever it is put; `arn` and `name` refer to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.resources.computed import numbers, typed
from ecslint.frontends.terraform.resources.ignored import ignoring
from ecslint.frontends.terraform.resources.lowering import Made, document, each, nothing, string, tags, text
from ecslint.frontends.terraform.resources.type import ResourceType, looked_up
from ecslint.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecslint.frontends.terraform.declared import Declared

_VALUES = ("value", "insecure_value", "value_wo")


def _value(get: Callable[[str], Value]) -> Value:
    """The value, under whichever of its names it is written."""
    found = next((value for name in _VALUES if not nothing(value := get(name))), Value(None))
    return each(found, string)


def _parameter(declared: Declared) -> Value:
    rows = (
        text("name"),
        text("type"),
        Made("value", _value),
        text("key_id"),
        text("tier"),
        text("data_type"),
        tags(),
    )
    return ignoring(declared, document(declared, rows), dict.fromkeys((*_VALUES, "value_wo_version"), "value"))


_ATTRIBUTES = {
    "arn": "arn",
    "id": "name",
    "name": "name",
    "type": "type",
    "value": "value",
    "insecure_value": "value",
}
_LISTS = typed({"names": "strings", "values": "strings", "arns": "strings", "types": "strings"})

TYPES = {
    "aws_ssm_parameter": ResourceType("Parameter", _ATTRIBUTES, _parameter, numbers("version")),
    "data.aws_ssm_parameter": looked_up("Parameter", _ATTRIBUTES, text("name"), computed=numbers("version")),
    "data.aws_ssm_parameters_by_path": ResourceType(computed=_LISTS),
}
