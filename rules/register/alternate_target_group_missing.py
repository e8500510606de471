from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Service

SHIFTING = ("BLUE_GREEN", "LINEAR", "CANARY")
"""The strategies that shift traffic from one target group to another."""


class AlternateTargetGroupMissing(Rule):
    """The service shifts traffic between two sets of tasks, and its load balancer knows one target group only.

    With the strategies BLUE_GREEN, LINEAR and CANARY the new tasks come up behind a second target group, and ECS changes the
    rule of the listener: `advancedConfiguration` names both, and the role with which ECS may do so.

    Source: CreateService, `advancedConfiguration` in botocore's model of Amazon ECS ("required for traffic shifting"). What
    becomes of a service without it is not known.

    ```hcl bad
    resource "aws_ecs_service" "api" {
      name = "checkout-api"
      deployment_configuration {
        strategy             = "BLUE_GREEN"
        bake_time_in_minutes = 5
      }
      load_balancer {
        target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/blue/0123456789abcdef"
        container_name   = "api"
        container_port   = 80
      }
    }
    ```

    ```hcl good
    resource "aws_ecs_service" "api" {
      name = "checkout-api"
      deployment_configuration {
        strategy             = "BLUE_GREEN"
        bake_time_in_minutes = 5
      }
      load_balancer {
        target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/blue/0123456789abcdef"
        container_name   = "api"
        container_port   = 80
        advanced_configuration {
          alternate_target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/green/0123456789abcdef"
          production_listener_rule   = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener-rule/app/shop/0/1/2"
          role_arn                   = "arn:aws:iam::111122223333:role/ecsInfrastructure"
        }
      }
    }
    ```
    """

    severity = Severity.WARNING
    since = "0.1"
    covers = ("blue-green-alternate",)

    def service(self, service: Service) -> Iterator[Finding]:
        """Look at the load balancers of a service that shifts traffic."""
        strategy = service.deployment_configuration.strategy
        if not strategy.one_of(SHIFTING).yes or not service.deployment_controller.type.one_of(("CODE_DEPLOY",)).no:
            return
        for balanced in service.load_balancers:
            if balanced.target_group_arn.present.yes and balanced.advanced_configuration.present.no:
                yield self.finding(
                    balanced,
                    "The service shifts traffic, and its load balancer has no second target group",
                    at=balanced.target_group_arn,
                    label="has no `advancedConfiguration` beside it",
                    related=[(strategy, "shifts traffic from one target group to another")],
                    help="give `advancedConfiguration` with `alternateTargetGroupArn`, `productionListenerRule` and "
                    "`roleArn`",
                )
