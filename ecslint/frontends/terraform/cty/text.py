"""Characters as Terraform sees them: grapheme clusters, case, quoting.

Terraform counts and cuts strings by grapheme clusters of Unicode 15.0 (go-textseg v15), changes case by code point
(Go's `unicode` package), and never looks at the locale.
"""

from __future__ import annotations

from unicodedata import category

_ESCAPES = {
    "\a": "\\a",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\v": "\\v",
    '"': '\\"',
    "\\": "\\\\",
}
SPACES = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
    "\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
"""What Go's `unicode.IsSpace` calls space."""


def clusters(text: str) -> list[str]:
    """The grapheme clusters of a text."""
    if text.isascii():
        return list(text) if "\r\n" not in text else _ascii(text)
    from wcwidth import iter_graphemes

    return [part for cluster in iter_graphemes(text) for part in _unjoined(cluster)]


def _ascii(text: str) -> list[str]:
    found: list[str] = []
    for char in text:
        if char == "\n" and found and found[-1] == "\r":
            found[-1] = "\r\n"
        else:
            found.append(char)
    return found


_SPACING = "\u0e33\u0eb3"
"""The letters that are marks to the letter before them."""


def _unjoined(cluster: str) -> list[str]:
    """A cluster cut where only Unicode 15.1's rule for Indic conjuncts joins it."""
    if len(cluster) == 1:
        return [cluster]
    cuts = [
        index
        for index in range(1, len(cluster))
        if category(cluster[index]) == "Lo"
        and cluster[index] not in _SPACING
        and (category(cluster[index - 1]) in {"Mn", "Mc"} or cluster[index - 1] == "\u200d")
    ]
    return [cluster[start:end] for start, end in zip([0, *cuts], [*cuts, len(cluster)], strict=True)]


def upper(text: str) -> str:
    """Go's `strings.ToUpper`: every code point for itself."""
    if text.isascii():
        return text.upper()
    # Some letters have a capital of one character only for the beginning of a word, and that is theirs then.
    return "".join(_single(char, up if len(up := char.upper()) == 1 else char.title()) for char in text)


def lower(text: str) -> str:
    """Go's `strings.ToLower`."""
    if text.isascii():
        return text.lower()
    return "".join("i" if char == "\u0130" else _single(char, char.lower()) for char in text)


def title(text: str) -> str:
    """Go's `strings.Title`: the first letter after anything that is neither letter, digit nor underscore."""
    out: list[str] = []
    before = " "
    for char in text:
        out.append(_single(char, char.title()) if _separates(before) else char)
        before = char
    return "".join(out)


def _single(char: str, changed: str) -> str:
    """The changed character, where that is one: Go knows no changes from one to several."""
    return changed if len(changed) == 1 else char


def _separates(char: str) -> bool:
    if char.isascii():
        return not (char.isalnum() or char == "_")
    if category(char)[0] == "L" or category(char) == "Nd":
        return False
    return char in SPACES


def quoted(text: str) -> str:
    """Go's `%q`."""
    if text.isascii() and text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return '"' + "".join(_quoted(char) for char in text) + '"'


def _quoted(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if char.isprintable():
        return char
    code = ord(char)
    if code < 0x80:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
