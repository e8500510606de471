"""Context look-ups that `cdk synth` could not do, and the values that it put in their place.

Source: the `dummyValue`s of aws-cdk-lib 2.202 and 2.276, by the provider whose look-up is missing in the manifest.
"""

from __future__ import annotations

import re

from ecslint.lean import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

DUMMIES: dict[str, str] = {
    "ami": r"ami-1234",
    "availability-zones": r"dummy1[abc]",
    "cc-api-provider": r"TEST(ARN|ADDRESS|READERADDRESS|ID)?|.*/DUMMY_ARN|DUMMY_ARN|pl-xxxxxxxx",
    "endpoint-service-availability-zones": r"dummy1[abc]",
    "hosted-zone": r"DUMMY",
    "key-provider": r".*1234abcd-12ab-34cd-56ef-1234567890ab",
    "load-balancer": r".*my-load-balancer.*|Z3DZXE0EXAMPLE|sg-1234|vpc-12345",
    "load-balancer-listener": r".*my-load-balancer.*|sg-123456789012",
    "security-group": r"sg-12345(678)?",
    "ssm": r".*dummy-value-for-.*",
    "vpc-provider": r"vpc-12345|[sp]-(12345|67890)|rtb-\d{5}[sp]|dummy1[abc]|1\.2\.3\.4/5",
}
"""What stands for a value that was not looked up: an expression for the whole literal, by provider."""


class Lookups:
    """The look-ups that an assembly lacks, each the name of its provider."""

    def __init__(self, providers: Iterable[str]) -> None:
        self.providers = sorted(set(providers))
        expressions = [DUMMIES[provider] for provider in self.providers if provider in DUMMIES]
        self._dummy = re.compile("|".join(f"(?:{expression})" for expression in expressions)) if expressions else None

    def dummy(self, text: str) -> str:
        """Why a literal is not what will be deployed; empty where it is."""
        if self._dummy is None or not self._dummy.fullmatch(text):
            return ""
        return "`cdk synth` could not look this up and put a dummy here"

    @property
    def message(self) -> str:
        """What a person is told of it; empty where nothing is missing."""
        if not self.providers:
            return ""
        named = ", ".join(self.providers)
        return f"it was synthesized without all context ({named}); the dummy values in its place are not linted"
