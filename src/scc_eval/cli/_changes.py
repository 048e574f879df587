"""Which files changed since a commit, as git tells it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from scc_eval.cli._shared import fail

_OPTION = "--changed-since"
_QUIET = (
    # Nothing is written, and no program that a repository names is run.
    "--no-optional-locks",
    *("-c", "core.fsmonitor=false"),
    *("-c", "diff.relative=false"),
)
_NAMES = ("-z", "--no-renames")
_OF_ONE_REPOSITORY = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR")


def changed_files(folder: Path, since: str) -> frozenset[str]:
    """The files changed since a commit, or that git does not track yet, with their whole paths.

    The commit is where the history here and that of `since` part; `since` itself where they have
    nothing in common. What git ignores is not among them. Exit code 2 where git cannot tell.
    """
    if since.startswith("-"):
        fail(f"{_OPTION} takes a commit, a branch or a tag, not {since}")
    git = _repository(folder)
    top = git.said("rev-parse", "--show-toplevel").removesuffix("\n")
    found = git.run("rev-parse", "--verify", "--quiet", f"{since}^{{commit}}")
    if found.code:
        fail(f"{_OPTION}: git knows no commit {since} here; a shallow copy has but the last ones")
    commit = found.told.strip()
    parted = git.run("merge-base", commit, "HEAD")
    begun = commit if parted.code else parted.told.strip()
    # Were `git diff` to look at the files as they are, it would write a fresher index.
    committed = git.said("diff", *_NAMES, "--name-only", "--no-ext-diff", begun, "HEAD", "--")
    since_then = git.said("status", *_NAMES, "--porcelain", "--untracked-files=all")
    names = (*committed.split("\0"), *(line[3:] for line in since_then.split("\0")))
    return frozenset(str(Path(top).resolve() / name) for name in names if name)


class _Ran(NamedTuple):
    """How git ended, what it printed and what it says went wrong."""

    code: int
    told: str
    amiss: str


class _Git(NamedTuple):
    """Git, in a folder and an environment."""

    folder: Path | None
    environment: Mapping[str, str]

    def run(self, *arguments: str) -> _Ran:
        """Run one of its commands; exit code 2 if there is no git."""
        import subprocess

        command = ("git", *_QUIET, *arguments)
        try:
            ran = subprocess.run(
                command,
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
            )
        except FileNotFoundError:
            fail(f"{_OPTION} asks git, which is not installed here")
        return _Ran(ran.returncode, os.fsdecode(ran.stdout), os.fsdecode(ran.stderr))

    def said(self, *arguments: str) -> str:
        """What one of its commands prints; exit code 2 if it fails."""
        ran = self.run(*arguments)
        if ran.code:
            first = next(iter(ran.amiss.splitlines()), f"exit code {ran.code}")
            fail(f"{_OPTION}: git cannot tell what changed ({first.removeprefix('fatal: ')})")
        return ran.told


def _repository(folder: Path) -> _Git:
    """Git in the repository that a folder lies in; else in the one that the environment names.

    Hooks run with the names of their own repository in the environment, which hold in its topmost
    folder only, and for no other repository.
    """
    free = {name: each for name, each in os.environ.items() if name not in _OF_ONE_REPOSITORY}
    around = _Git(folder, free)
    if "GIT_DIR" in os.environ and around.run("rev-parse", "--show-toplevel").code:
        return _Git(None, os.environ)
    return around
