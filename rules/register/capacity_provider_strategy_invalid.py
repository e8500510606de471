from __future__ import annotations

from ecslint.facts import capacity_providers as facts
from ecslint.facts import row
from ecslint.lean import TYPE_CHECKING
from ecslint.model.capacity import FARGATE_PROVIDERS, CapacityProvider
from ecslint.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.facts.row import Row
    from ecslint.model import Collection, Service
    from ecslint.model.capacity import CapacityProviderStrategyItem
    from ecslint.source import Place
    from ecslint.value import Value


class CapacityProviderStrategyInvalid(Rule):
    """The capacity providers of the service's strategy do not go together, or the cluster does not have them.

    One provider at most has a `base`; of several, one at least has a `weight` above zero, and a weight that is left out
    is zero. One on an Auto Scaling group must be associated with the cluster: Terraform does it with
    `aws_ecs_cluster_capacity_providers`, CloudFormation with `CapacityProviders` of the cluster. Only a provider and a
    cluster that are made beside the service are looked at.

    Source: CreateService, as cdk-preflight quotes it from real deployments; aws/aws-cdk#23955.

    ```hcl bad
    resource "aws_ecs_service" "api" {
      name = "checkout-api"
      capacity_provider_strategy {
        capacity_provider = "FARGATE"
        base              = 1
        weight            = 1
      }
      capacity_provider_strategy {
        capacity_provider = "FARGATE_SPOT"
        base              = 1
        weight            = 3
      }
    }
    ```

    ```hcl good
    resource "aws_ecs_service" "api" {
      name = "checkout-api"
      capacity_provider_strategy {
        capacity_provider = "FARGATE"
        base              = 1
        weight            = 1
      }
      capacity_provider_strategy {
        capacity_provider = "FARGATE_SPOT"
        weight            = 3
      }
    }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    rows = facts.ROWS
    symptoms = row.symptoms(rows)
    peers = row.peers(rows)
    covers = (
        "cp-multi-base",
        "cp-zero-weight",
        "cp-not-associated",
        "cp-mix-fargate-asg",
    )

    def service(self, service: Service) -> Iterator[Finding]:
        """Look at the strategy of the service itself."""
        items = service.capacity_provider_strategy
        based = [item for item in items if (item.base.integer or 0) > 0]
        if len(based) > 1:
            label, help = "this one has a base as well", "leave one `base`"
            yield self._told(service, facts.BASE, based[1].base, label, help, (based[0].base, "the first base"))
        if len(items) > 1 and items.all(lambda item: item.weight.absent | item.weight.equals(0)).yes:
            first = items[0].weight if items[0].weight.present.yes else items[0].document
            yield self._told(service, facts.WEIGHT, first, "weighs nothing", "give a provider a weight of 1 or more")
        yield from self._mixed(service, items)
        yield from self._associated(service, items)

    def _mixed(self, service: Service, items: Collection[CapacityProviderStrategyItem]) -> Iterator[Finding]:
        names = [item.capacity_provider for item in items]
        fargate = next((name for name in names if name.one_of(FARGATE_PROVIDERS).yes), None)
        found = ((name, service.project.find(CapacityProvider, name).noun) for name in names)
        other = next((name for name, made in found if made and made.auto_scaling_group_provider.present.yes), None)
        if fargate is not None and other is not None:
            help = "let the service use either Fargate or instances"
            related = (fargate, "Fargate is among them")
            yield self._told(service, facts.MIXED, other, "stands on an Auto Scaling group", help, related)

    def _associated(self, service: Service, items: Collection[CapacityProviderStrategyItem]) -> Iterator[Finding]:
        cluster = service.cluster.noun
        if cluster is None or not cluster.resource.managed or not service.project.exists(cluster.resource).yes:
            return
        for item in items:
            name = item.capacity_provider
            made = service.project.find(CapacityProvider, name).noun
            if made is not None and cluster.offers(name).no:
                label = f"the cluster is not given `{name.string}`" if name.string else "the cluster is not given it"
                help = "associate the provider with the cluster: `capacityProviders`"
                yield self._told(service, facts.NOT_ASSOCIATED, name, label, help, (cluster.place, "the cluster"))

    def _told(
        self,
        service: Service,
        row: Row,
        at: Value,
        label: str,
        help: str,
        related: tuple[Value | Place | None, str] = (None, ""),
    ) -> Finding:
        return self.finding(
            service,
            f"The strategy of the service has {row.what}",
            at=at,
            label=label,
            related=[related],
            help=help,
            symptom=row.symptom or None,
            severity=Severity.of(row.severity),
            row=row.id,
        )
