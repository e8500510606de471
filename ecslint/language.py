"""What a text with holes can be: regular languages and questions about them with three answers.

A text is a row of pieces: literals, holes whose shape is a regular expression, and atoms (the same unknown thing
on both sides of a question, whatever it is). `compare` walks the text's automaton and the pattern's together and
says whether some reading of the text matches and whether some reading does not: certainly, possibly, or never.
Nothing is guessed, so "maybe" is the only price of a hole.

The expressions are a subset of `re` with `re.ASCII | re.DOTALL`, matched against the whole text: literals, `.` (any
character), classes, `\\d \\w \\s \\n \\t \\r`, punctuation behind a backslash, groups (none of them captures), `|`,
`* + ? {m} {m,} {m,n}`. Anything else is an error, never another meaning. Characters are bits of an integer: the ASCII
ones, one bit for each other character or atom that a question names, and one for all the rest.
"""

from __future__ import annotations

from functools import lru_cache
from operator import itemgetter

from ecslint.lean import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import NoReturn

    from typing_extensions import Self


class _Piece(tuple):  # type: ignore[type-arg]  # subscribing it takes time
    """Equal to a piece of its own kind with the same text, which is why its kind stands in it."""

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        return tuple.__new__(cls, (cls, text))

    if TYPE_CHECKING:
        text: str
    else:
        text = property(itemgetter(1))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.text!r})"


class Literal(_Piece):
    """Exactly these characters."""

    __slots__ = ()


class Shape(_Piece):
    """Any text that the regular expression matches as a whole."""

    __slots__ = ()


class Glob(_Piece):
    """IAM's wildcards: `*` is any text, `/` included, and `?` any one character."""

    __slots__ = ()


class Atom(NamedTuple):
    """One unknown thing, equal to itself only; `identity` is hashable."""

    identity: object


if TYPE_CHECKING:
    Piece = Literal | Shape | Glob | Atom

ANYTHING = Shape(".*")

LONGEST = 65536
"""How many characters a question may have on either side; of a longer one the answer is "maybe"."""

MOST_STEPS = 400_000
"""How many states a question may visit (about a second's worth) before the answer is "maybe"."""

_ASCII = 128
_CLASSES = {"d": "0-9", "w": "0-9A-Za-z_", "s": " \t\n\r\f\v"}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
_META = frozenset("*+?{^$")


