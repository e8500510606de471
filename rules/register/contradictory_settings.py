from __future__ import annotations

from ecslint.facts import row
from ecslint.facts.contradictions import NOTHING, PAIRS
from ecslint.lean import TYPE_CHECKING
from ecslint.model.setting import given
from ecslint.rule import DocumentRule, Finding, Severity, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.facts.contradictions import Pair
    from ecslint.model.shape import Shaped
    from ecslint.value import Answer, Value
    from ecslint.world import World

_BY_STRUCTURE = row.by_structure(PAIRS)


class ContradictorySettings(DocumentRule):
    """Two settings of one object exclude each other, or one is nothing without the other.

    A launch type beside a capacity provider strategy, a soft limit above the hard one, an EFS access point without
    encryption in transit: each is fine alone. A memory reservation that equals the memory is taken.

    Source: RegisterTaskDefinition and CreateService, as cdk-preflight quotes them from real deployments; botocore's model
    of Amazon ECS.

    ```json bad
      {
        "family": "checkout-api",
        "containerDefinitions": [
          {
            "name": "app",
            "image": "public.ecr.aws/nginx/nginx:1.27",
            "memory": 256,
            "memoryReservation": 512
          }
        ]
      }
    ```

    ```json good
      {
        "family": "checkout-api",
        "containerDefinitions": [
          {
            "name": "app",
            "image": "public.ecr.aws/nginx/nginx:1.27",
            "memory": 512,
            "memoryReservation": 256
          }
        ]
      }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    rows = PAIRS
    symptoms = row.symptoms(rows)
    peers = row.peers(rows)
    covers = (
        "memory-lt-reservation",
        "port-range-mixed",
        "swappiness-alone",
        "ulimit-soft-hard",
        "efs-ap-rootdir",
        "efs-iam-tls",
        "efs-ap-tls",
        "efs-port-tls",
        "lb-both-kinds",
        "service-role-without-lb",
        "launch-vs-cp",
        "placement-binpack-field",
        "placement-random-field",
        "placement-distinct-expression",
        "codedeploy-lb",
        "blue-green-bake-time",
        "ebs-iops",
        "ebs-throughput",
        "ebs-iops-missing",
    )

    def object(self, whole: Shaped) -> Iterator[Finding]:
        """Look at the pairs of the object."""
        for pair in _BY_STRUCTURE.get(whole.structure, ()):
            if not whole.lacks(pair.first):
                yield from self._judge(whole, pair)

    def _judge(self, whole: Shaped, pair: Pair) -> Iterator[Finding]:
        for world, first in whole.at(pair.first):
            if not _asks(whole, pair.first, first).yes or (pair.unless and not first.matches(pair.unless).no):
                continue
            for where, second in whole.at(pair.second, world):
                if _wrong(whole, pair, first, second) and _applies(whole, pair, where):
                    yield self._told(whole, pair, first, second).only_if(where.decided)

    def _told(self, whole: Shaped, pair: Pair, first: Value, second: Value) -> Finding:
        labels = {
            "excludes": ("not with the other", "and this"),
            "needs": ("nothing without the other", "this would be needed"),
            "exceeds": (f"more than {second.string}", "less than the other"),
        }
        name = whole.value.get("name").string or whole.noun.segment
        return self.finding(
            whole.noun,
            f"There is {pair.what}",
            at=first if pair.relation == "exceeds" else key_of(first),
            label=labels[pair.relation][0],
            related=[(key_of(second), labels[pair.relation][1])] if second.present.yes else [],
            help=pair.help,
            symptom=pair.symptom.format(name=name, field=first.string or "…") or None,
            severity=Severity.of(pair.severity),
            row=pair.id,
        )


def _asks(whole: Shaped, path: str, value: Value) -> Answer:
    """Whether a value asks for anything; some values are as good as none."""
    return given(whole.noun, value) & ~value.one_of(NOTHING.get(path, ("",)))


def _wrong(whole: Shaped, pair: Pair, first: Value, second: Value) -> bool:
    if pair.relation == "exceeds":
        one, two = first.integer, second.integer
        # A limit below zero is none.
        return one is not None and two is not None and one > two >= 0
    asks = _asks(whole, pair.second, second)
    return asks.yes if pair.relation == "excludes" else asks.no


def _applies(whole: Shaped, pair: Pair, world: World) -> bool:
    """Whether a pair is meant for an object at all."""
    if pair.when is None:
        return True
    member, values = pair.when
    return all(value.one_of(values).yes for _, value in whole.at(member, world))
