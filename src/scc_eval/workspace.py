"""Where a workspace is, and which of its files belong to which evaluation."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from scc_eval.files import read
from scc_eval.places import File, Location, Problem

SETTINGS_FILE = "evaluation.yaml"
_SUFFIXES = (".yaml", ".yml")


class NoWorkspace(Exception):
    """There is nothing to read at that path; `path` is what was asked for."""

    def __init__(self, path: Path, *, exists: bool) -> None:
        super().__init__(str(path))
        self.path = path
        self.exists = exists


def find_workspace(path: Path) -> Path:
    """The workspace a path lies in: the nearest folder that holds `evidence/` or `theories/`.

    Raises NoWorkspace where there is none.
    """
    path = Path(os.path.normpath(path.absolute()))
    if not os.path.lexists(path):
        raise NoWorkspace(path, exists=False)
    for folder in (path, *path.parents):
        if (folder / "evidence").is_dir() or (folder / "theories").is_dir():
            return folder
    raise NoWorkspace(path, exists=True)


def evaluations(root: Path) -> tuple[str, ...]:
    """The folders of the evaluations, relative to the workspace."""
    evidence = root / "evidence"
    if not evidence.is_dir():
        return ()
    if (evidence / SETTINGS_FILE).exists():
        return ("evidence",)
    return tuple(
        sorted(
            f"evidence/{entry.name}"
            for entry in os.scandir(evidence)
            if _is_folder(entry) and not entry.name.startswith((".", "_"))
        )
    )


def chosen(path: Path, root: Path, folders: tuple[str, ...]) -> tuple[str, ...]:
    """The evaluation a path lies in; all of them if it lies in none."""
    inside = tuple(name for name in folders if (root / name) in (path, *path.parents))
    return inside or folders


def yaml_files(folder: str, name: str) -> Iterator[str]:
    """The YAML files below a folder, in order, as names relative to the workspace."""
    try:
        with os.scandir(folder) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
    except OSError:
        yield name.removesuffix("/")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.name.endswith(_SUFFIXES) or (entry.is_symlink() and _is_folder(entry)):
            yield name + entry.name
        elif entry.is_dir(follow_symlinks=False):
            yield from yaml_files(entry.path, name + entry.name + "/")


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        # A link that goes round in a circle leads nowhere.
        return False


def theory_files(root: Path) -> Iterator[str]:
    """The files of the theories, as names relative to the workspace."""
    if (root / "theories").is_dir():
        yield from yaml_files(str(root / "theories"), "theories/")


def profile_file(root: Path, name: str) -> str | None:
    """The file of a profile in `profiles/`, relative to the workspace, if there is one."""
    names = (f"profiles/{name}{suffix}" for suffix in _SUFFIXES)
    return next((file for file in names if os.path.lexists(root / file)), None)


def read_file(root: Path, name: str) -> File:
    """Read one of them; a link to a folder is not followed."""
    path = f"{root}/{name}"
    if not name.endswith(_SUFFIXES) and Path(path).is_symlink():
        problem = Problem("linked-folder", Location(name), {})
        return File(name, None, (problem,), whole=False)
    return read(path, name)
