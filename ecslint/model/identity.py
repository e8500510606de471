"""Roles and policies, in the words of IAM.

A role's policies may stand in it, beside it (`Policy`, `ManagedPolicy`), or be attached by something of their own
(`PolicyAttachment`). Policy documents keep IAM's own keys (`Statement`, `Effect`, `Action`). What a role may do is a
matter of all its statements together, so that is what a `Role` gives, with the reason where there may be more of them.
"""

from __future__ import annotations

from ecslint.lean import TYPE_CHECKING, NamedTuple
from ecslint.model.noun import Child, Children, Collection, Field, N, Noun, OneOrMany, Scalars, collect
from ecslint.value import HOLE, MAYBE, NO, YES, Answer, Sequence, Value, of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ecslint.model.project import Project

    Granted = tuple[Value, list[str]]

_AWS_POLICY = "arn:[^:]*:iam::aws:policy/.*"


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
    not_principal = Field("notPrincipal")
    condition = Field("condition")

    def names_action(self, action: str) -> Answer:
        """Whether an action, such as `s3:GetObject`, is among those named; IAM ignores case."""
        wanted = Value(action.lower())
        if not self.not_actions.value.absent.yes:
            return ~self.not_actions.any(lambda pattern: _lower(pattern).covers(wanted))
        return self.actions.any(lambda pattern: _lower(pattern).covers(wanted))

    def names_any(self, start: Value, rest: str) -> Answer:
        """Whether anything that begins with `start` and goes on as the expression `rest` says is named."""
        if not self.not_resources.value.absent.yes:
            return MAYBE
        return self.resources.any(lambda pattern: pattern.reaches(start, rest))

    def is_for(self, subject: Noun) -> Answer:
        """Whether a policy that a resource carries is about a role, or about everybody.

        A whole account is not enough: that leaves it to the role's own policies.
        """
        if not self.not_principal.absent.yes or self.principal.kind not in {"string", "object"}:
            return MAYBE
        if self.principal.kind == "string":
            return self.principal.equals("*")
        answer = MAYBE if self.principal.open else NO
        for key, value in self.principal.entries():
            if key.written == "AWS":
                named = self.project.world.resolve(value)
                for one in named.items() if named.kind == "array" else (named,):
                    answer |= _means(self.project.world.resolve(one), subject)
                answer |= MAYBE if named.open else NO
        return answer


_ACCOUNT = "arn:[^:]*:iam::\\d{12}:root|\\d{12}"


def _means(principal: Value, subject: Noun) -> Answer:
    """Whether an entry of `Principal` is a role, or everybody."""
    if principal.matches(_ACCOUNT).yes:
        return NO
    mine = subject.is_named(principal) if isinstance(subject, Role) else MAYBE
    return principal.equals("*") | mine


def _lower(pattern: Value) -> Value:
    return Value(pattern.string.lower()) if pattern.string is not None else pattern


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

    @property
    def segment(self) -> str:
        return self.key if self.parent is not None and self.parent.parent is not None else "policy"


class InlinePolicy(Noun):
    """A policy that stands in a role."""

    __slots__ = ()

    policy_name = Field("policyName")
    content = Child("policyDocument", PolicyDocument)

    @property
    def segment(self) -> str:
        return self.labelled(self.policy_name)


class Role(Noun):
    """A role, and what it may do."""

    __slots__ = ()

    role_name = Field("roleName")
    trust = Child("assumeRolePolicyDocument", PolicyDocument)
    managed_policy_arns = Scalars("managedPolicyArns")
    policies = Children("policies", InlinePolicy)
    permissions_boundary = Field("permissionsBoundary")

    def is_named(self, value: Value) -> Answer:
        """Whether a value names this role, by reference, ARN or name."""
        return _named(self, value)

    @property
    def permissions(self) -> Permissions:
        """All that the role is allowed and denied."""
        return self.project.memo(("permissions", id(self.resource)), lambda: _gather(self))


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

    def is_named(self, value: Value) -> Answer:
        """Whether a value names this policy, by reference, ARN or name."""
        return _named(self, value)


