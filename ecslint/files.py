"""The jail: the only code that opens, lists and writes files.

No read leaves the boundary, through a symlink or otherwise; what lies beyond is refused and said to be unread. Paths
are relative to the boundary, with `/`. Buffers of an editor that are not saved yet stand in `overlay`.
"""

from __future__ import annotations

import os
import stat

from ecslint.lean import TYPE_CHECKING
from ecslint.source import SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LARGEST = 32 * 1024 * 1024
"""The most bytes that a file may have."""


class Refused(Exception):
    """A file cannot be read. `kind` is that of the problem: `unreadable`, `encoding` or `limit`."""

    def __init__(self, kind: str, path: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.path = path


class Entry:
    """Something in a folder. A link is what it points to, as long as that lies inside the boundary."""

    __slots__ = ("is_dir", "name", "path")

    def __init__(self, name: str, path: str, is_dir: bool) -> None:
        self.name = name
        self.path = path
        self.is_dir = is_dir


class Files:
    """Files inside a boundary, which is an absolute path.

    `reads` holds every path read or looked for since it was last emptied.
    """

    def __init__(self, boundary: str, overlay: Mapping[str, str] | None = None) -> None:
        self.boundary = os.path.realpath(boundary)
        self.overlay = dict(overlay or {})
        self.reads: set[str] = set()
        self._read: dict[str, SourceFile] = {}
        self._followed: dict[str, str] = {}

    def relative(self, path: str) -> str:
        """A path relative to the boundary, whatever it was relative to; the boundary itself is empty."""
        absolute = _placed(path)
        if absolute == self.boundary:
            return ""
        return os.path.relpath(absolute, self.boundary).replace(os.sep, "/")

    def absolute(self, path: str) -> str:
        return os.path.join(self.boundary, *path.split("/"))

    def inside(self, path: str) -> bool:
        """Whether a path, followed through every link, lies inside the boundary."""
        return self._real(path) is not None

    def _real(self, path: str) -> str | None:
        """Where a path leads in the end; None where that is outside, or nowhere because no file can be named so."""
        if not _possible(path):
            return None
        names = path.split("/")
        real = self._below_followed(names)
        if real is None and len(names) > 1:
            # Its neighbours will be asked for next.
            folder = "/".join(names[:-1])
            self._followed[folder] = os.path.realpath(self.absolute(folder))
            real = self._below_followed(names)
        real = real or os.path.realpath(self.absolute(path))
        return real if real == self.boundary or real.startswith(self.boundary.rstrip(os.sep) + os.sep) else None

    def _below_followed(self, names: list[str]) -> str | None:
        """Where a path leads, followed from the nearest folder that was followed before; None where none was.

        A tree may be two thousand folders deep, and to follow each path of it from the top is slow.
        """
        if not {"", ".", ".."}.isdisjoint(names):
            return None
        for at in range(len(names) - 1, -1, -1):
            real = self._followed.get("/".join(names[:at]))
            if real is not None:
                for name in names[at:]:
                    real = os.path.join(real, name)
                    real = os.path.realpath(real) if os.path.islink(real) else real
                return real
        return None

    def exists(self, path: str) -> bool:
        """Whether a readable file is there."""
        self.reads.add(path)
        return path in self.overlay or (self.inside(path) and os.path.isfile(self.absolute(path)))

    def lies_there(self, path: str) -> bool:
        """Whether anything has this name, readable or not."""
        return path in self.overlay or os.path.lexists(self.absolute(path))

    def is_dir(self, path: str) -> bool:
        """Whether a folder inside the boundary is there."""
        return self.inside(path) and os.path.isdir(self.absolute(path))

    def read(self, path: str) -> SourceFile:
        """The decoded text of a file, read once. Raises `Refused`."""
        self.reads.add(path)
        if path in self._read:
            return self._read[path]
        text = self.overlay.get(path)
        if text is None:
            text = self.decode(path, self.read_bytes(path))
        file = SourceFile(path, text.removeprefix("\ufeff"))
        self._read[path] = file
        return file

    def read_bytes(self, path: str, most: int = -1) -> bytes:
        """A file's bytes, or the first of them. Raises `Refused`."""
        if path in self.overlay:
            return self.overlay[path].encode()[: most if most >= 0 else None]
        real = self._real(path)
        if real is None:
            raise Refused("unreadable", path, "it lies outside the boundary and is not read")
        return self._content(path, real, most)

    @staticmethod
    def _content(path: str, real: str, most: int = -1) -> bytes:
        """The bytes at an absolute path; `path` is how it is called in a refusal."""
        try:
            status = os.stat(real)
            if not stat.S_ISREG(status.st_mode):
                what = "a folder" if stat.S_ISDIR(status.st_mode) else "no regular file"
                raise Refused("unreadable", path, f"it is {what}")
            if status.st_size > LARGEST and most < 0:
                raise too_large(path, status.st_size)
            with open(real, "rb") as stream:
                content = stream.read(LARGEST + 1 if most < 0 else most)
        except OSError as error:
            raise Refused("unreadable", path, _reason(error)) from error
        if len(content) > LARGEST and most < 0:
            raise too_large(path, len(content))
        return content

    def read_given(self, path: str) -> SourceFile:
        """The text of a file that a person named for ecslint itself, such as a baseline.

        It is as they gave it, and may lie outside the boundary. Raises `Refused`.
        """
        return SourceFile(self.relative(path), self.decode(path, self._content(path, path)).removeprefix("\ufeff"))

    @staticmethod
    def decode(path: str, content: bytes) -> str:
        """The text of UTF-8 with or without a byte order mark, or UTF-16 with one. Raises `Refused`."""
        wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
        try:
            return content.decode("utf-16" if wide else "utf-8-sig")
        except UnicodeDecodeError as error:
            if wide:
                what = f"it is not UTF-16, as its first bytes say: byte {error.start + 1}"
            elif b"\0" in content[:8192]:
                what = "it is no text"
            else:
                line = content.count(b"\n", 0, error.start) + 1
                what = f"it is not UTF-8: byte {error.start + 1}, on line {line}"
            raise Refused("encoding", path, what) from error

    def entries(self, folder: str) -> list[Entry]:
        """What is in a folder, sorted by name; nothing where it cannot be listed.

        Links that leave the boundary or lead nowhere are left out.
        """
        try:
            return list(self._entries(folder, self.items(folder)))
        except Refused:
            return []

    def items(self, folder: str) -> list[os.DirEntry[str]]:
        """What has a name in a folder, sorted. Raises `Refused` where it cannot be listed."""
        self.reads.add(folder)
        real = self._real(folder)
        if real is None:
            raise Refused("unreadable", folder, "it lies outside the boundary and is not read")
        try:
            with os.scandir(real) as found:
                items = sorted(found, key=lambda item: item.name)
        except OSError as error:
            raise Refused("unreadable", folder, _reason(error)) from error
        self._followed[folder] = real
        return items

    def _entries(self, folder: str, items: list[os.DirEntry[str]]) -> Iterator[Entry]:
        for item in items:
            path = f"{folder}/{item.name}" if folder else item.name
            if item.is_symlink() and not (self.inside(path) and os.path.exists(self.absolute(path))):
                continue
            yield Entry(item.name, path, item.is_dir())

    def real(self, folder: str) -> str:
        """Where a folder really is: two names of one folder have one answer."""
        return self._real(folder) or os.path.realpath(self.absolute(folder))

    def rule_files(self, path: str) -> list[str]:
        """The rule files under a path that the configuration names: the file itself, or those of a folder's tree."""
        if not self.is_dir(path):
            return [path] if self.exists(path) else []
        return [
            name for name in self._walk(path) if name.endswith(".py") and not name.rpartition("/")[2].startswith("_")
        ]

    def _walk(self, folder: str) -> list[str]:
        """The files in a folder's tree, links to folders left out; of what cannot be listed, nothing."""
        found: list[str] = []
        folders = [folder]
        while folders:
            for entry in self.entries(folders.pop()):
                if not entry.is_dir:
                    found.append(entry.path)
                elif not os.path.islink(self.absolute(entry.path)):
                    folders.append(entry.path)
        return sorted(found)

    def write(self, path: str, text: str) -> None:
        """Write a file that a person asked for; the path is as they gave it. Raises `Refused`.

        It is UTF-8 whatever the text holds: what is no character, as in the name of a file, is escaped as in JSON.
        """
        try:
            with open(path, "wb") as stream:
                stream.write(text.encode("utf-8", "backslashreplace"))
        except OSError as error:
            raise Refused("unreadable", path, _reason(error)) from error

    def write_new(self, path: str, text: str, force: bool = False) -> None:
        """Write a file and the folders that it needs; not over one that is there, unless forced. Raises `Refused`."""
        if os.path.lexists(path) and not force:
            raise Refused("unreadable", path, "it is there already")
        try:
            os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        except OSError as error:
            raise Refused("unreadable", path, _reason(error)) from error
        self.write(path, text)

    def rewrite(self, path: str, text: str) -> None:
        """Give a file inside the boundary another text, in its encoding, wholly or not at all. Raises `Refused`."""
        target = self._real(path)
        if target is None:
            raise Refused("unreadable", path, "it lies outside the boundary and is not written")
        content = self._content(path, target)
        encoding = "utf-8"
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            encoding = "utf-16-le" if content.startswith(b"\xff\xfe") else "utf-16-be"
        mark = "\ufeff" if encoding != "utf-8" or content.startswith(b"\xef\xbb\xbf") else ""
        beside = f"{target}.ecslint-{os.getpid()}"
        try:
            with open(beside, "xb") as stream:
                stream.write((mark + text).encode(encoding))
            os.chmod(beside, stat.S_IMODE(os.stat(target).st_mode))
            os.replace(beside, target)
        except OSError as error:
            if os.path.lexists(beside):
                os.unlink(beside)
            raise Refused("unreadable", path, _reason(error)) from error
        self._read.pop(path, None)


def too_large(path: str, size: int) -> Refused:
    """The refusal of a file of so many bytes."""
    mebi = 1024 * 1024
    return Refused("limit", path, f"it has {-(-size // mebi)} MiB, the limit is {LARGEST // mebi} MiB")


def find_boundary(argument: str, root: str | None = None) -> str:
    """The boundary of an argument, an absolute path.

    It is `root` if given, else the nearest folder upward with `.git`, else with `.ecslint.yml`, else the argument's
    own folder.
    """
    if root is not None:
        return os.path.realpath(root)
    start = os.path.realpath(argument) if os.path.isdir(argument) else os.path.dirname(_placed(argument))
    for marker in (".git", ".ecslint.yml"):
        folder = start
        while True:
            if os.path.lexists(os.path.join(folder, marker)):
                return folder
            above = os.path.dirname(folder)
            if above == folder:
                break
            folder = above
    return start


def _possible(path: str) -> bool:
    """Whether any file could have this name."""
    try:
        return b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        return False


def _placed(path: str) -> str:
    """The absolute path of a name: its folder followed through links, itself not."""
    folder, name = os.path.split(os.path.abspath(path))
    return os.path.join(os.path.realpath(folder), name)


def _reason(error: OSError) -> str:
    reasons: dict[type[OSError], str] = {
        FileNotFoundError: "there is no such file",
        PermissionError: "it may not be read: permission denied",
        IsADirectoryError: "it is a folder",
        NotADirectoryError: "it is no folder",
    }
    return reasons.get(type(error), (error.strerror or str(error)).lower())
