"""Encodings of text.

Source: Terraform's `lang/funcs/encoding.go`.
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from ecslint.frontends.terraform.cty.types import STRING
from ecslint.frontends.terraform.cty.value import Typed, string, text_of
from ecslint.frontends.terraform.failure import Declined, Failure
from ecslint.frontends.terraform.functions import charsets
from ecslint.frontends.terraform.functions.function import function, text

if TYPE_CHECKING:
    from ecslint.frontends.terraform.functions.context import Context


def unbase64(source: str) -> bytes:
    """The bytes of standard Base64, in which line ends do not count. Raises `Failure`."""
    try:
        return b64decode(source.replace("\r", "").replace("\n", ""), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Failure("failed to decode base64 data") from error


@function("base64encode", text("str"), returns=STRING)
def base64encode(value: Typed) -> Typed:
    return string(b64encode(text_of(value).encode()).decode())


@function("base64decode", text("str"), returns=STRING)
def base64decode(value: Typed) -> Typed:
    try:
        return string(unbase64(text_of(value)).decode())
    except UnicodeDecodeError as error:
        raise Failure("the result of decoding the provided string is not valid UTF-8") from error


@function("filebase64", text("path"), returns=STRING, contextual=True)
def filebase64(context: Context, path: Typed) -> Typed:
    return string(b64encode(context.read_bytes(text_of(path))).decode())


@function("base64gzip", text("str"), returns=STRING)
def base64gzip(_value: Typed) -> Typed:
    raise Declined("`base64gzip` is not calculated: its bytes are those of Go's own compressor")


@function("urlencode", text("str"), returns=STRING)
def urlencode(value: Typed) -> Typed:
    return string(quote_plus(text_of(value)))


@function("textencodebase64", text("string"), text("encoding"), returns=STRING)
def textencodebase64(value: Typed, encoding: Typed) -> Typed:
    return string(b64encode(charsets.encoded(text_of(value), text_of(encoding))).decode())


@function("textdecodebase64", text("source"), text("encoding"), returns=STRING)
def textdecodebase64(value: Typed, encoding: Typed) -> Typed:
    charsets.codec(text_of(encoding))
    return string(charsets.decoded(unbase64(text_of(value)), text_of(encoding)))
