"""What commands share that follow files: what they need and what they follow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from scc_eval.cli._shared import fail

if TYPE_CHECKING:
    from scc_eval.live.ground import Ground

_PACKAGES = ("anyio", "h11", "starlette", "uvicorn", "watchfiles")


@contextmanager
def packages() -> Iterator[None]:
    """Import what needs packages that may not be there: exit code 2 says how to have them."""
    try:
        yield
    except ModuleNotFoundError as missing:
        if missing.name not in _PACKAGES:
            raise
        fail(f"this needs the package {missing.name}: pip install 'scc-eval[serve]'")


def ground_of(path: Path, besides: tuple[str, ...]) -> Ground:
    """What is followed for a path; exit code 2 where there is nothing."""
    from scc_eval.live.ground import ground_at
    from scc_eval.workspace import NoWorkspace

    try:
        return ground_at(path, besides)
    except NoWorkspace as nowhere:
        fail(f"{path} is in no workspace" if nowhere.exists else f"{path} does not exist")


def follow(path: Path, besides: tuple[str, ...]) -> Iterator[None]:
    """Go on at once, then each time a file changes that is read for a path."""
    import gc
    from threading import Event

    with packages():
        from scc_eval.live.changes import changes
    for _ in changes(ground_of(path, besides), Event()):
        yield
        # The collector does not look by itself in a program that is made for short runs.
        gc.collect()


def printable(name: object) -> str:
    """A name that somebody gave, as a line of text that every stream takes."""
    from scc_eval.output.passages import on_one_line

    return on_one_line(f"{name}").encode("utf-8", "replace").decode()
