"""What makes a deployment fail: the files of `fixtures/failures`, each row with examples in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from cases import deployment, written
from formats import Long, assembly
from support import FIXTURES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER = FIXTURES / "failures"
FILES = ("task-definition.yml", "service.yml")
KEYS = set("id when says severity bad good shown formats why note".split())
FORMAT_OF = {".json": "json", ".yaml": "cloudformation", ".tf": "terraform"}


class Row(NamedTuple):
    """A failure, or what only looks like one (`trap`).

    `examples` are files by the format that they are in. `says` and `severity` are by format, too. A row that is not
    covered says `why`.
    """

    section: str
    id: str
    when: str
    examples: tuple[tuple[str, dict[str, str]], ...]
    says: dict[str, str]
    severity: dict[str, str]
    trap: bool
    why: str
    note: str

    @property
    def formats(self) -> list[str]:
        """The formats that the examples are in, each once."""
        return list(dict.fromkeys(name for name, _ in self.examples))


def failures() -> list[Row]:
    """All rows, in the order in which they are written."""
    return [row for name in FILES for row in _rows(FOLDER / name)]


def _rows(path: Path) -> Iterator[Row]:
    for section in yaml.safe_load(path.read_text(encoding="utf-8")):
        for raw in section["rows"]:
            assert raw.keys() <= KEYS, f"{path.name}: {raw['id']}: {raw.keys() - KEYS}"
            yield _row(section["section"], raw)


def _row(section: str, raw: dict[str, Any]) -> Row:
    examples = tuple(_examples(raw))
    assert bool(examples) != ("why" in raw), f"{raw['id']} either has examples or says why not"
    formats = list(dict.fromkeys(name for name, _ in examples))
    return Row(
        section,
        raw["id"],
        raw["when"],
        examples,
        _by_format(raw.get("says", ""), formats, ""),
        _by_format(raw.get("severity", "error"), formats, "error"),
        "good" in raw or any("/good-" in shown for shown in raw.get("shown", ())),
        raw.get("why", ""),
        raw.get("note", ""),
    )


def _by_format(given: str | dict[str, str], formats: list[str], default: str) -> dict[str, str]:
    return {name: given if isinstance(given, str) else given.get(name, default) for name in formats}


def _examples(raw: dict[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    change = raw.get("bad") or raw.get("good")
    if change:
        yield from written(*deployment(change), raw.get("formats"))
    for shown in raw.get("shown", ()):
        yield from _shown(*shown.split("/"))


def _shown(rule: str, name: str) -> Iterator[tuple[str, dict[str, str]]]:
    """An example of a rule: a case by its name, or what is stored under one."""
    path = FIXTURES / "rules" / rule / name
    if path.is_dir():
        yield "terraform", {str(file.relative_to(path)): file.read_text("utf-8") for file in path.rglob("*.*")}
    elif path.exists():
        text = path.read_text("utf-8")
        yield FORMAT_OF[path.suffix], {path.name: text}
        if path.suffix == ".yaml":
            yield "cdk", assembly(yaml.load(text, Long))
    else:
        cases = yaml.safe_load((path.parent / "cases.yml").read_text("utf-8"))
        case = next(case for case in cases if case.get("bad") == name)
        yield from written(*deployment(case), case.get("formats"))
