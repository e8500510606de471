"""Values that the deployer fetches and puts in place of a reference: CloudFormation's `{{resolve:…}}`.

What is fetched ends in the open wherever it is put, unlike what a task definition's `secrets` name.
"""

from __future__ import annotations

from ecslint.lean import TYPE_CHECKING, NamedTuple
from ecslint.value import Text, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.value import Value


class DynamicReference(NamedTuple):
    """What is fetched: the `type` of an `Unknown`.

    `service` is `secretsmanager`, `ssm` or `ssm-secure`; `target` is the secret's ARN or name, or the parameter's name.
    `json_key` is empty for the whole secret, None where it is not known. `version` is an SSM version, or a stage or
    version id of a secret.
    """

    service: str
    target: Value
    json_key: str | None = ""
    version: str = ""


def dynamic_references(value: Value) -> Iterator[DynamicReference]:
    """The references whose values stand in a text once it is deployed."""
    data = value.data
    for part in data.parts if isinstance(data, Text) else (data,):
        if isinstance(part, Unknown) and isinstance(part.type, DynamicReference):
            yield part.type
