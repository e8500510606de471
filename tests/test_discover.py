"""Which files are linted: claims, look-alikes, ignored and excluded files, and what is said of the rest."""

from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING

import pytest
from support import SOON, deep_tree, run, write

from ecslint import discover
from ecslint.discover import NEVER_WALKED

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ecslint.run import Run

posix = pytest.mark.skipif(os.name != "posix", reason="links are POSIX's")

CONTAINER = {"name": "app", "image": "nginx:1.27", "essential": True, "memory": 64}
TASK = {"family": "checkout", "containerDefinitions": [CONTAINER]}
JSON = json.dumps(TASK)
TEMPLATE = {
    "AWSTemplateFormatVersion": "2010-09-09",
    "Resources": {"T": {"Type": "AWS::ECS::TaskDefinition", "Properties": {"ContainerDefinitions": [{"Name": "a"}]}}},
}


def _run(folder: Path, files: Mapping[str, str], *paths: str) -> Run:
    return run(write(folder, files), paths or (".",))


def _linted(folder: Path, files: Mapping[str, str], *paths: str) -> list[str]:
    return _run(folder, files, *paths).workspace.files


def _problems(ran: Run) -> list[tuple[str, str, str]]:
    found = [*ran.workspace.problems, *(problem for project in ran.workspace.projects for problem in project.problems)]
    return [(problem.kind, problem.path, problem.message) for problem in found]


# What is a task definition


@pytest.mark.parametrize(
    "data",
    [
        TASK,
        {"taskDefinition": TASK, "tags": []},
        {**TASK, "taskDefinitionArn": "arn:aws:ecs:eu-west-1:111122223333:task-definition/checkout:7", "revision": 7},
        {"Family": "checkout", "ContainerDefinitions": [{"Name": "app", "Image": "nginx:1.27"}]},
        {"containerDefinitions": []},
        {"containerDefinitions": None, "family": "x"},
        [CONTAINER],
        [{"name": "app", "image": "x", "portMappings": []}],
        [{"image": "x", "environment": []}, {"other": 1}],
        [{"image": "x", "cpu": 256, "memory": 512}],
        {**TASK, "x": {"Resources": {"cpu": 1}}},
    ],
)
def test_what_is_linted(tmp_path: Path, data: object) -> None:
    ran = _run(tmp_path, {"task.json": json.dumps(data)})
    assert [(project.frontend, project.files) for project in ran.workspace.projects] == [("taskdef", ["task.json"])]
    assert _problems(ran) == []
    assert ran.skipped() == []


