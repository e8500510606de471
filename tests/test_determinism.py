"""The same input gives the same bytes: whatever order the system lists files in, and whatever the environment says."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from support import FIXTURES, TOP

from ecslint.reporters import FORMATS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SAMPLES = ["deployments/support-assistant", "deployments/chatbot", "cdk/pipeline"]

SHUFFLED = '''
import os, random, sys
from contextlib import contextmanager

real, names, order = os.scandir, os.listdir, random.Random(int(sys.argv.pop(1)))

class Plain:
    """A function that binds to no class, as those of `os` do not; pathlib of 3.10 keeps them in one."""

    def __init__(self, function):
        self.function = function

    def __call__(self, *arguments):
        return self.function(*arguments)

@contextmanager
def scandir(path="."):
    with real(path) as found:
        entries = list(found)
    order.shuffle(entries)
    yield iter(entries)

def listdir(path="."):
    found = names(path)
    order.shuffle(found)
    return found

os.scandir, os.listdir = Plain(scandir), Plain(listdir)
from ecslint.cli import main
sys.exit(main(sys.argv[1:]))
'''
"""The command line, on a system that lists folders in some other order."""

ENVIRONMENTS: list[dict[str, str]] = [
    {"PYTHONHASHSEED": "1"},
    {"PYTHONHASHSEED": "2", "LC_ALL": "C", "LANG": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    {"PYTHONHASHSEED": "3", "LC_ALL": "ko_KR.UTF-8", "TZ": "Asia/Seoul", "HOME": "/none", "TERM": "xterm-256color"},
]


def reports(cwd: Path, path: str, order: int, environment: Mapping[str, str]) -> dict[str, bytes]:
    """What every format gives, on standard output and in a file."""
    out = cwd / "reports"
    out.mkdir()
    arguments = [argument for format in FORMATS for argument in ("--output", f"{format}={out / format}")]
    base = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(TOP), "PYTHONDONTWRITEBYTECODE": "1"}
    found = {}
    for format in ("text", "concise"):
        done = subprocess.run(
            [sys.executable, "-c", SHUFFLED, str(order), path, "--pedantic", "--format", format, *arguments],
            cwd=cwd,
            env={**base, **environment},
            capture_output=True,
            check=False,
            timeout=120,
        )
        assert done.stderr == b""
        found[f"{format} shown"] = b"%d\n" % done.returncode + done.stdout
        found |= {format: (out / format).read_bytes() for format in FORMATS}
        arguments = []
    shutil.rmtree(out)
    return found


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_report_is_the_same(sample: str, tmp_path: Path) -> None:
    shutil.copytree(FIXTURES / sample, tmp_path / "sample")
    (tmp_path / ".git").mkdir()
    first = reports(tmp_path, "sample", 0, {"PYTHONHASHSEED": "0"})
    data = json.loads(first["json"])
    assert data["findings"]
    assert data["problems"] == []
    for order, environment in enumerate(ENVIRONMENTS, 1):
        again = reports(tmp_path, "sample", order, environment)
        assert again.keys() == first.keys()
        for format, text in first.items():
            assert again[format] == text, (format, environment)


@pytest.mark.parametrize("sample", SAMPLES[:2])
def test_the_folder_it_is_run_from_is_in_the_paths_only(sample: str, tmp_path: Path) -> None:
    shutil.copytree(FIXTURES / sample, tmp_path / "sample")
    (tmp_path / ".git").mkdir()
    (tmp_path / "other").mkdir()
    here = reports(tmp_path, "sample", 0, {})
    there = reports(tmp_path / "other", "../sample", 1, {})
    for format in FORMATS:
        assert there[format].replace(b"../sample", b"sample") == here[format], format
