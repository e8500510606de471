"""Every Terraform fixture read twice: by python-hcl2, and by our syntax, attribute by attribute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import hcl2
import pytest
from support import FIXTURES

from ecslint.frontends.terraform.hcl.expression import Literal
from ecslint.frontends.terraform.hcl.syntax import read
from ecslint.source import SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ecslint.frontends.terraform.hcl.syntax import Body

FILES = sorted(FIXTURES.rglob("*.tf"))
_OWN = ("__is_block__", "__start_line__", "__end_line__", "__comments__", "__inline_comments__")


def _ours(body: Body, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every block and argument by the names that lead to it, arguments with their value where that is a literal."""
    for name, attribute in body.attributes.items():
        expression = attribute.expression
        yield (*path, name), expression.constant.data if isinstance(expression, Literal) else None
    for block in body.blocks:
        inner = (*path, block.type, *(label.text for label in block.labels))
        yield inner, None
        yield from _ours(block.body, inner)


def _theirs(data: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The same of python-hcl2, which has blocks as lists of objects, and labels as keys of them in quotes."""
    for name, value in data.items():
        if name in _OWN:
            continue
        blocks = [item for item in value if _is_block(item)] if isinstance(value, list) else []
        if not blocks:
            yield (*path, name), value
        for block in blocks:
            yield from _labelled(block, (*path, name))


def _is_block(value: Any) -> bool:
    """Whether an object is a block, or the label of one."""
    return isinstance(value, dict) and ("__is_block__" in value or any(map(_is_block, value.values())))


def _labelled(block: dict[str, Any], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    inner = {name: value for name, value in block.items() if name not in _OWN}
    if "__is_block__" not in block and len(inner) == 1:
        ((label, value),) = inner.items()
        yield from _labelled(value, (*path, label.strip('"')))
        return
    yield path, None
    yield from _theirs(block, path)


def test_there_are_fixtures() -> None:
    assert len(FILES) > 5


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FIXTURES)))
def test_both_read_the_same(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    body, flaws = read(SourceFile(path.name, text))
    assert not flaws
    ours, theirs = list(_ours(body)), list(_theirs(hcl2.loads(text)))
    assert sorted(where for where, _ in ours) == sorted(where for where, _ in theirs)
    values = dict(theirs)
    for where, literal in ours:
        if isinstance(literal, str) and literal.isalnum():
            assert values[where] == f'"{literal}"', where
        elif isinstance(literal, (bool, int)):
            assert values[where] == literal, where
