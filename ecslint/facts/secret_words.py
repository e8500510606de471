"""What the words of a name say that a secret is: a password, a user's name, a host, a port."""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")

PASSWORD, USERNAME, HOST, PORT = "a password", "a user's name", "a host", "a port"

_ROLES = {
    "password": PASSWORD,
    "passwd": PASSWORD,
    "pass": PASSWORD,
    "pwd": PASSWORD,
    "pw": PASSWORD,
    "username": USERNAME,
    "user": USERNAME,
    "host": HOST,
    "hostname": HOST,
    "port": PORT,
}
_VAGUE = frozenset({"user", "host"})
"""Words that also name what a whole secret belongs to: `db_user` may well hold that user's password."""

_FORM = frozenset("secret secrets secretsmanager version arn parameter param ssm value this".split())
"""Words about what kind of thing something is."""


def words(name: str) -> list[str]:
    """The words of a name in lower case, whether it is in camel case, with `_`, `-` or `/`."""
    return [word.lower() for word in _WORD.findall(name)]


def role(name: str) -> str:
    """What a variable or a key of JSON holds, by its last word; empty where that says nothing."""
    found = words(name)
    return _ROLES.get(found[-1], "") if found else ""


def role_of_secret(name: str) -> str:
    """What a secret or a parameter holds, by its name; empty where that does not say it for sure."""
    found = words(name)
    while found and found[-1] in _FORM:
        found.pop()
    return _ROLES.get(found[-1], "") if found and found[-1] not in _VAGUE else ""


def named_in(name: str, label: str) -> bool:
    """Whether the words of a name stand in a label, one after the other."""
    return f"_{'_'.join(words(name))}_" in f"_{'_'.join(words(label))}_"
