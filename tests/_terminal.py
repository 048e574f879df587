"""What a terminal of so many columns shows, and the goldens of it: `status.80.txt` is what `scc
status` draws in 80 columns of the workspace that stands by the name, without colours."""

from __future__ import annotations

import io
import re
from typing import Any

from rich.console import Console

from scc_eval.cli._panels import show_coverage, show_status
from scc_eval.coverage import Coverage, survey
from scc_eval.dossier import Dossier
from scc_eval.languages import words
from scc_eval.overview import Overview, look
from scc_eval.project import load
from scc_eval.rules import examine

GOLDENS = tuple(f"{name}.{width}.txt" for name in ("coverage", "status") for width in (60, 80, 120))
WORKSPACE, LANGUAGE = "draft", "fr"
COLOURS: dict[str, Any] = {"no_color": False, "color_system": "standard"}
_STYLE = re.compile(r"\x1b\[[\d;]*m")


def drawn(found: Coverage | Overview, width: int, language: str = "en", **given: Any) -> str:
    """What is drawn of a coverage or an overview; without colours, unless some are given."""
    chosen: dict[str, Any] = {"force_terminal": True, "no_color": True, "color_system": None}
    file = io.StringIO()
    console = Console(file=file, width=width, **{**chosen, **given})
    if isinstance(found, Overview):
        show_status([found], language, console)
    else:
        show_coverage([found], words(language), console)
    return file.getvalue()


def bare(text: str) -> str:
    """What is drawn, without its styles."""
    return _STYLE.sub("", text)


def produce_drawing(file: str, path: Any) -> str:
    """The text of a golden, of the workspace at a path."""
    command, width, _ = file.split(".")
    [project] = load(path)
    dossier = Dossier(project)
    found = survey(dossier) if command == "coverage" else look(dossier, *examine(dossier))
    return drawn(found, int(width), LANGUAGE)
