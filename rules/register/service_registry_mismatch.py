from __future__ import annotations

from ecslint.facts import row
from ecslint.facts import service_registries as facts
from ecslint.lean import TYPE_CHECKING
from ecslint.model.rollout import DiscoveryService
from ecslint.rule import Finding, Rule, Severity, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.facts.row import Row
    from ecslint.model import Service, TaskDefinition
    from ecslint.model.service import ServiceRegistry
    from ecslint.source import Place
    from ecslint.value import Value


class ServiceRegistryMismatch(Rule):
    """The service registers with a Cloud Map service whose records do not fit.

    A record of type A or AAAA holds the address of a task and no port: with `awsvpc` the service must not give one. A record
    of type SRV holds a port as well, which must be given. Tasks that share the network of an instance have ports of their
    own only with SRV.

    Source: CreateService, in umotif-public/terraform-aws-ecs-fargate#25, telia-oss/terraform-aws-ecs-fargate#36 and
    hashicorp/terraform-provider-aws#3906; botocore's model, `serviceRegistries`.

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
    # resource "aws_ecs_task_definition" "api" {
    #   family       = "checkout-api"
    #   network_mode = "awsvpc"
    #   container_definitions = jsonencode([{
    #     name         = "api"
    #     image        = "public.ecr.aws/nginx/nginx:1.27"
    #     memory       = 256
    #     portMappings = [{ containerPort = 80 }]
    #   }])
    # }
    resource "aws_ecs_service" "api" {
      name            = "checkout-api"
      task_definition = aws_ecs_task_definition.api.arn
    #   network_configuration {
    #     subnets = ["subnet-0a1b2c3d"]
    #   }
      service_registries {
        registry_arn   = aws_service_discovery_service.api.arn
        container_name = "api"
        container_port = 80
      }
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
    # resource "aws_ecs_task_definition" "api" {
    #   family       = "checkout-api"
    #   network_mode = "awsvpc"
    #   container_definitions = jsonencode([{
    #     name         = "api"
    #     image        = "public.ecr.aws/nginx/nginx:1.27"
    #     memory       = 256
    #     portMappings = [{ containerPort = 80 }]
    #   }])
    # }
    resource "aws_ecs_service" "api" {
      name            = "checkout-api"
      task_definition = aws_ecs_task_definition.api.arn
    #   network_configuration {
    #     subnets = ["subnet-0a1b2c3d"]
    #   }
      service_registries {
        registry_arn = aws_service_discovery_service.api.arn
      }
    }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    rows = facts.ROWS
    symptoms = row.symptoms(rows)

    def service(self, service: Service) -> Iterator[Finding]:
        """Compare each registry with the records of the Cloud Map service that it names."""
        task = service.task.noun
        if task is None:
            return
        for registry in service.service_registries:
            discovery = service.project.find(DiscoveryService, registry.registry_arn).noun
            if discovery is not None and discovery.resource.managed:
                yield from self._judge(registry, discovery, task)

    def _judge(self, registry: ServiceRegistry, discovery: DiscoveryService, task: TaskDefinition) -> Iterator[Finding]:
        records = discovery.dns_config.records
        ported = records.any(lambda record: record.type.equals("SRV"))
        if records.empty.no and ported.no:
            if task.awsvpc().yes:
                for value, found in ((registry.container_port, facts.CONTAINER_PORT), (registry.port, facts.PORT)):
                    if value.present.yes:
                        help = f"leave `{found.id.replace('container-port', 'containerPort')}` out"
                        yield self._told(registry, found, key_of(value), "not with these records", discovery, help)
            elif task.awsvpc().no:
                help = "let the Cloud Map service have a record of type SRV, or the tasks the mode `awsvpc`"
                label = "these records cannot tell a port"
                yield self._told(registry, facts.NEEDS_SRV, registry.registry_arn, label, discovery, help)
        elif ported.yes and (registry.port.absent & registry.container_port.absent).yes:
            help = "give `port`, or `containerName` and `containerPort`"
            label = "its records of type SRV hold a port"
            yield self._told(registry, facts.NO_PORT, registry.registry_arn, label, discovery, help)

    def _told(
        self,
        registry: ServiceRegistry,
        row: Row,
        at: Value | Place,
        label: str,
        other: DiscoveryService,
        help: str,
    ) -> Finding:
        kinds = ", ".join(f"`{record.type.string}`" for record in other.dns_config.records if record.type.string)
        return self.finding(
            registry,
            f"The service gives service discovery {row.what}",
            at=at,
            label=label,
            related=[(other.place, f"has records of type {kinds}")],
            help=help,
            symptom=row.symptom or None,
            severity=Severity.of(row.severity),
            row=row.id,
        )
