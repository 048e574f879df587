"""Programs of the system that a test needs: one that is missing is named, and CI never skips."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

WEB = Path(__file__).parent / "web" / "node_modules"
"""What `make install` fetches for tests of pages."""


def needs(*programs: str | Path) -> pytest.MarkDecorator:
    """Skip a test where a program, or a file of one, is missing, naming it; in CI it runs, and
    fails."""
    missing = [Path(each).name for each in programs if not has(each)]
    reason = f"needs {', '.join(missing)}: `make system install` brings what tests need"
    return pytest.mark.skipif(bool(missing) and not os.environ.get("CI"), reason=reason)


def has(program: str | Path) -> bool:
    """Whether a program is there, or the file of one that is run by another."""
    return program.is_file() if isinstance(program, Path) else shutil.which(program) is not None
