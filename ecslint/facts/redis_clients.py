"""What Redis clients make of the query of a `redis://` or `rediss://` URL, and how to tell which client reads it.

Sources, read in the clients' own code and run (failures.md §5): redis-py 3.5 to 8.1 (`redis/connection.py`:
`parse_url` and the keyword arguments of its connections and pool), kombu 4.6 to 5.7 (`kombu/utils/url.py`,
`Connection._init_params`), celery 4.4 to 5.7, go-redis 9 (`options.go`: `setupConnParams`), ioredis 6, node-redis 6.
"""

from __future__ import annotations

import re

CELERY, PYTHON, GO, NODE = "celery", "python", "go", "node"

CERT_REQS = frozenset({"none", "optional", "required"})
CELERY_CERT_REQS = frozenset({"CERT_NONE", "CERT_OPTIONAL", "CERT_REQUIRED"})

_REDIS_PY = frozenset(
    """
    host port db username password socket_timeout socket_connect_timeout socket_read_timeout socket_read_size
    socket_keepalive socket_keepalive_options socket_type retry_on_timeout retry_on_error retry encoding encoding_errors
    decode_responses parser_class health_check_interval client_name lib_name lib_version driver_info
    redis_connect_func credential_provider protocol legacy_responses command_packer max_connections timeout
    queue_class connection_class
    """.split()
)
_KOMBU = frozenset(
    """
    heartbeat connect_timeout login_method insist uri_prefix failover_strategy alternates transport_options
    virtualhost password userid port
    """.split()
)
_GO_REDIS = frozenset(
    """
    db protocol client_name max_retries min_retry_backoff max_retry_backoff dial_timeout read_timeout write_timeout
    pool_fifo pool_size pool_timeout min_idle_conns max_idle_conns max_active_conns max_concurrent_dials
    conn_max_idle_time idle_timeout conn_max_lifetime max_conn_age conn_max_lifetime_jitter skip_verify addr
    """.split()
)

KNOWN_KEYS = {CELERY: _REDIS_PY | _KOMBU, PYTHON: _REDIS_PY, GO: _GO_REDIS}
"""The keys of a query that a client takes, without those that begin with `ssl_`."""

_WORDS = {
    CELERY: {"celery"},
    PYTHON: {
        *("python", "gunicorn", "uvicorn", "hypercorn", "daphne", "granian", "uwsgi", "waitress-serve"),
        *("flask", "django-admin", "manage.py", "fastapi", "streamlit", "rq", "dramatiq", "huey_consumer", "arq"),
        *("poetry", "pipenv", "ddtrace-run", "opentelemetry-instrument"),
    },
    GO: {"go"},
    NODE: {
        *("node", "nodejs", "npm", "npx", "yarn", "pnpm", "bun", "next", "nest", "tsx", "ts-node", "pm2"),
        "pm2-runtime",
    },
}
_VERSION = re.compile(r"(?<=python)\d[\d.]*$")
_SPLIT = re.compile(r"[\s;&|()'\"=]+")


def of_name(name: str) -> str:
    """The client that a variable's name speaks of: `celery`, or nothing."""
    upper = name.upper()
    celery = upper.startswith("CELERY_") or "BROKER" in upper or "RESULT_BACKEND" in upper
    return CELERY if celery else ""


def of_command(words: list[str]) -> str:
    """The client that a container's command speaks of: `celery`, `python`, `go`, `node`, or nothing."""
    seen = {_VERSION.sub("", part.rpartition("/")[2]) for word in words for part in _SPLIT.split(word)}
    return next((client for client, names in _WORDS.items() if seen & names), "")


def is_result_backend(name: str) -> bool:
    """Whether a variable names celery's result backend."""
    return "RESULT_BACKEND" in name.upper()


def is_broker(name: str) -> bool:
    """Whether a variable names a broker."""
    return "BROKER" in name.upper()
