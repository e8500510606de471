"""Secrets Manager, Parameter Store and KMS."""

from __future__ import annotations

from ecslint.frontends.cloudformation.resources.storage import own_policy, policy_of
from ecslint.frontends.cloudformation.resources.type import ResourceType
from ecslint.lean import TYPE_CHECKING
from ecslint.value import Unknown, Value

if TYPE_CHECKING:
    from ecslint.frontends.cloudformation.declared import Declared
    from ecslint.source import Place

_ARN = "arn:[a-z-]+:secretsmanager:[a-z0-9-]+:\\d{12}:secret:.+"


def _attached(declared: Declared, place: Place | None) -> Value:
    """`Ref` of an attachment gives the ARN of the secret that is attached.

    Source: `AWS::SecretsManager::SecretTargetAttachment` in the template reference.
    """
    named = declared.evaluated("SecretId")
    if named.ref is not None and named.ref.attribute == "arn":
        return Value(named.data, place, None, named.hops)
    if named.starts_with("arn:").yes:
        return named.hop(place, f"the secret attached by `{declared.logical_id}` is used here")
    why = f"which secret `{declared.logical_id}` attaches is not known"
    return Value(Unknown(why, (declared.stack, declared.logical_id), _ARN), place)


TYPES = {
    "KMS::Alias": ResourceType("", "name"),
    "KMS::Key": ResourceType("EncryptionKey", "id", {"KeyId": "id"}, derive=own_policy("KeyPolicy", "id")),
    "SSM::Parameter": ResourceType("Parameter", "name", {"Value": "value", "Type": "type"}),
    "SecretsManager::ResourcePolicy": ResourceType("ResourcePolicy", lower=policy_of("secretId", "resourcePolicy")),
    "SecretsManager::Secret": ResourceType("Secret", "arn", {"Id": "arn"}),
    "SecretsManager::SecretTargetAttachment": ResourceType(
        "SecretAttachment", "arn", {"Id": "arn"}, reference=_attached
    ),
}
