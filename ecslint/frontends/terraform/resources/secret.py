"""Secrets of Secrets Manager, and their values.

Source: the documentation of the AWS provider for `aws_secretsmanager_secret`, `aws_secretsmanager_secret_version` and
their data sources. The `secret_string` of a data source is the value itself, which then stands wherever it is put.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.types import STRING
from ecslint.frontends.terraform.cty.value import Typed
from ecslint.frontends.terraform.resources.computed import later
from ecslint.frontends.terraform.resources.ignored import ignoring
from ecslint.frontends.terraform.resources.lowering import (
    Made,
    called,
    document,
    each,
    nothing,
    string,
    tags,
    text,
    texts,
)
from ecslint.frontends.terraform.resources.resource_policy import own_policy
from ecslint.frontends.terraform.resources.type import ResourceType, looked_up, made

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecslint.frontends.terraform.declared import Declared
    from ecslint.value import Value

_ARN = "arn:[a-z-]+:secretsmanager:[a-z0-9-]+:\\d{12}:secret:.+"
_SECRET = {"arn": "arn", "id": "arn", "name": "name"}


def _content(get: Callable[[str], Value]) -> Value:
    """The value, also where Terraform is told not to keep it."""
    kept = get("secret_string")
    return each(get("secret_string_wo") if nothing(kept) else kept, string)


def _version(declared: Declared) -> Value:
    rows = (text("secret_id"), Made("secretString", _content), texts("version_stages"))
    names = {"secret_string_wo": "secretString", "secret_string_wo_version": "secretString"}
    return ignoring(declared, document(declared, rows), names)


def _of_version(declared: Declared, name: str) -> Typed | None:
    """The ARN of a version is that of its secret, by which it may be named."""
    if name not in {"arn", "secret_arn"}:
        return None
    given = declared.get("secret_id")
    if isinstance(given, Typed) and given.starts_with("arn:").yes:
        return given
    return later(declared, "arn", STRING, _ARN)


def _named(declared: Declared, name: str) -> Typed | None:
    """The ARN by which a secret is looked up is the one that it has, where it is the whole one."""
    if name not in {"arn", "id"} or "arn" not in declared.body.attributes:
        return None
    given = declared.argument("arn")
    return given if not given.null and given.ref is not None else None


_VERSION = {"id": "id", "version_id": "versionId", "secret_string": "secretString", "secret_binary": "secretBinary"}

TYPES = {
    "aws_secretsmanager_secret": made(
        "Secret", _SECRET, called("name"), text("description"), text("kms_key_id"), tags(), derive=own_policy("arn")
    ),
    "aws_secretsmanager_secret_version": ResourceType("SecretVersion", _VERSION, _version, _of_version),
    "data.aws_secretsmanager_secret": looked_up("Secret", _SECRET, text("name"), computed=_named),
    "data.aws_secretsmanager_secret_version": looked_up(
        "SecretVersion", _VERSION, text("secret_id"), computed=_of_version
    ),
}