def _named(noun: Role | ManagedPolicy, value: Value) -> Answer:
    ref = value.ref
    if ref is not None and ref.resource.kind == noun.resource.kind and ref.resource.managed:
        return YES if ref.resource is noun.resource else NO
    answer = NO
    for attribute in ("arn", "name"):
        answer |= noun.resource.ref(attribute).equals(value)
    return answer


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

    def belongs_to(self, arn: Value) -> Answer:
        """Whether the resource that carries the policy is the one whose ARN begins a text; MAYBE where names differ."""
        mine, theirs = self.resource_name.ref, next(iter(arn.refs), None)
        if mine is None or theirs is None:
            return MAYBE
        return Answer.of(mine.resource is theirs.resource)


class Permissions:
    """Statements that belong to one identity. `open` says why there may be more, and is empty if there cannot.

    `subject` is the role, or a policy whose roles the project does not make.
    """

    __slots__ = ("open", "statements", "subject")

    def __init__(self, subject: Noun, statements: list[Statement], open: str) -> None:
        self.subject = subject
        self.statements = statements
        self.open = open

    def reach(self, actions: list[str], start: Value, rest: str) -> Answer:
        """Whether any of the actions is allowed on anything that begins with `start` and goes on as `rest` says.

        A policy that the resource itself carries counts. Conditions and denials do not: whoever wrote them thought of
        the grant.
        """
        answer = MAYBE if self.open else NO
        for ref in start.refs[:1]:
            answer |= MAYBE if self.subject.project.handed_out(ref.resource) else NO
        carried: list[Statement] = []
        for policy in _every(self.subject.project, ResourcePolicy):
            if not policy.belongs_to(start).no and not _there(policy).no:
                answer |= MAYBE if _take(policy.content, carried) else NO
        for statement in self.statements:
            answer |= _grants(statement, actions, start, rest)
        for statement in carried:
            granted = _grants(statement, actions, start, rest)
            answer |= granted if granted.no else granted & statement.is_for(self.subject)
        return answer

    def gaps(self, actions: Iterable[Granted], places: Iterable[tuple[Value, Value]], rest: str) -> Gaps:
        """The pairs of an action and a resource that nothing grants.

        Each of `places` is a resource as it is written and where what the action works on begins; `rest` says how that
        goes on. Pairs that are certain are given alone.
        """
        certain: list[tuple[Value, Value]] = []
        doubtful: list[tuple[Value, Value]] = []
        for written, start in places:
            for action, names in actions:
                reached = self.reach(names, start, rest)
                if not reached.yes:
                    (certain if reached.no else doubtful).append((action, written))
        return Gaps(certain or doubtful, bool(certain))


class Gaps(NamedTuple):
    """Pairs of an action and a resource, as written, that nothing grants; and whether that is certain."""

    pairs: list[tuple[Value, Value]]
    certain: bool


def _grants(statement: Statement, actions: list[str], start: Value, rest: str) -> Answer:
    """Whether a statement allows one of the actions on anything that begins so and goes on as `rest` says."""
    if statement.effect.equals("Deny").yes:
        return NO
    acts = NO
    for action in actions:
        acts |= statement.names_action(action)
    return acts if acts.no else acts & statement.names_any(start, rest)


def _gather(role: Role) -> Permissions:
    """All statements of a role: its own, those of policies that name it, and those attached to it."""
    statements: list[Statement] = []
    why = "" if role.resource.managed else f"{role.address} is not made by this project"
    why = why or ("" if role.permissions_boundary.absent.yes else "it has a permissions boundary")
    why = why or role.project.handed_out(role.resource)
    for policy in role.policies:
        why = _take(policy.content, statements) or why
    why = why or role.policies.open
    for document, answer, name in _beside(role):
        if answer.yes:
            why = _take(document, statements) or why
        elif answer.maybe:
            why = why or f"{name} may belong to it"
    for arn in [*role.managed_policy_arns, *_attached(role)]:
        why = _take_managed(role.project, arn, statements) or why
    return Permissions(role, statements, why or role.managed_policy_arns.open)


if TYPE_CHECKING:
    Carrier = Role | Policy | ManagedPolicy


def carriers(project: Project) -> Iterator[Carrier]:
    """All that carries permissions, whether or not it exists in this world."""
    yield from _every(project, Role)
    yield from _every(project, Policy)
    yield from _every(project, ManagedPolicy)


