"""Encodings of text.

Source: Terraform's `lang/funcs/encoding.go`.
"""

from __future__ import annotations

import binascii
import codecs
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from ecslint.frontends.terraform.cty.types import STRING
from ecslint.frontends.terraform.cty.value import Typed, string, text_of
from ecslint.frontends.terraform.failure import Declined, Failure
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


_LATIN = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "13", "14", "15", "16")
_CODECS: dict[str, str] = {
    "us-ascii": "ascii",
    "ansi_x3.4-1968": "ascii",
    "ansi_x3.4-1986": "ascii",
    "iso646-us": "ascii",
    "iso-ir-6": "ascii",
    "us": "ascii",
    "ibm367": "ascii",
    "cp367": "ascii",
    "csascii": "ascii",
    "utf-8": "utf-8",
    "csutf8": "utf-8",
    "utf-16": "utf-16",
    "csutf16": "utf-16",
    "utf-16be": "utf-16-be",
    "utf-16le": "utf-16-le",
    "latin1": "iso8859-1",
    "l1": "iso8859-1",
    "ibm819": "iso8859-1",
    "cp819": "iso8859-1",
    "iso-ir-100": "iso8859-1",
    "csisolatin1": "iso8859-1",
    "latin2": "iso8859-2",
    "latin-9": "iso8859-15",
    "cyrillic": "iso8859-5",
    "arabic": "iso8859-6",
    "greek": "iso8859-7",
    "hebrew": "iso8859-8",
    "latin5": "iso8859-9",
    "koi8-r": "koi8-r",
    "cskoi8r": "koi8-r",
    "koi8-u": "koi8-u",
    "macintosh": "mac-roman",
    "mac": "mac-roman",
    "windows-874": "cp874",
    "shift_jis": "shift_jis",
    "ms_kanji": "shift_jis",
    "csshiftjis": "shift_jis",
    "euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp",
    "euc-kr": "euc_kr",
    "gb18030": "gb18030",
    "gbk": "gbk",
    "cp936": "gbk",
    "ms936": "gbk",
    "windows-936": "gbk",
    "hz-gb-2312": "hz",
    "big5": "big5",
    "csbig5": "big5",
    **{f"iso-8859-{part}": f"iso8859-{part}" for part in _LATIN},
    **{f"iso_8859-{part}": f"iso8859-{part}" for part in _LATIN},
    **{f"windows-{page}": f"cp{page}" for page in range(1250, 1259)},
    **{
        f"{prefix}{page}": f"cp{page}"
        for prefix in ("ibm", "cp")
        for page in (437, 850, 852, 855, 860, 862, 863, 865, 866)
    },
}
"""The IANA names of the encodings that Go's `golang.org/x/text` has, in lower case, with Python's names for them."""


def _codec(name: Typed) -> codecs.CodecInfo:
    """The codec of an IANA name. Raises `Failure`."""
    wanted = text_of(name)
    found = _CODECS.get(wanted.lower())
    if found is None:
        raise Failure(f'"{wanted}" is not a supported IANA encoding name or alias in this Terraform version')
    return codecs.lookup(found)


@function("textencodebase64", text("string"), text("encoding"), returns=STRING)
def textencodebase64(value: Typed, encoding: Typed) -> Typed:
    codec = _codec(encoding)
    source = text_of(value)
    try:
        # Go writes UTF-16 with a byte order mark, the greater half first.
        content = (
            codecs.BOM_UTF16_BE + source.encode("utf-16-be") if codec.name == "utf-16" else codec.encode(source)[0]
        )
    except UnicodeEncodeError as error:
        raise Failure(f"the given string contains characters that cannot be represented in {codec.name}") from error
    return string(b64encode(content).decode())


@function("textdecodebase64", text("source"), text("encoding"), returns=STRING)
def textdecodebase64(value: Typed, encoding: Typed) -> Typed:
    codec = _codec(encoding)
    source = unbase64(text_of(value))
    if codec.name == "utf-16" and source[:2] not in {codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE}:
        codec = codecs.lookup("utf-16-be")
    try:
        content, _ = codec.decode(source)
    except UnicodeDecodeError as error:
        raise Failure(f"the given string contains symbols that are not defined for {codec.name}") from error
    if "\ufffd" in content:
        raise Failure(f"the given string contains symbols that are not defined for {codec.name}")
    return string(content)
