from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Service, TargetGroup


class TargetGroupWithoutListener(Rule):
    """No listener and no rule forwards to the target group of the service.

    A target group belongs to a load balancer only through a listener, or a rule of one, that forwards to it. ECS refuses a
    service whose target group has none. Nothing is said where something that was not read could add the listener: a module
    that is given the target group, a caller that is told of it by an output, a resource that runs code of its own.

    Source: CreateService, in cloudposse/terraform-aws-ecs-web-app#226, hashicorp/terraform#32908, anomalyco/sst#5826,
    TeliaSoneraNorge/divx-terraform-modules#133.

    ```hcl bad
    resource "aws_lb_target_group" "api" {
      port        = 80
      protocol    = "HTTP"
      target_type = "ip"
      vpc_id      = "vpc-0a1b2c3d"
    }
    resource "aws_ecs_service" "api" {
      name = "checkout-api"
      load_balancer {
        target_group_arn = aws_lb_target_group.api.arn
        container_name   = "api"
        container_port   = 80
      }
    }
    ```

    ```hcl good
    resource "aws_lb_target_group" "api" {
      port        = 80
      protocol    = "HTTP"
      target_type = "ip"
      vpc_id      = "vpc-0a1b2c3d"
    }
    resource "aws_lb_listener" "api" {
      load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/0123456789abcdef"
      port              = 80
      default_action {
        type             = "forward"
        target_group_arn = aws_lb_target_group.api.arn
      }
    }
    resource "aws_ecs_service" "api" {
      name = "checkout-api"
      load_balancer {
        target_group_arn = aws_lb_target_group.api.arn
        container_name   = "api"
        container_port   = 80
      }
      depends_on = [aws_lb_listener.api]
    }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    symptoms = ("The target group with targetGroupArn {arn} does not have an associated load balancer.",)
    covers = ("tg-no-listener",)

    def service(self, service: Service) -> Iterator[Finding]:
        """Look for what forwards to each target group."""
        for balanced in service.load_balancers:
            group = balanced.target_group.noun
            if group is None or not self._alone(group):
                continue
            yield self.finding(
                balanced,
                "No listener forwards to the target group of the service",
                at=balanced.target_group_arn,
                label="this target group has no load balancer",
                related=[(group.place, "declared here, and named by no listener and no rule")],
                help="let a listener, or a rule of one, forward to the target group, and the service depend on that",
                symptom=self.says(arn="arn:aws:elasticloadbalancing:…"),
                # Who deploys in steps may have the service made later than the rest.
                severity=Severity.ERROR if service.project.exists(service.resource).yes else Severity.WARNING,
            )

    @staticmethod
    def _alone(group: TargetGroup) -> bool:
        """Whether certainly nothing forwards to the group, in what was read or elsewhere."""
        project = group.project
        if not group.resource.managed or not project.exists(group.resource).yes:
            return False
        if any(not answer.no for _, answer in group.forwarders()):
            return False
        return not project.may_grow(group.resource)
