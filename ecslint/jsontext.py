"""JSON from text with holes, every place kept.

The same code reads a task definition file, where placeholders (`<PORT>`, `${TAG}`, `{{ must_env `TAG` }}`) are holes,
and the text of a Terraform string, where interpolations are. A hole inside a string makes that string a `Text`; as a
member's value it is that value; between members or items it opens the collection.

What is broken is reported and what can still be read is kept: a missing or extra comma, a bad escape and a bare
control character are passed over, anything else ends the reading, and every collection that was not finished by then is
open.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from ecslint import placeholder
from ecslint.lean import TYPE_CHECKING, NamedTuple
from ecslint.source import Folded, Quoted, SourceFile, Span
from ecslint.value import Encoded, Key, Mapping, Sequence, Text, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.source import Place
    from ecslint.text import Part
    from ecslint.value import Data, Hop

DEEPEST = 200
MOST_ERRORS = 20

HOLE = "\0"
"""Stands for every character of a hole. JSON allows it nowhere, so it cannot be meant."""

_SPACE = re.compile(r"[ \t\n\r]*")
_PLAIN = re.compile(r'[^"\\\x00-\x1f]*')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_ESCAPE = re.compile(r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})')
_WORD = re.compile(r"[^\s,:\[\]{}\"\x00]+")
_CONSTANTS = {"true": True, "false": False, "null": None}
_ESCAPED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


class SyntaxProblem(NamedTuple):
    """Something that is not JSON: what was wrong, and where.

    It is not `certain` where a hole before it may hold what is missing: a quote, a bracket, a member.
    """

    message: str
    place: Span
    certain: bool = True


class Hole(NamedTuple):
    """What stands in a text in place of `length` characters."""

    length: int
    part: Part


class Script:
    """A text to be read as JSON, with its holes by offset and the way back to where it is written."""

    def __init__(self, text: str, holes: dict[int, Hole], file: SourceFile) -> None:
        self.text = text
        self.holes = holes
        self.file = file

    def span(self, start: int, end: int) -> Span:
        return Span(self.file, start, end)

    def string(self, start: int, end: int, runs: list[tuple[int, int]] | None) -> Place:
        """The place of a string between quotes; `runs` where it has escapes, as offsets of this text."""
        if runs is None:
            return Quoted(self.file, start, end)
        return Folded(self.file, start, end, tuple(runs))

    def way(self, start: int, end: int) -> Hop | None:
        """The hops of what stands there, where that came from elsewhere."""
        return None

    def literal(self, start: int, end: int, runs: list[tuple[int, int]]) -> Place:
        """The place of a literal part of a string; `runs` as for `string`."""
        return Span(self.file, start, end) if len(runs) == 1 else Folded(self.file, start, end, tuple(runs))

    @staticmethod
    def of_file(file: SourceFile) -> Script:
        """A file's text, its placeholders turned to holes."""
        found = placeholder.spans(file.text)
        if not found:
            return Script(file.text, {}, file)
        holes = {start: Hole(end - start, placeholder.unknown(file.text[start:end])) for start, end in found}
        ends = [0, *(end for _, end in found)]
        before = [
            file.text[end:start] + HOLE * holes[start].length for end, (start, _) in zip(ends, found, strict=False)
        ]
        return Script("".join(before) + file.text[ends[-1] :], holes, file)


