"""File systems of EFS, and how they are reached.

Source: the documentation of the AWS provider for the types below; the API of EFS for the names.
"""

from __future__ import annotations

from ecslint.frontends.terraform.resources.lowering import block, number, tags, text, texts, truth
from ecslint.frontends.terraform.resources.type import looked_up, made

_SYSTEM = {"arn": "arn", "id": "id", "dns_name": "dns"}
_POINT = {"arn": "arn", "id": "id", "file_system_arn": "fileSystemArn"}

TYPES = {
    "aws_efs_access_point": made(
        "AccessPoint",
        _POINT,
        text("file_system_id"),
        block("posix_user", "posixUser", number("uid"), number("gid"), texts("secondary_gids")),
        block(
            "root_directory",
            "rootDirectory",
            text("path"),
            block("creation_info", "creationInfo", number("owner_uid"), number("owner_gid"), text("permissions")),
        ),
        tags(),
    ),
    "aws_efs_file_system": made(
        "FileSystem",
        _SYSTEM,
        text("creation_token"),
        truth("encrypted"),
        text("kms_key_id"),
        text("performance_mode"),
        text("throughput_mode"),
        tags(),
    ),
    "aws_efs_mount_target": made(
        "MountTarget",
        {"id": "id", "dns_name": "dns"},
        text("file_system_id"),
        text("subnet_id"),
        text("ip_address"),
        texts("security_groups"),
    ),
    "data.aws_efs_access_point": looked_up("AccessPoint", _POINT),
    "data.aws_efs_file_system": looked_up("FileSystem", _SYSTEM),
}
