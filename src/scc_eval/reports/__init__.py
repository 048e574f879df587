"""A written report to its paragraphs, each with its place: nothing here knows what a code is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

from scc_eval.places import Location, Problem
from scc_eval.reports.paragraphs import Part, Report

__all__ = ["SUFFIXES", "MissingExtra", "Part", "Report", "read"]

Reader = Callable[[Path, str], Report]

_READERS: Mapping[str, tuple[str, str]] = {
    ".docx": ("word", "docx"),
    ".odt": ("writer", "lxml"),
    ".pdf": ("pdf", "pypdf"),
    ".html": ("html", ""),
    ".htm": ("html", ""),
    ".md": ("markdown", "markdown_it"),
    ".txt": ("plain", ""),
}
"""The module that reads each kind of file, and the package it cannot do without."""

SUFFIXES = tuple(_READERS)


class MissingExtra(Exception):
    """A package that reads this kind of report is not installed: the text says which."""


def read(path: Path, name: str) -> Report:
    """Read one report. Whatever keeps it from being read comes back as one problem.

    `name` is what the report is called in places. Raises MissingExtra where the package that reads
    this kind of file is not installed.
    """
    module, package = _READERS.get(path.suffix.lower(), ("", ""))
    if not module:
        obstacle = "unknown kind"
        return Report(name, problems=(Problem("report", Location(name), {"obstacle": obstacle}),))
    try:
        reader: Reader = import_module(f"scc_eval.reports.{module}").read
    except ModuleNotFoundError as error:
        if error.name != package:
            raise
        raise MissingExtra(package) from error
    return reader(path, name)