class _TextScript(Script):
    """A `Text` or string value to be read as JSON."""

    def __init__(self, value: Value, place: Span) -> None:
        self._starts: list[int] = []
        self._places: list[Place | None] = []
        self._ways: list[Hop | None] = []
        self._whole = place
        text: list[str] = []
        holes: dict[int, Hole] = {}
        offset = 0
        for part, where, way in _parts(value):
            self._starts.append(offset)
            self._places.append(where)
            self._ways.append(way)
            if isinstance(part, str):
                text.append(part.replace(HOLE, "\ufffd"))
            else:
                holes[offset] = Hole(1, part)
                text.append(HOLE)
            offset += len(text[-1])
        super().__init__("".join(text), holes, place.file)

    def _part(self, start: int, end: int) -> Span | None:
        at = bisect_right(self._starts, start) - 1
        where = self._places[at] if at >= 0 else None
        if where is None:
            return None
        if self._starts[at] in self.holes:
            return where.span()
        offset = start - self._starts[at]
        return where.part(offset, max(end - self._starts[at], offset)).span()

    def span(self, start: int, end: int) -> Span:
        first, last = self._part(start, start + 1), self._part(max(end - 1, start), end)
        if first is None or last is None or first.file is not last.file or last.end < first.start:
            return self._whole
        return Span(first.file, first.start, last.end)

    def way(self, start: int, end: int) -> Hop | None:
        first = max(bisect_right(self._starts, start) - 1, 0)
        return next((way for way in self._ways[first : bisect_left(self._starts, end)] if way is not None), None)

    def string(self, start: int, end: int, runs: list[tuple[int, int]] | None) -> Place:
        return self.literal(start, end, runs or [(0, start + 1)])

    def literal(self, start: int, end: int, runs: list[tuple[int, int]]) -> Place:
        """Content offsets go to offsets of this text, and on to the file wherever its own parts begin anew."""
        span = self.span(start, end)
        theirs: list[tuple[int, int]] = []
        for index, (content, offset) in enumerate(runs):
            stop = runs[index + 1][1] if index + 1 < len(runs) else end
            for cut in [offset, *self._cuts(offset, stop)]:
                where = self._part(cut, cut + 1)
                if where is not None and where.file is span.file:
                    theirs.append((content + cut - offset, where.start))
        return Folded(span.file, span.start, span.end, tuple(theirs)) if theirs else span

    def _cuts(self, start: int, stop: int) -> list[int]:
        """The offsets strictly between at which the way back to the file may jump."""
        cuts: set[int] = set()
        for index in range(max(bisect_right(self._starts, start) - 1, 0), bisect_left(self._starts, stop)):
            at, where = self._starts[index], self._places[index]
            cuts.add(at)
            if isinstance(where, Folded):
                first, last = bisect_right(where.runs, (start - at + 1,)), bisect_left(where.runs, (stop - at,))
                cuts.update(at + run for run, _ in where.runs[first:last])
        return sorted(cut for cut in cuts if start < cut < stop)


def _parts(value: Value) -> Iterator[tuple[Part, Place | None, Hop | None]]:
    data = value.data
    if isinstance(data, Text):
        ways = data.ways or (None,) * len(data.parts)
        yield from zip(data.parts, data.places, ways, strict=True)
    elif isinstance(data, str):
        yield data, value.place, None


