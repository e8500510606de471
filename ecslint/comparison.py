"""Questions about two texts: whether one equals, covers or reaches the other, whatever fills their holes."""

from __future__ import annotations

from ecslint.answer import MAYBE, NO, YES, Answer
from ecslint.language import ANYTHING, Glob, Literal, Shape, compare, overlap
from ecslint.lean import TYPE_CHECKING
from ecslint.text import Ref, Text, Unknown, atom

if TYPE_CHECKING:
    from ecslint.language import Piece
    from ecslint.value import Value


UNIQUE = frozenset({"arn", "id"})
"""The attributes that no two resources of a kind share. Names may be equal, in two networks or two accounts."""


def matched(text: tuple[Piece, ...], pattern: tuple[Piece, ...]) -> Answer:
    """Whether a text matches a pattern: YES and NO whatever fills the holes of either."""
    matches, fails = compare(text, pattern)
    return (YES if not fails else MAYBE) if matches else NO


def equal(one: Value, two: Value) -> Answer:
    """Whether two values have the same text. A hole that stands in both is the same whatever fills it."""
    first, second = (Text((item.data,)) if isinstance(item.data, Unknown) else item.data for item in (one, two))
    if isinstance(first, Text) and isinstance(second, Text):
        if first.same(second):
            return YES
        if _distinct(first, second):
            return NO
    mine, theirs = one.pieces(), two.pieces()
    if mine is None or theirs is None:
        if isinstance(one.data, Unknown) or isinstance(two.data, Unknown):
            return MAYBE
        return NO if (mine is None) != (theirs is None) else Answer.of(one.data is two.data) | MAYBE
    answer = matched(mine, theirs)
    certain = all(isinstance(piece, Literal) for piece in (*mine, *theirs))
    return answer if certain or answer.no else MAYBE


def covers(pattern: Value, text: Value) -> Answer:
    """Whether a pattern with IAM's wildcards matches all of a text."""
    mine, theirs = patterns(pattern), text.pieces()
    if mine is None or theirs is None:
        return MAYBE if isinstance(pattern.data, Unknown) else NO
    if not compare(_atoms(text, Literal), _atoms(pattern, Glob))[1]:
        return YES
    if _apart(pattern, text):
        return NO
    matches, fails = compare(theirs, mine)
    certain = all(isinstance(piece, Glob) for piece in mine)
    return NO if not matches else YES if certain and not fails else MAYBE


def reaches(pattern: Value, start: Value, rest: str) -> Answer:
    """Whether a pattern with IAM's wildcards matches any text that begins so and goes on as an expression says."""
    mine, begun = patterns(pattern), start.pieces()
    if mine is None or begun is None:
        return MAYBE if isinstance(pattern.data, Unknown) else NO
    if overlap((*_atoms(start, Literal), Shape(rest)), _atoms(pattern, Glob)):
        return YES
    if _apart(pattern, start, rest) or not compare((*begun, Shape(rest)), mine)[0]:
        return NO
    certain = all(isinstance(piece, (Glob, Literal)) for piece in (*mine, *begun))
    return YES if certain else MAYBE


def _distinct(one: Text, two: Text) -> bool:
    """Whether both are such an attribute, of two resources that the project makes."""
    if len(one.parts) != 1 or len(two.parts) != 1:
        return False
    first, second = one.parts[0], two.parts[0]
    if not isinstance(first, Ref) or not isinstance(second, Ref) or first.attribute not in UNIQUE:
        return False
    mine, theirs = first.resource, second.resource
    made = mine.managed and theirs.managed and mine.kind == theirs.kind and bool(mine.kind)
    return made and mine is not theirs and first.attribute == second.attribute


def patterns(value: Value) -> tuple[Piece, ...] | None:
    """The text as a pattern with IAM's wildcards; None where nobody knows."""
    pieces = value.pieces()
    if pieces is None or isinstance(value.data, Unknown):
        return None
    return tuple(Glob(piece.text) if isinstance(piece, Literal) else piece for piece in pieces)


def _atoms(value: Value, literal: type[Literal | Glob]) -> tuple[Piece, ...]:
    """The text with each hole as a thing of its own, equal to itself only."""
    parts = value.data.parts if isinstance(value.data, Text) else (value.string or "",)
    return tuple(literal(part) if isinstance(part, str) else atom(part) for part in parts)


def _apart(one: Value, two: Value, rest: str = "") -> bool:
    """Whether no reading of the two is equal, because both begin with the ARN or id of a resource, and not the same.

    Both must end there or go on with the same delimiter, which neither text can hold: `${a.arn}*` may well match
    `${b.arn}`, as one name may begin with the other. `rest` is the expression for what follows the second text.
    """
    first, second = _begun(one), _begun(two)
    if first is None or second is None or not _distinct(Text(first[:1]), Text(second[:1])):
        return False
    (mine, after), (theirs, then) = first, second
    ends = {after, then or rest[:1]} - {""}
    delimited = len(ends) < 2 and ends <= {"/", ":"}
    return delimited and not any(_may_hold(ref, char) for ref in (mine, theirs) for char in ends)


def _begun(value: Value) -> tuple[Ref, str] | None:
    """The reference that a text begins with, and the character behind it; None where there is no such thing."""
    first, *rest = value.data.parts if isinstance(value.data, Text) else ("",)
    if not isinstance(first, Ref) or (rest and not isinstance(rest[0], str)):
        return None
    return first, str(rest[0])[:1] if rest else ""


def _may_hold(ref: Ref, char: str) -> bool:
    """Whether what is not known of a reference's text can hold a character."""
    pieces = Text((ref,)).pieces()
    unknown = (piece for piece in pieces if not isinstance(piece, Literal))
    return any(compare((piece,), (ANYTHING, Literal(char), ANYTHING))[0] for piece in unknown)
