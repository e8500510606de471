from __future__ import annotations

from ecslint.facts.probes import local_request, same_path
from ecslint.lean import TYPE_CHECKING
from ecslint.model.container import SAME_PORT
from ecslint.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.facts.probes import Request
    from ecslint.model import Container, Service, ServiceLoadBalancer, TargetGroup


class HealthCheckPathMismatch(Rule):
    """The container's health check and the target group's ask the same port for different paths.

    One of the two is usually left over from another application, and fails: either the agent stops the container
    (`Task failed container health checks`), or the load balancer never sends it traffic. Only the container that the
    load balancer names is compared, on the port that it names; a trailing slash and the query make no difference.

    It can be meant, if one path tells liveness and the other readiness: then ignore it, and say so.

    Source: row B2 of the incidents; the ECS developer guide, "Container health checks"; Elastic Load Balancing, "Health checks
    for target groups" (the default path is `/`).

    ```hcl bad
    resource "aws_lb_target_group" "api" {
      port        = 8000
      protocol    = "HTTP"
      target_type = "ip"
      vpc_id      = "vpc-0a1b2c3d"
      health_check {
        path = "/"
      }
    }
    # resource "aws_ecs_task_definition" "api" {
    #   family = "checkout-api"
    #   container_definitions = jsonencode([{
    #     name         = "api"
    #     image        = "public.ecr.aws/nginx/nginx:1.27"
    #     portMappings = [{ containerPort = 8000 }]
          healthCheck = { command = ["CMD-SHELL", "curl -f http://localhost:8000/health || exit 1"] }
    #   }])
    # }
    # resource "aws_ecs_service" "api" {
    #   name            = "checkout-api"
    #   task_definition = aws_ecs_task_definition.api.arn
    #   load_balancer {
    #     target_group_arn = aws_lb_target_group.api.arn
    #     container_name   = "api"
    #     container_port   = 8000
    #   }
    # }
    ```

    ```hcl good
    resource "aws_lb_target_group" "api" {
      port        = 8000
      protocol    = "HTTP"
      target_type = "ip"
      vpc_id      = "vpc-0a1b2c3d"
      health_check {
        path = "/health"
      }
    }
    # resource "aws_ecs_task_definition" "api" {
    #   family = "checkout-api"
    #   container_definitions = jsonencode([{
    #     name         = "api"
    #     image        = "public.ecr.aws/nginx/nginx:1.27"
    #     portMappings = [{ containerPort = 8000 }]
          healthCheck = { command = ["CMD-SHELL", "curl -f http://localhost:8000/health || exit 1"] }
    #   }])
    # }
    # resource "aws_ecs_service" "api" {
    #   name            = "checkout-api"
    #   task_definition = aws_ecs_task_definition.api.arn
    #   load_balancer {
    #     target_group_arn = aws_lb_target_group.api.arn
    #     container_name   = "api"
    #     container_port   = 8000
    #   }
    # }
    ```
    """

    severity = Severity.WARNING
    since = "0.1"
    symptoms = ("Task failed container health checks", "Task failed ELB health checks in (target-group")

    def service(self, service: Service) -> Iterator[Finding]:
        """Compare each balanced container's own check with its target group's."""
        for balanced in service.load_balancers:
            container, group = balanced.container, balanced.target_group.noun
            if container is None or group is None or not group.checks_http.yes:
                continue
            words = container.health_check.words(balanced.container_port)
            request = local_request(words) if words is not None else None
            if request is not None and self._same_port(balanced, group, request):
                yield from self._compare(container, group, request, words or [])

    @staticmethod
    def _same_port(balanced: ServiceLoadBalancer, group: TargetGroup, request: Request) -> bool:
        """Whether both checks ask the port that the load balancer sends traffic to. A proxy's admin port is another."""
        port, own = balanced.container_port, group.health_check_port
        if not port.equals(request.port).yes and f":{SAME_PORT}" not in request.url:
            return False
        return own.absent.yes or own.equals("traffic-port").yes or own.equals(port).yes

    def _compare(
        self, container: Container, group: TargetGroup, request: Request, words: list[str]
    ) -> Iterator[Finding]:
        path = "/" if group.health_check_path.absent.yes else group.health_check_path.string
        if path is None or same_path(path, request.path):
            return
        at = next(index for index, word in enumerate(words) if request.url in word)
        word = list(container.health_check.command)[at]
        written = group.health_check_path.present.yes
        yield self.finding(
            container,
            f"The container's health check asks `{request.path}`, the target group asks `{path}`",
            at=word.part(request.url) or word,
            label=f"`{container.segment}` is asked for `{request.path}`",
            related=[
                (group.health_check_path if written else group.place, f"the load balancer asks for `{path}`"),
            ],
            help="let both ask the same path, one that the application answers with 200",
        )
