from __future__ import annotations

from ecslint.facts import row
from ecslint.facts.unsupported import DAEMON_SERVICE, MAXIMUM_PERCENT
from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Severity, SupportRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Service


class NotSupportedForDaemon(SupportRule):
    """A service with one task on each instance asks for what contradicts that.

    With the scheduling strategy DAEMON the number of tasks is the number of instances: it can be neither asked for nor
    spread, and a deployment stops a task before it starts another, so `maximumPercent` is 100 at most. Terraform leaves
    `desired_count` and `deployment_maximum_percent` of such a service out.

    Source: CreateService, as cdk-preflight quotes it from real deployments; botocore's model of Amazon ECS,
    `schedulingStrategy`.

    ```hcl bad
    resource "aws_ecs_service" "agent" {
      name                = "agent"
      scheduling_strategy = "DAEMON"
      ordered_placement_strategy {
        type  = "spread"
        field = "instanceId"
      }
    }
    ```

    ```hcl good
    resource "aws_ecs_service" "agent" {
      name                = "agent"
      scheduling_strategy = "DAEMON"
    }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    rows = (*DAEMON_SERVICE, MAXIMUM_PERCENT)
    symptoms = row.symptoms(rows)
    peers = row.peers(rows)
    subject = "The daemon scheduling strategy"
    otherwise = "let `schedulingStrategy` be REPLICA"
    covers = (
        "daemon-desired-count",
        "daemon-placement-strategy",
        "daemon-maximum-percent",
        "daemon-az-rebalancing",
        "daemon-code-deploy",
        "daemon-external",
    )

    def service(self, service: Service) -> Iterator[Finding]:
        """Look at a daemon service."""
        if not service.scheduling_strategy.equals("DAEMON").yes:
            return
        yield from self.unsupported(service, DAEMON_SERVICE)
        percent = service.deployment_configuration.maximum_percent
        most = percent.integer
        if most is not None and most > 100 and service.project.frontend not in MAXIMUM_PERCENT.dropped_by:
            yield self.finding(
                service.deployment_configuration,
                f"{self.subject} does not support {MAXIMUM_PERCENT.what}",
                at=percent,
                label="a daemon never runs more than one task on an instance",
                help="leave `maximumPercent` out, or set it to 100",
                symptom=MAXIMUM_PERCENT.symptom,
                row=MAXIMUM_PERCENT.id,
            )
