"""Measure each rule in one process, on a finished evaluation in which every rule has work.

What a rule costs is measured when it has asked the dossier all it asks once before. The difference
to its first run, over a dossier that only the rules before it have asked, is what indexes cost:
those that rules share, and those that one of them uses alone. They have a line of their own.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from scc_eval import Dossier, load
from scc_eval.diagnostics import Rule
from scc_eval.rules import _bound
from scc_eval.rules._checks import Check

RULES_TO_LOADING = 2.0
RULE_TO_ALL = 0.10


class _Row(NamedTuple):
    """What a rule costs, in seconds, and what it costs where nothing was asked before it."""

    rule: Rule
    warm: float
    cold: float
    issues: int


class _Pass(NamedTuple):
    """One loading, and every rule over what was loaded."""

    loading: float
    rows: tuple[_Row, ...]

    @property
    def ratio(self) -> float:
        """What all rules cost, in loadings."""
        return sum(row.cold for row in self.rows) / self.loading


def show(workspace: Path, runs: int) -> None:
    """Print what loading, the indexes and each rule cost, the dearest rule first."""
    gc.disable()  # as the program does
    try:
        passes = [_pass(workspace) for _ in range(runs + 1)][1:]
    finally:
        gc.enable()
    rows = [_median_row(rows) for rows in zip(*(each.rows for each in passes), strict=True)]
    loading = statistics.median(each.loading for each in passes)
    ratio = statistics.median(each.ratio for each in passes)
    total = sum(row.cold for row in rows)
    rules = sum(row.warm for row in rows)
    print(f"{'':36}{'ms':>9}{'/ loading':>11}{'bound':>7}")
    print(f"{'loading':36}{loading * 1000:9.1f}")
    print(f"{f'all {len(rows)} rules':36}{total * 1000:9.1f}{ratio:11.2f}{RULES_TO_LOADING:7.1f}\n")
    print(f"{'':36}{'ms':>9}{'% of all':>11}{'bound':>7}{'first':>9}{'issues':>8}")
    print(f"{'indexes':36}{(total - rules) * 1000:9.1f}{(1 - rules / total) * 100:11.1f}")
    for row in sorted(rows, key=lambda row: -row.warm):
        print(
            f"{f'{row.rule.code} {row.rule.name}':36}{row.warm * 1000:9.1f}"
            f"{row.warm / total * 100:11.1f}{RULE_TO_ALL * 100:7.0f}"
            f"{row.cold * 1000:9.1f}{row.issues:8}"
        )


def _pass(workspace: Path) -> _Pass:
    """Each rule twice, one run right after the other: the speed of a machine drifts."""
    begun = time.perf_counter()
    (project,) = load(workspace)
    loading = time.perf_counter() - begun
    dossier = Dossier(project)
    return _Pass(loading, tuple(_row(rule, check, dossier) for rule, check in _bound(dossier)))


def _row(rule: Rule, check: Check, dossier: Dossier) -> _Row:
    (cold, issues), (warm, _) = _timed(check, dossier), _timed(check, dossier)
    return _Row(rule, warm, cold, issues)


def _median_row(rows: Sequence[_Row]) -> _Row:
    warm = statistics.median(row.warm for row in rows)
    cold = statistics.median(row.cold for row in rows)
    return rows[0]._replace(warm=warm, cold=cold)


def _timed(check: Check, dossier: Dossier) -> tuple[float, int]:
    begun = time.perf_counter()
    issues = sum(1 for _ in check(dossier))
    return time.perf_counter() - begun, issues
