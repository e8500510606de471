from __future__ import annotations

from ecslint.facts import row
from ecslint.facts.ports import EPHEMERAL, NAME_TWICE, OVERLAP, RESERVED, REVERSED, TAKEN, TWICE, span
from ecslint.lean import TYPE_CHECKING, NamedTuple
from ecslint.model.setting import repeated
from ecslint.rule import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import PortMapping, TaskDefinition
    from ecslint.value import Value


class _Mapped(NamedTuple):
    """A port mapping with its ports, where they are known."""

    mapping: PortMapping
    first: int
    last: int
    protocol: str
    scope: object

    @property
    def single(self) -> bool:
        return self.first == self.last

    def meets(self, other: _Mapped) -> bool:
        same = self.protocol == other.protocol and self.scope is other.scope
        return same and self.first <= other.last and other.first <= self.last


class PortMappingConflict(Rule):
    """Two port mappings want the same port or name, or one wants a port that cannot be had.

    With the network modes `awsvpc` and `host` all containers of a task share one network, so no port can be listened on
    twice. Whether a single port that is mapped twice is refused at once is not known: it is a warning, ranges that overlap
    are an error. On an EC2 instance some ports belong to SSH, Docker and the ECS agent, and those from 32768 on to the
    host itself; a task that wants one is not placed.

    Source: RegisterTaskDefinition, as cdk-preflight quotes it from real deployments; botocore's model of Amazon ECS,
    `hostPort` and `containerPortRange`.

    ```json bad
      {
        "family": "checkout-api",
        "networkMode": "awsvpc",
        "containerDefinitions": [
          {
            "name": "app",
            "image": "public.ecr.aws/nginx/nginx:1.27",
            "memory": 256,
            "portMappings": [{"containerPort": 8080, "name": "http"}, {"containerPort": 9090, "name": "http"}]
          }
        ]
      }
    ```

    ```json good
      {
        "family": "checkout-api",
        "networkMode": "awsvpc",
        "containerDefinitions": [
          {
            "name": "app",
            "image": "public.ecr.aws/nginx/nginx:1.27",
            "memory": 256,
            "portMappings": [{"containerPort": 8080, "name": "http"}, {"containerPort": 9090, "name": "metrics"}]
          }
        ]
      }
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    rows = (TWICE, OVERLAP, REVERSED, NAME_TWICE, TAKEN)
    symptoms = row.symptoms(rows)
    peers = row.peers(rows)
    covers = (
        "port-duplicate-awsvpc",
        "port-range-overlap",
        "port-range-reversed",
        "port-name-unique",
        "bridge-reserved-hostport",
    )

    def task(self, task: TaskDefinition) -> Iterator[Finding]:
        """Compare all port mappings of the task."""
        mappings = [mapping for container in task.containers for mapping in container.port_mappings]
        shared = task.awsvpc().yes or task.network_mode.equals("host").yes
        for mapping in mappings:
            yield from self._reversed(mapping)
            if task.fargate.no and task.awsvpc().no:
                yield from self._taken(mapping)
        known = [found for mapping in mappings for found in _mapped(mapping, shared)]
        yield from (self._told(one, other) for one, other in _conflicts(known, shared))
        if task.awsvpc().yes:
            yield from self._names(mappings)

    def _told(self, one: _Mapped, other: _Mapped) -> Finding:
        single = one.single and other.single
        found = TWICE if single else OVERLAP
        ports = f"{one.first}" if one.single else f"{one.first}-{one.last}"
        return self.finding(
            one.mapping,
            f"The port {ports} is mapped twice"
            if single
            else f"The ports {ports} overlap with those of another mapping",
            at=_at(one.mapping),
            label="again here",
            related=[(_at(other.mapping), "first here")],
            help="let each port be mapped by one container: they share one network",
            symptom=found.symptom or None,
            severity=Severity.of(found.severity),
            row=found.id,
        )

    def _reversed(self, mapping: PortMapping) -> Iterator[Finding]:
        ports = span(mapping.container_port_range.string or "")
        if ports is not None and ports[0] >= ports[1]:
            yield self.finding(
                mapping,
                f"The range `{mapping.container_port_range.string}` does not rise",
                at=mapping.container_port_range,
                label="the first port must be below the last",
                help="write the smaller port first; a single port is a `containerPort`",
                symptom=REVERSED.symptom,
                row=REVERSED.id,
            )

    def _taken(self, mapping: PortMapping) -> Iterator[Finding]:
        port = mapping.host_port.integer
        if port is not None and (port in RESERVED or port >= EPHEMERAL):
            whose = "the instance itself" if port in RESERVED else "what the host gives out by itself"
            yield self.finding(
                mapping,
                f"The port {port} of the host is not free",
                at=mapping.host_port,
                label=f"belongs to {whose}",
                help="leave `hostPort` out, or choose one below 32768 that nothing on the instance uses",
                symptom=TAKEN.symptom,
                severity=Severity.of(TAKEN.severity),
                row=TAKEN.id,
            )

    def _names(self, mappings: list[PortMapping]) -> Iterator[Finding]:
        for mapping, before in repeated(mappings, lambda mapping: mapping.name):
            yield self.finding(
                mapping,
                f"Two ports are named `{mapping.name.string or '…'}`",
                at=mapping.name,
                label="again here",
                related=[(before.name, "first here")],
                help="give each port of the task a name of its own",
                symptom=NAME_TWICE.symptom,
                row=NAME_TWICE.id,
            )


def _conflicts(known: list[_Mapped], shared: bool) -> Iterator[tuple[_Mapped, _Mapped]]:
    """The mappings that want a port that one before them has."""
    singles: dict[tuple[object, ...], _Mapped] = {}
    ranges: list[_Mapped] = []
    for one in known:
        before = next((other for other in ranges if one.meets(other)), None)
        if one.single:
            same = singles.setdefault((one.scope, one.protocol, one.first), one)
            # One container may give the same port to several ports of the host.
            before = same if same is not one and shared else before
        else:
            before = before or next((other for other in singles.values() if one.meets(other)), None)
            ranges.append(one)
        if before is not None:
            yield one, before


def _mapped(mapping: PortMapping, shared: bool) -> Iterator[_Mapped]:
    """The ports of a mapping, where they and the protocol are known; of all in the task, or of its container alone."""
    protocol = "tcp" if mapping.protocol.absent.yes else mapping.protocol.string
    port = mapping.container_port.integer
    ports = (port, port) if port is not None else span(mapping.container_port_range.string or "")
    if ports is not None and protocol is not None:
        yield _Mapped(mapping, *ports, protocol.lower(), None if shared else mapping.parent)


def _at(mapping: PortMapping) -> Value:
    """What says which ports a mapping is about."""
    return mapping.container_port if mapping.container_port.present.yes else mapping.container_port_range
