"""Managed policies of IAM.

Source: the documentation of the AWS provider for `aws_iam_policy` and its data source. That looks a policy up by ARN,
or by name among AWS's own and the account's; it fails where there are two. So a name that is one of AWS's own means
that one.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ecslint.frontends.terraform.resources.embedded import embedded
from ecslint.frontends.terraform.resources.lowering import called, document, tags, text
from ecslint.frontends.terraform.resources.type import LOOKED_UP, ResourceType
from ecslint.value import Key, Mapping, Value, of

if TYPE_CHECKING:
    from ecslint.frontends.terraform.cty.value import Typed
    from ecslint.frontends.terraform.declared import Declared

_ATTRIBUTES = {"arn": "arn", "id": "arn", "name": "name"}


def _policy(declared: Declared) -> Value:
    rows = (
        called("managedPolicyName"),
        text("path"),
        text("description"),
        embedded(declared, "policy", "policyDocument"),
        tags(),
    )
    return document(declared, rows)


def _looked_up(declared: Declared) -> Value:
    """What is known of a policy that is looked up: all of it, where it is one of AWS's own."""
    from ecslint.facts.managed_policies import DOCUMENTS

    made = document(declared, (text("name", "managedPolicyName"),), LOOKED_UP)
    name = made.get("managedPolicyName").string
    known = DOCUMENTS.get(name) if name is not None else None
    if known is None or not isinstance(made.data, Mapping):
        return made
    content = of(json.loads(known), made.place)
    return Value(Mapping([*made.data.entries, (Key("policyDocument"), content)], made.data.open), made.place)


def _computed(declared: Declared, name: str) -> Typed | None:
    """The ARN by which it is looked up is the ARN that it has."""
    if name not in {"arn", "id"} or "arn" not in declared.body.attributes:
        return None
    arn = declared.argument("arn")
    return None if arn.null else arn


TYPES = {
    "aws_iam_policy": ResourceType("ManagedPolicy", _ATTRIBUTES, _policy),
    "data.aws_iam_policy": ResourceType("ManagedPolicy", _ATTRIBUTES, _looked_up, _computed),
}
