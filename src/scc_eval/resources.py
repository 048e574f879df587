"""Where the shipped templates, theories and evaluations are, in a wheel as in a checkout."""

from __future__ import annotations

from pathlib import Path

_INSTALLED = Path(__file__).parent / "_data"
_CHECKOUT = Path(__file__).parents[2]


def folder(name: str) -> Path:
    """The shipped folder of that name: `templates`, `theories` or `evidence`."""
    return (_INSTALLED if _INSTALLED.is_dir() else _CHECKOUT) / name
