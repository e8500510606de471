"""IAM: roles, and the policies in, beside and between them."""

from __future__ import annotations

from ecslint.frontends.cloudformation.resources.shape import edited, many
from ecslint.frontends.cloudformation.resources.type import ResourceType
from ecslint.lean import TYPE_CHECKING
from ecslint.value import ABSENT, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.frontends.cloudformation.declared import Declared


def _role_policy(declared: Declared) -> Value:
    """A policy of one role, which it names by `RoleName`."""

    def change(policy: Value) -> Iterator[tuple[str, Value]]:
        yield "roles", many(policy.get("roleName"))
        yield "roleName", Value(ABSENT)

    return edited(declared.properties, change)


TYPES = {
    "IAM::ManagedPolicy": ResourceType("ManagedPolicy", "arn", {"PolicyArn": "arn"}),
    "IAM::Policy": ResourceType("Policy", "name"),
    "IAM::Role": ResourceType("Role", "name", {"Arn": "arn", "RoleId": "roleId"}),
    "IAM::RolePolicy": ResourceType("Policy", "name", lower=_role_policy),
}
