"""Databases: RDS, Aurora, DocumentDB, Neptune, and proxies before them.

Source: the documentation of the AWS provider for the types below. The `endpoint` of an instance has the port behind it,
that of a cluster has not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.resources.computed import first, numbers, only, record, reference
from ecslint.frontends.terraform.resources.lowering import (
    Field,
    Made,
    each,
    nothing,
    number,
    string,
    tags,
    text,
    texts,
    truth,
)
from ecslint.frontends.terraform.resources.type import looked_up, made
from ecslint.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecslint.frontends.terraform.cty.value import Typed
    from ecslint.frontends.terraform.declared import Declared

_FAMILIES = {"MYSQL": "mysql", "POSTGRESQL": "postgres", "SQLSERVER": "sqlserver"}


def _secret(declared: Declared, name: str) -> Typed | None:
    """The secret that RDS makes for the master user, in a list of one."""
    if name != "master_user_secret":
        return None
    return only(record({"secret_arn": reference(declared.resource, "masterUserSecretArn")}))


def _first(*names: str) -> Callable[[Callable[[str], Value]], Value]:
    """The argument that is written, of one that was renamed."""

    def make(get: Callable[[str], Value]) -> Value:
        found = next((value for name in names if not nothing(value := get(name))), Value(None))
        return each(found, string)

    return make


def _engine(value: Value) -> Value:
    family = string(value)
    return Value(_FAMILIES.get(family.string or "", family.data), family.place, family.key, family.hops)


_COMMON = (
    text("engine_version"),
    number("port"),
    truth("manage_master_user_password"),
    text("db_subnet_group_name", "DBSubnetGroupName"),
    texts("vpc_security_group_ids", "securityGroupIds"),
    tags(),
)
_INSTANCE = {
    "arn": "arn",
    "id": "id",
    "identifier": "id",
    "address": "host",
    "endpoint": "endpoint",
    "username": "username",
    "db_name": "database",
    "name": "database",
}
_CLUSTER = {
    "arn": "arn",
    "id": "id",
    "cluster_identifier": "id",
    "endpoint": "host",
    "reader_endpoint": "readerHost",
    "master_username": "username",
    "database_name": "database",
}
_MADE_LATER = first(_secret, numbers("port"))


def _cluster(engine: str | None = None) -> tuple[Field, ...]:
    return (
        text("engine", default=engine),
        text("cluster_identifier", "DBClusterIdentifier"),
        text("database_name"),
        text("master_username"),
        text("master_password", "masterUserPassword"),
    )


TYPES = {
    "aws_db_instance": made(
        "Database",
        _INSTANCE,
        text("identifier", "DBInstanceIdentifier"),
        text("engine"),
        Made("databaseName", _first("db_name", "name")),
        text("username", "masterUsername"),
        text("password", "masterUserPassword"),
        *_COMMON,
        truth("publicly_accessible"),
        computed=_MADE_LATER,
    ),
    "aws_db_proxy": made(
        "Database",
        {"arn": "arn", "id": "id", "name": "id", "endpoint": "host"},
        text("name", "DBProxyName"),
        Field("engine_family", "engine", lambda value: each(value, _engine)),
        truth("require_tls", "requireTLS"),
        texts("vpc_security_group_ids", "securityGroupIds"),
        tags(),
    ),
    "aws_docdb_cluster": made("Database", _CLUSTER, *_cluster("docdb"), *_COMMON, computed=_MADE_LATER),
    "aws_neptune_cluster": made("Database", _CLUSTER, *_cluster("neptune"), *_COMMON, computed=_MADE_LATER),
    "aws_rds_cluster": made("Database", _CLUSTER, *_cluster(), *_COMMON, computed=_MADE_LATER),
    "aws_rds_cluster_instance": made(
        "Database",
        {"arn": "arn", "id": "id", "identifier": "id", "endpoint": "host"},
        text("identifier", "DBInstanceIdentifier"),
        text("cluster_identifier", "DBClusterIdentifier"),
        text("engine"),
        tags(),
        computed=numbers("port"),
    ),
    "data.aws_db_instance": looked_up(
        "Database", _INSTANCE, text("db_instance_identifier", "DBInstanceIdentifier"), computed=_MADE_LATER
    ),
    "data.aws_rds_cluster": looked_up(
        "Database", _CLUSTER, text("cluster_identifier", "DBClusterIdentifier"), computed=_MADE_LATER
    ),
}
