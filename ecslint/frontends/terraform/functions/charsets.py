"""The encodings that Go's `golang.org/x/text` has, by their names in IANA's registry.

Source: its `ianaindex`, `charmap` and East Asian packages. Python's tables differ from Go's (which are the Web's) in
some letters; a text with a letter for which that may be so is declined.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from ecslint.frontends.terraform.failure import Declined, Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    "shift_jis": "cp932",
    "ms_kanji": "cp932",
    "csshiftjis": "cp932",
    "euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp",
    "euc-kr": "cp949",
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


_DIFFERENT = {
    "koi8-u": {"\u045e": b"\xae", "\u040e": b"\xbe"},
    "cp1255": {"\u05ba": b"\xca"},
    "gbk": {"\u20ac": b"\x80", "\u01f9": b"\xa8\xbf", "\u303e": b"\xa9\x89"},
}
"""The letters that Go encodes, and Python does not, or otherwise."""

_APART = frozenset({"cp932", "gbk", "gb18030"})
"""The encodings for whose letters Go's table is Python's where a letter stands for its bytes and these for it."""

_OTHER = frozenset({"big5", "euc_jp", "iso2022_jp", "hz"})
"""The encodings whose letters beyond ASCII are not worked out here."""


def codec(name: str) -> str:
    """Python's name of an encoding. Raises `Failure` where Go has none of the name."""
    found = _CODECS.get(name.lower())
    if found is None:
        raise Failure(f'"{name}" is not a supported IANA encoding name or alias in this Terraform version')
    return found


def encoded(text: str, name: str) -> bytes:
    """The text's bytes. Raises `Failure` and `Declined`."""
    used = codec(name)
    if used == "utf-16":
        # Go writes a byte order mark, the greater half first.
        return codecs.BOM_UTF16_BE + text.encode("utf-16-be")
    if used in _OTHER and not text.isascii():
        raise Declined(f"how Go encodes `{text}` is not worked out here")
    try:
        if used in _APART:
            return b"".join(_asian(letter, used) for letter in text)
        if used.startswith("iso8859-") and used != "iso8859-1" and any("\x80" <= letter <= "\x9f" for letter in text):
            raise ValueError(text)
        return b"".join(_letter(letter, used) for letter in text) if used in _DIFFERENT else text.encode(used)
    except ValueError as error:
        raise Failure(f"the given string contains characters that cannot be represented in {name}") from error


def _letter(letter: str, used: str) -> bytes:
    special = _DIFFERENT[used]
    if letter in special:
        return special[letter]
    made = letter.encode(used)
    if made in special.values():
        raise ValueError(letter)
    return made


def _asian(letter: str, used: str) -> bytes:
    if letter in _DIFFERENT.get(used, ()):
        return _DIFFERENT[used][letter]
    if _private(letter) and used == "gb18030":
        raise Declined(f"how Go encodes `{letter}` is not worked out here")
    made = letter.encode(used)
    if made.decode(used) != letter or _private(letter):
        raise ValueError(letter)
    return made


def _private(letter: str) -> bool:
    return "\x80" <= letter <= "\x9f" or "\ue000" <= letter <= "\uf8ff"


def decoded(content: bytes, name: str) -> str:
    """The bytes' text. Raises `Failure` and `Declined`."""
    used = codec(name)
    if used == "utf-16" and content[:2] not in {codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE}:
        used = "utf-16-be"
    if used in _OTHER and not (content.isascii() and not {0x1B, 0x7E} & set(content)):
        raise Declined("how Go decodes this is not worked out here")
    try:
        if used in _APART:
            return "".join(_asian_letters(content, used))
        text = content.decode(used) if used not in _DIFFERENT else "".join(_of_byte(byte, used) for byte in content)
        if used.startswith("iso8859-") and used != "iso8859-1" and any("\x80" <= letter <= "\x9f" for letter in text):
            raise ValueError(name)
        if "\ufffd" in text:
            raise ValueError(name)
    except ValueError as error:
        raise Failure(f"the given string contains symbols that are not defined for {name}") from error
    return text


def _of_byte(byte: int, used: str) -> str:
    found = [letter for letter, made in _DIFFERENT[used].items() if made == bytes([byte])]
    return found[0] if found else bytes([byte]).decode(used)


def _asian_letters(content: bytes, used: str) -> Iterator[str]:
    # Go's GBK has the letters of two bytes that only GB18030 has.
    table, lengths = (used, (1, 2)) if used == "cp932" else ("gb18030", (1, 2) if used == "gbk" else (1, 2, 4))
    at = 0
    while at < len(content):
        if content[at] == 0x80:
            letter, length = "\x80" if used == "cp932" else "\u20ac", 1
        else:
            found = ((_letter_of(content[at : at + length], table), length) for length in lengths)
            letter, length = next((each for each in found if each[0]), ("", 0))
            if not letter:
                raise ValueError(used)
        yield letter
        at += length


def _letter_of(content: bytes, table: str) -> str:
    """The one letter that the bytes stand for, or nothing."""
    if content == b"\xa3\xa0" and table == "gb18030":
        return "\u3000"
    try:
        text = content.decode(table)
    except ValueError:
        return ""
    return text if len(text) == 1 and not "\ue000" <= text <= "\uf8ff" else ""
