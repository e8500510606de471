"""What is published: the wheel, the workflows that publish it, and what they say."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest
import yaml
from scratch import ENVIRONMENT, copy, git
from support import TOP, script

import ecslint

if TYPE_CHECKING:
    from pathlib import Path

WORKFLOWS = sorted((TOP / ".github" / "workflows").glob("*.yml"))
NOW = "1790000000"


def built(source: Path, out: Path, **environment: str) -> Path:
    """A wheel of a source tree."""
    pytest.importorskip("hatch_vcs", reason="hatch-vcs is not on this machine")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(out)],
        cwd=source,
        env={**ENVIRONMENT, "SOURCE_DATE_EPOCH": NOW, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (wheel,) = out.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("wheel")
    return built(copy(top / "source"), top / "out")


def test_a_wheel_can_be_built_again_to_the_byte(wheel: Path, tmp_path: Path) -> None:
    again = built(copy(tmp_path / "elsewhere"), tmp_path / "out", TZ="Asia/Seoul", PYTHONHASHSEED="7")
    assert again.name == wheel.name
    assert hashlib.sha256(again.read_bytes()).digest() == hashlib.sha256(wheel.read_bytes()).digest()


def test_a_wheel_holds_the_package_and_the_rules(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"ecslint"}
    rules = {str(path.relative_to(TOP)) for path in (TOP / "rules").rglob("*.py")}
    assert {f"ecslint/{name}" for name in rules} <= set(names)
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_a_copy_without_history_has_the_versions_fallback(wheel: Path) -> None:
    assert wheel.name == "ecslint-0.1.0.dev0-py3-none-any.whl"


def test_the_version_is_that_of_the_tag(tmp_path: Path) -> None:
    source = copy(tmp_path / "source")
    git(source, "init", "--quiet")
    git(source, "add", "--all")
    git(source, "commit", "--quiet", "--no-verify", "--message", "Release")
    git(source, "tag", "v3.2.1")
    made = built(source, tmp_path / "out")
    assert made.name == "ecslint-3.2.1-py3-none-any.whl"
    # What the build wrote is what the program says, and reading it takes no package metadata.
    code = "import sys, ecslint; print(ecslint.__version__, 'importlib.metadata' in sys.modules)"
    environment = {"PYTHONPATH": str(made), "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["3.2.1", "False"]


def test_the_home_page_is_one() -> None:
    text = (TOP / "pyproject.toml").read_text(encoding="utf-8")
    urls = re.findall(r'^\w+ = "(https://github\.com/[^"]+)"', text, re.MULTILINE)
    assert len(urls) == 4
    assert all(url.startswith(ecslint.HOME) for url in urls)
    assert ecslint.HOME in (TOP / "Dockerfile").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [*WORKFLOWS, TOP / "action.yml"], ids=lambda path: path.name)
def test_actions_are_pinned(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        if "uses:" in line:
            assert re.search(r"uses: (\./( #|$)|[\w./-]+@[0-9a-f]{40} # v\d)", line), line


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_may_do_little(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 30
        assert "permissions" in job
    assert "pull_request_target" not in path.read_text(encoding="utf-8")


def _tool(name: str) -> str:
    beside = os.path.join(os.path.dirname(sys.executable), name)
    path = beside if os.path.exists(beside) else shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not on this machine")
    return path


def test_zizmor_finds_nothing() -> None:
    command = [_tool("zizmor"), "--offline", "--no-progress", "action.yml", ".github"]
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_actionlint_finds_nothing() -> None:
    command = [_tool("actionlint"), *(str(path.relative_to(TOP)) for path in WORKFLOWS)]
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_changelog_has_notes_to_publish() -> None:
    notes = script("release_notes").notes
    sections = [
        "## [Unreleased]\n",
        "## [1.1.0] - 2027-02-01\n\n### Added\n\n- b\n",
        "## [1.0.0] - 2027-01-01\n\n- a\n",
    ]
    text = "\n".join(["# Changelog\n", *sections])
    assert notes(text, "1.1.0") == "### Added\n\n- b\n"
    assert notes(text, "1.0.0") == "- a\n"
    for version in ("1.1", "Unreleased", "2.0.0"):
        with pytest.raises(KeyError):
            notes(text, version)
    assert notes((TOP / "CHANGELOG.md").read_text(encoding="utf-8"), "Unreleased")


def test_the_image_copies_what_the_wheel_is_made_of() -> None:
    text = (TOP / "Dockerfile").read_text(encoding="utf-8")
    (base,) = set(re.findall(r"^FROM (\S+)", text, re.MULTILINE))
    assert re.fullmatch(r"python:[\d.]+-slim@sha256:[0-9a-f]{64}", base)
    assert re.search(r"^USER \d+$", text, re.MULTILINE)
    ignored = (TOP / ".dockerignore").read_text(encoding="utf-8").splitlines()
    allowed = {line[1:].rstrip("/") for line in ignored if line.startswith("!")}
    assert allowed == {"ecslint", "rules", "pyproject.toml", "README.md", "LICENSE"}
