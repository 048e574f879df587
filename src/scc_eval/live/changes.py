"""Which files change, as soon as they do and once they rest: saves in a burst are one change."""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Generator, Iterator, Mapping
from contextlib import closing
from itertools import chain
from pathlib import Path
from threading import Event
from typing import Final

from watchfiles import watch

from scc_eval.live.ground import GONE, Ground, Trace

STEP: Final = 10
"""Milliseconds in which nothing more may be written before a change is told."""
LONGEST: Final = 100
"""Milliseconds after which it is told even if more is written."""
TICK: Final = 1.0
"""Seconds between looks at the files themselves, for disks of which the system tells nothing."""
_BREATH = 30
"""Milliseconds after which the system has nothing to tell yet."""
_SHARE = 50
"""How many times longer than a look the time between two is at least."""
_PATIENCE, _PAUSE = 10, 0.02
"""How often, and after how many seconds, a file that is gone or empty is looked at again."""


def changes(ground: Ground, stop: Event) -> Iterator[frozenset[str]]:
    """The names of files that were written, made, moved or removed, each time there are any.

    The first are all there are. What changes while the one who asks is at work is told when the
    next are asked for: nothing is lost. Ends once `stop` is set, within a moment.
    """
    before: Mapping[str, Trace] | None = None
    tick = TICK
    while not stop.is_set():
        places = ground.places
        with closing(_told(places, stop)) as told:
            # From here on the system tells what changes: only now are the files looked at.
            next(told, None)
            due = 0.0
            for paths in chain((frozenset[str](),), told):
                # A folder that is made anew must be followed anew.
                is_moved = not paths.isdisjoint(places) or ground.places != places
                begun = time.monotonic()
                if not paths and not is_moved and begun < due:
                    continue
                after = _settled(ground, before or {}, stop)
                if before is None:
                    tick = max(TICK, _SHARE * (time.monotonic() - begun))
                due = time.monotonic() + tick
                changed = _changed(before or {}, after, _named(ground.root, paths))
                if changed or before is None:
                    yield changed
                before = after
                if is_moved:
                    break


def _changed(
    before: Mapping[str, Trace], after: Mapping[str, Trace], touched: frozenset[str]
) -> frozenset[str]:
    known = {*before, *after}
    return frozenset(
        name for name in known if name in touched or before.get(name) != after.get(name)
    )


def _told(places: Collection[str], stop: Event) -> Generator[frozenset[str]]:
    """The paths that the system says were touched; nothing after each breath without any."""
    try:
        for touched in watch(
            *places,
            watch_filter=None,
            debounce=LONGEST,
            step=STEP,
            stop_event=stop,
            rust_timeout=_BREATH,
            yield_on_timeout=True,
            ignore_permission_denied=True,
        ):
            yield frozenset(path for _, path in touched)
    except (OSError, RuntimeError):
        # It follows no more folders: looks at the files are left.
        while not stop.wait(_BREATH / 1000):
            yield frozenset()


def _settled(ground: Ground, before: Mapping[str, Trace], stop: Event) -> Mapping[str, Trace]:
    """How files stand, once none of them is gone or empty that an editor may be about to write."""
    after = ground.traces()
    for _ in range(_PATIENCE):
        if not any(each.size and not after.get(name, GONE).size for name, each in before.items()):
            break
        if stop.wait(_PAUSE):
            break
        after = ground.traces()
    return after


def _named(root: Path, paths: Collection[str]) -> frozenset[str]:
    beginning = f"{root}{os.sep}"
    return frozenset(path.removeprefix(beginning).replace(os.sep, "/") for path in paths)
