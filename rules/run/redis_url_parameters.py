from __future__ import annotations

from ecslint.facts import redis_clients as clients
from ecslint.facts.redis_clients import CELERY, GO, NODE, PYTHON
from ecslint.lean import TYPE_CHECKING, NamedTuple
from ecslint.rule import Confidence, Finding, Rule, Severity
from ecslint.value import HOLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.model import Container, EnvironmentVariable

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


class Verdict(NamedTuple):
    """What a client makes of a parameter."""

    severity: Severity
    message: str
    symptom: int | None = None


class Reader(NamedTuple):
    """Who reads a variable: the client, if any is evidenced, how surely, and for celery in which part.

    `runtime` is what the command says where the name alone speaks of the client.
    """

    client: str
    confidence: Confidence
    runtime: str = ""
    result_backend: bool = False
    broker: bool = False


class RedisUrlParameters(Rule):
    """The query of a `redis://` or `rediss://` URL means something else to its client, or makes it fail.

    Every client reads the query its own way. redis-py takes `ssl_cert_reqs` with a lowercase value, celery also takes
    `CERT_NONE` and insists on one of them for its result backend, go-redis refuses what it does not know, Node clients
    ignore it. `ssl=true` and `tls=true` crash every Python client and leave Node without TLS. Only `none`, `optional` and `required`
    work for redis-py, celery and kombu alike; safest is to take the query off and give TLS options to the client in code.

    Which client reads the variable is told by the container's command (sure) or by the variable's name, such as
    `CELERY_BROKER_URL` (less sure: at most a warning). Without any evidence nothing here is an error.

    Source: every row was tried by running redis-py, kombu, celery, limits, coredis, ioredis, node-redis and go-redis,
    see failures.md §5; row C1 of the incidents.

    ```json bad
    # {"family": "checkout-api", "containerDefinitions": [
      {
        "name": "worker",
        "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout-worker:3f2a91c",
        "command": ["gunicorn", "app:app"],
        "environment": [{"name": "REDIS_URL", "value": "rediss://cache.example.com:6379/0?ssl=true"}]
      }
    # ]}
    ```

    ```json good
    # {"family": "checkout-api", "containerDefinitions": [
      {
        "name": "worker",
        "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout-worker:3f2a91c",
        "command": ["gunicorn", "app:app"],
        "environment": [{"name": "REDIS_URL", "value": "rediss://cache.example.com:6379/0"}]
      }
    # ]}
    ```
    """

    severity = Severity.ERROR
    since = "0.1"
    symptoms = (
        "AbstractConnection.__init__() got an unexpected keyword argument '{key}'",
        "Connection._init_params() got an unexpected keyword argument '{key}'",
        "Invalid SSL Certificate Requirements Flag: {value}",
        "A rediss:// URL must have parameter ssl_cert_reqs and this must be set to CERT_REQUIRED, CERT_OPTIONAL, or CERT_NONE",
        "redis: unexpected option: {key}",
        "SSL connection parameters have been provided but the specified URL scheme is redis://. A Redis SSL connection "
        "URL should use the scheme rediss://.",
    )

    def container(self, container: Container) -> Iterator[Finding]:
        """Judge every parameter of every Redis URL."""
        command = clients.of_command([item.string or "" for item in [*container.entry_point, *container.command]])
        for variable in container.environment:
            outline = variable.value.outline() or ""
            scheme, _, rest = outline.partition("://")
            if scheme in {"redis", "rediss"}:
                reader = _reader(variable.name.string, command)
                yield from self._url(variable, reader, scheme == "rediss", rest)

    def _url(self, variable: EnvironmentVariable, reader: Reader, tls: bool, rest: str) -> Iterator[Finding]:
        query = rest.partition("?")[2].partition("#")[0]
        parameters = dict(item.partition("=")[::2] for item in query.split("&") if item)
        for key, value in parameters.items():
            verdict = None if HOLE in key else _judge(reader, tls, key, value)
            if verdict is not None:
                sure = _surer(reader, verdict, tls, key, value)
                yield self._told(variable, sure, verdict, f"{key}={value}", key, value)
        if "ssl_cert_reqs" not in parameters and tls and HOLE not in query:
            verdict = _without(reader)
            if verdict is not None and not any(key in {"ssl", "tls"} for key in parameters):
                yield self._told(variable, reader, verdict, "rediss://", "ssl_cert_reqs", "")

    def _told(
        self, variable: EnvironmentVariable, reader: Reader, verdict: Verdict, part: str, key: str, value: str
    ) -> Finding:
        symptom = None
        if verdict.symptom is not None and verdict.severity is ERROR and HOLE not in value:
            symptom = self.says(verdict.symptom, key=key, value=value)
        return self.finding(
            variable,
            verdict.message.replace(HOLE, "…"),
            at=variable.value.part(part) or variable.value,
            label="see here" if HOLE in value else _WHERE.get(key, "this parameter"),
            help=_help(key),
            symptom=symptom,
            severity=verdict.severity,
            confidence=reader.confidence,
            row=key,
        )


_WHERE = {"ssl_cert_reqs": "how the client checks the server's certificate"}


def _help(key: str) -> str:
    if key == "ssl_cert_reqs":
        return "give TLS options to the client in code; if they must stand in the URL, write `rediss://…?ssl_cert_reqs=required`"
    return f"take `{key}` off the URL; the scheme `rediss://` alone turns TLS on"


