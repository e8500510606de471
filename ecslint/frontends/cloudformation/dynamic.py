"""Dynamic references: `{{resolve:secretsmanager:…}}`, `{{resolve:ssm:…}}` and `{{resolve:ssm-secure:…}}`.

One may be put together from parts, as CDK does with a secret of the same application. Source: "Using dynamic references
to specify template values" of the CloudFormation user guide.
"""

from __future__ import annotations

from ecslint.frontends.cloudformation.parts import outline
from ecslint.lean import TYPE_CHECKING
from ecslint.model.dynamic import DynamicReference
from ecslint.value import Text, Unknown, Value

if TYPE_CHECKING:
    from ecslint.frontends.cloudformation.parts import Run
    from ecslint.source import Place

BEGINS = "{{resolve:"
_ENDS = "}}"
_FIELDS = ":SecretString"


def resolve(parts: list[Run]) -> list[Run]:
    """The parts with every dynamic reference replaced by the unknown thing that it stands for."""
    found: list[Run] = []
    inside: list[Run] | None = None
    for part, where in parts:
        if not isinstance(part, str):
            (found if inside is None else inside).append((part, where))
            continue
        at = 0
        while at <= len(part):
            mark = BEGINS if inside is None else _ENDS
            end = part.find(mark, at)
            stop = len(part) if end < 0 else end
            (found if inside is None else inside).append(_cut(part, where, at, stop))
            if end < 0:
                break
            at = end + len(mark)
            if inside is None:
                inside = []
            else:
                found.append((_fetched(inside), where))
                inside = None
    if inside is not None:
        # What never ends is no reference.
        found += [(BEGINS, None), *inside]
    return [run for run in found if run[0] != ""]


def _cut(text: str, where: Place | None, start: int, end: int) -> Run:
    if where is None or (start, end) == (0, len(text)):
        return text[start:end], where
    return text[start:end], where.part(start, end)


def _fetched(inside: list[Run]) -> Unknown:
    """What a reference stands for; `inside` is the text between `{{resolve:` and `}}`."""
    first = inside[0][0] if inside else ""
    head = first if isinstance(first, str) else ""
    service, _, rest = head.partition(":")
    where = inside[0][1] if inside else None
    parts = [(rest, where.part(len(head) - len(rest), len(head)) if where else None), *inside[1:]]
    if service == "secretsmanager":
        reference = _secret(parts)
        what = "the secret"
    else:
        reference = _parameter(service, parts)
        what = "the parameter" if service.startswith("ssm") else "what it names"
    key = f"`{reference.json_key}` of " if reference.json_key else ""
    why = f"{key}{what} is put here at deployment"
    return Unknown(why, ("resolve", outline(part for part, _ in inside)), type=reference)


def _secret(parts: list[Run]) -> DynamicReference:
    """`secret-id:SecretString:json-key:version-stage:version-id`; the id may be an ARN, the rest may be left out."""
    for index, (part, where) in enumerate(parts):
        at = part.find(_FIELDS) if isinstance(part, str) else -1
        if isinstance(part, str) and at >= 0:
            target = [*parts[:index], _cut(part, where, 0, at)]
            tail = [part[at + len(_FIELDS) :], *(other for other, _ in parts[index + 1 :])]
            if not all(isinstance(piece, str) for piece in tail):
                return DynamicReference("secretsmanager", _text(target), None)
            _, key, stage, version, *_ = [*"".join(map(str, tail)).split(":"), "", "", "", ""]
            return DynamicReference("secretsmanager", _text(target), key, stage or version)
    return DynamicReference("secretsmanager", _text(parts))


def _parameter(service: str, parts: list[Run]) -> DynamicReference:
    """`parameter-name:version`; the version may be left out."""
    last, where = parts[-1]
    if isinstance(last, str) and ":" in last:
        name, _, version = last.rpartition(":")
        if version.isdigit():
            return DynamicReference(service, _text([*parts[:-1], _cut(last, where, 0, len(name))]), version=version)
    return DynamicReference(service, _text(parts))


def _text(parts: list[Run]) -> Value:
    place = parts[0][1] if parts else None
    return Value(Text.join(parts), place)
