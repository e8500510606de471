"""Policies that a resource carries, in it or apart from it.

Source: the documentation of the AWS provider for the types below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.resources.derived import derived
from ecslint.frontends.terraform.resources.embedded import embedded
from ecslint.frontends.terraform.resources.lowering import document, nothing, text
from ecslint.frontends.terraform.resources.type import ResourceType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ecslint.frontends.terraform.declared import Declared
    from ecslint.model import Resource
    from ecslint.value import Value


def own_policy(word: str) -> Callable[[Declared], Iterator[Resource]]:
    """The policy that a resource carries in its own `policy`; `word` is the attribute that names the resource."""

    def derive(declared: Declared) -> Iterator[Resource]:
        made = document(declared, (embedded(declared, "policy", "policyDocument"),))
        policy = made.get("policyDocument")
        if not nothing(policy):
            entries = {"resource": declared.resource.ref(word), "policyDocument": policy}
            yield derived(declared, "ResourcePolicy", entries)

    return derive


def policy_of(argument: str) -> ResourceType:
    """A policy that stands apart from the resource that an argument names."""

    def lower(declared: Declared) -> Value:
        return document(declared, (text(argument, "resource"), embedded(declared, "policy", "policyDocument")))

    return ResourceType("ResourcePolicy", lower=lower)


TYPES = {
    "aws_ecr_repository_policy": policy_of("repository"),
    "aws_efs_file_system_policy": policy_of("file_system_id"),
    "aws_kms_key_policy": policy_of("key_id"),
    "aws_s3_bucket_policy": policy_of("bucket"),
    "aws_secretsmanager_secret_policy": policy_of("secret_arn"),
    "aws_sns_topic_policy": policy_of("arn"),
    "aws_sqs_queue_policy": policy_of("queue_url"),
}
