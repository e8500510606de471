"""Daemons of managed instances."""

from __future__ import annotations

from ecslint.model.noun import Field, Noun


class DaemonTaskDefinition(Noun):
    """What a daemon runs on every managed instance."""

    __slots__ = ()

    family = Field("family")
    execution_role_arn = Field("executionRoleArn")
    task_role_arn = Field("taskRoleArn")


class Daemon(Noun):
    """A task that runs once on every managed instance."""

    __slots__ = ()

    daemon_task_definition_name = Field("daemonTaskDefinitionArn")
    cluster_name = Field("clusterArn")
