"""Custom resources of the CDK that carry values from one region to another.

A writer in the stack of the value stores it as an SSM parameter of the other region; a reader there gives it to its own
stack. Both name the parameter. Source: `crossRegionReferences` of aws-cdk-lib.
"""

from __future__ import annotations

from ecslint.frontends.cloudformation.resources.type import ResourceType
from ecslint.lean import TYPE_CHECKING
from ecslint.value import Mapping

if TYPE_CHECKING:
    from ecslint.frontends.cloudformation.declared import Declared
    from ecslint.source import Place
    from ecslint.value import Value

WRITER = "Custom::CrossRegionExportWriter"
PREFIX = "/cdk/exports/"


def _read(declared: Declared, attribute: str, place: Place | None) -> Value | None:
    """The value that a writer of the same application stores under the name."""
    if not attribute.startswith(PREFIX):
        return None
    for writer in declared.stack.deployment.of_type(WRITER):
        exports = writer.raw("WriterProps").get("exports")
        for key, value in exports.data.entries if isinstance(exports.data, Mapping) else ():
            if key.written == attribute:
                found = writer.once(attribute, value)
                return found.hop(place, f"read from {writer.stack.title} in another region here")
    return None


TYPES = {
    "CrossRegionExportReader": ResourceType(computed=_read),
    "CrossRegionExportWriter": ResourceType(),
}
