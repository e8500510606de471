"""The program beside an assembly: where in it a construct is made.

TypeScript, JavaScript, Java, C# and Go are searched as text for `new X(scope, 'Id'` and its like, Python as syntax. A
path is followed from the outside in: each construct stands in the class of the one around it, or beside that one with
its variable as scope. An id that is a variable may be any, so the place is the answer only where it is the one that is
left. Where more than one place is left, the construct around is the answer; nothing is guessed.
"""

from __future__ import annotations

import posixpath
import re

from ecslint.files import Refused
from ecslint.frontends.cloudformation.made import SELF, made_in
from ecslint.lean import TYPE_CHECKING
from ecslint.source import Authored, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecslint.files import Files
    from ecslint.frontends.cloudformation.made import Made
    from ecslint.source import SourceFile

ENDINGS = (".ts", ".mts", ".cts", ".js", ".mjs", ".cjs", ".py", ".java", ".kt", ".cs", ".go")
MOST_FILES = 2000
LARGEST = 1 << 20
PASSED_OVER = re.compile(
    r"node_modules|site-packages|\.?venv|env|__pycache__|dist|build|target|bin/Debug|obj|cdk\.out|asset\..*|\..*"
    r"|tests?|__tests__|coverage|vendor"
)
"""Folders that hold no program of the application's author, or one that only tests it."""

# Every repetition has a bound, so that no text takes long to search.
_CONTAINER = re.compile(
    r"\b(?P<name>[aA]dd_?[cC]ontainer)\s{0,99}\(\s{0,99}(?:\w{1,20}\.String\(\s{0,99}|id\s{0,9}=\s{0,9})?"
    r"""["'`](?P<id>[^"'`\n]{1,200})["'`]"""
)

_NAMED = r"""\b[cC]ontainer_?[nN]ame\s{{0,9}}[:=(]\s{{0,9}}["'`]{}["'`]"""


class Sources:
    """The program of an application. `folder` is relative to the boundary; nothing is read before it is asked for.

    `command` is how it is run, as `cdk.json` has it: of several programs in the folder it names the one that is meant.
    `reads` is told of every file that was read.
    """

    def __init__(self, files: Files, folder: str, command: str = "", reads: set[str] | None = None) -> None:
        self.files = files
        self.folder = folder
        self.command = command
        self.reads = set() if reads is None else reads
        self._programs: list[SourceFile] | None = None
        self._made: list[Made] | None = None
        self._by_file: dict[str, list[Made]] = {}
        self._types: frozenset[str] | None = None

    @property
    def made(self) -> list[Made]:
        """Every place where a construct is made, in the order of files and lines."""
        if self._made is None:
            self._made = []
            for file in self.programs:
                self._made += self._made_in(file)
        return self._made

    def _made_in(self, file: SourceFile) -> list[Made]:
        """The places in one file, whether or not the others were read."""
        if file.path not in self._by_file:
            self._by_file[file.path] = made_in(file)
        return self._by_file[file.path]

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

    @property
    def pythons(self) -> list[SourceFile]:
        """The programs in Python."""
        return [file for file in self.programs if file.path.endswith(".py")]

    def _read(self) -> Iterator[SourceFile]:
        for count, path in enumerate(self._paths(self.folder)):
            if count == MOST_FILES:
                return
            self.reads.add(path)
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

    def find(self, path: str) -> Authored | None:
        """Where the construct at a path is made, or the one around it that can be told for certain."""
        before: Made | None = None
        names = path.split("/")
        depth = 0
        for name in names:
            matching = [made for made in self.made if _fits(made, name) and _follows(made, before, self.types)]
            exact = [made for made in matching if made.id == re.escape(name)]
            found = exact or matching
            if len(found) > 1 and before is None:
                found = [made for made in found if not self._within(made)] or found
            if len(found) > 1 and before is None:
                found = [made for made in found if self._run(made.span.file)]
            if len(found) != 1:
                break
            before = found[0]
            depth += 1
        return Authored(before.span, "/".join(names[:depth])) if before is not None else None

    def makes(self, span: Span, path: str) -> str:
        """The part of a path that a call makes, as the id in it says; empty where none does."""
        names = path.split("/")
        for made in self._made_in(span.file):
            if made.span.start == span.start:
                depths = [depth for depth, name in enumerate(names, 1) if _fits(made, name)]
                return "/".join(names[: depths[-1]]) if depths else ""
        return ""

    def _within(self, made: Made) -> bool:
        """Whether a place makes something inside of a construct of the program, which the application is not."""
        return made.scope in SELF and any(made.around == other.type for other in self.made)

    def _run(self, file: SourceFile) -> bool:
        """Whether a file is what the command runs."""
        return file.path.removeprefix(f"{self.folder}/") in self.command

    def container(self, name: str, file: SourceFile | None) -> Span | None:
        """Where a container is added to a task definition: the one place in the file, or in all, that names it.

        Its name is its id, unless the call gives it another.
        """
        calls = [
            (call, Span(program, call.start("name"), call.end("name")))
            for program in ([file] if file is not None else self.programs)
            for call in _CONTAINER.finditer(program.text)
        ]
        named = re.compile(_NAMED.format(re.escape(name)))
        found = [span for call, span in calls if call.group("id") == name] or [
            span for _, span in calls if named.search(span.file.text, span.end, _end(span.file.text, span.end))
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
        self.reads.add(path)
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
