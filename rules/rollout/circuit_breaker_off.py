from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Service


class CircuitBreakerOff(Rule):
    """Nothing ends a deployment of the service that cannot succeed.

    Without a deployment circuit breaker ECS starts tasks that fail for ever. CloudFormation waits for up to three hours and
    then rolls back; Terraform with `wait_for_steady_state` runs into its time-out; without waiting, the job is green
    and the old version keeps running. With `rollback`, ECS itself goes back to the last version that worked.

    It is a warning where the deployer waits (CloudFormation, CDK, `wait_for_steady_state`), else a note, as is a
    breaker without rollback. A service without load balancer and health check is not meant: nothing could tell that its
    deployment failed but the exit of its tasks.

    Source: row D5 of the incidents, three hours of CREATE_IN_PROGRESS; the ECS developer guide, "How the Amazon ECS
    deployment circuit breaker detects failures".

    ```hcl bad
    resource "aws_ecs_service" "api" {
      name                  = "checkout-api"
      wait_for_steady_state = true
    #   load_balancer {
    #     target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/api/0123456789abcdef"
    #     container_name   = "api"
    #     container_port   = 8000
    #   }
    }
    ```

    ```hcl good
    resource "aws_ecs_service" "api" {
      name                  = "checkout-api"
      wait_for_steady_state = true
      deployment_circuit_breaker {
        enable   = true
        rollback = true
      }
    #   load_balancer {
    #     target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/api/0123456789abcdef"
    #     container_name   = "api"
    #     container_port   = 8000
    #   }
    }
    ```
    """

    severity = Severity.WARNING
    since = "0.1"
    symptoms = (
        "Resource timed out waiting for completion",
        "timeout while waiting for state to become 'tfSTABLE'",
    )

    def service(self, service: Service) -> Iterator[Finding]:
        """Look at a rolling deployment that something could judge."""
        if not service.rolls.yes or not service.is_judged.yes:
            return
        breaker = service.deployment_configuration.deployment_circuit_breaker
        alarms = service.deployment_configuration.alarms
        if not (alarms.enable.true & alarms.rollback.true).no:
            return
        if breaker.enable.true.no:
            waits = service.wait_for_steady_state.true.yes
            yield self.finding(
                service,
                "The service has no deployment circuit breaker",
                at=breaker.enable if breaker.enable.present.yes else service.place or service.service_name,
                label="a deployment that cannot succeed goes on until somebody's time-out",
                help="enable the deployment circuit breaker, with rollback",
                severity=Severity.WARNING if waits else Severity.NOTE,
                row="off",
            )
        elif breaker.enable.true.yes and breaker.rollback.true.no:
            yield self.finding(
                service,
                "The deployment circuit breaker does not roll back",
                at=breaker.rollback if breaker.rollback.present.yes else breaker.enable,
                label="a failed deployment stays where it failed",
                help="set `rollback` of the circuit breaker to true",
                severity=Severity.NOTE,
                row="no-rollback",
            )
