"""References to container images, and how images are built."""

from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.model.noun import Field, Noun
from ecslint.value import MAYBE

if TYPE_CHECKING:
    from ecslint.value import Answer, Value


class Image:
    """An image as a container names it: `registry/repository:tag` or `registry/repository@digest`."""

    __slots__ = ("value",)

    def __init__(self, value: Value) -> None:
        self.value = value

    @property
    def digested(self) -> Answer:
        """Whether it is named by digest, so that it always is the same image."""
        return self.value.matches(".*@sha256:[^/]*")

    @property
    def tagged(self) -> Answer:
        """Whether it carries a tag of any kind. A colon before the last slash is a port's."""
        return self.value.matches(".*:[^/]*") & ~self.digested

    @property
    def latest(self) -> Answer:
        """Whether the tag is `latest`."""
        return self.value.ends_with(":latest")

    @property
    def untagged(self) -> Answer:
        """Whether it has neither tag nor digest, which means `latest`."""
        return self.value.matches(".*[^:/@]") & ~self.value.matches(".*[:@][^/]*")

    @property
    def ecr(self) -> Answer:
        """Whether it lies in a private ECR registry: `<account>.dkr.ecr.<region>.<suffix>/<repository>`."""
        return self.value.matches(".*\\.dkr[.-]ecr[.-].*/.*")


class ImageBuild(Noun):
    """An image that the deployment itself builds and pushes, such as an asset of the CDK.

    `directory` is the context, as whoever declares it writes it; `platform` is Docker's (`linux/arm64`).
    """

    __slots__ = ()

    tag = Field("imageTag")
    repository_name = Field("repositoryName")
    directory = Field("directory")
    dockerfile = Field("dockerFile")
    target = Field("dockerBuildTarget")
    platform = Field("platform")

    def makes(self, image: Image) -> Answer:
        """Whether an image is the one that is built here: its tag says so, being a hash of what goes in."""
        tag = self.tag.string
        return image.value.ends_with(f":{tag}") if tag else MAYBE
