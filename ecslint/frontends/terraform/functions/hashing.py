"""Hashes and identifiers.

Source: Terraform's `lang/funcs/crypto.go`.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING

from ecslint.frontends.terraform.cty.types import STRING
from ecslint.frontends.terraform.cty.value import Typed, string, text_of
from ecslint.frontends.terraform.failure import Declined, Failure
from ecslint.frontends.terraform.functions.function import function, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecslint.frontends.terraform.functions.context import Context

_NAMESPACES = {
    "dns": "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
    "url": "6ba7b811-9dad-11d1-80b4-00c04fd430c8",
    "oid": "6ba7b812-9dad-11d1-80b4-00c04fd430c8",
    "x500": "6ba7b814-9dad-11d1-80b4-00c04fd430c8",
}
_HEX = "[0-9a-fA-F]"
_UUID = re.compile(
    f"(?:urn:uuid:|(?P<brace>\\{{))?({_HEX}{{8}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{12}})(?(brace)\\}})|({_HEX}{{32}})",
    re.IGNORECASE,
)


def _hex(algorithm: str) -> Callable[[bytes], str]:
    return lambda content: hashlib.new(algorithm, content, usedforsecurity=False).hexdigest()


def _base64(algorithm: str) -> Callable[[bytes], str]:
    return lambda content: b64encode(hashlib.new(algorithm, content, usedforsecurity=False).digest()).decode()


def _hashes(name: str, digest: Callable[[bytes], str]) -> None:
    @function(name, text("str"), returns=STRING)
    def of_text(value: Typed) -> Typed:
        return string(digest(text_of(value).encode()))

    @function(f"file{name}", text("path"), returns=STRING, contextual=True)
    def of_file(context: Context, path: Typed) -> Typed:
        return string(digest(context.read_bytes(text_of(path))))


for _name in ("md5", "sha1", "sha256", "sha512"):
    _hashes(_name, _hex(_name))
for _name in ("sha256", "sha512"):
    _hashes(f"base64{_name}", _base64(_name))


@function("uuidv5", text("namespace"), text("name"), returns=STRING)
def uuidv5(namespace: Typed, name: Typed) -> Typed:
    from uuid import UUID, uuid5

    given = text_of(namespace)
    found = _UUID.fullmatch(_NAMESPACES.get(given, given))
    if found is None:
        raise Failure(f"uuidv5() doesn't support namespace {given}")
    return string(str(uuid5(UUID(found[2] or found[3]), text_of(name))))


@function("rsadecrypt", text("ciphertext"), text("privatekey"), returns=STRING)
def rsadecrypt(ciphertext: Typed, key: Typed) -> Typed:
    try:
        b64decode(text_of(ciphertext), validate=True)
    except ValueError as error:
        raise Failure("failed to decode input: cipher text must be base64-encoded") from error
    if "-----BEGIN" not in text_of(key):
        raise Failure("invalid private key")
    raise Declined("`rsadecrypt` is not calculated: nobody should lint with a private key at hand")
