"""Requests that a container makes to itself in order to know whether it is healthy."""

from __future__ import annotations

import re

from ecslint.lean import NamedTuple

_LOCAL_URL = re.compile(
    r"(?P<scheme>https?)://(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])(?::(?P<port>\d{1,5}))?(?P<path>/[^\s'\"`|;)<>\\]*)?"
    r"(?P<more>[^\s'\"`|;)<>\\]*)"
)


class Request(NamedTuple):
    """An HTTP request to the container itself; `url` is the text as written."""

    url: str
    port: int
    path: str


def local_request(words: list[str]) -> Request | None:
    """The one request of a command to the container itself.

    None where there is none, or more than one, or where a part of it is known to the shell only.
    """
    found = {match.group(): match for word in words for match in _LOCAL_URL.finditer(word)}
    if len(found) != 1:
        return None
    url, match = found.popitem()
    if match["more"] or "$" in url:
        return None
    port = int(match["port"]) if match["port"] else 443 if match["scheme"] == "https" else 80
    return Request(url, port, match["path"] or "/")


def same_path(one: str, two: str) -> bool:
    """Whether two paths ask the same of a server: a trailing slash and the query make no difference."""
    return _bare(one) == _bare(two)


def _bare(path: str) -> str:
    return path.partition("?")[0].partition("#")[0].rstrip("/")
