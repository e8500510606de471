"""Scratch git repositories, and this checkout as a repository that others may use."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from support import TOP

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "GITHUB_", "CI"))},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "Somebody",
    "GIT_AUTHOR_EMAIL": "somebody@example.com",
    "GIT_COMMITTER_NAME": "Somebody",
    "GIT_COMMITTER_EMAIL": "somebody@example.com",
}
"""The environment of a person whose settings of git nobody knows, outside of every service."""


def git(folder: Path, *arguments: str, **environment: str) -> str:
    """Run git in a folder and give what it printed."""
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env={**ENVIRONMENT, **environment}, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def repository(folder: Path, files: Mapping[str, str]) -> Path:
    """A repository with one commit on the branch `main`."""
    folder.mkdir(parents=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, files, "Begin")
    return folder


def commit(folder: Path, files: Mapping[str, str], subject: str = "Change") -> str:
    """Write and commit files; the commit's name."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--no-verify", "--allow-empty", "--message", subject)
    return git(folder, "rev-parse", "HEAD")


def sources() -> list[str]:
    """The files of this checkout, committed or not, without what git ignores. Raises `CalledProcessError`."""
    listed = git(TOP, "ls-files", "--cached", "--others", "--exclude-standard", "-z").split("\0")
    return [name for name in listed if name and (TOP / name).is_file()]


def copy(folder: Path) -> Path:
    """This checkout as it stands, in another folder, without git."""
    for name in sources():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(TOP / name, target)
    return folder
