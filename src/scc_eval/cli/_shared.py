"""What several commands share: reading a workspace, languages, writing."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from scc_eval.dossier import Dossier

PATH = typer.Argument(
    Path(), help="A workspace, an evaluation's folder, or anything in one.", show_default="here"
)
LANG = typer.Option(
    None,
    "--lang",
    help="Language of the messages: en or fr; else SCC_LANG, else the system's.",
    metavar="LANG",
)


def fail(message: str) -> NoReturn:
    """Say why the command could not be run, and leave with exit code 2."""
    typer.echo(f"scc: {message}", err=True)
    raise typer.Exit(2)


def speak(language: str | None) -> Any:
    """The words of the language asked for, or of whoever runs the program."""
    from scc_eval.languages import LANGUAGES, spoken_here, words

    language = language or spoken_here()
    if language not in LANGUAGES:
        fail(f"--lang takes one of {', '.join(LANGUAGES)}, not {language}")
    return words(language)


def choose(option: str, value: str, allowed: tuple[str, ...]) -> str:
    """The value, if it is allowed; otherwise exit code 2."""
    if value not in allowed:
        fail(f"{option} takes one of {', '.join(allowed)}, not {value}")
    return value


def open_dossiers(path: Path) -> tuple[Dossier, ...]:
    """Read the evaluations at a path, with a progress bar if it takes long and a person watches."""
    from scc_eval.dossier import Dossier
    from scc_eval.project import load
    from scc_eval.workspace import NoWorkspace

    with _Watcher() as watcher:
        try:
            projects = load(path, watcher.watch)
        except NoWorkspace as nowhere:
            if not nowhere.exists:
                fail(f"{path} does not exist")
            fail(
                f"{path} is in no workspace, or the workspace is empty: there should be a folder "
                "evidence/ with an evaluation, or theories/ with a theory (scc init makes them)"
            )
    return tuple(Dossier(project) for project in projects)


def open_evaluations(path: Path) -> tuple[Dossier, ...]:
    """Those at a path that are evaluations, not theories alone; exit code 2 if there is none."""
    found = tuple(dossier for dossier in open_dossiers(path) if dossier.is_evaluation)
    if not found:
        fail(f"{path} holds no evaluation whose settings can be read")
    return found


def is_terminal() -> bool:
    """Whether a person watches standard output."""
    return sys.stdout.isatty()


def write_out(text: str, output: Path | None) -> None:
    """Write to a file, whole or not at all, or to standard output."""
    if output is None:
        # A reader that has seen enough, such as head, is no error.
        with contextlib.suppress(BrokenPipeError):
            sys.stdout.write(text)
            sys.stdout.flush()
        return
    write_file(text.encode(), output)


def write_file(content: bytes, output: Path) -> None:
    """Write a file, whole or not at all, in a folder that is made if need be."""
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        write_whole(output, content)
    except OSError as error:
        fail(f"{output} cannot be written: {(error.strerror or 'unknown').lower()}")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file under another name, then rename it: nobody ever reads half of it.

    Raises OSError where the folder cannot be written.
    """
    import tempfile

    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
        mode = path.stat().st_mode if path.exists() else 0o666 & ~_umask()
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


class _Watcher:
    """Shows a progress bar on a terminal once reading has taken a second; else says nothing."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._is_watched = sys.stderr.isatty()
        self._bar: tuple[Progress, TaskID] | None = None

    def __enter__(self) -> _Watcher:
        return self

    def __exit__(self, *exception: object) -> None:
        if self._bar:
            self._bar[0].stop()

    def watch(self, done: int, total: int) -> None:
        """Told after each file how many of how many are read."""
        if not self._is_watched or time.monotonic() - self._begun < 1:
            return
        if self._bar is None:
            from rich.console import Console
            from rich.progress import Progress

            bar = Progress(console=Console(stderr=True), transient=True)
            self._bar = bar, bar.add_task("", total=total)
            bar.start()
        self._bar[0].update(self._bar[1], completed=done)
