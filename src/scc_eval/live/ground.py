"""What is followed: the files that reading would read, and how they stand on disk."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import NamedTuple

from scc_eval.workspace import evaluations, find_workspace, yaml_files

_FOLDERS = ("evidence", "theories", "profiles")


class Trace(NamedTuple):
    """How a file stands on disk; all nought where it does not."""

    written: int = 0
    size: int = 0
    number: int = 0


GONE = Trace()


class Ground(NamedTuple):
    """A workspace that is followed, or one evaluation of it.

    `only` is the folder of that evaluation; `besides` are files and folders at the root that count
    as well.
    """

    root: Path
    only: str = ""
    besides: tuple[str, ...] = ()

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders of the evaluations that are followed, relative to the workspace."""
        if self.only:
            return (self.only,)
        try:
            return evaluations(self.root)
        except OSError:
            # It went while it was looked at.
            return ()

    @property
    def places(self) -> Mapping[str, int]:
        """The folders in which a file that counts may be written, each with its number on disk."""
        named = (self.root / name for name in (*_FOLDERS, *self.besides))
        found = ((path, _status(path)) for path in named)
        return {str(path): each.st_ino for path, each in found if each and S_ISDIR(each.st_mode)}

    def traces(self) -> Mapping[str, Trace]:
        """How each file that counts stands, by its name relative to the workspace."""
        found = ((name, _status(self.root / name)) for name in self._names())
        return {
            name: Trace(each.st_mtime_ns, each.st_size, each.st_ino) if each else GONE
            for name, each in found
        }

    def _names(self) -> Iterator[str]:
        for folder in (*self.folders, "theories", "profiles"):
            status = _status(self.root / folder)
            if status and S_ISDIR(status.st_mode):
                yield from yaml_files(str(self.root / folder), f"{folder}/")
        for name in self.besides:
            yield from _all_files(self.root, name)


def ground_at(path: Path, besides: tuple[str, ...] = ()) -> Ground:
    """What is followed for a path: the evaluation it lies in, else its whole workspace.

    Raises NoWorkspace if the path is in no workspace.
    """
    path = Path(os.path.normpath(path.absolute()))
    root = find_workspace(path)
    around = (name for name in evaluations(root) if (root / name) in (path, *path.parents))
    return Ground(root, next(around, ""), besides)


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def _all_files(root: Path, name: str) -> Iterator[str]:
    """A file, or all in a folder but what is hidden or an editor's copy."""
    status = _status(root / name)
    if status and S_ISREG(status.st_mode):
        yield name
    for folder, inner, files in os.walk(root / name):
        inner[:] = [each for each in inner if not each.startswith(".")]
        for file in files:
            if not file.startswith((".", "#")) and not file.endswith("~"):
                yield Path(folder, file).relative_to(root).as_posix()
