"""Where a template of somebody's own goes wrong."""

from __future__ import annotations

import traceback
from pathlib import Path


def place_in_template(error: Exception, template: str) -> str:
    """The template and the line where rendering stopped, as far as they are known."""
    if (line := getattr(error, "lineno", None)) is not None:
        return f"{getattr(error, 'name', None) or template}, line {line}"
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.endswith(".j2")]
    if not frames:
        return template
    return f"{Path(frames[-1].filename).name}, line {frames[-1].lineno}"
