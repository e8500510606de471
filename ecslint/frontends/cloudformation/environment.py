"""Where a stack is deployed: the pseudo parameters.

A cloud assembly often says the account and the region; where nobody does, they are unknown things of a known shape, the
same for every stack of one environment.

Source: the partitions and their DNS suffixes as botocore's `endpoints.json` has them.
"""

from __future__ import annotations

from ecslint.facts.attributes import HOLES
from ecslint.lean import TYPE_CHECKING
from ecslint.value import ABSENT, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Hashable

    from ecslint.source import Place
    from ecslint.text import Part

PARTITIONS: tuple[tuple[str, str, str], ...] = (
    # how its regions begin, its name, the suffix of its endpoints
    ("cn-", "aws-cn", "amazonaws.com.cn"),
    ("us-gov-", "aws-us-gov", "amazonaws.com"),
    ("us-iso-", "aws-iso", "c2s.ic.gov"),
    ("us-isob-", "aws-iso-b", "sc2s.sgov.gov"),
    ("eu-isoe-", "aws-iso-e", "cloud.adc-e.uk"),
    ("us-isof-", "aws-iso-f", "csp.hci.ic.gov"),
    ("eusc-", "aws-eusc", "amazonaws.eu"),
    ("", "aws", "amazonaws.com"),
)

_STACK_ID = "arn:[a-z-]+:cloudformation:[a-z0-9-]+:\\d{12}:stack/[A-Za-z0-9-]+/[0-9a-f-]+"


class Environment:
    """An account and a region, empty where nobody knows them."""

    def __init__(self, account: str = "", region: str = "") -> None:
        self.account = account
        self.region = region
        partition, suffix = next((row[1:] for row in PARTITIONS if region and region.startswith(row[0])), ("", ""))
        self.parts: dict[str, Part] = {
            "account": account or self._hole("account", "account"),
            "region": region or self._hole("region", "region"),
            "partition": partition or self._hole("partition", "partition"),
            "suffix": suffix or self._hole("suffix", "URL suffix"),
        }

    def _hole(self, name: str, what: str) -> Unknown:
        # One environment is one deployment, so what is unknown of it is the same wherever it is met.
        return Unknown(f"the {what} is known at deployment only", (self, name), HOLES[name])

    def pseudo(self, name: str, stack: str, owner: Hashable, place: Place | None) -> Value:
        """The value of `AWS::Region` and the like in the stack `owner`, whose name is empty where it is unknown."""
        part = self.parts.get(_PARTS.get(name, ""))
        if isinstance(part, (str, Unknown)):
            return Value(part, place)
        if name == "AWS::NoValue":
            return Value(ABSENT, place)
        if name == "AWS::StackName" and stack:
            return Value(stack, place)
        shape = {"AWS::StackName": "[A-Za-z][A-Za-z0-9-]*", "AWS::StackId": _STACK_ID}.get(name, "")
        return Value(Unknown(f"`{name}` is known at deployment only", (owner, name), shape), place)


_PARTS = {
    "AWS::AccountId": "account",
    "AWS::Region": "region",
    "AWS::Partition": "partition",
    "AWS::URLSuffix": "suffix",
}
