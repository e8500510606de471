"""Roles and policies, in the words of IAM.

A role's policies may stand in it, beside it (`Policy`, `ManagedPolicy`), or be attached by something of their own
(`PolicyAttachment`). Policy documents keep IAM's own keys (`Statement`, `Effect`, `Action`).
"""

from __future__ import annotations

from ecslint.model.noun import Child, Children, Collection, Field, Noun, OneOrMany, Scalars, collect
from ecslint.value import Sequence, Value


class Statement(Noun):
    """A statement of a policy."""

    __slots__ = ()

    sid = Field("sid")
    effect = Field("effect")
    actions = OneOrMany("action")
    not_actions = OneOrMany("notAction")
    resources = OneOrMany("resource")
    not_resources = OneOrMany("notResource")
    principal = Field("principal")
    condition = Field("condition")


class PolicyDocument(Noun):
    """A policy document."""

    __slots__ = ()

    @property
    def statements(self) -> Collection[Statement]:
        """The statements; IAM takes a single one without a list around it."""
        value = self.read("statement")
        if value.kind == "object":
            value = Value(Sequence((value,)), value.place, value.key)

        def make(item: Value, index: int) -> Statement:
            return Statement(self.project, item, self.resource, self, "Statement", index)

        return collect(self, value, make)


class InlinePolicy(Noun):
    """A policy that stands in a role."""

    __slots__ = ()

    policy_name = Field("policyName")
    content = Child("policyDocument", PolicyDocument)


class Role(Noun):
    """A role."""

    __slots__ = ()

    role_name = Field("roleName")
    trust = Child("assumeRolePolicyDocument", PolicyDocument)
    managed_policy_arns = Scalars("managedPolicyArns")
    policies = Children("policies", InlinePolicy)
    permissions_boundary = Field("permissionsBoundary")


class Policy(Noun):
    """An inline policy that stands beside the roles it belongs to, which it names."""

    __slots__ = ()

    policy_name = Field("policyName")
    content = Child("policyDocument", PolicyDocument)
    roles = Scalars("roles")


class ManagedPolicy(Noun):
    """A managed policy of the project; it may name the roles that it is attached to."""

    __slots__ = ()

    managed_policy_name = Field("managedPolicyName")
    content = Child("policyDocument", PolicyDocument)
    roles = Scalars("roles")


class PolicyAttachment(Noun):
    """A managed policy attached to roles, by something that is neither."""

    __slots__ = ()

    policy_arn = Field("policyArn")
    roles = Scalars("roles")


class ResourcePolicy(Noun):
    """A policy that a bucket, a secret, a key, a repository or a file system carries; `resource_name` says which."""

    __slots__ = ()

    resource_name = Field("resource")
    content = Child("policyDocument", PolicyDocument)
