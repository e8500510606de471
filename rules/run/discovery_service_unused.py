from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.model import Service
from ecslint.model.rollout import DiscoveryService
from ecslint.model.service import TaskSet
from ecslint.rule import Confidence, Finding, Rule, Severity
from ecslint.value import NO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Project
    from ecslint.value import Answer


REGISTER = (
    "AWS::AppMesh::",
    "AWS::AutoScaling::",
    "AWS::EC2::Instance",
    "AWS::EC2::LaunchTemplate",
    "AWS::Lambda::",
    "AWS::ServiceDiscovery::Instance",
    "aws_appmesh_",
    "aws_autoscaling_group",
    "aws_instance",
    "aws_lambda_function",
    "aws_launch_",
    "aws_service_discovery_instance",
)
"""How the types begin of what can register with Cloud Map besides ECS, or look up in it what others registered."""


class DiscoveryServiceUnused(Rule):
    """A Cloud Map service with DNS records is made, and no ECS service registers with it.

    Its name then resolves to nothing. Nothing is said where something else refers to it, or is given it: App Mesh, instances
    that are registered by hand, a module that was not read, an output.

    Source: CreateService, `serviceRegistries`; the developer guide, "Use service discovery to connect Amazon ECS services
    with DNS names".

    ```hcl bad
    resource "aws_service_discovery_service" "api" {
      name = "api"
      dns_config {
        namespace_id = "ns-0123456789abcdef"
        dns_records {
          type = "A"
          ttl  = 10
        }
      }
    }
    resource "aws_ecs_service" "api" {
      name = "checkout-api"
    }
    ```

    ```hcl good
    resource "aws_service_discovery_service" "api" {
      name = "api"
      dns_config {
        namespace_id = "ns-0123456789abcdef"
        dns_records {
          type = "A"
          ttl  = 10
        }
      }
    }
    resource "aws_ecs_service" "api" {
      name = "checkout-api"
      service_registries {
        registry_arn = aws_service_discovery_service.api.arn
      }
    }
    ```
    """

    severity = Severity.WARNING
    confidence = Confidence.MEDIUM
    since = "0.1"
    kinds = ("DiscoveryService",)

    def project(self, project: Project) -> Iterator[Finding]:
        """Look for who registers with each Cloud Map service."""
        services = project.all(Service)
        if not services or project.of_kind(TaskSet.__name__):
            return
        for discovery in project.all(DiscoveryService):
            if discovery.resource.managed and discovery.dns_config.records.empty.no and self._idle(discovery):
                yield self.finding(
                    discovery,
                    "No service registers with the Cloud Map service",
                    at=discovery.place or discovery.name,
                    label="its name resolves to nothing",
                    help="name it in `serviceRegistries` of the service that it is for, or take it out",
                )

    @staticmethod
    def _idle(discovery: DiscoveryService) -> bool:
        """Whether certainly nothing of the project, and nothing that it leads to, has to do with it."""
        project, resource = discovery.project, discovery.resource
        services = project.all(Service)
        if any(not _registers(service, discovery).no for service in services) or project.may_grow(resource):
            return False
        # One that registers with it under a condition has some use for it.
        if any(service.resource.document.get("serviceRegistries").may_mention(resource) for service in services):
            return False
        able = (other for other in project.resources if other.type.startswith(REGISTER))
        return all(project.awaits(other, resource).no for other in able)


def _registers(service: Service, discovery: DiscoveryService) -> Answer:
    """Whether a service registers with a Cloud Map service."""
    answer = NO
    for attribute in ("arn", "id"):
        ref = discovery.resource.ref(attribute)
        answer |= service.service_registries.any(lambda registry: registry.registry_arn.equals(ref))  # noqa: B023
    return answer
