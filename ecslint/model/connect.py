"""Service Connect.

Source of the members: botocore's model of Amazon ECS (`ServiceConnectConfiguration`).
"""

from __future__ import annotations

from ecslint.model.container import LogConfiguration
from ecslint.model.noun import Child, Children, Field, Noun


class ClientAlias(Noun):
    """A name and port under which clients reach a Service Connect service."""

    __slots__ = ()

    port = Field("port")
    dns_name = Field("dnsName")


class ServiceConnectService(Noun):
    """A named port that is offered through Service Connect."""

    __slots__ = ()

    port_name = Field("portName")
    discovery_name = Field("discoveryName")
    client_aliases = Children("clientAliases", ClientAlias)
    ingress_port_override = Field("ingressPortOverride")


class ServiceConnectConfiguration(Noun):
    """What a service offers and finds through Service Connect."""

    __slots__ = ()

    enabled = Field("enabled")
    namespace = Field("namespace")
    services = Children("services", ServiceConnectService)
    log_configuration = Child("logConfiguration", LogConfiguration)
