"""`csvdecode`.

Source: go-cty's `stdlib/csv.go` over Go's `encoding/csv`, which is stricter than Python's reader: a quote inside a bare
field is a mistake, and blank lines do not count.
"""

from __future__ import annotations

from ecslint.frontends.terraform.cty.types import DYNAMIC, STRING, object_of
from ecslint.frontends.terraform.cty.value import Typed, mapping, nfc, sequence, string, text_of
from ecslint.frontends.terraform.failure import Failure
from ecslint.frontends.terraform.functions.function import function, text
from ecslint.value import Key


@function("csvdecode", text("str"), returns=lambda _: DYNAMIC)
def csvdecode(source: Typed) -> Typed:
    rows = records(text_of(source))
    if not rows:
        raise Failure("missing header line")
    header = [nfc(name) for name in rows[0]]
    if len(set(header)) < len(header):
        raise Failure("duplicate column name")
    made: list[Typed] = []
    for row in rows[1:]:
        if len(row) != len(header):
            raise Failure("CSV parse error: wrong number of fields")
        made.append(mapping([(Key(name), string(item, source.place)) for name, item in zip(header, row, strict=True)]))
    return sequence(made, "list", object_of(dict.fromkeys(header, STRING)))


def records(source: str) -> list[list[str]]:
    """The records of a CSV text. Raises `Failure`."""
    rows: list[list[str]] = []
    text = source.replace("\r\n", "\n")
    at = 0
    while at < len(text):
        if text[at] == "\n":
            at += 1
            continue
        row, at = _record(text, at)
        rows.append(row)
    return rows


def _record(text: str, at: int) -> tuple[list[str], int]:
    row: list[str] = []
    while True:
        if text[at : at + 1] == '"':
            field, at = _quoted(text, at + 1)
        else:
            end = at
            while end < len(text) and text[end] not in ",\n":
                if text[end] == '"':
                    raise Failure('CSV parse error: bare " in non-quoted field')
                end += 1
            field, at = text[at:end], end
        row.append(field)
        if text[at : at + 1] != ",":
            return row, at + 1
        at += 1


def _quoted(text: str, at: int) -> tuple[str, int]:
    parts: list[str] = []
    while True:
        end = text.find('"', at)
        if end < 0:
            raise Failure('CSV parse error: extraneous or missing " in quoted field')
        parts.append(text[at:end])
        after = text[end + 1 : end + 2]
        if after == '"':
            parts.append('"')
            at = end + 2
        elif after in {"", ",", "\n"}:
            return "".join(parts), end + 1
        else:
            raise Failure('CSV parse error: extraneous or missing " in quoted field')