@pytest.mark.parametrize(
    "data",
    [
        {},
        [],
        None,
        5,
        "containerDefinitions",
        {"name": "web", "version": "1.0.0", "dependencies": {"x": "^1"}, "description": "an image: of things"},
        [{"name": "app", "imageUri": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout:1"}],
        [{"name": "Chair", "image": "chair.png", "price": 10}, {"name": "Table", "image": "table.png"}],
        [{"name": "Board", "image": "board.png", "cpu": "fast", "memory": "16 GB"}],
        {
            "version": "tree-0.1",
            "tree": {"id": "App", "children": {"T": {"attributes": {"containerDefinitions": [{}]}}}},
        },
        {"resources": [{"type": "x", "values": {"container_definitions": '[{"image": "x", "environment": []}]'}}]},
        {"containerDefinitionsUrl": "x"},
    ],
)
def test_what_only_looks_like_it(tmp_path: Path, data: object) -> None:
    ran = _run(tmp_path, {"data.json": json.dumps(data)})
    assert ran.workspace.projects == []
    assert _problems(ran) == []
    assert ran.skipped() == ["data.json"]


def test_a_template_is_no_task_definition(tmp_path: Path) -> None:
    ran = _run(tmp_path, {"stack.json": json.dumps(TEMPLATE)})
    assert [project.frontend for project in ran.workspace.projects] == ["cloudformation"]


def test_other_files_are_skipped_broken_or_not(tmp_path: Path) -> None:
    files = {"tsconfig.json": "{ // comment\n}", "notes.txt": "x", "ci.yml": "a: [", "x.template": "{{"}
    ran = _run(tmp_path, files)
    assert ran.skipped() == sorted(files)
    assert _problems(ran) == []


def test_the_parameters_of_the_ecs_cli_are_no_configuration_of_ecspresso(tmp_path: Path) -> None:
    parameters = "version: 1\ntask_definition:\n  ecs_network_mode: awsvpc\n"
    configuration = "region: eu-west-1\ntask_definition: task.json\n"
    found = run(write(tmp_path, {"ecs-params.yml": parameters, "ecspresso.yml": configuration}))
    assert found.claimed.by_frontend == {"taskdef": {"ecspresso.yml": None}}


def test_a_broken_task_definition_is_a_problem(tmp_path: Path) -> None:
    ran = _run(tmp_path, {"task.json": '{"containerDefinitions": [}', "good.json": JSON})
    assert [(kind, path) for kind, path, _ in _problems(ran)] == [("json-syntax", "task.json")]
    assert ran.workspace.files == ["good.json", "task.json"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_task_definition_in_another_encoding(tmp_path: Path, encoding: str) -> None:
    write(tmp_path, {})
    (tmp_path / "task.json").write_bytes(JSON.encode(encoding))
    assert run(tmp_path).workspace.files == ["task.json"]


def test_a_task_definition_in_an_encoding_that_nobody_knows(tmp_path: Path) -> None:
    write(tmp_path, {})
    (tmp_path / "task.json").write_bytes(JSON.replace("nginx", "café").encode("latin-1"))
    assert [(kind, path) for kind, path, _ in _problems(run(tmp_path))] == [("encoding", "task.json")]


def test_a_task_definition_that_is_too_large(tmp_path: Path) -> None:
    write(tmp_path, {"task.json": JSON})
    with (tmp_path / "task.json").open("ab") as stream:
        stream.truncate(50 * 1024 * 1024)
    message = "it has 50 MiB, the limit is 32 MiB"
    assert _problems(run(tmp_path)) == [("limit", "task.json", message)]


# Named files


def test_a_named_file_is_claimed_or_skipped_or_a_problem(tmp_path: Path) -> None:
    files = {
        "task.json": JSON,
        "package.json": "{}",
        "tsconfig.json": "{\n  // comment\n}",
        "broken.yml": "a: [\n",
        "fine.yml": "a: !Tag 1\n",
        "notes.txt": "{",
    }
    ran = _run(tmp_path, files, *files, "missing.json", "missing")
    assert ran.workspace.files == ["task.json"]
    assert ran.skipped() == ["fine.yml", "notes.txt", "package.json"]
    assert sorted(_problems(ran)) == [
        ("json-syntax", "tsconfig.json", "expected a key in quotes or `}`, found `/`"),
        ("unreadable", "missing", "there is no such file or folder"),
        ("unreadable", "missing.json", "there is no such file or folder"),
        ("yaml-syntax", "broken.yml", "while parsing a flow node: did not find expected node content"),
    ]


@posix
def test_a_named_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "secret.json").write_text(JSON)
    write(tmp_path / "inside", {"task.json": JSON})
    (tmp_path / "inside" / "link.json").symlink_to("../secret.json")
    (tmp_path / "inside" / "self.json").symlink_to("self.json")
    os.mkfifo(tmp_path / "inside" / "pipe.json")
    ran = run(tmp_path / "inside", ["task.json", "link.json", "self.json", "pipe.json"])
    assert ran.workspace.files == ["task.json"]
    assert [(path, message) for _, path, message in _problems(ran)] == [
        ("link.json", "it lies outside the boundary and is not read"),
        ("self.json", "too many levels of symbolic links"),
        ("pipe.json", "it is no regular file"),
    ]


def test_a_named_file_is_linted_once(tmp_path: Path) -> None:
    ran = _run(tmp_path, {"task.json": JSON}, "task.json", "./task.json", ".", "task.json")
    assert len(ran.workspace.projects) == 1


def test_a_named_folder_that_cannot_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"closed/task.json": JSON, "task.json": JSON})
    scandir = os.scandir

    def fail(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", fail)
    assert _problems(run(tmp_path, ["closed"])) == [
        ("unreadable", "closed", "it may not be read: permission denied"),
    ]
    # Nobody asked for this one by name, and repositories hold data folders of root.
    assert _problems(run(tmp_path)) == []
    assert run(tmp_path).workspace.files == ["task.json"]


# Ignored by git


def test_gitignore_filters_walking_and_no_named_file(tmp_path: Path) -> None:
    files = {".gitignore": "build/\n*.local.json\n", "build/a.json": JSON, "b.local.json": JSON, "c.json": JSON}
    assert _linted(tmp_path, files) == ["c.json"]
    assert run(tmp_path, ["build/a.json", "b.local.json"]).workspace.files == ["b.local.json", "build/a.json"]


def test_a_named_folder_is_walked_though_it_is_ignored(tmp_path: Path) -> None:
    files = {".gitignore": "build\n", "build/a.json": JSON, "build/x/b.json": JSON, "build/.gitignore": "x\n"}
    assert _linted(tmp_path, files) == []
    assert run(tmp_path, ["build"]).workspace.files == ["build/a.json"]
    assert run(tmp_path, ["build/x"]).workspace.files == ["build/x/b.json"]
    # What one argument was allowed is no other argument's.
    assert run(tmp_path, ["build", "."]).workspace.files == ["build/a.json"]


def test_the_deepest_gitignore_wins(tmp_path: Path) -> None:
    files = {
        ".gitignore": "*.json\n!keep.json\n",
        "a.json": JSON,
        "keep.json": JSON,
        "sub/.gitignore": "!b.json\nkeep.json\n/c.json\n",
        "sub/a.json": JSON,
        "sub/b.json": JSON,
        "sub/keep.json": JSON,
        "sub/deep/b.json": JSON,
        "sub/deep/c.json": JSON,
    }
    assert _linted(tmp_path, files) == ["keep.json", "sub/b.json", "sub/deep/b.json"]


def test_what_lies_in_an_ignored_folder_cannot_be_let_in_again(tmp_path: Path) -> None:
    files = {".gitignore": "build/\n!build/a.json\n", "build/a.json": JSON, "build/.gitignore": "!a.json\n"}
    assert _linted(tmp_path, files) == []


def test_the_gitignore_above_a_named_folder_holds(tmp_path: Path) -> None:
    files = {".gitignore": "*.tmp.json\n/infra/old/\n", "infra/a.tmp.json": JSON, "infra/old/b.json": JSON}
    assert _linted(tmp_path, {**files, "infra/c.json": JSON}, "infra") == ["infra/c.json"]


@pytest.mark.parametrize("line", ["!", "\\", "[z-a]", "", "   ", "# a.json", "/", "[[:alpha:]"])
def test_a_pattern_of_nothing_ignores_nothing_and_hurts_no_other(tmp_path: Path, line: str) -> None:
    files = {".gitignore": f"{line}\r\nb.json\r\n", "a.json": JSON, "b.json": JSON}
    assert _linted(tmp_path, files) == ["a.json"]


def test_a_gitignore_that_cannot_be_read_ignores_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"a.json": JSON})
    (tmp_path / ".gitignore").write_bytes(b"\xff\xff a.json")
    assert run(tmp_path).workspace.files == ["a.json"]


