"""Keys of KMS, and the names that they are given.

Source: the documentation of the AWS provider for `aws_kms_key`, `aws_kms_alias` and their data sources.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.resources.computed import reference
from ecslint.frontends.terraform.resources.embedded import embedded
from ecslint.frontends.terraform.resources.lowering import document, tags, text, truth
from ecslint.frontends.terraform.resources.resource_policy import own_policy
from ecslint.frontends.terraform.resources.type import ResourceType, looked_up

if TYPE_CHECKING:
    from ecslint.frontends.terraform.cty.value import Typed
    from ecslint.frontends.terraform.declared import Declared
    from ecslint.value import Value


def _key(declared: Declared) -> Value:
    rows = (
        text("description"),
        text("key_usage"),
        embedded(declared, "policy", "keyPolicy"),
        truth("enable_key_rotation"),
        tags(),
    )
    return document(declared, rows)


def _target(declared: Declared, name: str) -> Typed | None:
    """The key that an alias stands for."""
    words = {"target_key_arn": "arn", "target_key_id": "id"}
    target = declared.get("target_key_id").ref
    if name not in words or target is None or target.resource.kind != "EncryptionKey":
        return None
    return reference(target.resource, words[name])


_KEY = {"arn": "arn", "id": "id", "key_id": "id"}
_ALIAS = {"arn": "arn", "id": "name", "name": "name"}

TYPES = {
    "aws_kms_alias": ResourceType("", _ALIAS, computed=_target),
    "aws_kms_key": ResourceType("EncryptionKey", _KEY, _key, derive=own_policy("id")),
    "data.aws_kms_alias": ResourceType(
        "", {**_ALIAS, "target_key_arn": "targetKeyArn", "target_key_id": "targetKeyId"}
    ),
    "data.aws_kms_key": looked_up("EncryptionKey", _KEY),
}
