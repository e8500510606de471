"""IAM: roles, and the policies in, beside and between them."""

from __future__ import annotations

from ecslint.frontends.cloudformation.resources.shape import edited, many
from ecslint.frontends.cloudformation.resources.type import ResourceType
from ecslint.lean import TYPE_CHECKING
from ecslint.value import ABSENT, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.frontends.cloudformation.declared import Declared
    from ecslint.source import Place


def _role_policy(declared: Declared) -> Value:
    """A policy of one role, which it names by `RoleName`."""

    def change(policy: Value) -> Iterator[tuple[str, Value]]:
        yield "roles", many(policy.get("roleName"))
        yield "roleName", Value(ABSENT)

    return edited(declared.properties, change)


def _access_key(declared: Declared, attribute: str, place: Place | None) -> Value | None:
    """The half of an access key that nobody may see."""
    if attribute != "SecretAccessKey":
        return None
    symbol = (declared.stack, declared.logical_id, attribute)
    return Value(Unknown("the access key is made at deployment", symbol, "[A-Za-z0-9/+]{40}", secret=True), place)


TYPES = {
    "IAM::AccessKey": ResourceType("", "id", computed=_access_key),
    "IAM::ManagedPolicy": ResourceType("ManagedPolicy", "arn", {"PolicyArn": "arn"}),
    "IAM::Policy": ResourceType("Policy", "name"),
    "IAM::Role": ResourceType("Role", "name", {"Arn": "arn", "RoleId": "roleId"}),
    "IAM::RolePolicy": ResourceType("Policy", "name", lower=_role_policy),
}
