from __future__ import annotations

from ecslint.facts.registries import AWS_IMAGE_ACCOUNTS, PULL_THROUGH
from ecslint.lean import TYPE_CHECKING
from ecslint.model import Repository
from ecslint.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Container


class MutableImageTag(Rule):
    """An image of one's own is deployed as `latest`, or without a tag, which means the same.

    The tag moves with every build. A rollback brings the same tag back and so the same broken code, two tasks of one
    revision can run different code, and `force-new-deployment` becomes the cure for everything. If the pipeline pushes
    commit hashes only, the tag does not even exist: `CannotPullContainerError: … not found`.

    For an image from a public registry, or from a repository of ECR that caches one, this is a note: it is somebody
    else's release that moves.

    Source: the post-mortems behind rows B3, C8 and E3 of the incidents; the ECS developer guide, "Container image
    resolution".

    ```json bad
    # {"family": "checkout-api", "executionRoleArn": "arn:aws:iam::111122223333:role/execution", "containerDefinitions": [
      {
        "name": "app",
        "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout-api:latest"
      }
    # ]}
    ```

    ```json good
    # {"family": "checkout-api", "executionRoleArn": "arn:aws:iam::111122223333:role/execution", "containerDefinitions": [
      {
        "name": "app",
        "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout-api:3f2a91c"
      }
    # ]}
    ```
    """

    severity = Severity.WARNING
    since = "0.1"

    def container(self, container: Container) -> Iterator[Finding]:
        """Judge the tag of the image, and whose image it is."""
        image = container.image
        moving = image.latest | image.untagged
        if not moving.yes or not image.digested.no:
            return
        what = "tagged `latest`" if image.latest.yes else "given without a tag, which means `latest`"
        own = self._own(container)
        yield self.finding(
            container,
            f"The image of `{container.segment}` is {what}",
            at=image.value.part(":latest") or image.value,
            label="this tag moves with every build" if own else "this tag moves with every release",
            origin=image.value,
            help="deploy the tag of the build (a commit hash or a version), or a digest",
            severity=Severity.WARNING if own else Severity.NOTE,
        )

    @staticmethod
    def _own(container: Container) -> bool:
        """Whether the image is built here: it lies in ECR, behind credentials, or in a repository of the project."""
        image = container.image
        if any(image.value.starts_with(f"{account}.").yes for account in AWS_IMAGE_ACCOUNTS):
            return False
        if image.value.matches(f".*\\.dkr[.-]ecr[.-][^/]*/({'|'.join(PULL_THROUGH)})/.*").yes:
            return False
        repositories = container.project.of_kind(Repository.__name__)
        made_here = any(ref.resource in repositories for ref in image.value.refs)
        return made_here or image.ecr.yes or container.repository_credentials.present.yes
