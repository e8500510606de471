from __future__ import annotations

from ecslint.facts import row
from ecslint.facts.unsupported import CODE_DEPLOY_SERVICE, EXTERNAL_SERVICE
from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Severity, SupportRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Service


class NotSupportedByDeploymentController(SupportRule):
    """A service that CodeDeploy or a third party deploys asks for what only ECS's own deployments have.

    The circuit breaker belongs to rolling deployments by ECS. With the controller EXTERNAL, task definition and load
    balancers are those of its task sets.

    Source: CreateService, as cdk-preflight quotes it from real deployments; the text about the circuit breaker from AWS's
    troubleshooting guide.

    ```hcl bad
    resource "aws_ecs_service" "api" {
      name = "checkout-api"
      deployment_controller {
        type = "CODE_DEPLOY"
      }
      deployment_circuit_breaker {
        enable   = true
        rollback = true
      }
    }
    ```

    ```hcl good
    resource "aws_ecs_service" "api" {
      name = "checkout-api"
      deployment_controller {
        type = "ECS"
      }
      deployment_circuit_breaker {
        enable   = true
        rollback = true
      }
    }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    rows = EXTERNAL_SERVICE
    symptoms = row.symptoms(rows)
    peers = row.peers(rows)
    subject = "The deployment controller of the service"
    otherwise = "let `deploymentController` be ECS"
    covers = (
        "breaker-code-deploy",
        "breaker-external",
        "external-task-definition",
        "external-load-balancers",
    )

    def service(self, service: Service) -> Iterator[Finding]:
        """Look at who deploys the service."""
        controller = service.deployment_controller.type
        if controller.equals("CODE_DEPLOY").yes:
            yield from self.unsupported(service, CODE_DEPLOY_SERVICE)
        elif controller.equals("EXTERNAL").yes:
            yield from self.unsupported(service, EXTERNAL_SERVICE)