def test_a_hostile_gitignore_takes_no_time(tmp_path: Path) -> None:
    hostile = "a*" * 60 + "b\n" + "**/" * 200 + "x\n"
    name = "a" * 200 + ".json"
    start = time.perf_counter()
    assert _linted(tmp_path, {".gitignore": hostile, name: JSON}) == [name]
    assert time.perf_counter() - start < SOON


def test_a_synthesized_assembly_is_read_though_git_ignores_it(tmp_path: Path) -> None:
    manifest = {
        "version": "36.0.0",
        "artifacts": {
            "Shop": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "Shop.template.json"}}
        },
    }
    files = {
        ".gitignore": "cdk.out\n",
        "cdk.out/cdk.out": '{"version": "36.0.0"}',
        "cdk.out/manifest.json": json.dumps(manifest),
        "cdk.out/Shop.template.json": json.dumps(TEMPLATE),
        "cdk.out/tree.json": json.dumps({"tree": {"containerDefinitions": [CONTAINER]}}),
        "cdk.out/asset.1/task.json": JSON,
        "other/.gitignore": "cdk.out\n",
        "other/cdk.out/task.json": JSON,
    }
    for paths in ((".",), ("cdk.out",)):
        ran = _run(tmp_path, files, *paths)
        (project,) = ran.workspace.projects
        assert project.frontend == "cloudformation"
        assert "cdk.out/Shop.template.json" in project.files


