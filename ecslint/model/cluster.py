"""Clusters, and the capacity providers that are tied to them."""

from __future__ import annotations

from ecslint.model.capacity import CapacityProvider, CapacityProviderStrategyItem
from ecslint.model.connect import ServiceConnectConfiguration
from ecslint.model.noun import Child, Children, Field, Noun, Scalars
from ecslint.value import MAYBE, NO, Answer, Value


class Cluster(Noun):
    """A cluster."""

    __slots__ = ()

    cluster_name = Field("clusterName")
    capacity_providers = Scalars("capacityProviders")
    default_capacity_provider_strategy = Children("defaultCapacityProviderStrategy", CapacityProviderStrategyItem)
    service_connect_defaults = Child("serviceConnectDefaults", ServiceConnectConfiguration)

    def is_named(self, value: Value) -> Answer:
        """Whether a value names this cluster, by reference, ARN or name."""
        answer = NO
        for attribute in ("arn", "name"):
            answer |= self.resource.ref(attribute).equals(value)
        return answer

    @property
    def has_default_strategy(self) -> Answer:
        """Whether services that name no capacity provider get those of the cluster: by it, or beside it."""
        answer = ~self.default_capacity_provider_strategy.empty
        for beside in self.project.all(ClusterCapacityProviders):
            answer |= ~beside.default_capacity_provider_strategy.empty & self.is_named(beside.cluster)
        return answer | (MAYBE if self.project.may_grow(self.resource) else NO)

    def offers(self, provider: Value) -> Answer:
        """Whether a capacity provider is associated with the cluster: by it, beside it, or by the provider itself."""
        answer = self.capacity_providers.any(lambda item: item.equals(provider))
        for beside in self.project.all(ClusterCapacityProviders):
            tied = beside.capacity_providers.any(lambda item: item.equals(provider))
            answer |= tied & self.is_named(beside.cluster)
        for own in self.project.all(CapacityProvider):
            if not own.cluster_name.absent.yes or not own.cluster.absent.yes:
                answer |= MAYBE & own.resource.ref("name").equals(provider)
        return answer | (MAYBE if self.project.may_grow(self.resource) else NO)


class ClusterCapacityProviders(Noun):
    """Capacity providers that are tied to a cluster apart from it."""

    __slots__ = ()

    cluster = Field("cluster")
    capacity_providers = Scalars("capacityProviders")
    default_capacity_provider_strategy = Children("defaultCapacityProviderStrategy", CapacityProviderStrategyItem)
