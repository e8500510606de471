from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.model import Role
from ecslint.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Noun, Service
    from ecslint.value import Value

ECS = "ecs(\\.[a-z0-9-]+)?\\.amazonaws\\.com(\\.cn)?"
"""The principal that ECS itself is, in a region and a partition or without them."""


class InfrastructureRoleTrust(Rule):
    """The role that ECS shall take on for the service's volumes or traffic does not trust ECS.

    An infrastructure role is used by ECS itself, to make volumes, to change listeners or to register targets: its trust
    policy must name `ecs.amazonaws.com`. The task role and the execution role trust `ecs-tasks.amazonaws.com`, which is
    somebody else.

    Source: hashicorp/terraform-provider-aws#38538; the developer guide, "Amazon ECS infrastructure IAM role".

    ```hcl bad
    resource "aws_iam_role" "infrastructure" {
      name = "ecsInfrastructure"
      assume_role_policy = jsonencode({
        Statement = [{
          Effect    = "Allow"
          Action    = "sts:AssumeRole"
          Principal = { Service = "ecs-tasks.amazonaws.com" }
        }]
      })
    }
    resource "aws_ecs_service" "api" {
      name = "checkout-api"
      volume_configuration {
        name = "data"
        managed_ebs_volume {
          role_arn   = aws_iam_role.infrastructure.arn
          size_in_gb = 10
        }
      }
    }
    ```

    ```hcl good
    resource "aws_iam_role" "infrastructure" {
      name = "ecsInfrastructure"
      assume_role_policy = jsonencode({
        Statement = [{
          Effect    = "Allow"
          Action    = "sts:AssumeRole"
          Principal = { Service = "ecs.amazonaws.com" }
        }]
      })
    }
    resource "aws_ecs_service" "api" {
      name = "checkout-api"
      volume_configuration {
        name = "data"
        managed_ebs_volume {
          role_arn   = aws_iam_role.infrastructure.arn
          size_in_gb = 10
        }
      }
    }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    symptoms = (
        "ECS was unable to assume the configured ECS Infrastructure Role '{role}'. Please verify that the role being "
        "passed has the proper trust relationship with Amazon ECS.",
    )
    covers = ("ebs-role-trust",)

    def service(self, service: Service) -> Iterator[Finding]:
        """Look at each role that the service gives to ECS; the text is known of volumes."""
        for configuration in service.volume_configurations:
            volume = configuration.managed_ebs_volume
            yield from self._trusted(volume, volume.role_arn, Severity.ERROR)
        for balanced in service.load_balancers:
            advanced = balanced.advanced_configuration
            yield from self._trusted(advanced, advanced.role_arn, Severity.WARNING)
        for lattice in service.vpc_lattice_configurations:
            yield from self._trusted(lattice, lattice.role_arn, Severity.WARNING)

    def _trusted(self, noun: Noun, arn: Value, severity: Severity) -> Iterator[Finding]:
        role = noun.project.find(Role, arn).noun
        if (
            role is None
            or not role.resource.managed
            or not role.trust.statements.any(lambda statement: statement.admits(ECS)).no
        ):
            return
        first = next(iter(role.trust.statements), None)
        yield self.finding(
            noun,
            "The role that ECS shall take on does not trust ECS",
            at=first.principal if first is not None and first.principal.present.yes else role.place or arn,
            label="must name the service `ecs.amazonaws.com`",
            related=[(arn, "the service gives ECS this role")],
            help="let the trust policy of the role allow `sts:AssumeRole` to the service `ecs.amazonaws.com`",
            symptom=self.says(role=arn.string or "arn:aws:iam::…") if severity is Severity.ERROR else None,
            severity=severity,
        )
