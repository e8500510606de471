"""The program beside an assembly: where in it a construct is made.

TypeScript, JavaScript, Java, C# and Go are searched as text for `new X(scope, 'Id'` and its like, Python as syntax. A
path is followed from the outside in: each construct stands in the class of the one around it, or beside that one with
its variable as scope. An id that is a variable may be any, so the place is the answer only where it is the one that is
left. Where more than one place is left, the construct around is the answer; nothing is guessed.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left

from ecslint.files import Refused
from ecslint.lean import TYPE_CHECKING, NamedTuple
from ecslint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.files import Files
    from ecslint.source import SourceFile

ENDINGS = (".ts", ".mts", ".cts", ".js", ".mjs", ".cjs", ".py", ".java", ".kt", ".cs", ".go")
MOST_FILES = 2000
LARGEST = 1 << 20
PASSED_OVER = re.compile(
    r"node_modules|site-packages|\.?venv|env|__pycache__|dist|build|target|bin/Debug|obj|cdk\.out|asset\..*|\..*"
    r"|tests?|__tests__|coverage|vendor"
)
"""Folders that hold no program of the application's author, or one that only tests it."""

SELF = frozenset({"this", "self"})

# Every repetition has a bound, so that no text takes long to search.
_MADE = re.compile(
    r"(?P<callee>\bnew\s{1,9}[\w.]{1,99}(?:<[^<>()\n]{0,99}>)?"
    r"|(?<![\w.])[\w.]{1,99}\.create|(?<![\w.])(?:\w{1,99}\.)?New\w{1,99})"
    r"\s{0,99}\(\s{0,99}(?P<scope>[\w.]{1,99})\s{0,99},\s{0,99}(?:\w{1,20}\.String\(\s{0,99})?"
    r"""(?:(?P<quote>["'`])(?P<id>[^"'`\n]{1,200})(?P=quote)|(?P<bare>[A-Za-z_][\w.]{0,99})\s{0,9}[,)])"""
)
_ASSIGNED = re.compile(r"(?<![\w.])([\w.]{1,99})[ \t]{0,9}(?::[ \t]{0,9}[\w.<>\[\]]{1,99}[ \t]{0,9})?:?=\s{0,99}$")
_CONTAINER = re.compile(
    r"\b(?P<name>[aA]dd_?[cC]ontainer)\s{0,99}\(\s{0,99}(?:\w{1,20}\.String\(\s{0,99})?"
    r"""["'`](?P<id>[^"'`\n]{1,200})["'`]"""
)
_CLASS = re.compile(r"\b(?:class|record|func)\s{1,9}(?:\([^()\n]{0,99}\)\s{0,9})?(\w{1,99})")
_HOLE = re.compile(r"\$\{[^}]*\}|\{[^}]*\}")


class Made(NamedTuple):
    """A place where a construct is made.

    `type` is the last part of what is called, `around` the class or function that it stands in, `scope` the variable
    that it is made in, `variable` the one that it is given to. `id` is an expression for its id.
    """

    span: Span
    type: str
    around: str
    scope: str
    variable: str
    id: str


class Sources:
    """The program of an application. `folder` is relative to the boundary; nothing is read before it is asked for.

    `command` is how it is run, as `cdk.json` has it: of several programs in the folder it names the one that is meant.
    """

    def __init__(self, files: Files, folder: str, command: str = "") -> None:
        self.files = files
        self.folder = folder
        self.command = command
        self._programs: list[SourceFile] | None = None
        self._made: list[Made] | None = None
        self._types: frozenset[str] | None = None

    @property
    def made(self) -> list[Made]:
        """Every place where a construct is made, in the order of files and lines."""
        if self._made is None:
            self._made = []
            for file in self.programs:
                self._made += _python(file) if file.path.endswith(".py") else _text(file)
        return self._made

    @property
    def types(self) -> frozenset[str]:
        """The classes and functions in which constructs are made."""
        if self._types is None:
            self._types = frozenset(made.around for made in self.made)
        return self._types

    @property
    def programs(self) -> list[SourceFile]:
        if self._programs is None:
            self._programs = list(self._read())
        return self._programs

    def _read(self) -> Iterator[SourceFile]:
        for count, path in enumerate(self._paths(self.folder)):
            if count == MOST_FILES:
                return
            try:
                file = self.files.read(path)
            except Refused:
                continue
            if len(file.text) <= LARGEST:
                yield file

    def _paths(self, folder: str) -> Iterator[str]:
        for entry in self.files.entries(folder):
            if entry.is_dir:
                if not PASSED_OVER.fullmatch(entry.name):
                    yield from self._paths(entry.path)
            elif entry.name.endswith(ENDINGS) and not entry.name.endswith((".d.ts", ".test.ts", ".spec.ts")):
                yield entry.path

    def find(self, path: str) -> Span | None:
        """Where the construct at a path is made, or the one around it that can be told for certain."""
        before: Made | None = None
        for name in path.split("/"):
            matching = [made for made in self.made if _fits(made, name) and _follows(made, before, self.types)]
            exact = [made for made in matching if made.id == re.escape(name)]
            found = exact or matching
            if len(found) > 1 and before is None:
                found = [made for made in found if self._run(made.span.file)]
            if len(found) != 1:
                break
            before = found[0]
        return before.span if before is not None else None

    def _run(self, file: SourceFile) -> bool:
        """Whether a file is what the command runs."""
        return file.path.removeprefix(f"{self.folder}/") in self.command

    def container(self, name: str, file: SourceFile | None) -> Span | None:
        """Where a container is added to a task definition: the one place in the file, or in all, that names it."""
        found = [
            Span(program, call.start("name"), call.end("name"))
            for program in ([file] if file is not None else self.programs)
            for call in _CONTAINER.finditer(program.text)
            if call.group("id") == name
        ]
        return found[0] if len(found) == 1 else None

    @staticmethod
    def entry(call: Span, section: str, name: str) -> Span | None:
        """Where a call writes an entry of `environment` or `secrets`: the one place behind the section's own name."""
        text = call.file.text
        end = _end(text, call.end)
        found: list[Span] = []
        inside = False
        words = rf"\b(?P<section>environment|secrets)\b|(?<![\w-]){re.escape(name)}(?![\w-])"
        for word in re.finditer(words, text[call.end : end], re.IGNORECASE):
            if word.group("section"):
                inside = word.group("section").lower() == section.lower()
            elif inside and word.group() == name:
                found.append(Span(call.file, call.end + word.start(), call.end + word.end()))
        return found[0] if len(found) == 1 else None

    # Frames of a stack trace

    def frame(self, frame: str) -> Span | None:
        """The place of a frame that stands in a file of the application, if a construct can be made there."""
        found = _FRAME.search(frame)
        if found is None or frame.startswith("...") or _FOREIGN.search(frame):
            return None
        file = self._file(found.group(1).replace("\\", "/"))
        return _call(file, int(found.group(2)), int(found.group(3))) if file is not None else None

    def _file(self, path: str) -> SourceFile | None:
        """The file of a path on the machine that synthesized: the longest end of it that is found here."""
        parts = [part for part in path.split("/") if part]
        for index in range(len(parts)):
            for folder in dict.fromkeys((self.folder, "")):
                candidate = posixpath.normpath(posixpath.join(folder, *parts[index:]))
                if self.files.exists(candidate):
                    return self._source(candidate)
        return None

    def _source(self, path: str) -> SourceFile | None:
        """A file of the application; what a compiler made of another one is none."""
        stem, dot, ending = path.rpartition(".")
        if ending in {"js", "mjs", "cjs"} and any(self.files.exists(f"{stem}{dot}{other}") for other in ("ts", "mts")):
            return None
        try:
            return self.files.read(path)
        except Refused:
            return None


