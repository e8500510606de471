from __future__ import annotations

from ecslint.facts.cloudformation_names import NAMES
from ecslint.facts.deployers import CLI, TEMPLATE
from ecslint.facts.shapes import SERVICE, TASK_DEFINITION, UPDATE, read_only, structure
from ecslint.lean import TYPE_CHECKING
from ecslint.model import TaskDefinition
from ecslint.model.shape import route
from ecslint.rule import DocumentRule, Edit, Finding, Fix, Severity
from ecslint.value import HOLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ecslint.model.shape import Entry, Shaped
    from ecslint.value import Key

    Unknown = tuple[Shaped, Entry]

ELSEWHERE = {("KeyValuePair", "valueFrom"), ("Secret", "value")}
"""What `environment-entry-uses-value-from` and `secrets-entry-uses-value` say."""


class UnknownKey(DocumentRule):
    """A key that the API does not know: misspelt, in the wrong place, or from another tool.

    The AWS CLI, the SDKs that validate, and CloudFormation refuse it. ecspresso and Terraform (in
    `container_definitions`) leave it out of the request, so that the setting silently does not exist; there the finding
    is a warning, as it is for a key that resembles nothing, which AWS may have added since.

    The rows: `spelling` (did you mean …), `misplaced` (a key of the task inside a container, or the other way round),
    `pascal-case` (keys as CloudFormation writes them, in JSON), `read-only` (the output of `describe-task-definition`
    as it is: the CLI refuses its `revision`, `status` and the like, the GitHub Action drops them), and `unknown`.

    Source: botocore's model of Amazon ECS and the resource schemas of CloudFormation's registry; the text is that of the
    AWS CLI.

    ```json bad
      {
        "family": "checkout-api",
        "containerDefinitions": [
          {
            "name": "app",
            "image": "public.ecr.aws/nginx/nginx:1.27",
            "memory": 256,
            "portMapings": [{"containerPort": 8080}]
          }
        ]
      }
    ```

    ```json good
      {
        "family": "checkout-api",
        "containerDefinitions": [
          {
            "name": "app",
            "image": "public.ecr.aws/nginx/nginx:1.27",
            "memory": 256,
            "portMappings": [{"containerPort": 8080}]
          }
        ]
      }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    symptoms = (
        CLI.refuses,
        TEMPLATE.refuses,
        "Encountered unsupported property {key}",
    )
    peers = ("cfn-lint: E3002",)
    covers = (
        "unknown-keys",
        "pasted-description",
    )

    def document(self, objects: Sequence[Shaped]) -> Iterator[Finding]:
        """Compare every key with the API's; what the whole document does alike is told once."""
        unknown = [(whole, entry) for whole in objects if whole.raw for entry in whole.entries]
        unknown = [found for found in unknown if not _known(*found)]
        described = [found for found in unknown if _read_only(*found)]
        if described:
            yield self._described(described)
        pascal = [found for found in unknown if found not in described and _pascal(*found)]
        if pascal:
            yield self._capitals(pascal)
        for whole, entry in unknown:
            if (whole, entry) not in described and (whole, entry) not in pascal:
                yield self._one(whole, entry)

    def _described(self, found: list[Unknown]) -> Finding:
        (whole, entry), *others = found
        keys = ", ".join(f"`{other.key.written}`" for _, other in found[:4])
        return self.finding(
            whole.noun,
            f"This is the output of a description: {keys} cannot be given",
            at=entry.key.place or entry.value,
            label="read-only",
            related=[(other.key.place, "read-only") for _, other in others[:4]],
            help="take the read-only keys out; the GitHub Action drops them, the AWS CLI refuses them",
            symptom=self._symptom(whole, entry.key) or None,
            severity=Severity.WARNING,
            row="read-only",
        ).only_if(entry.world.decided)

    def _capitals(self, found: list[Unknown]) -> Finding:
        (whole, entry), *others = found
        told = self.finding(
            whole.noun,
            f"`{entry.key.written}` is written as CloudFormation writes it; JSON for the API begins in lower case",
            at=entry.key.place or entry.value,
            label=f"should be `{entry.key.name}`",
            related=[(other.key.place, f"should be `{other.key.name}`") for _, other in others[:4]],
            help="write all keys as the API does: `family`, `containerDefinitions`, `portMappings`",
            symptom=self._symptom(whole, entry.key) or None,
            row="pascal-case",
        )
        return told.only_if(entry.world.decided)

    def _one(self, whole: Shaped, entry: Entry) -> Finding:
        from ecslint.facts.misplaced import OPTION_PREFIXES, home, nearest, title

        key, here = entry.key, title(whole.structure, whole.noun.key)
        near = nearest(key.written, whole.structure)
        belongs = home(key.name, whole.structure, tuple(_above(whole)))
        if whole.structure == "LogConfiguration" and key.written.startswith(OPTION_PREFIXES):
            row, label, help = "misplaced", "belongs into `options`", "move it into `options` of the log configuration"
        elif near is not None:
            wanted = _spelled(whole, near)
            row, label, help = "spelling", f"did you mean `{wanted}`?", f"write `{wanted}`"
        elif belongs is not None:
            row, label = "misplaced", f"belongs to {title(*belongs)}"
            help = f"move `{key.written}` to {title(*belongs)}"
        else:
            row, label = "unknown", f"{here} has no such key"
            help = "take it out, or look its name up; a key that AWS added lately is not known here yet"
        certain = row != "unknown" and not whole.deployer.drops
        dropped = f": {whole.deployer.name} leaves it out" if whole.deployer.drops else ""
        told = self.finding(
            whole.noun,
            f"`{key.written}` is no key of {here}{dropped}",
            at=key.place or entry.value,
            label=label,
            help=help,
            symptom=self._symptom(whole, key) or None,
            severity=Severity.ERROR if certain else Severity.WARNING,
            fix=_renamed(key, _spelled(whole, near)) if row == "spelling" and near else None,
            row=row,
        )
        return told.only_if(entry.world.decided)

    def _symptom(self, whole: Shaped, key: Key) -> str:
        some = list(structure(whole.structure).members)
        members = ", ".join(some if len(some) < 6 else [*some[:3], "…"])
        where = route(whole.noun) or "input"
        return whole.deployer.refuses.format(where=where, key=key.written, members=members)


