"""`scc balance`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from scc_eval.cli._shared import (
    LANG,
    PATH,
    choose,
    fail,
    is_terminal,
    open_evaluations,
    speak,
    write_out,
)

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier

_FORMATS = ("text", "json", "md", "csv")


def balance(
    path: Path = PATH,
    format: str = typer.Option("text", "--format", help="text, json, md or csv.", metavar="FORMAT"),
    packet: str | None = typer.Option(
        None, "--packet", help="Take one packet: its letter or number.", metavar="PACKET"
    ),
    output: Path | None = typer.Option(None, "--output", "-o", help="Write to this file."),
    lang: str | None = LANG,
) -> None:
    """Draw up the balance sheet of hypotheses.

    Every mechanism, assumption, risk and other factor, declared or emergent: what the evaluators
    said became of it, the claims that name it, and the items for and against. No fate is
    computed: where nobody said anything, it says so. What has no fate comes first.
    """
    choose("--format", format, _FORMATS)
    words = speak(lang)
    dossiers = open_evaluations(path)
    if packet is not None:
        dossiers = _with_packet(dossiers, packet)

    from scc_eval.balance import FORMATS, draw_up

    sheets = [
        draw_up(dossier, dossier.packet_named(packet) if packet else None) for dossier in dossiers
    ]
    if format == "text" and output is None and is_terminal():
        from scc_eval.cli._pictures import show_balance

        show_balance(sheets, words)
        return
    write_out(FORMATS[format](sheets, words), output)


def _with_packet(dossiers: tuple[Dossier, ...], packet: str) -> tuple[Dossier, ...]:
    found = tuple(dossier for dossier in dossiers if dossier.packet_named(packet))
    if not found:
        known = ", ".join(each.letter for dossier in dossiers for each in dossier.packets)
        names = ", ".join(dossier.name for dossier in dossiers)
        fail(f"{names} has no packet {packet}; it has {known}")
    return found
