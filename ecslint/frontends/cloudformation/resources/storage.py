"""Where images, objects, logs and files lie: ECR, S3, CloudWatch Logs, EFS."""

from __future__ import annotations

from ecslint.frontends.cloudformation.resources.shape import edited
from ecslint.frontends.cloudformation.resources.type import ResourceType, derived
from ecslint.lean import TYPE_CHECKING
from ecslint.value import ABSENT, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ecslint.frontends.cloudformation.declared import Declared
    from ecslint.model import Resource


def own_policy(property: str, attribute: str) -> Callable[[Declared], Iterator[Resource]]:
    """The policy that a resource carries in a property of its own; `attribute` names the resource."""

    def derive(declared: Declared) -> Iterator[Resource]:
        policy = declared.evaluated(property)
        if not policy.absent.yes:
            yield derived(declared, "ResourcePolicy", resource=declared.resource.ref(attribute), policyDocument=policy)

    return derive


def policy_of(property: str, document: str = "policyDocument") -> Callable[[Declared], Value]:
    """A policy that stands apart from the resource that a property names."""

    def lower(declared: Declared) -> Value:
        def change(policy: Value) -> Iterator[tuple[str, Value]]:
            yield "resource", policy.get(property)
            if property != "resource":
                yield property, Value(ABSENT)
            if document != "policyDocument":
                yield "policyDocument", policy.get(document)
                yield document, Value(ABSENT)

        return edited(declared.properties, change)

    return lower


TYPES = {
    "ECR::Repository": ResourceType(
        "Repository", "name", {"RepositoryUri": "url"}, derive=own_policy("RepositoryPolicyText", "name")
    ),
    "EFS::AccessPoint": ResourceType("AccessPoint", "id", {"AccessPointId": "id"}),
    "EFS::FileSystem": ResourceType(
        "FileSystem", "id", {"FileSystemId": "id"}, derive=own_policy("FileSystemPolicy", "id")
    ),
    "EFS::MountTarget": ResourceType("MountTarget", "id", {"Id": "id"}),
    "Logs::LogGroup": ResourceType("LogGroup", "name", {"Arn": ("arn", ":*")}),
    "S3::Bucket": ResourceType("Bucket", "name", {"DomainName": "domain"}),
    "S3::BucketPolicy": ResourceType("ResourcePolicy", lower=policy_of("bucket")),
}
