from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Service


class ServiceConnectNamespaceMissing(Rule):
    """Service Connect is enabled, and neither the service nor its cluster names a namespace.

    A service that names none uses the default namespace of its cluster. Only a cluster that is made beside the service is
    looked at.

    Source: CreateService, as cdk-preflight quotes it from real deployments; CreateCluster, `serviceConnectDefaults`.

    ```hcl bad
    resource "aws_ecs_cluster" "shop" {
      name = "shop"
    }
    resource "aws_ecs_service" "api" {
      name    = "checkout-api"
      cluster = aws_ecs_cluster.shop.arn
      service_connect_configuration {
        enabled = true
      }
    }
    ```

    ```hcl good
    resource "aws_ecs_cluster" "shop" {
      name = "shop"
      service_connect_defaults {
        namespace = "arn:aws:servicediscovery:eu-west-1:111122223333:namespace/ns-0123456789abcdef"
      }
    }
    resource "aws_ecs_service" "api" {
      name    = "checkout-api"
      cluster = aws_ecs_cluster.shop.arn
      service_connect_configuration {
        enabled = true
      }
    }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    symptoms = ("InvalidParameterException: Namespace is missing",)
    covers = ("sc-namespace",)

    def service(self, service: Service) -> Iterator[Finding]:
        """Look for a namespace of the service, or of its cluster."""
        connect, cluster = service.service_connect_configuration, service.cluster.noun
        if cluster is None or not cluster.resource.managed or not connect.enabled.true.yes:
            return
        if (connect.namespace.absent & cluster.service_connect_defaults.namespace.absent).yes:
            yield self.finding(
                service,
                "Service Connect is enabled without a namespace",
                at=connect.enabled,
                label="no `namespace` beside it",
                related=[(cluster.place, "the cluster has no `serviceConnectDefaults` either")],
                help="give `namespace`, or let the cluster have a default one",
                symptom="Namespace is missing",
            )
