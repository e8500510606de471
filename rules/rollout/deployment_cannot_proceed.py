from __future__ import annotations

from ecslint.facts import deployment_limits as facts
from ecslint.facts import row
from ecslint.lean import TYPE_CHECKING
from ecslint.model.rollout import ScalableTarget
from ecslint.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.facts.row import Row
    from ecslint.model import Service
    from ecslint.value import Value


class DeploymentCannotProceed(Rule):
    """The service's percentages leave a deployment nothing to stop and nothing to start.

    During a rolling deployment at least `minimumHealthyPercent` of the desired count must run, rounded up, and at most
    `maximumPercent`, rounded down. If both come to the desired count itself, ECS can neither stop an old task nor start a
    new one, and the deployment stands still: one task with 100 and 150 percent is such a case. ECS refuses 100 and 100 at
    once. Where the number of tasks is scaled, it may be another one than stands in the file, so that is a warning.

    Source: CreateService, `deploymentConfiguration`; the text about 100 and 100 as cdk-preflight quotes it from real
    deployments; the service event from the developer guide, "Service event messages".

    ```hcl bad
    resource "aws_ecs_service" "api" {
      name                               = "checkout-api"
      desired_count                      = 1
      deployment_minimum_healthy_percent = 100
      deployment_maximum_percent         = 150
    }
    ```

    ```hcl good
    resource "aws_ecs_service" "api" {
      name                               = "checkout-api"
      desired_count                      = 1
      deployment_minimum_healthy_percent = 100
      deployment_maximum_percent         = 200
    }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    rows = facts.ROWS
    symptoms = row.symptoms(rows)
    peers = row.peers(rows)

    def service(self, service: Service) -> Iterator[Finding]:
        """Work out how many tasks a deployment may have."""
        configuration = service.deployment_configuration
        least, most = configuration.minimum_healthy_percent, configuration.maximum_percent
        if service.is_daemon.yes:
            if (least.equals(100) & service.rolls).yes:
                yield self._told(service, facts.DAEMON, least, "all must go on running", "set a minimum below 100")
            return
        if not service.rolls.yes or not service.is_daemon.no:
            return
        minimum = facts.MINIMUM if least.absent.yes else least.integer
        maximum = facts.MAXIMUM if most.absent.yes else most.integer
        if minimum is None or maximum is None:
            return
        if minimum == maximum == 100:
            help = "raise `maximumPercent`, or lower `minimumHealthyPercent`"
            yield self._told(service, facts.BOTH_100, most, "leaves no room", help)
        elif service.availability_zone_rebalancing.equals("ENABLED").yes and maximum == 100:
            help = "raise `maximumPercent`, or set `availabilityZoneRebalancing` to DISABLED"
            yield self._told(service, facts.REBALANCING, most, "leaves no room for another task", help)
        else:
            yield from self._counted(service, minimum, maximum)

    def _counted(self, service: Service, minimum: int, maximum: int) -> Iterator[Finding]:
        count = service.desired_count
        desired = count.integer
        if desired is None or desired < 1:
            return
        fewest, most = facts.bounds(desired, minimum, maximum)
        if fewest < desired or most > desired or maximum < 100:
            return
        percent = service.deployment_configuration.maximum_percent
        tasks = "1 task" if desired == 1 else f"{desired} tasks"
        enough = next(at for at in range(maximum, 201) if facts.bounds(desired, minimum, at)[1] > desired)
        yield self._told(
            service,
            facts.NO_ROOM,
            percent,
            f"{maximum} percent of {tasks} are {most}",
            f"raise `maximumPercent` to {enough} or more, or lower `minimumHealthyPercent`",
            severity=Severity.WARNING if self._scaled(service) else Severity.ERROR,
        )

    @staticmethod
    def _scaled(service: Service) -> bool:
        """Whether something else may set the number of tasks."""
        project = service.project
        ignored = service.ignore_changes.any(lambda name: name.one_of(("desiredCount", "all")))
        targets = (target.service_namespace.equals("ecs") for target in project.all(ScalableTarget))
        return not ignored.no or any(not answer.no for answer in targets) or bool(project.handed_out(service.resource))

    def _told(
        self, service: Service, row: Row, at: Value, label: str, help: str, severity: Severity | None = None
    ) -> Finding:
        configuration = service.deployment_configuration
        return self.finding(
            service,
            f"The service has {row.what}",
            at=at if at.present.yes else service.place or at,
            label=label,
            related=[
                (value, text)
                for value, text in (
                    (configuration.minimum_healthy_percent, "so many must run"),
                    (service.desired_count, "so many are wanted"),
                )
                if value.present.yes and value is not at
            ],
            help=help,
            symptom=row.symptom or None,
            severity=severity or Severity.of(row.severity),
            row=row.id,
        )
