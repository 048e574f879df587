"""What to run next: the commands that say more of what an overview shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from scc_eval.overview.records import Overview

_SOUGHT = frozenset({"factor", "mechanism", "cell"})
"""Kinds of missing things that can be collected."""


def advise(overview: Overview) -> Iterator[str]:
    """The names of commands, the first one first."""
    yield from (command for command, is_due in _DUE.items() if is_due(overview))


def _is_found_fault_with(overview: Overview) -> bool:
    figures = overview.figures
    return bool(figures.errors or figures.warnings or figures.notes)


def _is_wanting(overview: Overview) -> bool:
    return not _SOUGHT.isdisjoint(each.kind for each in overview.missing)


def _has_holes(overview: Overview) -> bool:
    return overview.stage > 2 and any(packet.holes for packet in overview.packets)


def _has_untold(overview: Overview) -> bool:
    shares = (share for packet in overview.packets for share in (packet.mechanisms, packet.factors))
    return any(share.fated < share.all for share in shares)


_DUE: Mapping[str, Callable[[Overview], bool]] = {
    "validate": _is_found_fault_with,
    "next": _is_wanting,
    "coverage": _has_holes,
    "graph": lambda overview: overview.stage < 4 and overview.has_theory,
    "balance": lambda overview: overview.stage > 3 and _has_untold(overview),
    "story": lambda overview: overview.stage > 3 and overview.has_theory,
}
