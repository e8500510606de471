"""The real `terraform`, asked what it makes of expressions."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

VERSION = (1, 11)
"""The first version whose functions and forms are compared: later ones have more, not others."""

ENVIRONMENT = {
    **{name: text for name, text in os.environ.items() if not name.startswith("TF_")},
    "CHECKPOINT_DISABLE": "1",
    "TF_IN_AUTOMATION": "1",
}


def _version() -> tuple[int, ...]:
    binary = shutil.which("terraform")
    if binary is None:
        return ()
    done = subprocess.run(
        [binary, "version", "-json"], env=ENVIRONMENT, capture_output=True, text=True, timeout=60, check=False
    )
    found = re.match(r"(\d+)\.(\d+)", json.loads(done.stdout)["terraform_version"]) if not done.returncode else None
    return tuple(map(int, found.groups())) if found else ()


needed = pytest.mark.skipif(_version() < VERSION, reason="terraform 1.11 or later is not on this machine")
"""Skips a test where the oracle is missing."""


def terraform(folder: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run terraform in a folder."""
    return subprocess.run(
        ["terraform", *arguments],
        cwd=folder,
        env=ENVIRONMENT,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def planned(folder: Path, expressions: Sequence[str]) -> list[tuple[Any, Any]]:
    """For each expression its value at plan time, and which parts of it are known only after apply."""
    outputs = "".join(f'output "o{at:04}" {{\n  value = {each}\n}}\n' for at, each in enumerate(expressions))
    (folder / "expressions.tf").write_text(outputs, encoding="utf-8")
    for arguments in (["init", "-no-color"], ["plan", "-no-color", "-input=false", "-out=plan"]):
        done = terraform(folder, *arguments)
        assert not done.returncode, done.stderr
    shown = json.loads(terraform(folder, "show", "-json", "plan").stdout)["output_changes"]
    (folder / "expressions.tf").unlink()
    return [(change.get("after"), change["after_unknown"]) for _, change in sorted(shown.items())]


def known(folder: Path, expressions: Sequence[str]) -> list[str | None]:
    """For each expression its value as `jsonencode` writes it; None where it fails when it is evaluated.

    Raises `RuntimeError` where terraform refuses one of them before it evaluates anything.
    """
    tried = ",\n".join(f"try({{ k = jsonencode({each}) }}, {{ e = 1 }})" for each in expressions)
    (folder / "expressions.tf").write_text(f"locals {{\n  results = [\n{tried}\n  ]\n}}\n", encoding="utf-8")
    done = terraform(folder, "console", stdin="base64encode(jsonencode(local.results))\n")
    (folder / "expressions.tf").unlink()
    try:
        results = json.loads(base64.b64decode(done.stdout.strip().strip('"'), validate=True))
    except ValueError as error:
        raise RuntimeError(done.stderr + done.stdout) from error
    return [result.get("k") for result in results]


def refused(folder: Path, expressions: Sequence[str]) -> set[int]:
    """The numbers of the expressions that terraform refuses before it evaluates anything.

    Mistakes of syntax hide those that are found later, and a mistake hides others of its file.
    """
    paths = {f"expression{at:05}.tf": at for at in range(len(expressions))}
    for name, at in paths.items():
        (folder / name).write_text(f"locals {{\n  x{at} = (\n{expressions[at]}\n  )\n}}\n", encoding="utf-8")
    found: set[int] = set()
    while True:
        told = json.loads(terraform(folder, "validate", "-json").stdout)["diagnostics"]
        names = {each["range"]["filename"] for each in told if each["severity"] == "error" and "range" in each}
        names &= paths.keys()
        if not names:
            break
        for name in names:
            (folder / name).unlink()
            found.add(paths[name])
    for path in folder.glob("expression*.tf"):
        path.unlink()
    return found


def hidden(folder: Path, expressions: Sequence[str]) -> list[bool]:
    """For each expression whether the console shows nothing but that it is unknown or sensitive."""
    done = terraform(folder, "console", stdin=f"[{', '.join(expressions)}]\n")
    lines = done.stdout.strip().splitlines()[1:-1]
    return [line.strip() in {"(known after apply),", "(sensitive value),"} for line in lines]
