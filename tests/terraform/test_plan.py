"""Never known where Terraform says unknown: our evaluation beside a real `terraform plan`."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from support import FIXTURES

from ecslint.frontends.terraform.cty.data import Elements, Fields
from ecslint.frontends.terraform.failure import Declined, Failure
from ecslint.frontends.terraform.functions.json import encoded
from terraform import oracle
from terraform.evaluated import deployment, value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ecslint.frontends.terraform.cty.value import Typed

FOLDER = FIXTURES / "terraform" / "unknowns"
EXPRESSIONS = (FOLDER / "expressions.txt").read_text(encoding="utf-8").splitlines()

UNKNOWN_ONLY_TO_US = {
    "terraform.workspace": "which workspace is selected is not written in the files; a setting may say it",
    'plantimestamp() == ""': "the time of the plan is not known, and nothing is worked out about it",
    "length(sort(local.list))": "only the order is unknown, but a list of an unknown order is kept as unknown",
}
"""What Terraform knows at plan time and ecslint does not, and why that is meant."""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(FOLDER, tmp_path_factory.mktemp("plan") / "unknowns")


def _unknown(marks: Any) -> bool:
    """Whether any part of an output is known only after apply."""
    inner = marks.values() if isinstance(marks, dict) else marks if isinstance(marks, list) else ()
    return marks is True or any(map(_unknown, inner))


def _differences(ours: Typed, after: Any, marks: Any, where: str) -> Iterator[str]:
    """What we know otherwise than Terraform, or although Terraform does not know it."""
    if marks is True:
        if ours.whole:
            yield f"{where}: known only to us, as {encoded(ours)}"
    elif ours.whole:
        if _unknown(marks):
            yield f"{where}: wholly known only to us, as {encoded(ours)}"
        elif json.loads(encoded(ours)) != after:
            yield f"{where}: {encoded(ours)}, but Terraform says {json.dumps(after)}"
    elif not ours.doubt and isinstance(ours.data, Fields):
        if ours.data.table.keys() != {**(after or {}), **(marks or {})}.keys():
            yield f"{where}: other keys, {list(ours.data.table)}"
        for name, item in ours.data.table.items():
            inner = marks.get(name, False) if isinstance(marks, dict) else False
            yield from _differences(item, (after or {}).get(name), inner, f"{where}.{name}")
    elif not ours.doubt and isinstance(ours.data, Elements) and ours.data.form != "set":
        flags = marks if isinstance(marks, list) else [False] * len(after)
        if len(ours.data.items) != len(flags):
            yield f"{where}: another length, {len(ours.data.items)}"
        for at, (item, flag) in enumerate(zip(ours.data.items, flags, strict=False)):
            yield from _differences(item, after[at] if after else None, flag, f"{where}[{at}]")


@oracle.needed
def test_nothing_is_known_that_terraform_does_not_know(copy: Path) -> None:
    deployed = deployment(copy)
    differences: list[str] = []
    missed: set[str] = set()
    unknown = 0
    for expression, (after, marks) in zip(EXPRESSIONS, oracle.planned(copy, EXPRESSIONS), strict=True):
        try:
            ours = value(deployed, expression)
        except (Failure, Declined) as error:
            differences.append(f"{expression}: {error!r}")
            continue
        differences += _differences(ours, after, marks, expression)
        unknown += _unknown(marks)
        if not _unknown(marks) and not ours.whole:
            missed.add(expression)
    assert not differences
    assert missed == UNKNOWN_ONLY_TO_US.keys()
    assert unknown >= 60
