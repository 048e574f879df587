"""The program: what `scc` and `python -m scc_eval` run."""

from __future__ import annotations

import gc


def main() -> None:
    """Run the command line. What a run makes stays to its end: the collector need not look."""
    gc.disable()
    from scc_eval.cli import main as run

    run()


if __name__ == "__main__":
    main()