class _Parser:
    """One reading of one script."""

    def __init__(self, script: Script, why: str, loose: bool) -> None:
        self.script = script
        self.text = script.text
        self.holes = script.holes
        self.why = why
        self.loose = loose
        self.broken = ""
        self.adrift = False
        self.errors: list[SyntaxProblem] = []

    def error(self, message: str, at: int, end: int = -1) -> None:
        if len(self.errors) < MOST_ERRORS:
            if at >= len(self.text):
                # Behind the last thing that stands there, not on the empty line after it.
                at = end = len(self.text.rstrip())
            place = self.script.span(at, min(max(end, at + 1), len(self.text)))
            self.errors.append(SyntaxProblem(message, place, not self.adrift))

    def stop(self, message: str, at: int, end: int = -1) -> None:
        """Give up: whatever is unfinished may hold anything."""
        if not self.broken:
            self.error(message, at, end)
            self.broken = "the JSON is broken further on"

    def skip(self, at: int) -> int:
        return _SPACE.match(self.text, at).end()  # type: ignore[union-attr]  # it matches nothing at least

    def document(self) -> Value:
        at = self.skip(0)
        if at == len(self.text):
            self.stop("the text is empty", max(at - 1, 0))
            return Value(Unknown(self.broken), self.script.span(0, len(self.text)))
        # A template may begin with directives, which say nothing of the document behind them.
        behind = at
        while behind in self.holes:
            self.adrift = True
            behind = self.skip(behind + self.holes[behind].length)
        value, at = self.value(behind if self.text[behind : behind + 1] in {"{", "["} else at, 0, None)
        at = self.skip(at)
        while at in self.holes:
            at = self.skip(at + self.holes[at].length)
        if at < len(self.text):
            self.stop("this follows the end of the JSON value", at)
        return value

    def value(self, at: int, depth: int, key: Key | None) -> tuple[Value, int]:
        char = self.text[at : at + 1]
        if char == '"':
            data, place, end = self.string(at, key)
            return Value(data, place, key, self.script.way(at, end)), end
        if char in {"{", "["}:
            if depth >= DEEPEST:
                raise TooDeep(self.script.span(at, at + 1))
            return self.object(at, depth, key) if char == "{" else self.array(at, depth, key)
        if char == HOLE and at in self.holes:
            return self.hole(at, key)
        return self.scalar(at, key)

    def hole(self, at: int, key: Key | None) -> tuple[Value, int]:
        """A hole as a value, or as a part of an unquoted word (`<A>_<B>`), which is unknown as a whole."""
        part, end = self.holes[at].part, at + self.holes[at].length
        way = self.script.way(at, end)
        if isinstance(part, Encoded):
            value = part.value.through(way)
            return (value if key is None else value.under(key)), end
        tail = self.word(end)
        why = part if isinstance(part, Unknown) and tail == end else Unknown(self.why)
        return Value(why, self.script.span(at, tail), key, way), tail

    def word(self, at: int) -> int:
        """The end of a run of unquoted characters and holes."""
        while at < len(self.text):
            if at in self.holes:
                at += self.holes[at].length
                continue
            found = _WORD.match(self.text, at)
            if not found:
                break
            at = found.end()
        return at

    def scalar(self, at: int, key: Key | None) -> tuple[Value, int]:
        found = _WORD.match(self.text, at)
        end = self.word(at)
        place = self.script.span(at, max(end, at + 1))
        word = self.text[at:end]
        if word in _CONSTANTS:
            return Value(_CONSTANTS[word], place, key, self.script.way(at, end)), end
        number = _NUMBER.fullmatch(word)
        if number and len(word) < 4000:
            exact = number.group(1) is None and number.group(2) is None
            return Value(int(word) if exact else float(word), place, key, self.script.way(at, end)), end
        if number:
            self.error("this number has more digits than anybody reads", at, end)
            return Value(Unknown("the number is too long"), place, key), end
        if HOLE in word:
            return Value(Unknown(self.why), place, key), end
        if self.loose and placeholder.unquoted(word):
            return Value(placeholder.unknown(word), place, key), end
        if found:
            shown = word if len(word) <= 40 else word[:40] + "…"
            self.stop(f"expected a JSON value, found `{shown}`", at, end)
        else:
            self.stop(f"expected a JSON value, found {self.shown(at)}", at)
        return Value(Unknown(self.broken), place, key), max(end, at)

    def shown(self, at: int) -> str:
        return f"`{self.text[at]}`" if at < len(self.text) else "the end of the text"

    def object(self, start: int, depth: int, key: Key | None) -> tuple[Value, int]:
        entries: list[tuple[Key, Value]] = []
        why = ""
        at = start + 1
        comma = -1
        separated = True
        while True:
            at = self.skip(at)
            char = self.text[at : at + 1]
            if char == "}":
                if comma >= 0 and not why:
                    self.error("no comma may stand before `}`", comma)
                at += 1
                break
            if char == HOLE and at in self.holes:
                why = self.why
                self.adrift = True
                at = self.unnamed(self.word(at + self.holes[at].length), depth)
                if self.broken:
                    break
                separated, comma = True, -1
                continue
            if char == ",":
                if separated and not why:
                    self.error("expected a key before this comma", at)
                separated, comma = True, at
                at += 1
                continue
            if char != '"':
                self.stop(f"expected a key in quotes or `}}`, found {self.shown(at)}", at)
                break
            if not separated:
                self.uncommaed("key", at)
            member, at = self.member(at, depth)
            if member is not None:
                entries.append(member)
                # A key with a hole can be any key, so nothing may be said of the keys that are not there.
                why = self.why if member[0].name == HOLE else why
            if self.broken:
                break
            separated, comma = False, -1
        place = self.script.span(start, min(at, len(self.text)))
        if self.broken and self.text.startswith("{{", start):
            # A placeholder, which this file should have none of; it may be filled in with anything.
            return Value(Unknown(self.broken), place, key), at
        return Value(Mapping(entries, self.broken or why), place, key), at

    def uncommaed(self, what: str, at: int) -> None:
        """A key or an item follows another at once. A hole that ends the other may hold the comma."""
        if len(self.errors) < MOST_ERRORS:
            self.adrift |= self.text[:at].rstrip().endswith(HOLE)
            self.error(f"expected a comma before this {what}", at)

    def unnamed(self, at: int, depth: int) -> int:
        """The end of what follows a hole between members: nothing, or the value of a key that the hole is."""
        colon = self.skip(at)
        if self.text[colon : colon + 1] != ":":
            return at
        return self.value(self.skip(colon + 1), depth + 1, None)[1]

    def member(self, at: int, depth: int) -> tuple[tuple[Key, Value] | None, int]:
        data, place, at = self.string(at, None)
        if self.broken:
            return None, at
        at = self.skip(at)
        if self.text[at : at + 1] != ":":
            self.stop(f"expected `:` after the key, found {self.shown(at)}", at)
            return None, at
        key = Key(place.span().text.strip('"'), place, HOLE) if isinstance(data, Text) else Key(str(data), place)
        value, at = self.value(self.skip(at + 1), depth + 1, key)
        return (key, value), at

    def array(self, start: int, depth: int, key: Key | None) -> tuple[Value, int]:
        items: list[Value] = []
        why = ""
        at = start + 1
        comma = -1
        separated = True
        while True:
            at = self.skip(at)
            char = self.text[at : at + 1]
            if char == "]":
                if comma >= 0 and not why:
                    self.error("no comma may stand before `]`", comma)
                at += 1
                break
            if char == HOLE and at in self.holes and not isinstance(self.holes[at].part, Encoded):
                why = self.why
                self.adrift = True
                at = self.word(at + self.holes[at].length)
                separated, comma = True, -1
                continue
            if char == ",":
                if separated and not why:
                    self.error("expected an item before this comma", at)
                separated, comma = True, at
                at += 1
                continue
            if char in {"", "}", ":"}:
                self.stop(f"expected a value or `]`, found {self.shown(at)}", at)
                self.reopen(items, char)
                break
            if not separated:
                self.uncommaed("item", at)
            value, at = self.value(at, depth + 1, None)
            items.append(value)
            if self.broken:
                break
            separated, comma = False, -1
        sequence = Sequence(items, self.broken or why)
        return Value(sequence, self.script.span(start, min(at, len(self.text))), key), at

    def reopen(self, items: list[Value], char: str) -> None:
        """A colon behind an item says that it is a key: the object before it was closed too early."""
        if char != ":" or not items:
            return
        items.pop()
        last = items[-1] if items else None
        data = last.data if last is not None else None
        if last is not None and isinstance(data, Mapping):
            items[-1] = Value(Mapping(data.entries, self.broken), last.place, last.key, last.hops)

    def string(self, start: int, key: Key | None) -> tuple[Data, Place, int]:
        """A string's datum and place, and where it ends."""
        at = start + 1
        end = _PLAIN.match(self.text, at).end()  # type: ignore[union-attr]  # it matches nothing at least
        if self.text[end : end + 1] == '"':
            content = self.text[at:end]
            place = self.script.string(start, end + 1, None)
            return (placeholder.refined(content, place, key) if self.loose else content), place, end + 1
        return self.woven(start, key)

    def woven(self, start: int, key: Key | None) -> tuple[Data, Place, int]:
        """A string with escapes, holes, or an error in it."""
        parts: list[tuple[Part, Place | None]] = []
        chars: list[str] = []
        runs = [(0, start + 1)]
        at = begin = start + 1
        length = 0

        def flush(end: int) -> None:
            nonlocal chars, runs, length
            if chars:
                text = "".join(chars)
                parts.append((text, self.script.literal(begin, end, runs)))
            chars, length = [], 0

        while True:
            end = _PLAIN.match(self.text, at).end()  # type: ignore[union-attr]  # it matches nothing at least
            chars.append(self.text[at:end])
            length += end - at
            at = end
            char = self.text[at : at + 1]
            if char == '"':
                break
            if char == HOLE and at in self.holes:
                flush(at)
                hole = self.holes[at]
                parts.append((hole.part, self.script.span(at, at + hole.length)))
                at = begin = at + hole.length
                runs = [(0, at)]
            elif escape := _ESCAPE.match(self.text, at):
                text, after = self.escape(escape)
                chars.append(text)
                length += len(text)
                runs.append((length, after))
                at = after
            elif self.text[at : at + 2].lstrip("\\")[:1] in {"", "\n", "\r"}:
                # Where it was meant to end nobody knows, so nothing of it is.
                self.adrift |= bool(parts)
                self.stop("the string is not closed", start, at)
                return Unknown(self.broken), self.script.span(start, at), at
            elif char == "\\":
                # What stands behind it is read as if it were alone.
                self.error("this is no escape that JSON knows", at, at + 2)
                at += 1
                runs.append((length, at))
            else:
                self.error(f"the control character {ord(char):#04x} must be escaped", at)
                chars.append(char)
                length += 1
                at += 1
        if parts:
            flush(at)
            return Text.join(parts), self.script.string(start, at + 1, None), at + 1
        content = "".join(chars)
        place = self.script.string(start, at + 1, runs)
        return (placeholder.refined(content, place, key) if self.loose else content), place, at + 1

    def escape(self, found: re.Match[str]) -> tuple[str, int]:
        """What an escape stands for, and where it ends; two halves of a surrogate pair are one."""
        token, end = found.group(), found.end()
        if token[1] != "u":
            return _ESCAPED.get(token[1], token[1]), end
        code = int(token.removeprefix("\\u"), 16)
        second = _ESCAPE.match(self.text, end)
        if 0xD800 <= code < 0xDC00 and second and second.group()[1] == "u":
            low = int(second.group().removeprefix("\\u"), 16)
            if 0xDC00 <= low < 0xE000:
                return chr(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)), second.end()
        # A lone half cannot be encoded; JSON readers put the replacement character.
        return ("\ufffd" if 0xD800 <= code < 0xE000 else chr(code)), end


