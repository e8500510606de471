"""Which IAM actions of S3 work on objects, and which on buckets.

An action on objects is authorised on `arn:aws:s3:::bucket/key`, one on buckets on `arn:aws:s3:::bucket`; each grants
nothing on the other. Source: the service authorization reference, "Actions, resources, and condition keys for Amazon
S3".
"""

from __future__ import annotations

from fnmatch import fnmatchcase

from ecslint.facts.iam_actions import TYPES

OBJECT, BUCKET, OTHER = "object", "bucket", "other"


def _levels() -> dict[str, str]:
    levels = {}
    for types, actions in TYPES["s3"].items():
        kinds = set(types.split())
        on_object, on_bucket = "object" in kinds, "bucket" in kinds
        level = OTHER if on_object == on_bucket or len(kinds) > 3 else OBJECT if on_object else BUCKET
        levels.update(dict.fromkeys(actions.split(), level))
    return levels


LEVELS = _levels()
"""The level of each action, by its name in lower case without `s3:`. Those that take both kinds are `other`."""


def expand(action: str) -> list[str]:
    """The actions that a policy's pattern means: `s3:*Object` means `s3:getobject`, `s3:putobject` and so on."""
    service, _, name = action.lower().partition(":")
    if service != "s3":
        return []
    if "*" not in name and "?" not in name:
        return [f"s3:{name}"] if name in LEVELS else []
    return [f"s3:{known}" for known in LEVELS if fnmatchcase(known, name.replace("[", "[[]"))]


def level(action: str) -> str:
    """The level of all actions that a policy's pattern means; `other` where they differ, or it means none."""
    levels = {LEVELS[known.removeprefix("s3:")] for known in expand(action)}
    return levels.pop() if len(levels) == 1 else OTHER


EVERYDAY = frozenset({"s3:getobject", "s3:putobject", "s3:deleteobject", "s3:listbucket"})
"""What programs that keep files do. Whether anything ever asks for another action, no grant of it tells."""


OPERATIONS = {
    "listobjects": ("s3:ListBucket",),
    "listobject": ("s3:ListBucket",),
    "listobjectsv2": ("s3:ListBucket",),
    "listobjectversions": ("s3:ListBucketVersions",),
    "headbucket": ("s3:ListBucket",),
    "listbuckets": ("s3:ListAllMyBuckets",),
    "headobject": ("s3:GetObject",),
    "getobjects": ("s3:GetObject",),
    "putobjects": ("s3:PutObject",),
    "deleteobjects": ("s3:DeleteObject",),
    "copyobject": ("s3:GetObject", "s3:PutObject"),
    "selectobjectcontent": ("s3:GetObject",),
    "createmultipartupload": ("s3:PutObject",),
    "uploadpart": ("s3:PutObject",),
    "completemultipartupload": ("s3:PutObject",),
}
"""Operations of the API that are no actions of IAM, and what is taken for one, with the actions that they need.

Source: "Required permissions for Amazon S3 API operations" of the user guide.
"""
