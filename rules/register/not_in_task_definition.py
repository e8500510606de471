from __future__ import annotations

from ecslint.facts import row
from ecslint.facts import task_definition_names as facts
from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecslint.facts.row import Row
    from ecslint.model import Container, Noun, Service, ServiceLoadBalancer, TaskDefinition
    from ecslint.model.service import ServiceRegistry
    from ecslint.value import Answer, Value


class NotInTaskDefinition(Rule):
    """The service names a container, a port or a volume that its task definition does not have.

    A load balancer is told a container of the task definition and a port that this container maps; Service Connect and
    VPC Lattice the `name` of a port mapping; a volume configuration the volume that is `configuredAtLaunch`. The two
    files drift apart when one of them is renamed. Only a service whose task definition is among the files is looked at.

    Source: CreateService, in aws/amazon-ecs-agent#1276 and #497, boltops-tools/ufo#114, hashicorp/terraform#2888,
    aws/aws-sdk-js#1397; as cdk-preflight quotes it from real deployments.

    ```hcl bad
    # resource "aws_ecs_task_definition" "api" {
    #   family = "checkout-api"
      container_definitions = jsonencode([{
        name         = "api"
    #     image        = "public.ecr.aws/nginx/nginx:1.27"
    #     memory       = 256
        portMappings = [{ containerPort = 8000 }]
      }])
    # }
    # resource "aws_ecs_service" "api" {
    #   name            = "checkout-api"
    #   task_definition = aws_ecs_task_definition.api.arn
      load_balancer {
    #     target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/api/0123456789abcdef"
        container_name = "api"
        container_port = 80
      }
    # }
    ```

    ```hcl good
    # resource "aws_ecs_task_definition" "api" {
    #   family = "checkout-api"
      container_definitions = jsonencode([{
        name         = "api"
    #     image        = "public.ecr.aws/nginx/nginx:1.27"
    #     memory       = 256
        portMappings = [{ containerPort = 8000 }]
      }])
    # }
    # resource "aws_ecs_service" "api" {
    #   name            = "checkout-api"
    #   task_definition = aws_ecs_task_definition.api.arn
      load_balancer {
    #     target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/api/0123456789abcdef"
        container_name = "api"
        container_port = 8000
      }
    # }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    rows = facts.ROWS
    symptoms = row.symptoms(rows)
    covers = (
        "lb-container-unknown",
        "lb-port-unknown",
        "lb-port-outside-range",
        "lb-hostport-missing-classic",
        "sc-portname",
        "ebs-volume-name",
    )

    def service(self, service: Service) -> Iterator[Finding]:
        """Look up each name in the task definition that the service runs."""
        task = service.task.noun
        if task is None:
            return
        for balanced in service.load_balancers:
            yield from self._container(balanced, task, facts.CONTAINER, facts.PORT)
            yield from self._host_port(balanced, task)
        for registry in service.service_registries:
            yield from self._container(registry, task, facts.REGISTRY_CONTAINER, facts.REGISTRY_PORT)
        if service.service_connect_configuration.enabled.true.yes:
            for offered in service.service_connect_configuration.services:
                yield from self._port_name(offered, offered.port_name, task, facts.PORT_NAME)
        for configuration in service.vpc_lattice_configurations:
            yield from self._port_name(configuration, configuration.port_name, task, facts.LATTICE_PORT_NAME)
        yield from self._volumes(service, task)

    def _container(
        self,
        named: ServiceLoadBalancer | ServiceRegistry,
        task: TaskDefinition,
        unknown: Row,
        unmapped: Row,
    ) -> Iterator[Finding]:
        name, port = named.container_name, named.container_port
        if name.absent.yes or name.equals("").yes:
            return
        if name.present.yes and task.containers.any(lambda container: container.name.equals(name)).no:
            label = f"the task definition has {_listed(item.name for item in task.containers)}"
            yield self._told(named, name, unknown, label, task, "name a container of the task definition", name=name)
            return
        container = task.named(name)
        if not port.present.yes:
            return
        if container is None:
            if name.present.yes and task.containers.any(lambda item: item.name.equals(name) & _maps(item, port)).no:
                label = "no container that may have this name maps the port"
                yield self._told(named, port, unmapped, label, task, "name a port that is mapped", name=name, port=port)
            return
        if _maps(container, port).no:
            label = f"`{container.segment}` maps {_ports(container)}"
            help = f"name a port that `{container.segment}` maps, or map this one in its `portMappings`"
            yield self._told(named, port, unmapped, label, container, help, name=name, port=port)

    def _host_port(self, balanced: ServiceLoadBalancer, task: TaskDefinition) -> Iterator[Finding]:
        """A Classic Load Balancer sends traffic to one port of every instance, which must be known beforehand."""
        container, port = balanced.container, balanced.container_port
        if container is None or task.effective_network_mode != "bridge" or not balanced.load_balancer_name.present.yes:
            return
        for mapping in container.port_mappings:
            if mapping.container_port.equals(port).yes and mapping.host_port.absent.yes:
                yield self._told(
                    balanced,
                    port,
                    facts.HOST_PORT,
                    "a Classic Load Balancer needs the port of the host",
                    mapping,
                    "set `hostPort` of the mapping, or use a target group, which takes any port",
                    port=port,
                )

    def _port_name(self, named: Noun, name: Value, task: TaskDefinition, row: Row) -> Iterator[Finding]:
        if not name.present.yes:
            return
        mappings = [mapping for container in task.containers for mapping in container.port_mappings]
        known = task.containers.any(lambda item: item.port_mappings.any(lambda mapping: mapping.name.equals(name)))
        if known.no:
            label = f"the named port mappings are {_listed(item.name for item in mappings if item.name.present.yes)}"
            help = "give a port mapping of the task definition this `name`, or use the name that it has"
            yield self._told(named, name, row, label, task, help, name=name)

    def _volumes(self, service: Service, task: TaskDefinition) -> Iterator[Finding]:
        for configuration in service.volume_configurations:
            name = configuration.name
            known = task.volumes.any(lambda volume: volume.name.equals(name) & volume.configured_at_launch.true)  # noqa: B023
            if name.present.yes and known.no:
                late = [volume.name for volume in task.volumes if volume.configured_at_launch.true.yes]
                label = f"the volumes that are configured at launch are {_listed(late)}"
                help = "name a volume of the task definition, and set its `configuredAtLaunch` to true"
                yield self._told(configuration, name, facts.VOLUME, label, task, help, name=name)
        for volume in task.volumes:
            name = volume.name
            given = service.volume_configurations.any(lambda item: item.name.equals(name))  # noqa: B023
            if volume.configured_at_launch.true.yes and name.present.yes and given.no:
                yield self.finding(
                    service,
                    f"The service does not configure the volume `{name.string or ''}` of its task definition",
                    at=service.place or volume.name,
                    label="has no `volumeConfigurations` for it",
                    related=[(volume.configured_at_launch, "this leaves it to the service")],
                    help="give the service a `volumeConfigurations` entry of this name",
                    severity=Severity.WARNING,
                    row=facts.VOLUME_NOT_CONFIGURED.id,
                )

    def _told(self, noun: Noun, at: Value, row: Row, label: str, about: Noun, help: str, **names: Value) -> Finding:
        shown = {key: value.string or "…" for key, value in names.items()}
        return self.finding(
            noun,
            f"The service names {row.what}",
            at=at,
            label=label,
            related=[(about.place, "the task definition that the service runs")],
            help=help,
            symptom=row.symptom.format(**shown) or None,
            severity=Severity.of(row.severity),
            row=row.id,
        )


def _listed(names: Iterable[Value]) -> str:
    shown = [f"`{name.string}`" for name in names if name.string is not None]
    return ", ".join(shown[:6]) or "none"


def _maps(container: Container, port: Value) -> Answer:
    return container.port_mappings.any(lambda mapping: mapping.maps(port))


def _ports(container: Container) -> str:
    """The ports that a container maps, as a person reads them."""
    both = [(mapping.container_port.string, mapping.container_port_range.string) for mapping in container.port_mappings]
    return ", ".join(one or several or "" for one, several in both if one or several) or "no port"