class _Alphabet:
    """The bits of one question. `every` are those of characters, without those of atoms."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.bits: dict[object, int] = {}
        self.atoms = 0
        for piece in pieces:
            named = [piece] if isinstance(piece, Atom) else [c for c in piece.text if ord(c) >= _ASCII]
            for thing in named:
                bit = self.bits.setdefault(thing, _ASCII + 1 + len(self.bits))
                self.atoms |= (1 << bit) * isinstance(thing, Atom)
        self.every = ((1 << (_ASCII + 1 + len(self.bits))) - 1) & ~self.atoms

    def bit(self, thing: object) -> int:
        if isinstance(thing, str) and ord(thing) < _ASCII:
            return 1 << ord(thing)
        return 1 << self.bits[thing]


MOST_REMEMBERED = 1024
"""How many steps a machine remembers."""

DEAD: frozenset[int] = frozenset()
"""Where nothing matches any more."""


class _Machine:
    """A nondeterministic automaton of some pieces; a state is an index. `anything` is what `.*` loops over.

    It remembers where each step led, and so becomes deterministic as far as it is asked. `blind` says that some states
    may lead nowhere, `sure` are those from which everything matches (a `.*` with nothing behind it), and `all` stands
    for any set that holds one of these.
    """

    def __init__(self, pieces: Sequence[Piece], alphabet: _Alphabet, anything: int) -> None:
        self.alphabet = alphabet
        self.anything = anything
        self.silent: list[list[int]] = [[]]
        self.moves: list[list[tuple[int, int]]] = [[]]
        self._cuts: dict[frozenset[int], tuple[int, ...]] = {}
        self._steps: dict[tuple[frozenset[int], int], frozenset[int]] = {}
        self._after: dict[tuple[Piece, frozenset[int]], tuple[frozenset[frozenset[int]], int]] = {}
        self.blind = False
        self.end = 0
        for piece in pieces:
            self.end = self.add(self.end, piece)
        loops = [state for state, moves in enumerate(self.moves) if (anything, state) in moves]
        self.sure = frozenset(state for state in loops if self.end in self.closure([state]))
        self.all = self.closure([min(self.sure)]) if self.sure else DEAD
        self.start = self.settled(self.closure([0]))

    def state(self) -> int:
        self.silent.append([])
        self.moves.append([])
        return len(self.silent) - 1

    def step(self, start: int, mask: int) -> int:
        end = self.state()
        self.blind = self.blind or not mask
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
            return _Expression(self, piece.text).build(start)
        for char in piece.text:
            if isinstance(piece, Glob) and char == "*":
                start = self.loop(start, self.anything)
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

    def ends(self, states: frozenset[int]) -> bool:
        """Whether the end can be reached."""
        if not self.blind:
            return bool(states)
        seen = set(states)
        todo = list(states)
        while todo:
            state = todo.pop()
            new = {*self.silent[state], *(to for mask, to in self.moves[state] if mask)} - seen
            seen |= new
            todo += new
        return self.end in seen

    def settled(self, states: frozenset[int]) -> frozenset[int]:
        """The states, by one name for all from which everything matches."""
        return states if states.isdisjoint(self.sure) else self.all

    def cuts(self, states: frozenset[int]) -> tuple[int, ...]:
        """The sets of characters on which it can go on, each once."""
        found = self._cuts.get(states)
        if found is None:
            found = tuple(dict.fromkeys(mask for state in states for mask, _ in self.moves[state]))
            if len(self._cuts) < MOST_REMEMBERED:
                self._cuts[states] = found
        return found

    def advance(self, states: frozenset[int], mask: int) -> frozenset[int]:
        """Where any of the characters leads."""
        key = (states, mask)
        found = self._steps.get(key)
        if found is None:
            found = self.settled(self.closure(to for state in states for move, to in self.moves[state] if move & mask))
            if len(self._steps) < MOST_REMEMBERED:
                self._steps[key] = found
        return found

    def after(self, piece: Piece, states: frozenset[int], most: int) -> tuple[frozenset[frozenset[int]], int]:
        """Where the readings of a piece lead from here, and what it cost to find out. Raises `_TooLarge`."""
        key = (piece, states)
        found = self._after.get(key)
        if found is None:
            literal = isinstance(piece, Literal)
            found = self._spelled(piece.text, states) if literal else self._read(piece, states, most)  # type: ignore[union-attr]
            if len(self._after) < MOST_REMEMBERED:
                self._after[key] = found
        return found

    def _spelled(self, text: str, states: frozenset[int]) -> tuple[frozenset[frozenset[int]], int]:
        steps = 0
        for char in text:
            if not states or states is self.all:
                break
            steps += len(states)
            states = self.advance(states, self.alphabet.bit(char))
        return frozenset((states,)), steps

    def _read(self, piece: Piece, states: frozenset[int], most: int) -> tuple[frozenset[frozenset[int]], int]:
        left = _plain((piece,)) if self.alphabet is _PLAIN else _Machine((piece,), self.alphabet, self.alphabet.every)
        start = (left.start, states)
        seen = {start}
        todo = [start]
        found = set()
        steps = 0
        while todo:
            ours, theirs = todo.pop()
            if not theirs or theirs is self.all:
                # Whatever comes now fails, or matches; it only has to come to an end.
                if left.ends(ours):
                    found.add(theirs)
                continue
            if left.end in ours:
                found.add(theirs)
            for mask in _blocks(left.cuts(ours), self.cuts(theirs)):
                pair = (left.advance(ours, mask), self.advance(theirs, mask))
                steps += len(ours) + len(theirs)
                if steps > most:
                    raise _TooLarge
                if pair not in seen:
                    seen.add(pair)
                    todo.append(pair)
        return frozenset(found), steps


class _Expression:
    """A recursive descent over one regular expression that builds it into a machine."""

    def __init__(self, machine: _Machine, pattern: str) -> None:
        self.machine = machine
        self.pattern = pattern
        self.at = 0

    def build(self, start: int) -> int:
        end = self.choice(start)
        if self.at != len(self.pattern):
            self.wrong("it is unbalanced")
        return end

    def wrong(self, why: str) -> NoReturn:
        raise ValueError(f"{why}: {self.pattern!r}, character {self.at}")

    def peek(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def take(self) -> str:
        char = self.peek()
        if not char:
            self.wrong("it is unfinished")
        self.at += 1
        return char

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
        if (least, most) == (0, None) and self.pattern[began : self.at] == ".*":
            return self.machine.loop(start, self.machine.anything)
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
        self.machine.blind = self.machine.blind or most == 0
        for state in [*skips, *([] if most == 0 else [end])]:
            self.machine.silent[state].append(final)
        return final

    def bounds(self) -> tuple[int, int | None]:
        """How often what was just read comes: at least, and at most, with None for "as often as you like"."""
        simple: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
        found: tuple[int, int | None] = (1, 1)
        if self.peek() in simple:
            found = simple[self.take()]
        elif self.peek() == "{":
            low, comma, high = self.pattern[self.at + 1 :].partition("}")[0].partition(",")
            self.at += len(low) + len(comma) + len(high) + 2
            if not low.isdecimal() or not (high.isdecimal() or not high):
                self.wrong("it repeats in a way not known here")
            found = (int(low), int(high) if high else None if comma else int(low))
            if found[1] is not None and found[1] < found[0]:
                self.wrong("it repeats at least more often than at most")
        else:
            return found
        if self.peek() and self.peek() in _META:
            self.wrong("nothing can be repeated here")
        return found

    def atom(self, start: int) -> int:
        char = self.take()
        if char == "(":
            if self.peek() == "?":
                if not self.pattern.startswith("?:", self.at):
                    self.wrong("this kind of group is not known here")
                self.at += 2
            end = self.choice(start)
            if self.take() != ")":
                self.wrong("it is unbalanced")
            return end
        if char == "[":
            return self.machine.step(start, self.charset())
        if char == ".":
            return self.machine.step(start, self.machine.alphabet.every)
        if char == "\\":
            return self.machine.step(start, self.escaped())
        if char in _META:
            self.wrong(f"`{char}` cannot stand here")
        return self.machine.step(start, self.machine.alphabet.bit(char))

    def escaped(self) -> int:
        """The characters that an escape stands for; the backslash has been read."""
        if self.peek() in _CLASSES:
            return self.ranges(_CLASSES[self.take()])
        return self.machine.alphabet.bit(self.meant())

    def meant(self) -> str:
        """The one character that stands behind a backslash."""
        char = self.take()
        if char in _ESCAPES:
            return _ESCAPES[char]
        if char.isascii() and char.isalnum():
            self.wrong(f"the escape `\\{char}` is not known here")
        return char

    def charset(self) -> int:
        negated = self.peek() == "^"
        self.at += negated
        mask = 0
        first = True
        while first or self.peek() != "]":
            first = False
            mask |= self.member()
        self.take()
        return self.machine.alphabet.every & ~mask if negated else mask

    def member(self) -> int:
        """One character, class or range between square brackets."""
        char = self.take()
        if char == "\\":
            if self.peek() in _CLASSES:
                if self.pattern.startswith("-", self.at + 1) and not self.pattern.startswith("-]", self.at + 1):
                    self.wrong("a class cannot begin a range")
                return self.escaped()
            char = self.meant()
        if self.peek() != "-" or self.pattern.startswith("-]", self.at):
            return self.machine.alphabet.bit(char)
        self.take()
        last = self.take()
        if last == "\\":
            last = self.meant()
        if not char <= last < chr(_ASCII):
            self.wrong("a range goes from one ASCII character up to another")
        return self.ranges(f"{char}-{last}")

    def ranges(self, text: str) -> int:
        mask = at = 0
        while at < len(text):
            if text[at + 1 : at + 2] == "-":
                first, last = ord(text[at]), ord(text[at + 2])
                mask |= (1 << (last + 1)) - (1 << first)
                at += 3
            else:
                mask |= self.machine.alphabet.bit(text[at])
                at += 1
        return mask


@lru_cache(maxsize=4096)
def compare(text: tuple[Piece, ...], pattern: tuple[Piece, ...]) -> tuple[bool, bool]:
    """Whether some reading of `text` matches all of `pattern`, and whether some reading does not.

    Both are true where the question is too large to be answered. Raises `ValueError` for an expression that is not of
    the subset.
    """
    # What holds of a text with its atoms as letters that only `.*` and they themselves match holds whatever they are.
    try:
        matches, fails = _walk(text, pattern)
        if any([isinstance(piece, Atom) for piece in (*text, *pattern)]):  # noqa: C419  # quicker
            matches = matches or _walk(tuple(_freed(text)), tuple(_freed(pattern)))[0]
    except _TooLarge:
        return True, True
    return matches, fails


@lru_cache(maxsize=4096)
def overlap(text: tuple[Piece, ...], pattern: tuple[Piece, ...]) -> bool:
    """Whether some reading of `text` matches all of `pattern`, whatever the atoms are; no where that is too large."""
    try:
        return _walk(text, pattern)[0]
    except _TooLarge:
        return False


class _TooLarge(Exception):
    """A question would take too long."""


def _freed(pieces: Iterable[Piece]) -> Iterator[Piece]:
    for piece in pieces:
        yield ANYTHING if isinstance(piece, Atom) else piece


def _walk(text: tuple[Piece, ...], pattern: tuple[Piece, ...]) -> tuple[bool, bool]:
    """Whether some reading matches, and whether some does not, with atoms as letters. Raises `_TooLarge`."""
    if _length(text) > LONGEST or _length(pattern) > LONGEST:
        raise _TooLarge
    right = _machine(text, pattern)
    fronts = frozenset((right.start,))
    left = MOST_STEPS
    for piece in text:
        reached: set[frozenset[int]] = set()
        for states in fronts:
            found, cost = right.after(piece, states, left)
            left -= cost
            if left < 0:
                raise _TooLarge
            reached |= found
        fronts = frozenset(reached)
    return any(right.end in states for states in fronts), any(right.end not in states for states in fronts)


def _length(pieces: Iterable[Piece]) -> int:
    return sum([len(piece.text) for piece in pieces if not isinstance(piece, Atom)])


def _machine(text: tuple[Piece, ...], pattern: tuple[Piece, ...]) -> _Machine:
    """The automaton of the pattern. Without atoms and foreign characters it serves every question about it."""
    if all([not isinstance(piece, Atom) and piece.text.isascii() for piece in (*text, *pattern)]):  # noqa: C419  # quicker
        return _plain(pattern)
    alphabet = _Alphabet([*text, *pattern])
    return _Machine(pattern, alphabet, alphabet.every | alphabet.atoms)


_PLAIN = _Alphabet(())


@lru_cache(maxsize=256)
def _plain(pieces: tuple[Piece, ...]) -> _Machine:
    return _Machine(pieces, _PLAIN, _PLAIN.every)


@lru_cache(maxsize=4096)
def _blocks(ours: tuple[int, ...], theirs: tuple[int, ...]) -> tuple[int, ...]:
    """The characters on which the text can go on, cut where either side tells two of them apart."""
    if len(ours) == 1 and not ours[0] & (ours[0] - 1):
        return ours
    blocks = [0]
    for mask in ours:
        blocks[0] |= mask
    for mask in dict.fromkeys((*ours, *theirs)):
        blocks = [part for block in blocks for part in (block & mask, block & ~mask) if part]
    return tuple(blocks)


def escape(text: str) -> str:
    """The expression that matches exactly `text`."""
    return "".join("\\" + char if char in ".^$*+?{}[]\\|()" else char for char in text)
