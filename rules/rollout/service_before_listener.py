from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Service, ServiceLoadBalancer, TargetGroup


class ServiceBeforeListener(Rule):
    """The service does not wait for the listener that gives its target group a load balancer.

    ECS refuses a service whose target group no listener forwards to yet. The service refers to the target group, not to
    the listener, so CloudFormation and Terraform make both at the same time, and who comes first is luck: the first
    deployment fails, the second one works. The service must say that it depends on the listener, or on the listener's rule.
    A reference to it counts, as do a module and a nested stack that wait as a whole. Only who waits for an *output* of a
    module does not wait for the rest of that module.

    Source: CreateService, in umotif-public/terraform-aws-ecs-fargate#30 and #43, hashicorp/terraform#32908,
    Bayer-Group/cloudformation-template-generator#181; the template reference of CloudFormation, "DependsOn attribute".

    ```hcl bad
    # resource "aws_lb_target_group" "api" {
    #   port        = 80
    #   protocol    = "HTTP"
    #   target_type = "ip"
    #   vpc_id      = "vpc-0a1b2c3d"
    # }
    resource "aws_lb_listener" "api" {
    #   load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/0123456789abcdef"
    #   port              = 80
      default_action {
        type             = "forward"
        target_group_arn = aws_lb_target_group.api.arn
      }
    }
    resource "aws_ecs_service" "api" {
      name = "checkout-api"
      load_balancer {
        target_group_arn = aws_lb_target_group.api.arn
    #     container_name   = "api"
    #     container_port   = 80
      }
    }
    ```

    ```hcl good
    # resource "aws_lb_target_group" "api" {
    #   port        = 80
    #   protocol    = "HTTP"
    #   target_type = "ip"
    #   vpc_id      = "vpc-0a1b2c3d"
    # }
    resource "aws_lb_listener" "api" {
    #   load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/0123456789abcdef"
    #   port              = 80
      default_action {
        type             = "forward"
        target_group_arn = aws_lb_target_group.api.arn
      }
    }
    resource "aws_ecs_service" "api" {
      name = "checkout-api"
      load_balancer {
        target_group_arn = aws_lb_target_group.api.arn
    #     container_name   = "api"
    #     container_port   = 80
      }
      depends_on = [aws_lb_listener.api]
    }
    ```
    """

    severity = Severity.WARNING
    since = "0.1"
    symptoms = ("The target group with targetGroupArn {arn} does not have an associated load balancer.",)
    covers = ("tg-listener-ordering",)

    def service(self, service: Service) -> Iterator[Finding]:
        """Ask for each target group whether the service waits for one of those that forward to it."""
        for balanced in service.load_balancers:
            group = balanced.target_group.noun
            if group is not None and group.resource.managed:
                yield from self._ordered(service, balanced, group)

    def _ordered(self, service: Service, balanced: ServiceLoadBalancer, group: TargetGroup) -> Iterator[Finding]:
        project = service.project
        forwarders = [(listener, answer) for listener, answer in group.forwarders() if not answer.no]
        sure = [listener for listener, answer in forwarders if answer.yes]
        if not sure or any(not project.awaits(service.resource, one.resource).no for one, _ in forwarders):
            return
        first = sure[0]
        keyword = "depends_on" if project.frontend == "terraform" else "DependsOn"
        yield self.finding(
            service,
            "The service does not wait for the listener of its target group",
            at=service.place or balanced.target_group_arn,
            label=f"may be made before `{first.resource.address}`",
            related=[
                (balanced.target_group_arn, "the service waits for this target group only"),
                (first.place, "gives the target group its load balancer"),
            ],
            help=f"let the service, or the module or stack that it is in, wait for `{first.resource.local}`: `{keyword}`",
            symptom=self.says(arn="arn:aws:elasticloadbalancing:…"),
        )
