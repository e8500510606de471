from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Container, PortMapping


class HostPortMismatch(Rule):
    """A port mapping names another port of the host than of the container, where there is no such difference.

    With the network modes `awsvpc` and `host` a container's ports are the host's. `hostPort` may be left out, or be the
    same as `containerPort`; `0` is another port, too.

    Source: RegisterTaskDefinition, found in more than ten public files.

    ```json bad
      {
        "family": "checkout-api",
        "networkMode": "awsvpc",
        "containerDefinitions": [
          {
            "name": "app",
            "image": "public.ecr.aws/nginx/nginx:1.27",
            "memory": 256,
            "portMappings": [{"containerPort": 8080, "hostPort": 80}]
          }
        ]
      }
    ```

    ```json good
      {
        "family": "checkout-api",
        "networkMode": "awsvpc",
        "containerDefinitions": [
          {
            "name": "app",
            "image": "public.ecr.aws/nginx/nginx:1.27",
            "memory": 256,
            "portMappings": [{"containerPort": 8080}]
          }
        ]
      }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    symptoms = (
        "When networkMode=awsvpc, the host ports and container ports in port mappings must match.",
        "When networkMode=host, the host ports and container ports in port mappings must match",
    )
    peers = ("cfn-lint: E3053", "cdk-preflight: pf-ecs-host-network-host-port-mismatch")
    covers = (
        "awsvpc-hostport",
        "host-hostport",
    )

    def container(self, container: Container) -> Iterator[Finding]:
        """Compare the ports of each mapping."""
        task = container.task
        modes = [index for index, mode in enumerate(("awsvpc", "host")) if task.network_mode.equals(mode).yes]
        for mapping in container.port_mappings if modes else ():
            host, port = mapping.host_port, mapping.container_port
            if (host.present & port.present).yes and host.equals(port).no:
                yield self._told(mapping, modes[0])

    def _told(self, mapping: PortMapping, mode: int) -> Finding:
        host, port = mapping.host_port, mapping.container_port
        name = ("awsvpc", "host")[mode]
        return self.finding(
            mapping,
            f"With the network mode `{name}` the host port {host.string or '…'} is not the container port {port.string or '…'}",
            at=host,
            label=f"must be {port.string or 'the container port'}, or left out",
            related=[(port, "the port that the container listens on")],
            help="leave `hostPort` out",
            symptom=self.says(mode),
        )
