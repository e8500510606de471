"""Every function and form of the language, as `terraform console` has them.

`fixtures/terraform/console/answers.txt` holds expressions, each with what terraform makes of it in the line below:
`= JSON`, `!` where it fails, `?` where it is not known or sensitive. With `ECSLINT_UPDATE=1` and terraform on the
machine the answers are written anew.
"""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from support import FIXTURES

from ecslint.frontends.terraform.console import Console
from ecslint.frontends.terraform.functions import NAMES
from terraform import oracle
from terraform.evaluated import deployment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

FOLDER = FIXTURES / "terraform" / "console"
ANSWERS = FOLDER / "answers.txt"

NEVER_KNOWN = {
    **dict.fromkeys(("bcrypt", "plantimestamp", "timestamp", "uuid"), "another result at every run"),
    "base64gzip": "its bytes are those of Go's own compressor",
    "rsadecrypt": "nobody lints with a private key at hand",
    "type": "terraform has it only where an expression stands alone in the console",
    "list": "removed from the language",
    "map": "removed from the language",
}
"""Functions without an answer that could be compared."""


class Answer(NamedTuple):
    """An expression, and what terraform makes of it: a sign, and JSON behind `=`."""

    expression: str
    sign: str
    json: str = ""


def _read() -> list[Answer]:
    lines = ANSWERS.read_text(encoding="utf-8").split("\n")
    pairs = zip(lines[::2], lines[1::2], strict=False)
    return [Answer(expression, answer[2:3], answer[4:]) for expression, answer in pairs]


def _write(answers: Iterable[Answer]) -> None:
    text = "".join(f"{each.expression}\n  {f'{each.sign} {each.json}'.rstrip()}\n" for each in answers)
    ANSWERS.write_text(text, encoding="utf-8")


def _ours(expressions: Iterable[str]) -> list[Answer]:
    evaluate = Console(deployment(FOLDER)).evaluate
    signs = {"known": "=", "error": "!", "unknown": "?", "symbolic": "?"}
    found: list[Answer] = []
    for expression in expressions:
        kind, said = evaluate(expression)
        # Terraform keeps a text as it was composed and composes it when it writes it.
        said = unicodedata.normalize("NFC", said) if kind == "known" else ""
        found.append(Answer(expression, signs[kind], said))
    return found


def _theirs(folder: Path, answers: Sequence[Answer]) -> list[Answer]:
    """What terraform says. The answers that we have tell which it refuses at once or does not know, which would hide
    all others."""
    failing = [each.expression for each in answers if each.sign == "!"]
    refused = {failing[at] for at in oracle.refused(folder, failing)}
    asked = [each.expression for each in answers if each.expression not in refused and each.sign != "?"]
    known = dict(zip(asked, oracle.known(folder, asked), strict=True))
    unsure = [each.expression for each in answers if each.sign == "?"]
    hidden = dict(zip(unsure, oracle.hidden(folder, unsure), strict=True))
    found: list[Answer] = []
    for answer in answers:
        json = known.get(answer.expression)
        sign = "?" if hidden.get(answer.expression) else "!" if json is None else "="
        found.append(Answer(answer.expression, sign, json or ""))
    return found


def test_every_answer() -> None:
    answers = _read()
    found = _ours(each.expression for each in answers)
    assert [(ours, theirs) for ours, theirs in zip(found, answers, strict=True) if ours != theirs] == []


def test_every_function_is_asked_for() -> None:
    asked = "\n".join(answer.expression for answer in _read() if answer.sign == "=")
    assert {name for name in NAMES if not re.search(rf"\b{name}\(", asked)} == NEVER_KNOWN.keys()


@oracle.needed
def test_the_answers_are_those_of_terraform(tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "console")
    assert not oracle.terraform(folder, "init").returncode
    answers = _read()
    found = _theirs(folder, answers)
    if os.environ.get("ECSLINT_UPDATE"):
        _write(found)
    assert [theirs for theirs, answer in zip(found, answers, strict=True) if theirs != answer] == []
