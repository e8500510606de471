"""Express Mode services."""

from __future__ import annotations

from ecslint.model.container import EnvironmentVariable, SecretReference
from ecslint.model.noun import Child, Children, Field, Noun


class ExpressContainer(Noun):
    """The container of an Express Mode service."""

    __slots__ = ()

    image = Field("image")
    container_port = Field("containerPort")
    environment = Children("environment", EnvironmentVariable)
    secrets = Children("secrets", SecretReference)


class ExpressGatewayService(Noun):
    """An Express Mode service: ECS makes the task definition and everything around it."""

    __slots__ = ()

    service_name = Field("serviceName")
    execution_role_arn = Field("executionRoleArn")
    infrastructure_role_arn = Field("infrastructureRoleArn")
    task_role_arn = Field("taskRoleArn")
    primary_container = Child("primaryContainer", ExpressContainer)
    cpu = Field("cpu")
    memory = Field("memory")
    health_check_path = Field("healthCheckPath")
