"""Caches and databases."""

from __future__ import annotations

from ecslint.frontends.cloudformation.resources.shape import edited, first
from ecslint.frontends.cloudformation.resources.type import ResourceType
from ecslint.lean import TYPE_CHECKING
from ecslint.value import ABSENT, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ecslint.frontends.cloudformation.declared import Declared

_ENGINES = {"MYSQL": "mysql", "POSTGRESQL": "postgres", "SQLSERVER": "sqlserver"}
_NODE_ENDPOINTS = {
    "RedisEndpoint.Address": "host",
    "RedisEndpoint.Port": "port",
    "ConfigurationEndpoint.Address": "host",
    "ConfigurationEndpoint.Port": "port",
}
_GROUP_ENDPOINTS = {
    "PrimaryEndPoint.Address": "host",
    "PrimaryEndPoint.Port": "port",
    "ConfigurationEndPoint.Address": "host",
    "ConfigurationEndPoint.Port": "port",
    "ReaderEndPoint.Address": "readerHost",
    "ReaderEndPoint.Port": "port",
}
_SERVERLESS_ENDPOINTS = {
    "ARN": "arn",
    "Endpoint.Address": "host",
    "Endpoint.Port": "port",
    "ReaderEndpoint.Address": "readerHost",
    "ReaderEndpoint.Port": "port",
}
_ENDPOINTS = {
    "Endpoint.Address": "host",
    "Endpoint.Port": "port",
    "ReadEndpoint.Address": "readerHost",
    "DBClusterArn": "arn",
    "DBInstanceArn": "arn",
    "MasterUserSecret.SecretArn": "masterUserSecretArn",
}
_PLAIN_ENDPOINTS = {"Endpoint": "host", "Port": "port", "ReadEndpoint": "readerHost", "DBProxyArn": "arn"}


def _cache(**fixed: Value) -> Callable[[Declared], Value]:
    """A cache. `fixed` holds what its type says by itself."""

    def lower(declared: Declared) -> Value:
        def change(cache: Value) -> Iterator[tuple[str, Value]]:
            yield "securityGroupIds", first(cache.get("securityGroupIds"), cache.get("vpcSecurityGroupIds"))
            yield "vpcSecurityGroupIds", Value(ABSENT)
            for name, value in fixed.items():
                yield name, value if cache.get(name).absent.yes else cache.get(name)

        return edited(declared.properties, change)

    return lower


def _memory_db(declared: Declared) -> Value:
    """A MemoryDB cluster, which is encrypted in transit unless `TLSEnabled` is false."""

    def change(cache: Value) -> Iterator[tuple[str, Value]]:
        yield "transitEncryptionEnabled", first(cache.get("TLSEnabled"), Value(True))
        yield "TLSEnabled", Value(ABSENT)
        yield "engine", first(cache.get("engine"), Value("redis"))

    return edited(declared.properties, change)


def _database(engine: str = "") -> Callable[[Declared], Value]:
    """A database, whose `engine` its type may say."""

    def lower(declared: Declared) -> Value:
        def change(database: Value) -> Iterator[tuple[str, Value]]:
            names = ("VPCSecurityGroups", "vpcSecurityGroupIds")
            yield "securityGroupIds", first(*(database.get(name) for name in names))
            for name in names:
                yield name, Value(ABSENT)
            yield "databaseName", first(database.get("databaseName"), database.get("DBName"))
            if engine:
                yield "engine", Value(engine)
            family = database.get("engineFamily")
            if family.string in _ENGINES:
                yield "engine", Value(_ENGINES[family.string], family.place)

        return edited(declared.properties, change)

    return lower


TYPES = {
    "DocDB::DBCluster": ResourceType("Database", "id", _PLAIN_ENDPOINTS, _database("docdb")),
    "ElastiCache::CacheCluster": ResourceType("CacheCluster", "id", _NODE_ENDPOINTS, _cache()),
    "ElastiCache::ReplicationGroup": ResourceType(
        "CacheCluster", "id", _GROUP_ENDPOINTS, _cache(engine=Value("redis"))
    ),
    "ElastiCache::ServerlessCache": ResourceType(
        "CacheCluster",
        "id",
        _SERVERLESS_ENDPOINTS,
        _cache(serverless=Value(True), transitEncryptionEnabled=Value(True)),
    ),
    "MemoryDB::Cluster": ResourceType(
        "CacheCluster",
        "id",
        {"ARN": "arn", "ClusterEndpoint.Address": "host", "ClusterEndpoint.Port": "port"},
        _memory_db,
    ),
    "Neptune::DBCluster": ResourceType("Database", "id", _PLAIN_ENDPOINTS, _database("neptune")),
    "RDS::DBCluster": ResourceType("Database", "id", _ENDPOINTS, _database()),
    "RDS::DBInstance": ResourceType("Database", "id", _ENDPOINTS, _database()),
    "RDS::DBProxy": ResourceType("Database", "id", _PLAIN_ENDPOINTS, _database()),
}
