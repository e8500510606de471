"""Capacity providers, and how tasks are spread over them."""

from __future__ import annotations

from ecslint.model.noun import Field, Noun

FARGATE_PROVIDERS = ("FARGATE", "FARGATE_SPOT")
"""The capacity providers that AWS itself keeps."""


class CapacityProviderStrategyItem(Noun):
    """A share of a service's tasks that a capacity provider gets."""

    __slots__ = ()

    capacity_provider = Field("capacityProvider")
    weight = Field("weight")
    base = Field("base")


class CapacityProvider(Noun):
    """A capacity provider on an Auto Scaling group or managed instances; one on the latter belongs to a cluster."""

    __slots__ = ()

    name = Field("name")
    cluster = Field("cluster")
    cluster_name = Field("clusterName")
    auto_scaling_group_provider = Field("autoScalingGroupProvider")
