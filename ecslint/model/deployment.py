"""How a service is deployed, in the words of CreateService.

Source of the members: botocore's model of Amazon ECS (`DeploymentConfiguration`).
"""

from __future__ import annotations

from ecslint.model.noun import Child, Field, Noun, Scalars


class DeploymentCircuitBreaker(Noun):
    """Whether ECS gives up on a deployment that cannot succeed, and goes back."""

    __slots__ = ()

    enable = Field("enable")
    rollback = Field("rollback")
    reset_on_healthy_task = Field("resetOnHealthyTask")


class DeploymentAlarms(Noun):
    """The CloudWatch alarms that fail a deployment."""

    __slots__ = ()

    alarm_names = Scalars("alarmNames")
    enable = Field("enable")
    rollback = Field("rollback")


class CanaryConfiguration(Noun):
    """How much goes first; `canary_bake_time_in_minutes` in minutes."""

    __slots__ = ()

    canary_percent = Field("canaryPercent")
    canary_bake_time_in_minutes = Field("canaryBakeTimeInMinutes")


class LinearConfiguration(Noun):
    """How much goes at a time; `step_bake_time_in_minutes` in minutes."""

    __slots__ = ()

    step_percent = Field("stepPercent")
    step_bake_time_in_minutes = Field("stepBakeTimeInMinutes")


class DeploymentConfiguration(Noun):
    """How a deployment replaces tasks. Percentages of the desired count; `bake_time_in_minutes` in minutes."""

    __slots__ = ()

    deployment_circuit_breaker = Child("deploymentCircuitBreaker", DeploymentCircuitBreaker)
    maximum_percent = Field("maximumPercent")
    minimum_healthy_percent = Field("minimumHealthyPercent")
    alarms = Child("alarms", DeploymentAlarms)
    strategy = Field("strategy")
    bake_time_in_minutes = Field("bakeTimeInMinutes")
    canary_configuration = Child("canaryConfiguration", CanaryConfiguration)
    linear_configuration = Child("linearConfiguration", LinearConfiguration)


class DeploymentController(Noun):
    """Who deploys: ECS, CODE_DEPLOY or EXTERNAL."""

    __slots__ = ()

    type = Field("type")
