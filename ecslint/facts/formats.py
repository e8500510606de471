"""What texts must look like.

Expressions are of the subset that `language` reads, so that the known part of a text with holes can be judged as well.
"""

from __future__ import annotations

from ecslint.lean import NamedTuple


class Format(NamedTuple):
    """The form of the text under a member of a structure.

    `matches` is the expression for all of it, `never` one that it may not match as a whole. What `unless` matches is
    not judged; what `replaced` matches looks as if something were put in its place before, and is a warning at most.
    See `row.AnyRow`.
    """

    id: str
    structure: str
    member: str
    what: str
    help: str
    matches: str = ""
    never: str = ""
    symptom: str = ""
    severity: str = "error"
    unless: str = ""
    replaced: str = ""
    peers: tuple[str, ...] = ()


_NAME = "[A-Za-z0-9_-]+"
_LETTERS = "letters, digits, `-` and `_`"
_IMAGE_CHARACTERS = "[A-Za-z0-9_:./#@-]*"
_ROLE = "arn:[^:]*:iam:[^:]*:[^:]*:role/.+|[A-Za-z0-9_+=,.@/-]+"

FORMATS = (
    Format(
        "family",
        "RegisterTaskDefinitionRequest",
        "family",
        "a family",
        f"use {_LETTERS} only",
        matches=_NAME,
        symptom="Family contains invalid characters.",
        peers=("cdk-preflight: pf-ecs-taskdef-family",),
    ),
    # botocore: "Up to 255 letters, numbers, underscores, and hyphens are allowed".
    Format("container-name", "ContainerDefinition", "name", "the name of a container", f"use {_LETTERS} only", _NAME),
    Format(
        # botocore: "lowercase letters, numbers, underscores, and hyphens … can't start with a hyphen".
        "port-name",
        "PortMapping",
        "name",
        "the name of a port",
        "use small letters, digits, `-` and `_`, and begin with no `-`",
        matches="[a-z0-9_][a-z0-9_-]*",
    ),
    Format(
        "service-name",
        "CreateServiceRequest",
        "serviceName",
        "the name of a service",
        f"use {_LETTERS} only",
        matches=_NAME,
        peers=("cdk-preflight: pf-ecs-service-name",),
    ),
    Format(
        # Found in seven public files: a blank behind the tag, `$IMAGE` that nobody replaced. botocore: "letters
        # (uppercase and lowercase), numbers, hyphens, underscores, colons, periods, forward slashes, and number signs".
        "image-characters",
        "ContainerDefinition",
        "image",
        "the name of an image",
        "write `registry/repository:tag` without blanks, quotes and placeholders",
        matches=_IMAGE_CHARACTERS,
        replaced=".*[%{}<>|[\\]].*",
        symptom="Container.image contains invalid characters.",
    ),
    Format(
        # The grammar of references in distribution/reference: only the registry may hold capitals.
        "image-in-capitals",
        "ContainerDefinition",
        "image",
        "the name of an image",
        "write the repository in small letters: no registry takes another",
        never="[^/]+/[^:@]*[A-Z][^:@]*([:@].*)?|[^/:@]*[A-Z][^/:@]*([:@].*)?",
        unless=".*[A-Z][A-Z0-9_][A-Z0-9_].*",
    ),
    Format(
        "image-digest",
        "ContainerDefinition",
        "image",
        "the digest of an image",
        "a digest is `@sha256:` and 64 hexadecimal digits",
        never=".*@sha256:([0-9a-f]{0,63}|[0-9a-f]{65}.*|.*[^0-9a-f].*)",
    ),
    Format(
        # fabfuel/ecs-deploy#231, bradford-hamilton/terraform-ecs-fargate#8, aws-modern-application-workshop#9 and #272.
        "task-role",
        "RegisterTaskDefinitionRequest",
        "taskRoleArn",
        "a role",
        "give the ARN of a role (`arn:aws:iam::…:role/…`), or its name",
        matches=_ROLE,
        symptom="Role is not valid",
    ),
    Format(
        "execution-role",
        "RegisterTaskDefinitionRequest",
        "executionRoleArn",
        "a role",
        "give the ARN of a role (`arn:aws:iam::…:role/…`), or its name",
        matches=_ROLE,
        symptom="Role is not valid",
    ),
    Format(
        "environment-file",
        "EnvironmentFile",
        "value",
        "the ARN of an object in S3",
        "write `arn:aws:s3:::bucket/key.env`, not a URL",
        matches="arn:[^:]*:s3:::[^/]+/.+",
        symptom="Invalid arn syntax.",
        peers=("cdk-preflight: pf-ecs-environment-files-type",),
    ),
    Format(
        # The developer guide: "The file must use the .env file extension". Whether it is checked is not known.
        "environment-file-ending",
        "EnvironmentFile",
        "value",
        "an environment file",
        "let its name end in `.env`",
        matches=".*\\.env",
        severity="warning",
    ),
    Format(
        # botocore: "credentialspec" or "credentialspecdomainless" before the ARN of a file in S3 or a parameter.
        "credential-spec",
        "ContainerDefinition",
        "credentialSpecs",
        "a credential spec",
        "write `credentialspec:` or `credentialspecdomainless:` and the ARN of a file in S3 or of a parameter",
        matches="credentialspec(domainless)?:(arn:.*|file://.*)",
        severity="warning",
    ),
    Format(
        # botocore, `SystemControl`: the "valid IPC namespace values" and "valid network namespace values". Docker takes
        # no other parameter of the kernel, since others are the host's; that registration refuses them nobody has seen.
        "kernel-parameter",
        "SystemControl",
        "namespace",
        "a parameter of the kernel",
        "set it on the instance: a container has `net.*`, `fs.mqueue.*` and the `kernel` ones of IPC for itself",
        matches="net[.].+|fs[.]mqueue[.].+|kernel[.](msgmax|msgmnb|msgmni|sem|shmall|shmmax|shmmni|shm_rmid_forced)",
        severity="warning",
    ),
    Format(
        "port-range",
        "PortMapping",
        "containerPortRange",
        "a range of ports",
        "write the first and the last port with `-` between: `8000-8010`",
        matches="[0-9]+-[0-9]+",
        symptom="Invalid 'containerPortRange' setting",
    ),
    Format(
        "dns-name",
        "ServiceConnectClientAlias",
        "dnsName",
        "a DNS name",
        "use letters, digits, `-` and `.` only",
        matches="[A-Za-z0-9._-]+",
        symptom="The DNS name that you provided is invalid",
        peers=("cdk-preflight: pf-ecs-svc-connect-client-alias-dns-name",),
    ),
    # botocore: "Do not use aws:, AWS:, or any upper or lowercase combination of such as a prefix".
    Format("tag-key", "Tag", "key", "the key of a tag", "`aws:` is for AWS itself", never="[aA][wW][sS]:.*"),
    Format("tag-value", "Tag", "value", "the value of a tag", "`aws:` is for AWS itself", never="[aA][wW][sS]:.*"),
)

LONGEST = {
    ("RegisterTaskDefinitionRequest", "family"): 255,
    ("ContainerDefinition", "name"): 255,
    ("CreateServiceRequest", "serviceName"): 255,
    ("PortMapping", "name"): 64,
}
"""The most characters of a name."""

LONGEST_IMAGE = 255
"""The most characters of an image that is named by tag. Whether it is checked is not known."""
