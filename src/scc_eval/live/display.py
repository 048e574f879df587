"""What is shown of each evaluation: the latest reading of it, and the last good site."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from scc_eval.live.edition import Edition
from scc_eval.live.ground import Ground
from scc_eval.live.reading import GONE, LayOut, Reading, Trouble, read
from scc_eval.story.render import forget_templates

_RUN = secrets.token_hex(4)
"""Pages of another run of the program are never taken for pages of this one."""


class Shown(NamedTuple):
    """An evaluation as it is shown: the latest reading and the last good site. The greater the
    number, the later it came to be shown; nought before it is read."""

    number: int
    latest: Reading
    edition: Edition | None = None

    @property
    def token(self) -> str:
        """What the pages of it bear, and newer ones do not."""
        return _token(self.number)


class Display:
    """The evaluations as they are shown. One thread reads them anew, any may look."""

    def __init__(
        self, ground: Ground, lay_out: LayOut, language: str | None = None, usual: str = "en"
    ) -> None:
        self.ground = ground
        self.usual = language or usual
        """The language of what is not in an evaluation's own."""
        self.is_over = False
        self._lay_out = lay_out
        self._language = language
        self._shown: Mapping[str, Shown] = {
            folder: Shown(0, Reading(folder, self.usual, trouble=Trouble("unready")))
            for folder in ground.folders
        }
        self._first = ""
        self._number = 0
        self._listeners: set[Callable[[], object]] = set()

    @property
    def shown(self) -> Mapping[str, Shown]:
        """The evaluations that are shown, by name."""
        return {folder.rpartition("/")[2]: each for folder, each in self._shown.items()}

    @property
    def token(self) -> str:
        """What the pages bear that are of no one evaluation."""
        return _token(self._number)

    def look(self, name: str) -> Shown | None:
        """An evaluation of that name, which is the first to be read when files change."""
        found = self.shown.get(name)
        if found is not None:
            self._first = found.latest.folder
        return found

    def renew(self, changed: Collection[str]) -> None:
        """Read again the evaluations that changed files belong to, and say so after each.

        What is not written in an evaluation's own folder belongs to all.
        """
        if any(name.startswith("templates/") for name in changed):
            forget_templates()
        folders = dict.fromkeys((*self.ground.folders, *self._shown))
        for folder in sorted(folders, key=lambda each: (each != self._first, each)):
            before = self._shown.get(folder)
            if before is None or not before.number or _concern(changed, folder):
                self._show(folder, before)

    def _show(self, folder: str, before: Shown | None) -> None:
        usual = before.latest.language if before else self.usual
        latest = read(self.ground.root, folder, self._lay_out, self._language, usual)
        edition = before.edition if before else None
        if latest.site is not None:
            edition = Edition(latest.site, latest.at, edition)
        self._number += 1
        shown = {**self._shown, folder: Shown(self._number, latest, edition)}
        if edition is None and latest.trouble == GONE:
            # It was never more than a name.
            del shown[folder]
        self._shown = shown
        self._say()

    @contextmanager
    def heard(self, listener: Callable[[], object]) -> Iterator[None]:
        """Call the listener each time something else is shown, and at the end, in any thread."""
        self._listeners.add(listener)
        try:
            yield
        finally:
            self._listeners.discard(listener)

    def end(self) -> None:
        """Nothing more is shown: whoever listens goes home."""
        self.is_over = True
        self._say()

    def _say(self) -> None:
        for listener in tuple(self._listeners):
            listener()


def _token(number: int) -> str:
    return f"{_RUN}.{number}"


def _concern(changed: Collection[str], folder: str) -> bool:
    """Whether one of the files belongs to the evaluation in a folder, or to all of them."""
    own = f"{folder}/"
    return any(name.startswith(own) or not name.startswith("evidence/") for name in changed)
