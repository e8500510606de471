"""Roles of IAM, and what ties policies to them.

Source: the documentation of the AWS provider for `aws_iam_role`, `aws_iam_role_policy`,
`aws_iam_role_policy_attachment`, `aws_iam_role_policy_attachments_exclusive`, `aws_iam_policy_attachment` and
`aws_iam_instance_profile`. `aws_iam_role_policies_exclusive` only takes policies away, so it says nothing here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.resources.derived import derived
from ecslint.frontends.terraform.resources.embedded import embedded
from ecslint.frontends.terraform.resources.ignored import opened
from ecslint.frontends.terraform.resources.lowering import blocks, called, document, listed, tags, text, texts
from ecslint.frontends.terraform.resources.type import ResourceType, looked_up, made
from ecslint.value import Sequence, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.frontends.terraform.declared import Declared
    from ecslint.frontends.terraform.resources.lowering import Row
    from ecslint.model import Resource

_ATTRIBUTES = {"arn": "arn", "id": "name", "name": "name", "unique_id": "roleId"}


def _role(declared: Declared) -> Value:
    rows: tuple[Row, ...] = (
        called("roleName"),
        text("path"),
        text("description"),
        text("permissions_boundary"),
        embedded(declared, "assume_role_policy", "assumeRolePolicyDocument"),
        texts("managed_policy_arns"),
        blocks("inline_policy", "policies", text("name", "policyName"), embedded(declared, "policy", "policyDocument")),
        tags(),
    )
    return opened(
        declared, document(declared, rows), {"managed_policy_arns": "managedPolicyArns", "inline_policy": "policies"}
    )


def _role_policy(declared: Declared) -> Value:
    """A policy of one role."""
    rows = (called("policyName"), embedded(declared, "policy", "policyDocument"), listed("role", "roles"))
    return document(declared, rows)


def _attachments(declared: Declared) -> Iterator[Resource]:
    """The attachments that a list of all of a role's policies makes."""
    names = document(declared, (listed("role_name", "roles"), texts("policy_arns")))
    arns = names.get("policyArns")
    data = arns.data
    found = list(data.items) if isinstance(data, Sequence) else []
    if arns.open:
        found.append(Value(Unknown(arns.open), arns.place))
    for arn in found:
        yield derived(declared, "PolicyAttachment", {"policyArn": arn, "roles": names.get("roles")})


_PROVIDER = {"arn": "arn", "id": "arn", "url": "url"}

TYPES = {
    "aws_iam_instance_profile": ResourceType("", {"arn": "arn", "id": "name", "name": "name"}),
    "aws_iam_policy_attachment": made("PolicyAttachment", {}, text("policy_arn"), texts("roles")),
    "aws_iam_role": ResourceType("Role", _ATTRIBUTES, _role),
    "aws_iam_role_policies_exclusive": ResourceType(),
    "aws_iam_role_policy": ResourceType("Policy", {"name": "name"}, _role_policy),
    "aws_iam_role_policy_attachment": made("PolicyAttachment", {}, text("policy_arn"), listed("role", "roles")),
    "aws_iam_role_policy_attachments_exclusive": ResourceType(derive=_attachments),
    "aws_iam_openid_connect_provider": ResourceType("", _PROVIDER),
    "data.aws_iam_instance_profile": ResourceType("", {"arn": "arn", "id": "name", "name": "name"}),
    "data.aws_iam_openid_connect_provider": ResourceType("", _PROVIDER),
    "data.aws_iam_role": looked_up("Role", _ATTRIBUTES, text("name", "roleName")),
}
