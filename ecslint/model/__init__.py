"""What a deployment is, in ECS's own nouns.

Frontends make resources with documents; the nouns here are typed views of them, one for every format. Rules see
nothing else.
"""

from ecslint.model.image import Image
from ecslint.model.noun import Collection, Noun, Options
from ecslint.model.project import Found, Project
from ecslint.model.resource import Resource
from ecslint.model.service import Cluster, Listener, ListenerRule, LoadBalancer, Service, TargetGroup
from ecslint.model.store import Repository
from ecslint.model.task import (
    Container,
    EnvironmentVariable,
    HealthCheck,
    LogConfiguration,
    PortMapping,
    SecretReference,
    TaskDefinition,
    Volume,
)
from ecslint.model.workspace import RequiredName, Workspace

__all__ = [
    "Cluster",
    "Collection",
    "Container",
    "EnvironmentVariable",
    "Found",
    "HealthCheck",
    "Image",
    "Listener",
    "ListenerRule",
    "LoadBalancer",
    "LogConfiguration",
    "Noun",
    "Options",
    "PortMapping",
    "Project",
    "Repository",
    "RequiredName",
    "Resource",
    "SecretReference",
    "Service",
    "TargetGroup",
    "TaskDefinition",
    "Volume",
    "Workspace",
]
