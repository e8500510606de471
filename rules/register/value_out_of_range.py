from __future__ import annotations

from ecslint.facts import row
from ecslint.facts.ranges import RANGES, Range
from ecslint.lean import TYPE_CHECKING
from ecslint.model import Container, TaskDefinition
from ecslint.rule import DocumentRule, Finding, Severity
from ecslint.value import YES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Noun
    from ecslint.model.shape import Entry, Shaped
    from ecslint.value import Answer, Value

TEXTS = tuple(dict.fromkeys(text for bounds in RANGES for text in (bounds.too_small, bounds.too_large) if text))

_BY_MEMBER = row.by_member(RANGES)


class ValueOutOfRange(DocumentRule):
    """A number is smaller or larger than ECS takes, or a text shorter or longer.

    Health checks, time-outs, ports, the task's disk, percentages. 20 GiB of ephemeral storage are the default and cannot be
    asked for: the smallest size is 21. A `stopTimeout` of 120 seconds is the most on Fargate.

    Source: botocore's model of Amazon ECS, its bounds and its prose; the texts as cdk-preflight quotes them from real
    deployments, those about time-outs from an emulator.

    ```json bad
      {
        "family": "checkout-api",
        "containerDefinitions": [
          {
            "name": "app",
            "image": "public.ecr.aws/nginx/nginx:1.27",
            "memory": 256,
            "healthCheck": {"command": ["CMD-SHELL", "curl -f http://localhost/ || exit 1"], "startPeriod": 600}
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
            "memory": 256,
            "healthCheck": {"command": ["CMD-SHELL", "curl -f http://localhost/ || exit 1"], "startPeriod": 300}
          }
        ]
      }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    rows = RANGES
    symptoms = TEXTS
    peers = (*row.peers(rows), "cfn-lint: E3034")
    covers = (
        "tags-length",
        "ephemeral-range",
        "memory-min",
        "port-range",
        "swappiness-range",
        "start-timeout",
        "start-timeout-fargate",
        "stop-timeout",
        "stop-timeout-fargate",
        "hc-interval",
        "hc-timeout",
        "hc-retries",
        "hc-start-period",
        "restart-period",
        "deploy-percent-minimum",
        "deploy-percent-maximum",
        "bake-time-range",
        "canary-percent-range",
        "linear-percent-range",
    )

    def object(self, whole: Shaped) -> Iterator[Finding]:
        """Look at every number, and at the length of every text."""
        for entry in whole.leaves():
            for bounds in _ranges(whole, entry):
                found = _size(entry.value) if _is_text(entry) else _number(entry.value)
                if found is not None and _side(bounds, found) and _holds(whole, bounds).yes:
                    yield self._told(whole, entry, bounds, found).only_if(entry.world.decided)

    def _told(self, whole: Shaped, entry: Entry, bounds: Range, found: float) -> Finding:
        text = bounds.too_small if _side(bounds, found) == "small" else bounds.too_large
        length = " characters" if _is_text(entry) else ""
        return self.finding(
            whole.noun,
            f"{bounds.what[:1].upper()}{bounds.what[1:]} is {found:g}{length}, ECS takes {bounds.bounds}",
            at=entry.value,
            label=f"must be {bounds.bounds}",
            help=f"set `{entry.key.written}` to {bounds.bounds}{length}",
            symptom=text.format(container=_container(whole.noun)) or None,
            severity=Severity.of(bounds.severity),
            row=bounds.id,
        )


def _is_text(entry: Entry) -> bool:
    return entry.type is not None and entry.type.is_text


def _ranges(whole: Shaped, entry: Entry) -> list[Range]:
    """The bounds of the table, and those that botocore's own model has for the type."""
    name = entry.key.name
    ranges = _BY_MEMBER.get((whole.structure, name), [])
    type = entry.type
    if type is not None and type.is_bounded:
        return [*ranges, Range(name, whole.structure, name, f"`{entry.key.written}`", type.least, type.most)]
    return ranges


def _number(value: Value) -> float | None:
    """A known number, also where it is written as text."""
    text = value.string
    return float(text) if text is not None and value.matches(r"\s*-?\d{1,20}(\.\d{1,20})?\s*").yes else None


def _size(value: Value) -> float | None:
    return float(len(value.string)) if value.string is not None else None


def _side(bounds: Range, found: float) -> str:
    """On which side of the range a number lies; empty for inside."""
    if bounds.least is not None and found < bounds.least:
        return "small"
    return "large" if bounds.most is not None and found > bounds.most else ""


def _holds(whole: Shaped, bounds: Range) -> Answer:
    """Whether the range is for where the task runs."""
    task = whole.noun.parent
    return task.fargate if bounds.on and isinstance(task, TaskDefinition) else YES


def _container(noun: Noun | None) -> str:
    """What the container is called that an object stands in."""
    while noun is not None and not isinstance(noun, Container):
        noun = noun.parent
    return noun.segment if noun is not None else ""
