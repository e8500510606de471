"""How each tool reads the document that it passes on to the API."""

from __future__ import annotations

from ecslint.facts.cloudformation_names import NAMES
from ecslint.lean import NamedTuple


class Deployer(NamedTuple):
    """A tool.

    `drops` says that it leaves out keys that it does not know; `converts`, that it turns the text `80` into the number
    and back; `spelling` how exactly a key must be written: `exact`, `first-letter` of any case, `any-case`, or
    `cloudformation`. `within` is the part of a task definition that it takes as JSON, empty for all of it: what stands
    outside, the tool's own language has checked. `refuses` is what it says of a key that it does not know, empty where
    it drops such.
    """

    name: str
    spelling: str = "exact"
    drops: bool = False
    converts: bool = False
    within: str = ""
    refuses: str = ""

    def takes(self, written: str, structure: str, member: str) -> bool:
        """Whether a key as it is written is this member to the tool."""
        if self.spelling == "any-case":
            return written.lower() == member.lower()
        if self.spelling == "first-letter":
            return written[1:] == member[1:] and written[:1].lower() == member[:1].lower()
        if self.spelling == "cloudformation":
            return written == NAMES.get(structure, {}).get(member, member[:1].upper() + member[1:])
        return written == member


CLI = Deployer("the AWS CLI", refuses='Unknown parameter in {where}: "{key}", must be one of: {members}')
"""And what else validates with botocore. Source: `botocore.validate`; aws-samples/aws-containers-task-definitions#3."""

ECSPRESSO = Deployer("ecspresso", "first-letter", drops=True)
"""Source: `UnmarshalJSONForStruct` in kayac/ecspresso, which warns of keys that it does not know and goes on."""

TERRAFORM = Deployer("Terraform's provider", "any-case", drops=True, within="containerDefinitions")
"""Source: Go's `encoding/json`, by which the provider decodes `container_definitions`."""

TEMPLATE = Deployer(
    "CloudFormation", "cloudformation", converts=True, refuses="extraneous key [{key}] is not permitted"
)
"""Source: the resource schemas of CloudFormation's registry, which take no further properties."""

DEPLOYERS = {"ecspresso": ECSPRESSO, "terraform": TERRAFORM, "cloudformation": TEMPLATE}


def deployer(frontend: str, type: str) -> Deployer:
    """The tool for a frontend and its word for the resource; what nobody else takes, the AWS CLI does."""
    return DEPLOYERS.get(type) or DEPLOYERS.get(frontend) or CLI
