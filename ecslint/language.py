"""What a text with holes can be: regular languages and questions about them with three answers.

A text is a row of pieces: literals, holes whose shape is a regular expression, and atoms (the same unknown thing
on both sides of a question, whatever it is). `compare` walks the text's automaton and the pattern's together and
says whether some reading of the text matches and whether some reading does not: certainly, possibly, or never.
Nothing is guessed, so "maybe" is the only price of a hole.

The expressions are a subset of `re`, matched against the whole text: literals, `.` (any character), classes,
`\\d \\w \\s`, groups, `|`, `* + ? {m,n}`. Characters are bits of an integer: the ASCII ones, one bit for each other
character or atom that a question names, and one for all the rest.
"""

from __future__ import annotations

from functools import lru_cache

from ecslint.lean import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Literal(NamedTuple):
    """Exactly these characters."""

    text: str


class Shape(NamedTuple):
    """Any text that the regular expression matches as a whole."""

    pattern: str


class Glob(NamedTuple):
    """IAM's wildcards: `*` is any text, `/` included, and `?` any one character."""

    text: str


class Atom(NamedTuple):
    """One unknown thing, equal to itself only; `identity` is hashable."""

    identity: object


if TYPE_CHECKING:
    Piece = Literal | Shape | Glob | Atom

ANYTHING = Shape(".*")

_ASCII = 128
_CLASSES = {"d": "0-9", "w": "0-9A-Za-z_", "s": " \t\n\r\f\v"}


