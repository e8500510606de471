"""What an entry of `secrets` points to."""

from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.model.store import Secret
from ecslint.value import HOLE, YES, Ref, Text, Unknown, Value

if TYPE_CHECKING:
    from ecslint.model.project import Found, Project
    from ecslint.text import Referable

MANAGED = "masterUserSecretArn"
"""The attribute of a database that is the ARN of the secret which RDS itself makes for it."""

MANAGED_KEYS = frozenset({"username", "password"})
"""What RDS puts into such a secret: host, port and name of the database are not among it.

Source: the RDS User Guide, "Password management with Amazon RDS and AWS Secrets Manager".
"""


class SecretPointer:
    """A `valueFrom` that names a secret of Secrets Manager, taken apart: the secret and the key of the JSON in it.

    `key` is absent for the whole secret, unknown where it cannot be told.
    """

    __slots__ = ("arn", "key", "value")

    def __init__(self, value: Value) -> None:
        self.value = value
        self.arn, self.key = _taken_apart(value)

    @property
    def keyless(self) -> Referable | None:
        """The database whose own secret is meant, which RDS manages, if that certainly lacks the key."""
        ref, key = self.arn.ref, self.key.string
        lacks = ref is not None and ref.attribute == MANAGED and key is not None and key not in MANAGED_KEYS
        return ref.resource if ref is not None and lacks else None

    def secret(self, project: Project) -> Found[Secret]:
        """The secret of the project that is meant: by reference, or by the name in an ARN that is written out."""
        found = project.find_anywhere(Secret, self.arn)
        fields = (self.arn.outline() or "").split(":")
        if found.noun is None and len(fields) > 6 and fields[5] == "secret":
            for secret in project.all(Secret):
                if _is_called(fields[6], secret.name.string) and not _elsewhere(fields, secret):
                    return type(found)(YES, secret)
        return found


def _is_called(written: str, name: str | None) -> bool:
    """Whether the end of an ARN means a name: six random characters stand behind it, or are left out.

    Source: GetSecretValue, `SecretId`, about partial ARNs.
    """
    return name is not None and (written == name or (written[:-7] == name and written[-7:-6] == "-"))


def _elsewhere(fields: list[str], secret: Secret) -> bool:
    """Whether an ARN is one of another region or account than that in which the project makes a secret."""
    environment = secret.resource.environment
    known = ((environment.get("region"), fields[3]), (environment.get("account"), fields[4]))
    return any(isinstance(own, str) and HOLE not in field and field != own for own, field in known)


def _taken_apart(value: Value) -> tuple[Value, Value]:
    data = value.data
    if isinstance(data, Text) and isinstance(data.parts[0], Ref) and data.parts[0].attribute in {"arn", MANAGED}:
        rest = Text.join(zip(data.parts[1:], data.places[1:], strict=True))
        fields = (Value(rest).outline() or "").split(":")
        arn = Value(Text(data.parts[:1], data.places[:1]), value.place, None, value.way)
        return arn, _key(fields[1] if len(fields) > 1 else "", value)
    outline = value.outline() or ""
    fields = outline.split(":")
    if not outline.startswith("arn:") or HOLE in ":".join(fields[5:7]):
        return value, Value(Unknown("which secret this is, is not known"), value.place)
    arn = value if len(fields) == 7 or HOLE in outline else Value(":".join(fields[:7]), value.place, None, value.way)
    return arn, _key(fields[7] if len(fields) > 7 else "", value)


def _key(text: str, value: Value) -> Value:
    if HOLE in text:
        return Value(Unknown("the key is not known"), value.place)
    return Value(text or None, value.part(text) if text else value.place, None, value.way)
