"""Unknown is not absent: modules, instances, and the values of variables from everywhere they may come from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support import write

from ecslint.value import Sequence
from terraform.evaluated import project, said

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ecslint.model import Resource

VARIABLE = 'variable "unknown" {}\n'
BUCKET = 'resource "aws_s3_bucket" "b" {\n  %s\n  bucket = "name"\n}\n'
CALL = 'module "m" {\n  source = "%s"\n}\n'
OUTPUT = 'output "o" {\n  value = "inside"\n}\n'


def _resources(folder: Path, files: Mapping[str, str]) -> dict[str, Resource]:
    return {resource.address: resource for resource in project(write(folder, files)).resources}


# Instances


def test_a_count_that_is_unknown(tmp_path: Path) -> None:
    """One instance stands for all, and nobody says that it is or is not there."""
    found = _resources(tmp_path, {"main.tf": VARIABLE + BUCKET % "count = var.unknown"})
    assert list(found) == ["aws_s3_bucket.b[*]"]
    exists = found["aws_s3_bucket.b[*]"].exists
    assert not exists.true.yes
    assert not exists.true.no
    assert said(tmp_path, "length(aws_s3_bucket.b)")[0] == "unknown"
    assert said(tmp_path, "aws_s3_bucket.b[0].bucket")[0] != "error"


def test_a_count_under_an_unknown_condition(tmp_path: Path) -> None:
    found = _resources(tmp_path, {"main.tf": VARIABLE + BUCKET % "count = var.unknown ? 1 : 0"})
    exists = found["aws_s3_bucket.b[0]"].exists
    assert not exists.true.yes
    assert not exists.true.no


def test_a_count_of_nothing(tmp_path: Path) -> None:
    assert not _resources(tmp_path, {"main.tf": BUCKET % "count = 0"})
    assert said(tmp_path, "length(aws_s3_bucket.b)") == ("known", "0")


def test_keys_that_are_unknown(tmp_path: Path) -> None:
    """Those that are known are there; one more stands for the rest."""
    keys = "for_each = { a = 1, (var.unknown) = 2 }"
    found = _resources(tmp_path, {"main.tf": VARIABLE + BUCKET % keys})
    assert any(address.endswith("[*]") for address in found)
    assert said(tmp_path, "keys(aws_s3_bucket.b)")[0] != "known"


def test_a_for_each_that_is_unknown(tmp_path: Path) -> None:
    found = _resources(tmp_path, {"main.tf": VARIABLE + BUCKET % "for_each = var.unknown"})
    assert list(found) == ["aws_s3_bucket.b[*]"]


@pytest.mark.parametrize(("for_each", "certain"), [("var.unknown", 0), ("[80, 443]", 2), ("[]", 0)])
def test_dynamic_blocks(for_each: str, certain: int, tmp_path: Path) -> None:
    block = f'dynamic "ingress" {{\n for_each = {for_each}\n content {{\n from_port = ingress.value\n }}\n }}\n'
    thing = f'resource "example_thing" "g" {{\n  name = "g"\n  {block}}}\n'
    found = _resources(tmp_path, {"main.tf": VARIABLE + thing})["example_thing.g"].document.get("ingress")
    blocks = found.data
    assert isinstance(blocks, Sequence)
    assert bool(blocks.open) is (for_each == "var.unknown")
    assert len([item for item in blocks.items if item.absent.no]) == certain


# Modules


@pytest.mark.parametrize("source", ["./missing", "terraform-aws-modules/vpc/aws", "git::https://example.com/m.git"])
def test_a_module_that_is_not_on_disk(source: str, tmp_path: Path) -> None:
    """Its outputs are unknown, not missing, and the project may hold more."""
    folder = write(tmp_path, {"main.tf": CALL % source})
    kind, why = said(folder, "module.m.anything")
    assert kind in {"unknown", "symbolic"}, why
    assert [resource.kind for resource in project(folder).resources] == ["Module"]


def test_a_module_that_lies_outside(tmp_path: Path) -> None:
    write(tmp_path / "outside", {"main.tf": OUTPUT})
    folder = write(tmp_path / "inside", {"main.tf": CALL % "../outside"})
    assert "inside" not in said(folder, "module.m.o")[1].replace("`", " ").split('"')


def test_an_output_that_is_not_there(tmp_path: Path) -> None:
    folder = write(tmp_path, {"main.tf": CALL % "./m", "m/main.tf": OUTPUT})
    assert said(folder, "module.m.o") == ("known", '"inside"')
    assert said(folder, "module.m.other")[0] == "error"


def test_an_output_of_a_broken_module_is_unknown(tmp_path: Path) -> None:
    folder = write(tmp_path, {"main.tf": CALL % "./m", "m/main.tf": OUTPUT, "m/more.tf": 'output "other" {\n'})
    assert said(folder, "module.m.other")[0] == "unknown"


def test_modules_that_init_has_fetched(tmp_path: Path) -> None:
    listed = {"Modules": [{"Key": "", "Dir": "."}, {"Key": "m", "Source": "x", "Dir": ".terraform/modules/m"}]}
    files = {
        "main.tf": CALL % "example.com/team/m/aws",
        ".terraform/modules/modules.json": json.dumps(listed),
        ".terraform/modules/m/main.tf": OUTPUT,
    }
    assert said(write(tmp_path, files), "module.m.o") == ("known", '"inside"')


@pytest.mark.parametrize("listed", ["", "[]", "{", '{"Modules": 1}', '{"Modules": [{"Key": "m"}]}', "\0"])
def test_a_list_of_modules_that_is_broken(listed: str, tmp_path: Path) -> None:
    folder = write(tmp_path, {"main.tf": CALL % "x/y/z", ".terraform/modules/modules.json": listed})
    assert said(folder, "module.m.o")[0] in {"unknown", "symbolic"}


def test_modules_that_call_each_other(tmp_path: Path) -> None:
    output = 'output "o" {\n  value = module.m.o\n}\n'
    folder = write(tmp_path, {"main.tf": CALL % "./a", "a/main.tf": CALL % "../" + output})
    assert said(folder, "module.m.o")[0] in {"unknown", "symbolic"}


# Files


def test_override_files(tmp_path: Path) -> None:
    files = {
        "main.tf": "locals {\n  a = 1\n  b = 1\n}\n" + BUCKET % "tags = { a = 1 }",
        "a_override.tf": "locals {\n  a = 2\n}\n",
        "override.tf.json": '{"locals": {"b": 3}, "resource": {"aws_s3_bucket": {"b": {"bucket": "over"}}}}',
    }
    folder = write(tmp_path, files)
    assert said(folder, "[local.a, local.b]") == ("known", "[2,3]")
    bucket = _resources(folder, {})["aws_s3_bucket.b"].document
    assert bucket.get("bucketName").string == "over"


def test_tofu_files_stand_for_those_of_terraform(tmp_path: Path) -> None:
    files = {"main.tf": "locals {\n  a = 1\n}\n", "main.tofu": "locals {\n  a = 2\n}\n"}
    assert said(write(tmp_path, files), "local.a") == ("known", "2")


# The values of variables

TYPED = 'variable "a" {\n  type = list(string)\n  default = ["default"]\n}\n' + VARIABLE


def test_a_variable_without_a_value(tmp_path: Path) -> None:
    folder = write(tmp_path, {"main.tf": TYPED})
    assert said(folder, "var.unknown")[0] == "unknown"
    assert said(folder, "var.a") == ("known", '["default"]')
    assert said(folder, "var.nothing")[0] == "error"


def test_the_later_source_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment, the automatic files, the configuration, the command line: each covers those before."""
    folder = write(tmp_path, {"main.tf": TYPED})
    monkeypatch.setenv("TF_VAR_a", '["environment"]')
    assert said(folder, "var.a") == ("known", '["environment"]')
    write(folder, {"terraform.tfvars": 'a = ["tfvars"]\n'})
    assert said(folder, "var.a") == ("known", '["tfvars"]')
    write(folder, {"terraform.tfvars.json": '{"a": ["json"]}'})
    assert said(folder, "var.a") == ("known", '["json"]')
    write(folder, {"x.auto.tfvars": 'a = ["auto"]\n'})
    assert said(folder, "var.a") == ("known", '["auto"]')
    write(folder, {".ecslint.yml": "terraform:\n  var-files: [prod.tfvars]\n", "prod.tfvars": 'a = ["file"]\n'})
    assert said(folder, "var.a") == ("known", '["file"]')
    write(folder, {".ecslint.yml": "terraform:\n  variables: {a: [setting]}\n"})
    assert said(folder, "var.a") == ("known", '["setting"]')
    given = [("var-file", str(folder / "prod.tfvars")), ("var", 'a=["command line"]')]
    assert said(folder, "var.a", values=given[:1]) == ("known", '["file"]')
    assert said(folder, "var.a", values=given) == ("known", '["command line"]')


def test_the_workspace_is_a_setting(tmp_path: Path) -> None:
    folder = write(tmp_path, {"main.tf": TYPED})
    assert said(folder, "terraform.workspace")[0] == "unknown"
    write(folder, {".ecslint.yml": "terraform:\n  workspace: prod\n"})
    assert said(folder, "terraform.workspace") == ("known", '"prod"')


@pytest.mark.parametrize("text", ['a = [upper("x")]\n', "a = [local.x]\n", "a = [\n"])
def test_values_that_are_no_values(text: str, tmp_path: Path) -> None:
    """Neither the default nor anything else is claimed to be the value."""
    folder = write(tmp_path, {"main.tf": TYPED, "terraform.tfvars": text})
    assert said(folder, "var.a[0]")[0] != "known"


def test_a_file_of_values_that_is_missing(tmp_path: Path) -> None:
    folder = write(tmp_path, {"main.tf": TYPED, ".ecslint.yml": "terraform:\n  var-files: [missing.tfvars]\n"})
    assert [(problem.kind, problem.path) for problem in project(folder).problems] == [("unreadable", "missing.tfvars")]
