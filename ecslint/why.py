"""From what a person was told when a deployment failed to the rules that say so beforehand.

ECS's texts come wrapped by CloudFormation, Terraform, an SDK or a GitHub Action, broken over lines, in colour, and cut
off. They are matched by the literal runs of `Rule.symptoms`, by letters and digits alone; a text that holds only a part
of a symptom is matched by its words.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from ecslint.lean import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ecslint.rule import Rule

LONGEST = 1 << 16
"""How many characters of a text are looked at: its last ones, because a log ends with what went wrong."""

_COLOUR = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\))")
_ESCAPED = re.compile(r"\\[ntr]|\\u[0-9a-fA-F]{4}|%0[aA]|%25|&#?\w{2,5};")
_HOLE = re.compile(r"\{[a-z_]+\}")
_WORD = re.compile(r"[a-z0-9]+")

_GAP = 300
"""The most letters and digits that one hole of a symptom takes."""

_SHARE = 0.5
_RUN = 4
_LETTERS = 20
"""A part counts if it is half of the symptom or half of the text, in runs of at least four words or twenty letters."""


class Match(NamedTuple):
    """A rule, which of its symptoms was found, how many of its letters, and which share that is."""

    rule: type[Rule]
    symptom: str
    letters: int
    share: float


def why(text: str, rules: Iterable[type[Rule]]) -> list[Match]:
    """The rules whose symptoms a text holds, the best match first; each with its best symptom."""
    heard = _Heard(text)
    best: dict[str, Match] = {}
    for rule in rules:
        for symptom in rule.symptoms:
            match = heard.match(rule, symptom)
            if match is not None and (rule.id not in best or _rank(match) < _rank(best[rule.id])):
                best[rule.id] = match
    return sorted(best.values(), key=lambda match: (*_rank(match), match.rule.id))


def _rank(match: Match) -> tuple[bool, int, float]:
    """A whole symptom before a part of one, and the longer before the shorter."""
    return (match.share < 1, -match.letters, -match.share)


class _Heard:
    """A text, as it is compared."""

    def __init__(self, text: str) -> None:
        plain = _ESCAPED.sub(" ", _COLOUR.sub("", text[-LONGEST:])).lower()
        self.words = _WORD.findall(plain)
        self.letters = "".join(self.words)
        self.matcher: SequenceMatcher[str] = SequenceMatcher(None, (), self.words, autojunk=False)

    def match(self, rule: type[Rule], symptom: str) -> Match | None:
        runs = [_WORD.findall(run.lower()) for run in _HOLE.split(symptom)]
        total = sum(len(word) for run in runs for word in run)
        if self.holds(["".join(run) for run in runs if run]):
            return Match(rule, symptom, total, 1.0)
        found = sum(self.part(run) for run in runs)
        if found < _LETTERS or found < _SHARE * min(total, len(self.letters)):
            return None
        # Words may all be there and letters between them too, so a part that looks whole is still a part.
        return Match(rule, symptom, found, min(found / total, 0.99))

    def holds(self, runs: Sequence[str]) -> bool:
        """Whether the runs of a symptom stand here in order, with no more between them than a value may be long."""
        pattern = f".{{0,{_GAP}}}?".join(runs)
        return bool(runs) and runs[0] in self.letters and re.search(pattern, self.letters) is not None

    def part(self, run: Sequence[str]) -> int:
        """How many letters of a run stand here in pieces long enough to mean something."""
        self.matcher.set_seq1(run)
        found = 0
        for start, _, size in self.matcher.get_matching_blocks():
            letters = sum(len(word) for word in run[start : start + size])
            if size >= _RUN or letters >= _LETTERS:
                found += letters
        return found