# Excluded


def test_exclude_holds_for_folders_and_for_named_files(tmp_path: Path) -> None:
    files = {
        ".ecslint.yml": "exclude: [old/, '*.draft.json', '!keep.draft.json']\n",
        "old/a.json": JSON,
        "b.draft.json": JSON,
        "keep.draft.json": JSON,
        "c.json": JSON,
    }
    assert _linted(tmp_path, files) == ["c.json", "keep.draft.json"]
    ran = run(tmp_path, ["old/a.json", "b.draft.json", "c.json"])
    assert ran.workspace.files == ["c.json"]
    assert ran.skipped() == ["b.draft.json", "old/a.json"]
    assert run(tmp_path, ["old"]).workspace.files == []


def test_an_excluded_file_is_no_problem(tmp_path: Path) -> None:
    files = {".ecslint.yml": "exclude: ['broken.json']\n", "broken.json": '{"containerDefinitions": ['}
    assert _problems(_run(tmp_path, files)) == []
    assert _problems(run(tmp_path, ["broken.json"])) == []


# Walking


def test_some_folders_are_never_walked_but_may_be_named(tmp_path: Path) -> None:
    files = {f"{folder}/task.json": JSON for folder in NEVER_WALKED} | {"a/node_modules/b/task.json": JSON}
    assert _linted(tmp_path, {**files, "task.json": JSON}) == ["task.json"]
    assert run(tmp_path, ["node_modules"]).workspace.files == ["node_modules/task.json"]
    assert run(tmp_path, [".venv/task.json"]).workspace.files == [".venv/task.json"]


def test_hidden_folders_are_walked(tmp_path: Path) -> None:
    assert _linted(tmp_path, {".aws/task.json": JSON}) == [".aws/task.json"]


@posix
def test_links_make_no_circles_and_nothing_is_linted_twice(tmp_path: Path) -> None:
    write(tmp_path, {"a/task.json": JSON})
    (tmp_path / "a" / "up").symlink_to("..")
    (tmp_path / "b").symlink_to("a")
    (tmp_path / "out").symlink_to("/")
    (tmp_path / "self").symlink_to("self")
    assert run(tmp_path).workspace.files == ["a/task.json"]


@posix
def test_a_very_deep_tree_is_walked(tmp_path: Path) -> None:
    write(tmp_path, {"task.json": JSON})
    with deep_tree(tmp_path):
        assert run(tmp_path).workspace.files == ["task.json"]


@posix
def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    write(tmp_path, {})
    (tmp_path / os.fsdecode(b"t\xff.json")).write_text(JSON)
    ran = run(tmp_path)
    assert [os.fsencode(path) for path in ran.workspace.files] == [b"t\xff.json"]
    assert ran.report().problems == []


def test_the_order_is_that_of_the_names(tmp_path: Path) -> None:
    files = dict.fromkeys(["z.json", "a/b.json", "a.json", "b/a.json", "A.json", "한.json"], JSON)
    assert _linted(tmp_path, files) == ["A.json", "a.json", "a/b.json", "b/a.json", "z.json", "한.json"]
    assert run(tmp_path, ["b", "z.json", "a"]).workspace.files == ["a/b.json", "b/a.json", "z.json"]


def test_every_ending_that_is_looked_at_is_known_data() -> None:
    for _, endings in discover.FRONTENDS:
        for ending in endings:
            assert ending.endswith(discover.DATA)
