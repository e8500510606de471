from __future__ import annotations

from ecslint.facts import row
from ecslint.facts.cloudformation_names import REQUIRED
from ecslint.facts.required import ALTERNATIVES, OF_COMMAND_LINES, REQUIRED_BY_ECS
from ecslint.facts.shapes import structure
from ecslint.lean import TYPE_CHECKING
from ecslint.model.setting import given, plainly_given
from ecslint.model.shape import route
from ecslint.rule import DocumentRule, Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.facts.required import Required
    from ecslint.model.shape import Shaped
    from ecslint.value import Value
    from ecslint.world import World

SAID_ELSEWHERE = {("Secret", "valueFrom"): "value"}
"""The members whose absence another rule tells by the presence of what stands in their place."""

OWN = {(own.structure, own.member) for own in REQUIRED_BY_ECS}
_BY_STRUCTURE = row.by_structure(REQUIRED_BY_ECS)


class RequiredKeyMissing(DocumentRule):
    """Something that the API requires is not there, or empty.

    The texts that ECS has for an empty name, an empty image and the like are in the rows; the AWS CLI and the SDKs
    refuse the rest before they ask. The image is mostly empty because a variable of a pipeline is not set. Nothing is
    said of `family` and `serviceName`, which tools give beside the document.

    Source: botocore's model of Amazon ECS; the resource schemas of CloudFormation's registry; aws/aws-cli#5924, #7288;
    aws/amazon-ecs-cli#359.

    ```json bad
      {
        "family": "checkout-api",
        "containerDefinitions": [{"name": "app", "image": "", "memory": 256}]
      }
    ```

    ```json good
      {
        "family": "checkout-api",
        "containerDefinitions": [{"name": "app", "image": "public.ecr.aws/nginx/nginx:1.27", "memory": 256}]
      }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    rows = REQUIRED_BY_ECS
    symptoms = (*row.symptoms(rows), 'Missing required parameter in {where}: "{key}"')
    peers = row.peers(rows)
    covers = (
        "containers-empty",
        "container-name-missing",
        "image-missing",
        "fsx-required",
        "lb-container-name-blank",
        "subnets-empty",
        "ebs-size",
    )

    def object(self, whole: Shaped) -> Iterator[Finding]:
        """Look for what the object must have."""
        for own in _BY_STRUCTURE.get(whole.structure, ()):
            if not plainly_given(whole.value.get(own.member)):
                yield from self._one(whole, own.member, own)
        for name, member in structure(whole.structure).members.items() if whole.raw else ():
            if member.required and name not in OF_COMMAND_LINES and (whole.structure, name) not in OWN:
                yield from self._one(whole, name, None)

    def _one(self, whole: Shaped, member: str, own: Required | None) -> Iterator[Finding]:
        key = (whole.structure, member)
        other = ALTERNATIVES.get(key) or SAID_ELSEWHERE.get(key)
        for world, value in whole.member(member):
            there = given(whole.noun, value) if own is not None else value.present
            if other is not None:
                for _, instead in whole.member(other):
                    there |= instead.present
            if there.no and not _null_only(world):
                yield self._told(whole, member, value, own).only_if(world.decided)

    def _told(self, whole: Shaped, member: str, value: Value, own: Required | None) -> Finding:
        what = own.what if own is not None else f"an object without `{member}`"
        container = getattr(whole.noun.parent, "segment", "")
        symptom = own.symptom.format(container=container) if own is not None else ""
        if not symptom and whole.deployer.spelling == "exact":
            symptom = self.says(-1, where=route(whole.noun) or "input", key=member)
        empty = value.present.yes
        # A step of the deployment may put the image into what is left empty in a file of its own.
        filled = empty and own is not None and own.id == "container-image" and whole.noun.project.frontend == "taskdef"
        # An empty list that comes from elsewhere is a default, which whoever deploys gives another value.
        handed = empty and value.string is None and value.hops is not None
        return self.finding(
            whole.noun,
            f"ECS does not take {what}" if own is not None else f"`{whole.noun.key}` needs `{member}`",
            at=value if empty else whole.value,
            label="this is empty" if empty else f"has no `{member}`",
            help=f"give `{member}`, unless the deployment puts it in" if filled else f"give `{member}`",
            symptom=symptom or None,
            severity=Severity.WARNING if filled or handed else self._severity(whole, member, own),
            row=own.id if own is not None else member,
        )

    @staticmethod
    def _severity(whole: Shaped, member: str, own: Required | None) -> Severity:
        """An error where the tool is known to refuse it: CloudFormation has its own lists, some drop what is empty."""
        if own is not None:
            return Severity.ERROR
        if whole.deployer.spelling == "cloudformation":
            return Severity.ERROR if member in REQUIRED.get(whole.structure, ()) else Severity.WARNING
        return Severity.ERROR if any(True for _ in whole.entries) else Severity.WARNING


def _null_only(world: World) -> bool:
    """Whether an unknown value would have to be null: what is left out for that is as good as unknown."""
    return any(met and condition.of_null for condition, met in world.decided)