def permissions_of(carrier: Carrier) -> Permissions | None:
    """What a role may do; or a policy by itself, where no role of the project is known to carry it."""
    if isinstance(carrier, Role):
        return carrier.permissions if carrier.resource.managed else None
    if not carrier.resource.managed or _is_carried(carrier):
        return None
    statements: list[Statement] = []
    _take(carrier.content, statements)
    return Permissions(carrier, statements, "the roles that carry it are not made by this project")


def all_permissions(project: Project) -> Iterator[Permissions]:
    """What every role of the project may do, and every policy whose roles it does not make."""
    for carrier in carriers(project):
        permissions = None if project.exists(carrier.resource).no else permissions_of(carrier)
        if permissions is not None:
            yield permissions


def _take(document: PolicyDocument, statements: list[Statement]) -> str:
    """Add a document's statements; why there may be more of them."""
    found = document.statements
    statements += found
    return found.open


def _is_carried(policy: Policy | ManagedPolicy) -> bool:
    """Whether a policy certainly is one of some role's."""
    attached: list[PolicyAttachment] = []
    if isinstance(policy, ManagedPolicy):
        attached = [each for each in _every(policy.project, PolicyAttachment) if _may_attach(each, policy)]
    for role in _every(policy.project, Role):
        named = policy.roles.any(role.is_named) & _there(policy)
        if isinstance(policy, ManagedPolicy):
            named |= role.managed_policy_arns.any(policy.is_named)
            for attachment in attached:
                belongs = attachment.roles.any(role.is_named)
                if not belongs.no:
                    named |= belongs & _there(attachment) & policy.is_named(attachment.policy_arn)
        if named.yes and not _there(role).no:
            return True
    return False


def _may_attach(attachment: PolicyAttachment, policy: ManagedPolicy) -> bool:
    """Whether an attachment may be of a policy, from a look that decides no condition."""
    arn = attachment.document.get("policyArn")
    if arn.ref is not None:
        return arn.ref.resource is policy.resource or not arn.ref.resource.managed
    return not arn.matches(_AWS_POLICY).yes


def _beside(role: Role) -> Iterator[tuple[PolicyDocument, Answer, str]]:
    """The inline policies beside the roles that may belong to this one, whether they do, and their names."""
    policies: list[Policy | ManagedPolicy] = list(_every(role.project, Policy))
    policies += (policy for policy in _every(role.project, ManagedPolicy) if policy.resource.managed)
    for policy in policies:
        belongs = policy.roles.any(role.is_named)
        if not belongs.no and not (belongs := belongs & _there(policy)).no:
            yield policy.content, belongs, policy.address


def _every(project: Project, kind: type[N]) -> Iterator[N]:
    """The nouns of a kind, whether or not they exist in this world: to ask that of all would tell worlds apart by
    what has nothing to do with the role."""
    return (project.noun(kind, resource) for resource in project.of_kind(kind.__name__))


def _there(noun: Noun) -> Answer:
    return noun.project.exists(noun.resource)


def _attached(role: Role) -> Iterator[Value]:
    """The ARNs of the policies that attachments of the project tie to the role."""
    for attachment in _every(role.project, PolicyAttachment):
        belongs = attachment.roles.any(role.is_named)
        if belongs.no or (belongs := belongs & _there(attachment)).no or attachment.policy_arn.absent.yes:
            continue
        yield attachment.policy_arn if belongs.yes else Value(None, attachment.place)


def _take_managed(project: Project, arn: Value, statements: list[Statement]) -> str:
    """Add the statements of the managed policy that an ARN names; why they may not be all."""
    name = (arn.outline() or "").rpartition("/")[2]
    if HOLE not in name and arn.matches(_AWS_POLICY).yes:
        document = _aws_policy(project, name, arn)
        if document is None:
            return f"what the policy {name} allows is not known here"
        return _take(document, statements)
    found = project.find(ManagedPolicy, arn)
    if found.noun is not None:
        return _take(found.noun.content, statements)
    return f"the policy {name.replace(HOLE, '…') or 'attached to it'} is not made by this project"


def _aws_policy(project: Project, name: str, arn: Value) -> PolicyDocument | None:
    """The document of one of AWS's own policies, placed where it is attached."""
    import json

    from ecslint.facts.managed_policies import DOCUMENTS
    from ecslint.model.resource import Resource

    text = DOCUMENTS.get(name)
    if text is None:
        return None
    value = of(json.loads(text), arn.place)
    return PolicyDocument(project, value, Resource("", "aws", name, value, arn.place, managed=False))
