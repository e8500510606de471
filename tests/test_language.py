"""The automaton says what `re` says of known texts, and what holds of every reading of texts with holes."""

from __future__ import annotations

import itertools
import re
import time
import warnings
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import SOON

from ecslint.facts.attributes import ATTRIBUTES, HOLES
from ecslint.language import ANYTHING, LONGEST, Atom, Glob, Literal, Shape, compare, escape, overlap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ecslint.language import Piece

FLAGS = re.ASCII | re.DOTALL

ALPHABET = "ab:é"
TEXTS = st.text(ALPHABET, max_size=6)

# Every construct of the subset, over characters that the texts hold.
_UNITS = st.sampled_from(
    [
        "a",
        "b",
        ":",
        "é",
        ".",
        "[ab]",
        "[^a]",
        "[^:é]",
        "[a-c:]",
        "[é-]",
        "[]a]",
        "[^]]",
        "\\w",
        "\\d",
        "\\s",
        "\\.",
        "[\\w:]",
    ]
)
_QUANTIFIERS = st.sampled_from(["", "", "*", "+", "?", "{2}", "{0}", "{0,0}", "{1,}", "{0,2}", "{2,3}"])


def _extended(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    group = st.builds("{}{}{}".format, st.sampled_from(["(", "(?:"]), inner, st.just(")"))
    return (
        st.builds("{}{}".format, group, _QUANTIFIERS)
        | st.builds("{}{}".format, inner, inner)
        | st.builds("{}|{}".format, inner, inner)
    )


EXPRESSIONS = st.recursive(st.builds("{}{}".format, _UNITS, _QUANTIFIERS) | st.just(""), _extended, max_leaves=6)


def _says_re(expression: str, text: str) -> bool:
    return re.fullmatch(expression, text, FLAGS) is not None


def _answer(text: Sequence[Piece], pattern: Sequence[Piece]) -> tuple[bool, bool]:
    return compare(tuple(text), tuple(pattern))


@settings(max_examples=600)
@given(EXPRESSIONS, TEXTS)
def test_a_known_text_matches_as_re_says(expression: str, text: str) -> None:
    matches = _says_re(expression, text)
    assert _answer([Literal(text)], [Shape(expression)]) == (matches, not matches)


@settings(max_examples=1500)
@given(
    st.text("ab-^$.*+?{}[]()|\\,:12dwsnDbAé", max_size=7), st.lists(TEXTS | st.text("ab\\-1D.", max_size=4), max_size=6)
)
def test_an_expression_is_refused_or_means_what_re_means(expression: str, texts: list[str]) -> None:
    try:
        found = [_answer([Literal(text)], [Shape(expression)])[0] for text in texts]
    except ValueError:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        assert found == [_says_re(expression, text) for text in texts]


@pytest.mark.parametrize(
    "expression",
    [
        *(
            "a+?",
            "a**",
            "a{2}{3}",
            "*a",
            "a|*b",
            "^a",
            "a$",
            "(?i)a",
            "(?=a)",
            "(?P<n>a)",
            "(?#x)",
            "\\b",
            "\\D",
            "\\1",
            "\\x41",
        ),
        *("a{,2}", "a{2,1}", "a{x}", "a{", "{2}", "[a", "[^", "[b-a]", "[a-é]", "[\\d-z]", "(a", "a)", "\\", "[\\"),
    ],
)
def test_what_is_not_of_the_subset_is_an_error(expression: str) -> None:
    with pytest.raises(ValueError, match="character"):
        _answer([Literal("a")], [Shape(expression)])


@pytest.mark.parametrize(
    "shape", sorted({*HOLES.values(), *(row[1] for kind in ATTRIBUTES.values() for row in kind.values())})
)
def test_every_declared_shape_is_of_the_subset(shape: str) -> None:
    expression = re.sub("<[a-z0-9]+>", "x", shape)
    matches, fails = _answer([Literal("arn:aws:x")], [Shape(expression)])
    assert matches is _says_re(expression, "arn:aws:x") is not fails


@given(st.text(st.characters(max_codepoint=127), max_size=8) | st.text(max_size=8), TEXTS)
def test_an_escaped_text_matches_itself_only(text: str, other: str) -> None:
    assert _answer([Literal(text)], [Shape(escape(text))]) == (True, False)
    assert _answer([Literal(other)], [Shape(escape(text))])[0] is (other == text)
    assert re.fullmatch(escape(text), text, FLAGS)


# Texts with holes. The shapes are finite, so that all readings can be tried.

_FINITE = {
    "[ab]": ["a", "b"],
    "a|b:|": ["a", "b:", ""],
    "[a:]{0,2}": ["", "a", ":", "aa", "a:", ":a", "::"],
    "(é|ab){1,2}": ["é", "ab", "éé", "éab", "abé", "abab"],
}


class Hole(NamedTuple):
    """A shape and all texts that match it."""

    shape: str
    readings: list[str]


_HOLES = st.sampled_from([Hole(shape, readings) for shape, readings in _FINITE.items()])
_PARTS = st.lists(st.text(ALPHABET, min_size=1, max_size=3) | _HOLES, max_size=4)


def _readings(parts: list[str | Hole]) -> Iterator[str]:
    for choice in itertools.product(*([part] if isinstance(part, str) else part.readings for part in parts)):
        yield "".join(choice)


def _pieces(parts: list[str | Hole]) -> list[Piece]:
    return [Literal(part) if isinstance(part, str) else Shape(part.shape) for part in parts]


@settings(max_examples=600)
@given(_PARTS, EXPRESSIONS)
def test_a_text_with_holes_has_the_answer_of_all_its_readings(parts: list[str | Hole], expression: str) -> None:
    answers = {_says_re(expression, reading) for reading in _readings(parts)}
    assert _answer(_pieces(parts), [Shape(expression)]) == (True in answers, False in answers)


@given(st.lists(TEXTS | st.just(None), min_size=1, max_size=4), st.lists(TEXTS, min_size=8, max_size=8), EXPRESSIONS)
def test_what_is_certain_of_a_hole_holds_whatever_fills_it(
    parts: list[str | None], fillings: list[str], expression: str
) -> None:
    pieces = [ANYTHING if part is None else Literal(part) for part in parts]
    matches, fails = _answer(pieces, [Shape(expression)])
    assert matches or fails
    for first, second in itertools.product(fillings, repeat=2):
        fill = itertools.cycle([first, second])
        answer = _says_re(expression, "".join(next(fill) if part is None else part for part in parts))
        assert matches if answer else fails


@pytest.mark.parametrize(
    ("text", "pattern", "answer"),
    [
        ([Literal("arn:aws:s3:::"), Shape("[a-z0-9.-]+")], [Shape("arn:aws:s3:::[^/]+")], "YES"),
        ([Literal("arn:aws:s3:::"), Shape("[a-z0-9.-]+")], [ANYTHING, Literal("/*")], "NO"),
        ([Literal("arn:aws:s3:::"), ANYTHING], [ANYTHING, Literal("/*")], "MAYBE"),
        ([ANYTHING], [ANYTHING], "YES"),
        ([ANYTHING, Literal("x")], [Shape("[^x]*")], "NO"),
        ([Literal("한국"), ANYTHING], [Literal("한"), ANYTHING], "YES"),
        ([Literal("한국"), ANYTHING], [Literal("국"), ANYTHING], "NO"),
        ([Shape("\\w+")], [Shape("[^한]*")], "YES"),
        ([Shape(".")], [Shape("[한국]")], "MAYBE"),
        ([Literal("line\nline")], [Shape("line.line")], "YES"),
        ([], [Shape("")], "YES"),
        ([], [Shape("a")], "NO"),
    ],
)
def test_three_answers(text: list[Piece], pattern: list[Piece], answer: str) -> None:
    assert _answer(text, pattern) == {"YES": (True, False), "NO": (False, True), "MAYBE": (True, True)}[answer]


# Globs


def _glob_as_re(pattern: str) -> str:
    return "".join(".*" if char == "*" else "." if char == "?" else re.escape(char) for char in pattern)


@settings(max_examples=400)
@given(TEXTS | st.text("ab/\n*?[", max_size=6), st.text("ab:é*?/[", max_size=6))
def test_a_glob_is_iams(text: str, pattern: str) -> None:
    matches = _says_re(_glob_as_re(pattern), text)
    assert _answer([Literal(text)], [Glob(pattern)]) == (matches, not matches)


@given(_PARTS, st.text("ab:é*?", max_size=6))
def test_a_glob_over_a_text_with_holes(parts: list[str | Hole], pattern: str) -> None:
    answers = {_says_re(_glob_as_re(pattern), reading) for reading in _readings(parts)}
    assert _answer(_pieces(parts), [Glob(pattern)]) == (True in answers, False in answers)


# Atoms: the same unknown thing on both sides

_ATOMS = st.sampled_from([Atom("x"), Atom("y")])
_TEXT_SIDE = st.lists(st.builds(Literal, TEXTS) | _ATOMS, min_size=1, max_size=4)
_PATTERN_SIDE = st.lists(
    st.builds(Glob, st.text("ab:*?", max_size=3)) | st.builds(Shape, EXPRESSIONS) | _ATOMS, min_size=1, max_size=4
)


def _filled(pieces: list[Piece], fillings: dict[object, str]) -> str:
    written = ""
    for piece in pieces:
        if isinstance(piece, Atom):
            written += re.escape(fillings[piece.identity])
        elif isinstance(piece, Glob):
            written += _glob_as_re(piece.text)
        else:
            written += f"(?:{piece.text})" if isinstance(piece, Shape) else re.escape(piece.text)
    return written


def _text(pieces: list[Piece], fillings: dict[object, str]) -> str:
    return "".join(fillings[piece.identity] if isinstance(piece, Atom) else piece.text for piece in pieces)


@settings(max_examples=600)
@given(_TEXT_SIDE, _PATTERN_SIDE, st.lists(st.text("ab:", max_size=3), min_size=5, max_size=5, unique=True))
def test_what_is_certain_of_an_atom_holds_whatever_it_is(
    text: list[Piece], pattern: list[Piece], fillings: list[str]
) -> None:
    matches, fails = _answer(text, pattern)
    assert matches or fails
    certain = overlap(tuple(text), tuple(pattern))
    for first, second in itertools.product(fillings, repeat=2):
        things: dict[object, str] = {"x": first, "y": second}
        answer = _says_re(_filled(pattern, things), _text(text, things))
        assert matches if answer else fails
        assert answer or not certain


@pytest.mark.parametrize(
    ("text", "pattern", "answer"),
    [
        ([Atom("bucket"), Literal("/key")], [Atom("bucket"), Glob("/*")], (True, False)),
        ([Literal("a"), Atom("x")], [Glob("*")], (True, False)),
        ([Literal("a"), Atom("x")], [Glob("b*")], (False, True)),
        ([Atom("x")], [Atom("y")], (True, True)),
        ([Atom("x")], [Glob("?")], (True, True)),
        ([Atom("x")], [Shape("[^:]*")], (True, True)),
        ([Atom("x"), Literal("b")], [Atom("x"), Glob("a")], (False, True)),
    ],
)
def test_an_atom_equals_itself_and_may_be_anything(
    text: list[Piece], pattern: list[Piece], answer: tuple[bool, bool]
) -> None:
    assert _answer(text, pattern) == answer


# Size


def test_a_question_that_is_too_large_is_maybe() -> None:
    hard = [Glob("*a" + "?" * 40)]
    start = time.perf_counter()
    assert _answer([Glob("*b" + "?" * 40)], hard) == (True, True)
    assert _answer([Literal("a" * (LONGEST + 1)), ANYTHING], [Literal("b"), ANYTHING]) == (True, True)
    assert time.perf_counter() - start < SOON


def test_a_long_text_with_a_hole_is_still_decided() -> None:
    text: list[Piece] = [Literal("echo hello\n" * 400), ANYTHING]
    assert _answer(text, [Literal("echo"), ANYTHING]) == (True, False)
    assert _answer(text, [Literal("curl"), ANYTHING]) == (False, True)


def test_pieces_of_different_kinds_are_never_taken_for_each_other() -> None:
    text = [Literal("abc")]
    assert _answer(text, [Glob("a*")]) == (True, False)
    assert _answer(text, [Literal("a*")]) == (False, True)
    assert _answer(text, [Shape("a*")]) == (False, True)
    assert len({Literal("a"), Glob("a"), Shape("a"), Atom("a"), Literal("a")}) == 4
