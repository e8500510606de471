"""The shapes of the API: as botocore has them, and as frontends name things."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from support import TOP

from ecslint.facts.shapes import SERVICE, TASK_DEFINITION, Type, read_only, structure

if TYPE_CHECKING:
    from pathlib import Path


def test_a_task_definition() -> None:
    task = structure(TASK_DEFINITION)
    assert task.members["family"].required
    assert task.members["inferenceAccelerators"].gone
    assert task.members["networkMode"].type.values == ("bridge", "host", "awsvpc", "none")
    containers = task.members["containerDefinitions"].type
    assert containers.kind == "list"
    assert containers.item is not None
    container = structure(containers.item.name)
    assert container.members["environment"].type.item == Type("structure", "KeyValuePair")
    assert container.members["dockerLabels"].type == Type("map", item=Type("string"))
    assert container.members["essential"].type == Type("boolean")
    assert not container.union


def test_bounds_and_patterns() -> None:
    tags = structure(TASK_DEFINITION).members["tags"].type
    assert (tags.kind, tags.least, tags.most) == ("list", 0, 50)
    key = structure("Tag").members["key"].type
    assert (key.kind, key.least, key.most) == ("string", 1, 128)
    assert key.pattern.startswith("([")
    weight = structure("CapacityProviderStrategyItem").members["weight"].type
    assert (weight.kind, weight.least, weight.most) == ("integer", 0, 1000)


def test_what_only_answers_have() -> None:
    assert {"taskDefinitionArn", "revision", "status", "requiresAttributes"} <= read_only(TASK_DEFINITION)
    assert "family" not in read_only(TASK_DEFINITION)
    assert {"serviceArn", "runningCount", "events"} <= read_only(SERVICE)


def test_an_unknown_structure() -> None:
    with pytest.raises(KeyError):
        structure("ListTasksRequest")


def test_every_shape_is_that_of_botocore() -> None:
    loaders = pytest.importorskip("botocore.loaders", reason="botocore is not installed")
    model = loaders.Loader().load_service_model("ecs", "service-2")["shapes"]
    seen: set[str] = set()
    for root in (TASK_DEFINITION, SERVICE):
        _compare(root, model, seen)
    assert len(seen) > 60


def _compare(name: str, model: dict[str, Any], seen: set[str]) -> None:
    if name in seen:
        return
    seen.add(name)
    theirs, ours = model[name], structure(name)
    assert set(ours.members) == set(theirs["members"])
    assert {member.name for member in ours.members.values() if member.required} == set(theirs.get("required", ()))
    assert ours.union == bool(theirs.get("union"))
    for key, member in theirs["members"].items():
        _same(ours.members[key].type, model[member["shape"]], model, seen)


def _same(ours: Type, theirs: dict[str, Any], model: dict[str, Any], seen: set[str]) -> None:
    kinds = {"double": "number", "float": "number", "long": "integer"}
    assert ours.kind == ("document" if theirs.get("document") else kinds.get(theirs["type"], theirs["type"]))
    assert ours.values == tuple(theirs.get("enum", ()))
    if ours.kind in {"list", "integer"} or ours.pattern:
        assert (ours.least, ours.most) == (theirs.get("min"), theirs.get("max"))
    inner = theirs.get("member") or theirs.get("value")
    if inner and ours.item is not None:
        _same(ours.item, model[inner["shape"]], model, seen)
    if ours.kind == "structure":
        _compare(ours.name, model, seen)


def test_the_tables_are_what_the_script_makes(tmp_path: Path) -> None:
    botocore = pytest.importorskip("botocore", reason="botocore is not installed")
    table = TOP / "ecslint" / "facts" / "ecs_shapes.py"
    if f"botocore {botocore.__version__}," not in table.read_text(encoding="utf-8"):
        pytest.skip("another version of botocore made the tables")
    made = tmp_path / "ecs_shapes.py"
    subprocess.run([sys.executable, TOP / "scripts" / "generate_ecs_shapes.py", made], check=True)
    assert made.read_text(encoding="utf-8") == table.read_text(encoding="utf-8")
