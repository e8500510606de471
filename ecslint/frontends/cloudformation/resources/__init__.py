"""What each type of resource is to the model: its kind, its attributes, and its document in the noun's words.

One module a family of services; a module is loaded when a template declares a type of its own.
"""

from __future__ import annotations

from importlib import import_module

from ecslint.frontends.cloudformation.resources.type import OTHER, ResourceType

FAMILIES: dict[str, str] = {
    "CertificateManager": "loadbalancing",
    "Custom": "custom",
    "CodeDeploy": "deployment",
    "ApplicationAutoScaling": "deployment",
    "ServiceDiscovery": "deployment",
    "DocDB": "data",
    "DynamoDB": "messaging",
    "EC2": "network",
    "ECR": "storage",
    "ECS": "ecs",
    "EFS": "storage",
    "ElastiCache": "data",
    "ElasticLoadBalancingV2": "loadbalancing",
    "IAM": "identity",
    "KMS": "secrets",
    "Logs": "storage",
    "MemoryDB": "data",
    "Neptune": "data",
    "RDS": "data",
    "S3": "storage",
    "SNS": "messaging",
    "SQS": "messaging",
    "SSM": "secrets",
    "SecretsManager": "secrets",
    "Serverless": "messaging",
}
"""The module that knows the types of a service (`AWS::<service>::…`), or custom ones (`Custom::…`)."""


def resource_type(type: str) -> ResourceType:
    """What is known of a type; `OTHER` for what the model does not know."""
    vendor, _, rest = type.partition("::")
    family = FAMILIES.get(rest.partition("::")[0] if vendor == "AWS" else vendor)
    if family is None:
        return OTHER
    types: dict[str, ResourceType] = import_module(f"{__name__}.{family}").TYPES
    return types.get(rest, OTHER)


__all__ = ["OTHER", "ResourceType", "resource_type"]
