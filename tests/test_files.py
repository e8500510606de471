"""The jail: what is read, what is refused and with which words, and where the boundary lies."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest
from support import SOON, deep_tree, write

from ecslint import files as module
from ecslint.files import Files, Refused, find_boundary

if TYPE_CHECKING:
    from pathlib import Path

posix = pytest.mark.skipif(os.name != "posix", reason="links, pipes and permissions are POSIX's")


def _refused(files: Files, path: str) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        files.read(path)
    assert caught.value.path == path
    return caught.value.kind, str(caught.value)


def _names(files: Files, folder: str = "") -> list[str]:
    return [entry.path + "/" * entry.is_dir for entry in files.entries(folder)]


# Encodings

_TEXT = '{"이름": "é\\r\\n😀"}\r\n'


@pytest.mark.parametrize(
    "content",
    [
        _TEXT.encode(),
        b"\xef\xbb\xbf" + _TEXT.encode(),
        b"\xff\xfe" + _TEXT.encode("utf-16-le"),
        b"\xfe\xff" + _TEXT.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with a mark", "utf-16 little", "utf-16 big"],
)
def test_what_is_decoded_is_the_text_with_its_newlines(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.json").write_bytes(content)
    assert Files(str(tmp_path)).read("a.json").text == _TEXT


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("línea".encode("latin-1"), "it is not UTF-8: byte 2, on line 1"),
        (b"one\ntwo\n\xff", "it is not UTF-8: byte 9, on line 3"),
        (b"\x7fELF\x02\x01\x00\x00\xff\xfe\x80", "it is no text"),
        (b"\xff\xfea\x00\x00\xd8", "it is not UTF-16, as its first bytes say: byte 5"),
        (b"\xff\xfeabc", "it is not UTF-16, as its first bytes say: byte 5"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "a.json").write_bytes(content)
    assert _refused(Files(str(tmp_path)), "a.json") == ("encoding", message)


def test_a_file_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("1")
    files = Files(str(tmp_path))
    first = files.read("a.json")
    (tmp_path / "a.json").write_text("2")
    assert files.read("a.json") is first


def test_a_buffer_stands_before_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("disk")
    files = Files(str(tmp_path), {"a.json": "\ufeffbuffer", "new.json": "{}"})
    assert files.read("a.json").text == "buffer"
    assert files.read("new.json").text == "{}"
    assert files.exists("new.json")
    assert files.lies_there("new.json")
    assert files.read_bytes("new.json", 1) == b"{"


# Refusals


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert _refused(Files(str(tmp_path)), "a.json") == ("unreadable", "there is no such file")
    assert _refused(Files(str(tmp_path)), "a/b.json") == ("unreadable", "there is no such file")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    files = Files(str(tmp_path))
    assert _refused(files, "a") == ("unreadable", "it is a folder")
    assert not files.exists("a")
    assert files.is_dir("a")


@posix
def test_a_pipe_is_no_file_and_nobody_waits_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    files = Files(str(tmp_path))
    assert _refused(files, "pipe.json") == ("unreadable", "it is no regular file")
    assert not files.exists("pipe.json")


@pytest.mark.parametrize("path", ["a\0b", "\ud800", "a" * 5000, "a/" * 3000])
def test_a_name_that_no_file_can_have(tmp_path: Path, path: str) -> None:
    files = Files(str(tmp_path))
    assert files.entries("") == []
    with pytest.raises(Refused):
        files.read(path)
    assert not files.exists(path)
    assert not files.is_dir(path)
    assert files.entries(path) == []


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "big.json").open("wb") as stream:
        stream.truncate(50 * 1024 * 1024)
    files = Files(str(tmp_path))
    assert _refused(files, "big.json") == ("limit", "it has 50 MiB, the limit is 32 MiB")
    assert files.read_bytes("big.json", 4) == b"\0\0\0\0"
    monkeypatch.setattr(module, "LARGEST", 4)
    (tmp_path / "fits.json").write_text("1234")
    assert files.read("fits.json").text == "1234"


@posix
def test_a_file_that_is_larger_than_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some files have no size until they are read, and others grow."""
    (tmp_path / "grows.json").write_text("12345")
    told = os.stat(tmp_path / "grows.json")
    short = os.stat_result((*told[:6], 0, *told[7:10]))
    monkeypatch.setattr(module, "LARGEST", 4)
    monkeypatch.setattr(os, "stat", lambda path, **options: short)
    assert _refused(Files(str(tmp_path)), "grows.json")[0] == "limit"


@posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_text("{}")
    (tmp_path / "secret.json").chmod(0)
    (tmp_path / "closed").mkdir(mode=0)
    files = Files(str(tmp_path))
    assert _refused(files, "secret.json") == ("unreadable", "it may not be read: permission denied")
    assert files.entries("closed") == []
    with pytest.raises(Refused, match="permission denied"):
        files.items("closed")
    assert _names(files) == ["closed/", "secret.json"]


def test_errors_of_the_system_are_refusals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: str, *rest: object, **options: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.json").write_text("{}")
    files = Files(str(tmp_path))
    monkeypatch.setattr(os, "stat", fail)
    monkeypatch.setattr(os, "scandir", fail)
    with pytest.raises(Refused, match="it may not be read: permission denied"):
        files.read_bytes("a.json")
    with pytest.raises(Refused, match="it may not be read: permission denied"):
        files.items("")
    assert files.entries("") == []


# Links


@pytest.fixture
def inside(tmp_path: Path) -> Path:
    """A boundary with a file, beside a file that no one may read."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.json").write_text("secret")
    folder = tmp_path / "inside"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "a.json").write_text("{}")
    return folder


@posix
@pytest.mark.parametrize("target", ["../outside/secret.json", "{tmp}/outside/secret.json", "/etc/passwd"])
def test_a_link_out_of_the_boundary_is_not_followed(inside: Path, target: str) -> None:
    (inside / "link.json").symlink_to(target.format(tmp=inside.parent))
    files = Files(str(inside))
    assert _refused(files, "link.json") == ("unreadable", "it lies outside the boundary and is not read")
    assert not files.exists("link.json")
    assert files.lies_there("link.json")
    assert _names(files) == ["sub/"]


@posix
def test_a_folder_that_leads_out_of_the_boundary(inside: Path) -> None:
    (inside / "out").symlink_to("../outside")
    files = Files(str(inside))
    assert not files.is_dir("out")
    assert _refused(files, "out/secret.json")[1] == "it lies outside the boundary and is not read"
    assert files.entries("out") == []
    assert _names(files) == ["sub/"]


@pytest.mark.parametrize("path", ["../outside/secret.json", "sub/../../outside/secret.json", "..", "../inside2"])
def test_dots_do_not_lead_out(inside: Path, path: str) -> None:
    (inside.parent / "inside2").write_text("a neighbour whose name begins alike")
    files = Files(str(inside))
    assert _refused(files, path) == ("unreadable", "it lies outside the boundary and is not read")
    assert not files.exists(path)
    assert not files.is_dir(path)
    assert files.entries(path) == []


def test_dots_inside_are_fine(inside: Path) -> None:
    assert Files(str(inside)).read("sub/../sub/a.json").text == "{}"


@posix
def test_a_link_inside_the_boundary_is_what_it_points_to(inside: Path) -> None:
    (inside / "link.json").symlink_to("sub/a.json")
    (inside / "folder").symlink_to("sub")
    files = Files(str(inside))
    assert files.read("link.json").text == "{}"
    assert _names(files) == ["folder/", "link.json", "sub/"]
    assert files.real("folder") == files.real("sub")


@posix
def test_links_that_lead_nowhere_or_in_circles_hide_nothing_else(inside: Path) -> None:
    (inside / "broken.json").symlink_to("nowhere.json")
    (inside / "self.json").symlink_to("self.json")
    (inside / "one").symlink_to("two")
    (inside / "two").symlink_to("one")
    (inside / "sub" / "up").symlink_to("..")
    files = Files(str(inside))
    assert _names(files) == ["sub/"]
    assert _names(files, "sub") == ["sub/a.json", "sub/up/"]
    for path in ("broken.json", "self.json", "one"):
        assert _refused(files, path)[0] == "unreadable"
        assert not files.exists(path)


@posix
def test_the_boundary_may_be_reached_through_a_link(inside: Path) -> None:
    (inside.parent / "door").symlink_to("inside")
    files = Files(str(inside.parent / "door"))
    assert files.boundary == str(inside.resolve())
    assert files.relative(str(inside.parent / "door" / "sub" / "a.json")) == "sub/a.json"


@posix
def test_a_link_named_on_the_command_line_keeps_its_name(inside: Path) -> None:
    (inside / "link.json").symlink_to("sub/a.json")
    assert Files(str(inside)).relative(str(inside / "link.json")) == "link.json"


def test_the_root_of_the_file_system_may_be_the_boundary(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")
    files = Files(os.path.abspath(os.sep))
    assert files.read(files.relative(str(tmp_path / "a.json"))).text == "{}"


# What was looked at


def test_every_path_that_was_looked_for_is_kept(inside: Path) -> None:
    files = Files(str(inside))
    files.read("sub/a.json")
    files.exists("sub/b.json")
    files.entries("sub")
    assert files.reads == {"sub/a.json", "sub/b.json", "sub"}


def test_rule_files(tmp_path: Path) -> None:
    names = ["rules/b.py", "rules/start/a.py", "rules/_helper.py", "rules/readme.md", "one.py"]
    files = Files(str(write(tmp_path, dict.fromkeys(names, ""))))
    assert files.rule_files("rules") == ["rules/b.py", "rules/start/a.py"]
    assert files.rule_files("one.py") == ["one.py"]
    assert files.rule_files("two.py") == []
    assert files.rule_files("../outside") == []


@posix
def test_a_very_deep_tree(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("")
    start = time.perf_counter()
    with deep_tree(tmp_path):
        assert Files(str(tmp_path)).rule_files("") == ["a.py"]
    assert time.perf_counter() - start < SOON


# Paths


def test_relative_paths_from_any_working_directory(inside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = Files(str(inside))
    for cwd, argument in ((inside, "sub/a.json"), (inside / "sub", "a.json"), (inside.parent, "inside/sub/a.json")):
        monkeypatch.chdir(cwd)
        assert files.relative(argument) == "sub/a.json"
        assert files.relative(f"./{argument}") == "sub/a.json"
        assert files.relative(str(inside)) == ""
    monkeypatch.chdir(inside)
    assert files.relative("../outside/x") == "../outside/x"
    assert files.relative("sub/../sub/a.json") == "sub/a.json"


def test_write(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    files = Files(str(tmp_path))
    files.write(str(path), "한\r\n")
    assert path.read_bytes() == "한\r\n".encode()
    with pytest.raises(Refused, match="there is no such file"):
        files.write(str(tmp_path / "missing" / "out.json"), "")


# The boundary


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "repository" / "infra" / "modules").mkdir(parents=True)
    (tmp_path / "repository" / "app").mkdir()
    (tmp_path / "repository" / "infra" / "a.json").write_text("{}")
    return tmp_path / "repository"


@pytest.mark.parametrize("argument", ["", "infra", "infra/modules", "infra/a.json", "infra/new.json", "infra/no/such"])
def test_the_boundary_is_the_nearest_repository(tree: Path, argument: str) -> None:
    (tree / ".git").mkdir()
    (tree / "infra" / ".ecslint.yml").write_text("")
    assert find_boundary(str(tree / argument)) == str(tree)


def test_a_repository_within_a_repository(tree: Path) -> None:
    (tree / ".git").mkdir()
    (tree / "infra" / ".git").write_text("gitdir: ../.git/modules/infra")
    assert find_boundary(str(tree / "infra" / "a.json")) == str(tree / "infra")
    assert find_boundary(str(tree / "app")) == str(tree)


def test_without_a_repository_it_is_the_nearest_configuration(tree: Path) -> None:
    (tree / ".ecslint.yml").write_text("")
    assert find_boundary(str(tree / "infra" / "modules")) == str(tree)


def test_without_either_it_is_the_argument_itself(tree: Path) -> None:
    assert find_boundary(str(tree / "infra")) == str(tree / "infra")
    assert find_boundary(str(tree / "infra" / "a.json")) == str(tree / "infra")


def test_the_root_that_was_asked_for(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tree / ".git").mkdir()
    monkeypatch.chdir(tree)
    assert find_boundary("infra/a.json", "infra") == str(tree / "infra")
    assert find_boundary("infra/a.json", str(tree.parent)) == str(tree.parent)
