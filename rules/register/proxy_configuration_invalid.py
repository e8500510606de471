from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import TaskDefinition
    from ecslint.value import Answer

PORTS = ("AppPorts", "ProxyIngressPort", "ProxyEgressPort")
IDENTITIES = ("IgnoredUID", "IgnoredGID")


class ProxyConfigurationInvalid(Rule):
    """The App Mesh proxy of the task names no container of it, or lacks a property.

    It needs `AppPorts`, `ProxyIngressPort`, `ProxyEgressPort`, and one of `IgnoredUID` and `IgnoredGID`.

    Source: RegisterTaskDefinition, as cdk-preflight quotes it from real deployments; botocore's model of Amazon ECS,
    `ProxyConfiguration`.

    ```json bad
      {
        "family": "checkout-api",
        "networkMode": "awsvpc",
        "proxyConfiguration": {
          "type": "APPMESH",
          "containerName": "envoy",
          "properties": [
            {"name": "IgnoredUID", "value": "1337"},
            {"name": "AppPorts", "value": "8080"},
            {"name": "ProxyIngressPort", "value": "15000"},
            {"name": "ProxyEgressPort", "value": "15001"}
          ]
        },
        "containerDefinitions": [{"name": "app", "image": "public.ecr.aws/nginx/nginx:1.27", "memory": 256}]
      }
    ```

    ```json good
      {
        "family": "checkout-api",
        "networkMode": "awsvpc",
        "proxyConfiguration": {
          "type": "APPMESH",
          "containerName": "envoy",
          "properties": [
            {"name": "IgnoredUID", "value": "1337"},
            {"name": "AppPorts", "value": "8080"},
            {"name": "ProxyIngressPort", "value": "15000"},
            {"name": "ProxyEgressPort", "value": "15001"}
          ]
        },
        "containerDefinitions": [
          {"name": "app", "image": "public.ecr.aws/nginx/nginx:1.27", "memory": 256},
          {"name": "envoy", "image": "public.ecr.aws/appmesh/aws-appmesh-envoy:v1.34.1.0-prod", "memory": 128}
        ]
      }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    symptoms = ("Proxy container [{name}] does not exist", "Ingress port not found")
    peers = (
        "cdk-preflight: pf-ecs-proxy-configuration-container-missing, pf-ecs-proxy-configuration-missing-required-props",
    )
    covers = (
        "proxy-container-missing",
        "proxy-required-props",
    )

    def task(self, task: TaskDefinition) -> Iterator[Finding]:
        """Look for the container and for each property."""
        proxy = task.proxy_configuration
        if not proxy.present.yes:
            return
        wanted = proxy.container_name
        if wanted.present.yes and task.containers.any(lambda container: container.name.equals(wanted)).no:
            name = wanted.string or "…"
            yield self.finding(
                proxy,
                f"The task has no container `{name}` to be its proxy",
                at=wanted,
                label="no container of this task",
                help="name the container that runs Envoy",
                symptom=self.says(0, name=name),
                row="container",
            )
        missing = [name for name in PORTS if self._has(task, name).no]
        identities = [self._has(task, name) for name in IDENTITIES]
        if (identities[0] | identities[1]).no:
            missing.append("IgnoredUID")
        if missing:
            names = ", ".join(f"`{name}`" for name in missing)
            yield self.finding(
                proxy,
                f"The App Mesh proxy needs {names}",
                at=wanted if wanted.present.yes else proxy.document,
                label=f"without {names}",
                help=f"add {names} to `properties`",
                symptom=self.says(1) if "ProxyIngressPort" in missing else None,
                row="properties",
            )

    @staticmethod
    def _has(task: TaskDefinition, name: str) -> Answer:
        return task.proxy_configuration.properties.any(lambda item: item.name.equals(name))
