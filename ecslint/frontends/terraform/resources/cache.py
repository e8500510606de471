"""Caches: ElastiCache and MemoryDB.

Source: the documentation of the AWS provider for the types below. A replication group is Redis where it does not say,
MemoryDB encrypts in transit unless it is told not to, and a serverless cache always does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.types import DYNAMIC
from ecslint.frontends.terraform.cty.value import Doubt, Elements, Typed
from ecslint.frontends.terraform.resources.computed import first, numbers, only, pointer, record, reference
from ecslint.frontends.terraform.resources.lowering import Made, called, number, tags, text, texts, truth
from ecslint.frontends.terraform.resources.type import looked_up, made
from ecslint.value import Value

if TYPE_CHECKING:
    from ecslint.frontends.terraform.declared import Declared

_ENDPOINTS = {"cluster_endpoint": "host", "endpoint": "host", "reader_endpoint": "readerHost"}


def _endpoint(declared: Declared, name: str) -> Typed | None:
    """An address and a port, in a list of one."""
    word = _ENDPOINTS.get(name)
    if word is None:
        return None
    address = reference(declared.resource, word)
    return only(record({"address": address, "port": pointer(declared, "port")}))


def _nodes(declared: Declared, name: str) -> Typed | None:
    """The nodes, of which there is at least one."""
    if name != "cache_nodes":
        return None
    names = {"address": reference(declared.resource, "host"), "port": pointer(declared, "port")}
    nodes = Elements([record(names)], "list", DYNAMIC)
    return Typed(nodes, DYNAMIC, doubt=Doubt.NOT_NULL)


_CLUSTER = {
    "arn": "arn",
    "id": "id",
    "cluster_id": "id",
    "cluster_address": "host",
    "configuration_endpoint": "endpoint",
}
_GROUP = {
    "arn": "arn",
    "id": "id",
    "replication_group_id": "id",
    "primary_endpoint_address": "host",
    "configuration_endpoint_address": "host",
    "reader_endpoint_address": "readerHost",
}

TYPES = {
    "aws_elasticache_cluster": made(
        "CacheCluster",
        _CLUSTER,
        text("cluster_id", "clusterName"),
        text("replication_group_id"),
        text("engine"),
        text("engine_version"),
        text("node_type", "cacheNodeType"),
        number("num_cache_nodes"),
        number("port"),
        truth("transit_encryption_enabled"),
        text("subnet_group_name", "cacheSubnetGroupName"),
        texts("security_group_ids"),
        tags(),
        computed=first(_nodes, numbers("port")),
    ),
    "aws_elasticache_replication_group": made(
        "CacheCluster",
        _GROUP,
        text("replication_group_id"),
        text("engine", default="redis"),
        text("engine_version"),
        text("node_type", "cacheNodeType"),
        number("port"),
        truth("transit_encryption_enabled"),
        text("transit_encryption_mode"),
        text("auth_token"),
        text("subnet_group_name", "cacheSubnetGroupName"),
        texts("security_group_ids"),
        tags(),
        computed=numbers("port"),
    ),
    "aws_elasticache_serverless_cache": made(
        "CacheCluster",
        {"arn": "arn", "id": "id", "name": "id"},
        text("name", "serverlessCacheName"),
        text("engine"),
        Made("serverless", lambda _: Value(True)),
        Made("transitEncryptionEnabled", lambda _: Value(True)),
        texts("security_group_ids"),
        texts("subnet_ids"),
        tags(),
        computed=_endpoint,
    ),
    "aws_memorydb_cluster": made(
        "CacheCluster",
        {"arn": "arn", "id": "id", "name": "id"},
        called("clusterName"),
        text("engine", default="redis"),
        text("engine_version"),
        text("node_type"),
        number("port"),
        truth("tls_enabled", "transitEncryptionEnabled", default=True),
        text("subnet_group_name"),
        text("acl_name", "ACLName"),
        texts("security_group_ids"),
        tags(),
        computed=first(_endpoint, numbers("port")),
    ),
    "data.aws_elasticache_cluster": looked_up(
        "CacheCluster", _CLUSTER, text("cluster_id", "clusterName"), computed=first(_nodes, numbers("port"))
    ),
    "data.aws_elasticache_replication_group": looked_up(
        "CacheCluster", _GROUP, text("replication_group_id"), computed=numbers("port")
    ),
    "data.aws_memorydb_cluster": looked_up(
        "CacheCluster",
        {"arn": "arn", "id": "id"},
        text("name", "clusterName"),
        computed=first(_endpoint, numbers("port")),
    ),
}
