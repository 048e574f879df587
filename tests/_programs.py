"""Programs of the system that a test needs: one that is missing is named, and CI never skips."""

from __future__ import annotations

import os
import shutil

import pytest


def needs(*programs: str) -> pytest.MarkDecorator:
    """Skip a test where a program is missing, naming it; in CI it runs, and fails."""
    missing = [program for program in programs if shutil.which(program) is None]
    reason = f"needs {', '.join(missing)}: `make system` installs what tests need"
    return pytest.mark.skipif(bool(missing) and not os.environ.get("CI"), reason=reason)
