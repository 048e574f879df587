"""Measure whole processes: `scc validate` beside a bare parse of the same files, start-up, and
`scc audit` beside extracting the text of the same reports; then each rule, in one process; then
`scc serve`, from a save to the page shown changed.

Every figure is the median of several runs, the two commands of a pair in turn, so that a machine
whose speed drifts does not favour one of them. The program is compiled first, as an installed one
is. Nothing is asserted: the reader judges.
"""

from __future__ import annotations

import argparse
import compileall
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import scc_eval
from bench.audit import audits
from bench.evaluation import write_evaluation
from bench.generate import write_workspace
from bench.pages import show as show_pages
from bench.rules import show
from bench.serve import show as show_saves

_BARE = """
import sys, yaml
from pathlib import Path
for name in sorted(Path(sys.argv[1]).rglob("*.yaml")):
    yaml.load(name.read_bytes(), yaml.CSafeLoader)
"""
_SCC = [str(Path(sys.executable).parent / "scc")]
_PYTHON = [sys.executable, "-c"]


def main() -> None:
    """Print tables of ratios, of rules and of saves, each beside the bound it is held to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--runs", type=int, default=7, help="runs of each command, after one warm-up"
    )
    parser.add_argument("--items", type=int, default=10_000, help="evidence items in all")
    parser.add_argument(
        "--judged", type=int, default=5_000, help="evidence items of the evaluation for the rules"
    )
    parser.add_argument(
        "--citations", type=int, default=5_000, help="citations in a report of some 300 pages"
    )
    parser.add_argument("--saves", type=int, default=30, help="saves that `scc serve` follows")
    options = parser.parse_args()
    compileall.compile_dir(Path(scc_eval.__file__).parent, quiet=1)
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        few = write_workspace(_made(root / "few"), options.items, per_file=-(-options.items // 5))
        many = write_workspace(_made(root / "many"), options.items, per_file=1)
        small = write_workspace(_made(root / "small"), 50, per_file=10)
        imports = "import typer, pydantic, yaml"
        rows = (
            (f"validate {options.items} items in 5 files / bare parse", 1.2, few, None),
            (f"validate {options.items} items, a file each / bare parse", 1.2, many, None),
            (f"validate 50 items / {imports}", 2.0, small, imports),
        )
        print(f"{'':58}{'scc s':>8}{'other s':>9}{'ratio':>7}{'bound':>7}")
        for label, bound, workspace, code in rows:
            other = [*_PYTHON, code] if code else [*_PYTHON, _BARE, str(workspace)]
            _show(label, [*_SCC, "validate", str(workspace)], other, bound, options.runs)
        label = "--version / import typer"
        _show(label, [*_SCC, "--version"], [*_PYTHON, "import typer"], 1.5, options.runs)
        for pair in audits(_made(root / "reports"), options.citations):
            _show(pair.label, pair.ours, pair.other, pair.bound, options.runs)
        print()
        show(write_evaluation(_made(root / "judged"), options.judged), options.runs)
        print()
        show_pages(_made(root / "pages"), options.runs)
        print()
        show_saves(_made(root / "served"), options.saves)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _show(label: str, ours: Sequence[str], other: Sequence[str], bound: float, runs: int) -> None:
    pairs = [(_seconds(ours), _seconds(other)) for _ in range(runs + 1)][1:]
    first = statistics.median(pair[0] for pair in pairs)
    second = statistics.median(pair[1] for pair in pairs)
    ratio = statistics.median(pair[0] / pair[1] for pair in pairs)
    print(f"{label:58}{first:8.3f}{second:9.3f}{ratio:7.2f}{bound:7.1f}")


def _seconds(command: Sequence[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