def _known(whole: Shaped, entry: Entry) -> bool:
    key = entry.key
    # What has no place was not written but added, and a placeholder may stand for any key.
    if (whole.structure, key.name) in ELSEWHERE or key.place is None or HOLE in key.name:
        return True
    if entry.type is not None:
        return whole.deployer.takes(key.written, whole.structure, key.name)
    spelling, members = whole.deployer.spelling, structure(whole.structure).members
    if spelling == "cloudformation":
        return key.written in NAMES.get(whole.structure, {}).values()
    return spelling == "any-case" and any(key.written.lower() == member.lower() for member in members)


def _read_only(whole: Shaped, entry: Entry) -> bool:
    request = SERVICE if whole.structure == UPDATE else whole.structure
    return request in {TASK_DEFINITION, SERVICE} and entry.key.name in read_only(request)


def _pascal(whole: Shaped, entry: Entry) -> bool:
    key = entry.key
    return (
        whole.deployer.spelling == "exact"
        and entry.type is not None
        and key.written == key.name[:1].upper() + key.name[1:]
    )


def _above(whole: Shaped) -> Iterator[str]:
    """The structures around an object that are worth a look: the task, and the container."""
    noun = whole.noun.parent
    while noun is not None:
        if noun.parent is None:
            yield TASK_DEFINITION if isinstance(noun, TaskDefinition) else SERVICE
        elif noun.key == "containerDefinitions":
            yield "ContainerDefinition"
        noun = noun.parent


def _spelled(whole: Shaped, member: str) -> str:
    """A member as the tool writes it."""
    if whole.deployer.spelling != "cloudformation":
        return member
    return NAMES.get(whole.structure, {}).get(member) or member[:1].upper() + member[1:]


def _renamed(key: Key, wanted: str) -> Fix | None:
    place = key.place.part(0, len(key.written)).span() if key.place is not None else None
    return Fix(f"write `{wanted}`", (Edit(place, wanted),)) if place is not None and place.text == key.written else None