class _Alphabet:
    """The bits of one question."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.bits: dict[object, int] = {}
        for piece in pieces:
            named = [piece] if isinstance(piece, Atom) else [c for c in piece[0] if ord(c) >= _ASCII]
            for thing in named:
                self.bits.setdefault(thing, _ASCII + 1 + len(self.bits))
        self.every = (1 << (_ASCII + 1 + len(self.bits))) - 1

    def bit(self, thing: object) -> int:
        if isinstance(thing, str) and ord(thing) < _ASCII:
            return 1 << ord(thing)
        return 1 << self.bits[thing]


class _Machine:
    """A nondeterministic automaton under construction; a state is an index, `end` the last one made."""

    def __init__(self, alphabet: _Alphabet) -> None:
        self.alphabet = alphabet
        self.silent: list[list[int]] = [[]]
        self.moves: list[list[tuple[int, int]]] = [[]]

    def state(self) -> int:
        self.silent.append([])
        self.moves.append([])
        return len(self.silent) - 1

    def step(self, start: int, mask: int) -> int:
        end = self.state()
        self.moves[start].append((mask, end))
        return end

    def loop(self, start: int, mask: int) -> int:
        middle, end = self.state(), self.state()
        self.silent[start].append(middle)
        self.moves[middle].append((mask, middle))
        self.silent[middle].append(end)
        return end

    def add(self, start: int, piece: Piece) -> int:
        bit, every = self.alphabet.bit, self.alphabet.every
        if isinstance(piece, Atom):
            return self.step(start, bit(piece))
        if isinstance(piece, Shape):
            return _Expression(self, piece.pattern).build(start)
        for char in piece.text:
            if isinstance(piece, Glob) and char == "*":
                start = self.loop(start, every)
            else:
                start = self.step(start, every if isinstance(piece, Glob) and char == "?" else bit(char))
        return start

    def closure(self, states: Iterable[int]) -> frozenset[int]:
        seen = set(states)
        todo = list(seen)
        while todo:
            for state in self.silent[todo.pop()]:
                if state not in seen:
                    seen.add(state)
                    todo.append(state)
        return frozenset(seen)

    def outgoing(self, states: Iterable[int]) -> list[tuple[int, int]]:
        return [move for state in states for move in self.moves[state]]


class _Expression:
    """A recursive descent over one regular expression that builds it into a machine."""

    def __init__(self, machine: _Machine, pattern: str) -> None:
        self.machine = machine
        self.pattern = pattern
        self.at = 0

    def build(self, start: int) -> int:
        end = self.choice(start)
        if self.at != len(self.pattern):
            raise ValueError(f"unbalanced expression {self.pattern!r}")
        return end

    def peek(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def take(self) -> str:
        self.at += 1
        return self.pattern[self.at - 1]

    def choice(self, start: int) -> int:
        ends = [self.sequence(start)]
        while self.peek() == "|":
            self.take()
            ends.append(self.sequence(start))
        if len(ends) == 1:
            return ends[0]
        end = self.machine.state()
        for branch in ends:
            self.machine.silent[branch].append(end)
        return end

    def sequence(self, start: int) -> int:
        while self.peek() not in {"", "|", ")"}:
            start = self.repeated(start)
        return start

    def repeated(self, start: int) -> int:
        began = self.at
        # A state of its own keeps a loop back from leaking into the other branches that leave `start`.
        first = self.machine.state()
        self.machine.silent[start].append(first)
        end = self.atom(first)
        least, most = self.bounds()
        if (least, most) == (1, 1):
            return end
        resume = self.at
        for _ in range(1, least):
            self.at = began
            end = self.atom(first := end)
        skips = [start] if least == 0 else []
        if most is None:
            again = self.machine.state()
            self.machine.silent[end].append(again)
            self.machine.silent[again].append(first)
            end = again
        else:
            for _ in range(max(least, 1), most):
                skips.append(end)
                self.at = began
                end = self.atom(end)
        self.at = resume
        final = self.machine.state()
        for state in [*skips, end]:
            self.machine.silent[state].append(final)
        return final

    def bounds(self) -> tuple[int, int | None]:
        simple: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
        if self.peek() in simple:
            return simple[self.take()]
        if self.peek() != "{":
            return 1, 1
        close = self.pattern.index("}", self.at)
        low, comma, high = self.pattern[self.at + 1 : close].partition(",")
        self.at = close + 1
        return int(low), int(high) if high else None if comma else int(low)

    def atom(self, start: int) -> int:
        char = self.take()
        if char == "(":
            if self.pattern.startswith("?:", self.at):
                self.at += 2
            end = self.choice(start)
            if self.peek() != ")":
                raise ValueError(f"unbalanced expression {self.pattern!r}")
            self.take()
            return end
        if char == "[":
            return self.machine.step(start, self.charset())
        if char == ".":
            return self.machine.step(start, self.machine.alphabet.every)
        if char == "\\":
            return self.machine.step(start, self.escaped())
        return self.machine.step(start, self.machine.alphabet.bit(char))

    def escaped(self) -> int:
        char = self.take()
        if char in _CLASSES:
            return self.ranges(_CLASSES[char])
        return self.machine.alphabet.bit({"n": "\n", "t": "\t", "r": "\r"}.get(char, char))

    def charset(self) -> int:
        negated = self.peek() == "^"
        self.at += negated
        mask = 0
        first = True
        while first or self.peek() != "]":
            first = False
            if self.peek() == "\\":
                self.take()
                mask |= self.escaped()
            elif self.pattern[self.at + 1] == "-" and self.pattern[self.at + 2] != "]":
                mask |= self.ranges(self.pattern[self.at : self.at + 3])
                self.at += 3
            else:
                mask |= self.machine.alphabet.bit(self.take())
        self.take()
        return self.machine.alphabet.every & ~mask if negated else mask

    def ranges(self, text: str) -> int:
        mask = at = 0
        while at < len(text):
            if text[at + 1 : at + 2] == "-":
                for code in range(ord(text[at]), ord(text[at + 2]) + 1):
                    mask |= self.machine.alphabet.bit(chr(code))
                at += 3
            else:
                mask |= self.machine.alphabet.bit(text[at])
                at += 1
        return mask


@lru_cache(maxsize=4096)
def compare(text: tuple[Piece, ...], pattern: tuple[Piece, ...]) -> tuple[bool, bool]:
    """Whether some reading of `text` matches all of `pattern`, and whether some reading does not.

    Raises `ValueError` for an expression that is not of the subset.
    """
    alphabet = _Alphabet([*text, *pattern])
    left, left_end = _build(text, alphabet)
    right, right_end = _build(pattern, alphabet)
    start = (left.closure([0]), right.closure([0]))
    seen = {start}
    todo = [start]
    matches = fails = False
    while todo and not (matches and fails):
        ours, theirs = todo.pop()
        if left_end in ours:
            matches = matches or right_end in theirs
            fails = fails or right_end not in theirs
        for mask in _split(ours, theirs, left, right):
            pair = (_advance(left, ours, mask), _advance(right, theirs, mask))
            if pair not in seen:
                seen.add(pair)
                todo.append(pair)
    return matches, fails


def _build(pieces: Sequence[Piece], alphabet: _Alphabet) -> tuple[_Machine, int]:
    machine = _Machine(alphabet)
    end = 0
    for piece in pieces:
        end = machine.add(end, piece)
    return machine, end


def _split(ours: frozenset[int], theirs: frozenset[int], left: _Machine, right: _Machine) -> list[int]:
    """The characters on which the text can go on, cut where either side tells two of them apart."""
    cuts = [mask for mask, _ in left.outgoing(ours)]
    blocks = [0]
    for mask in cuts:
        blocks[0] |= mask
    for mask in {*cuts, *(mask for mask, _ in right.outgoing(theirs))}:
        blocks = [part for block in blocks for part in (block & mask, block & ~mask) if part]
    return blocks


def _advance(machine: _Machine, states: frozenset[int], mask: int) -> frozenset[int]:
    return machine.closure(target for move, target in machine.outgoing(states) if move & mask)


def escape(text: str) -> str:
    """The expression that matches exactly `text`."""
    return "".join("\\" + char if char in ".^$*+?{}[]\\|()" else char for char in text)
