from __future__ import annotations

from ecslint.facts import platform_versions as facts
from ecslint.facts import row
from ecslint.lean import TYPE_CHECKING
from ecslint.model.setting import follow, given
from ecslint.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.facts.platform_versions import Feature
    from ecslint.model import Noun, Service
    from ecslint.value import Value


class PlatformVersionTooOld(Rule):
    """The service asks for a platform version of Fargate that lacks what its tasks need.

    Volumes on EFS, ECS Exec, keys of a secret and more came with platform version 1.4.0. A service that leaves the version
    out gets the latest one. That of Windows is 1.0.0, and nothing is said of it.

    Source: the developer guide, "Fargate platform versions for Amazon ECS", and its pages on each feature.

    ```hcl bad
    resource "aws_ecs_service" "api" {
      name                   = "checkout-api"
      launch_type            = "FARGATE"
      platform_version       = "1.3.0"
      enable_execute_command = true
    #   network_configuration {
    #     subnets = ["subnet-0a1b2c3d"]
    #   }
    }
    ```

    ```hcl good
    resource "aws_ecs_service" "api" {
      name                   = "checkout-api"
      launch_type            = "FARGATE"
      platform_version       = "1.4.0"
      enable_execute_command = true
    #   network_configuration {
    #     subnets = ["subnet-0a1b2c3d"]
    #   }
    }
    ```
    """

    severity = Severity.WARNING
    since = "0.1"
    rows = facts.ROWS
    symptoms = row.symptoms(rows)
    covers = (
        "platform-version-storage",
        "platform-version-efs",
        "platform-version-json-key",
        "platform-version-envfiles",
        "platform-version-exec",
        "platform-version-pid-mode",
        "platform-version-capability",
    )

    def service(self, service: Service) -> Iterator[Finding]:
        """Look for what an old platform version does not have."""
        version = service.platform_version
        if version.string is None or not facts.is_older(version.string):
            return
        task = service.task.noun
        if version.equals(facts.OF_WINDOWS).yes and (task is None or not task.windows.no):
            return
        for feature, value in self._needed(service):
            yield self.finding(
                service,
                f"Platform version {version.string} of Fargate does not have {feature.what}",
                at=version,
                label="is older than 1.4.0",
                related=[(value, "this needs 1.4.0")],
                help="leave `platformVersion` out, which means the latest one, or set it to 1.4.0",
                row=feature.id,
            )

    @staticmethod
    def _needed(service: Service) -> Iterator[tuple[Feature, Value]]:
        """The features that are asked for, each once."""
        task = service.task.noun
        asked: list[tuple[Noun, Feature]] = [(service, feature) for feature in facts.SERVICE]
        asked += [(task, feature) for feature in facts.TASK] if task is not None else []
        for noun, feature in asked:
            for holder, value in follow(noun, feature.path):
                wanted = given(holder, value)
                if (wanted & value.one_of(feature.only) if feature.only else wanted).yes:
                    yield feature, value
                    break
        for container in task.containers if task is not None else ():
            for secret in container.secrets:
                if (secret.value_from.outline() or "").startswith("arn:") and secret.pointer.key.known:
                    yield facts.JSON_KEY, secret.value_from
                    return