_FRAME = re.compile(r"\(?(?:file://)?((?:/|[A-Za-z]:[\\/]).+?):(\d+):(\d+)\)?$")
_FOREIGN = re.compile(r"node_modules|node:internal|site-packages")
_BRACKET = re.compile(r"""[()\[\]{}]|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'""")
_CALLED = re.compile(r"new\s+[\w.]+|[\w.]+(?=\s*(?:<[^<>()]*>)?\s*\()")


def _call(file: SourceFile, line: int, column: int) -> Span | None:
    """The call at a line and column; none where the position is that of some other text, as a transpiler's may be."""
    if line > file.line_count or column > len(file.line(line)):
        return None
    start = file.line_start(line) + column - 1
    found = _CALLED.match(file.text, start)
    return Span(file, start, found.end()) if found else None


def _end(text: str, start: int) -> int:
    """Where the arguments of a call end: at the bracket that closes the first one, texts aside."""
    depth = 0
    for found in _BRACKET.finditer(text, start):
        char = found.group()
        if len(char) == 1:
            depth += 1 if char in "([{" else -1
            if depth <= 0:
                return found.end()
    return start


def _fits(made: Made, name: str) -> bool:
    return re.fullmatch(made.id, name) is not None


def _follows(made: Made, before: Made | None, types: frozenset[str]) -> bool:
    """Whether a construct may stand directly in the one made before: in its class, or with its variable as scope."""
    if before is None:
        return True
    inside = made.around == before.type and before.type in types
    beside = made.around == before.around and bool(before.variable) and made.scope == before.variable
    return (inside and (made.scope in SELF or made.span.file.path.endswith(".go"))) or beside


def _text(file: SourceFile) -> Iterator[Made]:
    """The constructs made in a program that is read as text."""
    classes = [(found.start(), found.group(1)) for found in _CLASS.finditer(file.text)]
    starts = [start for start, _ in classes]
    for found in _MADE.finditer(file.text):
        if found.group("bare") and found.group("scope") not in SELF:
            continue
        start = found.start("callee")
        assigned = _ASSIGNED.search(file.text[max(start - 300, 0) : start])
        around = bisect_left(starts, start)
        callee = re.sub(r"\s|^new\b|<.*", "", found.group("callee"))
        type = callee.removesuffix(".create").removesuffix(".Builder").rpartition(".")[2]
        yield Made(
            Span(file, start, found.end("callee")),
            type,
            classes[around - 1][1] if around else "",
            _last(found.group("scope")),
            _last(assigned.group(1)) if assigned else "",
            _expression(found.group("id") or "${}", found.group("quote") in {"`", None}),
        )


def _last(name: str) -> str:
    """A variable's own name: `this.cluster` is `cluster`, `this` itself stays."""
    return name.rpartition(".")[2]


def _expression(id: str, has_holes: bool) -> str:
    """An id as an expression; a hole is any text."""
    if not has_holes:
        return re.escape(id)
    pieces = _HOLE.split(id)
    return "[^/]*".join(re.escape(piece) for piece in pieces)


def _python(file: SourceFile) -> Iterator[Made]:
    """The constructs made in a Python program."""
    from ecslint.frontends.cloudformation.pythonsource import calls

    for call in calls(file):
        id = _expression(call.id, call.holes)
        yield Made(call.span, call.type, call.around, _last(call.scope), _last(call.variable), id)
