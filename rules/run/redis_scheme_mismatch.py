from __future__ import annotations

from ecslint.lean import TYPE_CHECKING
from ecslint.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Container, EnvironmentVariable
    from ecslint.model.store import CacheCluster


class RedisSchemeMismatch(Rule):
    """A Redis URL speaks plainly to a cache that takes only TLS, or TLS to a cache that has none.

    A cache with encryption in transit closes a plain connection, or lets it hang, on the first command; only the
    transitional mode `preferred` takes both. A cache without it answers the beginning of TLS with what is none. The
    task starts, and fails where it first asks the cache. The URL must name a cache of the same deployment.

    Source: the ElastiCache user guide, "In-transit encryption"; failures.md §5, `redis-scheme-vs-tls`.

    ```hcl bad
    resource "aws_elasticache_replication_group" "queue" {
      replication_group_id       = "checkout-queue"
      description                = "Jobs"
      transit_encryption_enabled = true
    }
    resource "aws_ecs_task_definition" "worker" {
      family = "checkout-worker"
      container_definitions = jsonencode([{
        name   = "worker"
        image  = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout-worker:3f2a91c"
        memory = 256
        environment = [{
          name  = "REDIS_URL"
          value = "redis://${aws_elasticache_replication_group.queue.primary_endpoint_address}:6379/0"
        }]
      }])
    }
    ```

    ```hcl good
    resource "aws_elasticache_replication_group" "queue" {
      replication_group_id       = "checkout-queue"
      description                = "Jobs"
      transit_encryption_enabled = true
    }
    resource "aws_ecs_task_definition" "worker" {
      family = "checkout-worker"
      container_definitions = jsonencode([{
        name   = "worker"
        image  = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout-worker:3f2a91c"
        memory = 256
        environment = [{
          name  = "REDIS_URL"
          value = "rediss://${aws_elasticache_replication_group.queue.primary_endpoint_address}:6379/0"
        }]
      }])
    }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    symptoms = (
        "Error while reading from socket: (104, 'Connection reset by peer')",
        "[SSL: WRONG_VERSION_NUMBER] wrong version number",
    )

    def container(self, container: Container) -> Iterator[Finding]:
        """Compare the scheme of every Redis URL with the cache that it leads to."""
        for variable in container.environment:
            scheme = (variable.value.outline() or "").partition("://")[0]
            named = {id(ref.resource) for ref in variable.value.refs}
            caches = [each for each in container.project.of_kind("CacheCluster") if id(each) in named]
            if scheme in {"redis", "rediss"} and len(caches) == 1:
                from ecslint.model.store import CacheCluster

                yield from self._compared(variable, scheme, container.project.noun(CacheCluster, caches[0]))

    def _compared(self, variable: EnvironmentVariable, scheme: str, cache: CacheCluster) -> Iterator[Finding]:
        encrypted = cache.transit_encryption_enabled
        if scheme == "redis" and encrypted.true.yes and cache.takes_plain.no:
            message, symptom = f"`{variable.name.string}` is no TLS URL, and the cache takes only TLS", 0
            story, wanted = "takes only TLS", "rediss://"
        elif scheme == "rediss" and cache.takes_tls.no:
            message, symptom = f"`{variable.name.string}` is a TLS URL, and the cache has no TLS", 1
            story, wanted = "has no encryption in transit", "redis://"
        else:
            return
        yield self.finding(
            variable,
            message,
            at=variable.value.part(f"{scheme}://") or variable.value,
            label="the scheme decides whether the client speaks TLS",
            related=[(encrypted if encrypted.present.yes else cache.place, story)],
            help=f"write `{wanted}` here, or change the encryption of the cache",
            symptom=self.says(symptom),
            row="plain" if scheme == "redis" else "tls",
        )
