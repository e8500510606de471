"""Private repositories of ECR, and images in them.

Source: the documentation of the AWS provider for `aws_ecr_repository`, `data.aws_ecr_repository` and
`data.aws_ecr_image`, whose `image_uri` ends in a digest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.types import STRING
from ecslint.frontends.terraform.cty.value import Doubt, Typed
from ecslint.frontends.terraform.resources.computed import first, later, typed
from ecslint.frontends.terraform.resources.lowering import block, tags, text, truth
from ecslint.frontends.terraform.resources.type import ResourceType, looked_up, made
from ecslint.value import Text, Unknown

if TYPE_CHECKING:
    from ecslint.frontends.terraform.declared import Declared

_DIGEST = "sha256:[0-9a-f]{64}"
_REPOSITORY = "\\d{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.[a-z.]+/[a-z0-9/._-]+"


def _image(declared: Declared, name: str) -> Typed | None:
    """The digest of an image, and the whole reference with it."""
    if name in {"id", "image_digest"}:
        return later(declared, "image_digest", STRING, _DIGEST)
    if name != "image_uri":
        return None
    registry = Unknown(f"where `{declared.resource.address}` lies is not known", None, _REPOSITORY)
    digest = later(declared, "image_digest", STRING, _DIGEST).data
    assert isinstance(digest, Unknown)
    return Typed(Text((registry, "@", digest), (None, None, None)), STRING, doubt=Doubt.NOT_NULL)


_ATTRIBUTES = {"arn": "arn", "id": "name", "name": "name", "repository_url": "url", "registry_id": "registry"}
_TAGS = typed({"image_tags": "strings", "most_recent_image_tags": "strings"})

TYPES = {
    "aws_ecr_repository": made(
        "Repository",
        _ATTRIBUTES,
        text("name", "repositoryName"),
        text("image_tag_mutability"),
        block("image_scanning_configuration", "imageScanningConfiguration", truth("scan_on_push")),
        tags(),
    ),
    "data.aws_ecr_image": ResourceType(computed=first(_image, _TAGS)),
    "data.aws_ecr_repository": looked_up("Repository", _ATTRIBUTES, text("name", "repositoryName"), computed=_TAGS),
}
