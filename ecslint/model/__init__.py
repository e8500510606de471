"""What a deployment is, in ECS's own nouns.

Frontends make resources with documents; the nouns here are typed views of them, one for every format. Rules see
nothing else. A module is read when something of it is first asked for: a task definition by itself has no roles and no
load balancer.
"""

from ecslint.lean import TYPE_CHECKING

if TYPE_CHECKING:
    from ecslint.model.cluster import Cluster
    from ecslint.model.container import (
        Container,
        EnvironmentVariable,
        HealthCheck,
        LogConfiguration,
        PortMapping,
        SecretReference,
    )
    from ecslint.model.identity import (
        ManagedPolicy,
        Permissions,
        Policy,
        Role,
        Statement,
        all_permissions,
        carriers,
        permissions_of,
    )
    from ecslint.model.image import Image, ImageBuild
    from ecslint.model.loadbalancing import Listener, ListenerRule, LoadBalancer, TargetGroup
    from ecslint.model.noun import Collection, Noun, Options
    from ecslint.model.pointer import SecretPointer
    from ecslint.model.project import Found, Project
    from ecslint.model.resource import Resource
    from ecslint.model.service import Service, ServiceLoadBalancer
    from ecslint.model.store import Bucket, Parameter, Repository, Secret
    from ecslint.model.task import TaskDefinition
    from ecslint.model.volume import Volume
    from ecslint.model.workspace import RequiredName, Workspace

__all__ = [
    "Bucket",
    "Cluster",
    "Collection",
    "Container",
    "EnvironmentVariable",
    "Found",
    "HealthCheck",
    "Image",
    "ImageBuild",
    "Listener",
    "ListenerRule",
    "LoadBalancer",
    "LogConfiguration",
    "ManagedPolicy",
    "Noun",
    "Options",
    "Parameter",
    "Permissions",
    "Policy",
    "PortMapping",
    "Project",
    "Repository",
    "RequiredName",
    "Resource",
    "Role",
    "Secret",
    "SecretPointer",
    "SecretReference",
    "Service",
    "ServiceLoadBalancer",
    "Statement",
    "TargetGroup",
    "TaskDefinition",
    "Volume",
    "Workspace",
    "all_permissions",
    "carriers",
    "permissions_of",
]

_MODULES = {
    "cluster": "Cluster",
    "container": "Container EnvironmentVariable HealthCheck LogConfiguration PortMapping SecretReference",
    "identity": "ManagedPolicy Permissions Policy Role Statement all_permissions carriers permissions_of",
    "image": "Image ImageBuild",
    "loadbalancing": "Listener ListenerRule LoadBalancer TargetGroup",
    "noun": "Collection Noun Options",
    "pointer": "SecretPointer",
    "project": "Found Project",
    "resource": "Resource",
    "service": "Service ServiceLoadBalancer",
    "store": "Bucket Parameter Repository Secret",
    "task": "TaskDefinition",
    "volume": "Volume",
    "workspace": "RequiredName Workspace",
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found