class TooDeep(Exception):
    """A document nests deeper than `DEEPEST`, or is too large in another way that `message` tells."""

    def __init__(self, place: Span, message: str = f"the JSON nests deeper than {DEEPEST}") -> None:
        super().__init__(message)
        self.place = place


def read_file(file: SourceFile) -> tuple[Value, list[SyntaxProblem]]:
    """A task definition file: JSON in which placeholders are unknown values. Raises `TooDeep`."""
    if HOLE in file.text:
        at = file.text.index(HOLE)
        problem = SyntaxProblem("JSON may not hold the character NUL", Span(file, at, at + 1))
        return Value(Unknown("the text is no JSON"), Span(file, 0, 0)), [problem]
    parser = _Parser(Script.of_file(file), "a placeholder stands here", loose=True)
    return parser.document(), parser.errors


def read_strict(file: SourceFile) -> tuple[Value, list[SyntaxProblem]]:
    """A file of plain JSON, without placeholders. Raises `TooDeep`."""
    parser = _Parser(Script(file.text, {}, file), "the JSON is broken", loose=False)
    return parser.document(), parser.errors


def read_value(value: Value, place: Span, why: str) -> tuple[Value, list[SyntaxProblem]]:
    """The JSON in a string or `Text`. `why` says what its holes are; `place` is where nothing better is known.

    Raises `TooDeep`.
    """
    parser = _Parser(_TextScript(value, place), why, loose=False)
    return parser.document(), parser.errors