def _reader(name: str | None, command: str) -> Reader:
    """Who reads a variable: what its name says, as sure as the command makes it."""
    if name is None:
        return Reader(command, Confidence.MEDIUM if command else Confidence.LOW)
    by_name = clients.of_name(name)
    parts = (clients.is_result_backend(name), clients.is_broker(name))
    if command == CELERY:
        return Reader(CELERY, Confidence.HIGH, "", *parts)
    if by_name:
        return Reader(by_name, Confidence.MEDIUM, command, *parts)
    return Reader(command, Confidence.HIGH if command else Confidence.LOW)


def _surer(reader: Reader, verdict: Verdict, tls: bool, key: str, value: str) -> Reader:
    """The reader, sure after all where whatever else runs there would fail as well."""
    if reader.runtime and verdict.severity is ERROR:
        other = _judge(Reader(reader.runtime, Confidence.HIGH), tls, key, value)
        if other is not None and other.severity is ERROR:
            return reader._replace(confidence=Confidence.HIGH)
    return reader


def _judge(reader: Reader, tls: bool, key: str, value: str) -> Verdict | None:
    """The verdict on one parameter: the table of failures.md §5, row by row."""
    if reader.client == GO:
        refused = key not in clients.KNOWN_KEYS[GO] or (key == "skip_verify" and not tls)
        return Verdict(ERROR, f"go-redis refuses the parameter `{key}`", 4) if refused else None
    if key == "ssl_cert_reqs":
        if HOLE in value:
            return None
        if value not in clients.CERT_REQS | clients.CELERY_CERT_REQS:
            return _unreadable(reader, value)
        if not tls:
            return _on_plain(reader)
        return _uppercase(reader, value) if value in clients.CELERY_CERT_REQS else _lowercase(reader, value)
    return _unknown_key(reader, tls, key)


def _unreadable(reader: Reader, value: str) -> Verdict:
    what = f"`ssl_cert_reqs={value}` is a value that no client knows"
    if reader.client == NODE:
        return Verdict(WARNING, f"{what}; Node clients ignore it")
    symptoms = {CELERY: 3 if reader.result_backend else None, PYTHON: 2}
    severity = ERROR if reader.client else WARNING
    return Verdict(severity, what, symptoms.get(reader.client))


def _on_plain(reader: Reader) -> Verdict:
    """`ssl_cert_reqs` on a URL that is not `rediss://`."""
    what = "`ssl_cert_reqs` stands in a URL that begins with `redis://`"
    if reader.client == NODE:
        return Verdict(WARNING, f"{what}: Node clients ignore it, and the connection is plain")
    if reader.client == PYTHON:
        return Verdict(ERROR, f"{what}: redis-py refuses it", 0)
    if reader.client == CELERY and reader.result_backend:
        return Verdict(ERROR, f"{what}: celery refuses it for its result backend", 5)
    if reader.client == CELERY and reader.broker:
        return Verdict(NOTE, f"{what}: kombu turns TLS on because of it")
    return Verdict(WARNING, f"{what}: some clients refuse it, some ignore it, and kombu turns TLS on")


def _uppercase(reader: Reader, value: str) -> Verdict:
    what = f"`ssl_cert_reqs={value}` works in celery and kombu only"
    if reader.client == CELERY:
        return Verdict(NOTE, f"{what}; the lowercase `{value[5:].lower()}` works everywhere in Python")
    if reader.client == NODE:
        return Verdict(WARNING, "Node clients ignore `ssl_cert_reqs`")
    return Verdict(ERROR if reader.client else WARNING, what, 2)


def _lowercase(reader: Reader, value: str) -> Verdict | None:
    off = "`ssl_cert_reqs=none` turns the check of the server's certificate off"
    if reader.client == NODE:
        return Verdict(WARNING, "Node clients ignore `ssl_cert_reqs`")
    if not reader.client:
        what = f"Clients disagree on `ssl_cert_reqs={value}`: go-redis refuses it, Node clients ignore it"
        return Verdict(
            WARNING, f"{what}, and Python clients stop checking the certificate" if value == "none" else what
        )
    if value == "none":
        return Verdict(WARNING, off)
    return None if reader.client == CELERY else Verdict(NOTE, f"`ssl_cert_reqs={value}` is read by Python clients only")


def _unknown_key(reader: Reader, tls: bool, key: str) -> Verdict | None:
    """A parameter that the client does not know; without evidence only `ssl` and `tls` are judged."""
    is_switch = key in {"ssl", "tls"}
    if reader.client == NODE:
        plain = f"`{key}` does not turn TLS on for Node clients: the connection is plain"
        return Verdict(WARNING, plain) if key == "ssl" and not tls else None
    if not reader.client:
        what = f"Python clients and go-redis refuse the parameter `{key}`, Node clients ignore it"
        return Verdict(WARNING, what) if is_switch else None
    ssl_option = key.startswith("ssl_") and reader.client in {CELERY, PYTHON}
    if ssl_option or key in clients.KNOWN_KEYS[reader.client]:
        return None
    if reader.client == CELERY:
        symptom = None if key == "ssl" else 1 if reader.broker else None
        return Verdict(ERROR, f"celery and kombu refuse the parameter `{key}`", symptom)
    return Verdict(ERROR, f"redis-py refuses the parameter `{key}`", 0)


def _without(reader: Reader) -> Verdict | None:
    """A `rediss://` URL without `ssl_cert_reqs`."""
    if reader.client != CELERY:
        return None
    if reader.result_backend:
        return Verdict(ERROR, "celery's result backend takes no `rediss://` URL without `ssl_cert_reqs`", 3)
    if reader.broker:
        return Verdict(WARNING, "kombu does not check the server's certificate where the URL has no `ssl_cert_reqs`")
    return None
