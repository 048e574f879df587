"""`scc graph`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from scc_eval.cli._shared import (
    PATH,
    choose,
    fail,
    is_terminal,
    open_dossiers,
    write_file,
    write_out,
)

if TYPE_CHECKING:
    from scc_eval.diagrams import Drawing, Picture
    from scc_eval.dossier import Dossier

_FORMATS = ("svg", "png", "mermaid", "dot", "json")
_SUFFIXES = {".svg": "svg", ".png": "png", ".mmd": "mermaid", ".dot": "dot", ".gv": "dot"}
_SUFFIXES |= {".mermaid": "mermaid", ".json": "json"}
_ENDINGS = {"mermaid": "mmd"}


def graph(
    path: Path = PATH,
    packet: str | None = typer.Option(
        None,
        "--packet",
        help="One packet with its causes and its other factors in full: its letter or number.",
        metavar="PACKET",
    ),
    format: str | None = typer.Option(
        None,
        "--format",
        help="svg, png, mermaid, dot or json; where it is not given, what the name of --output "
        "says, else svg.",
        metavar="FORMAT",
    ),
    output: Path | None = typer.Option(
        None,
        "--output",
        "-o",
        help="Write to this file; to this folder, one file per evaluation, if it is one or there "
        "are several.",
    ),
    lang: str | None = typer.Option(
        None, "--lang", help="Language of the words in it, en or fr; else the evaluation's."
    ),
) -> None:
    """Draw the theory of change, lit by its evidence.

    Packets with their boxes, other factors and arrows, each with the state that people gave it and
    the number of evidence items; no verdict is computed. Signs and lines differ, not only colours.
    A theory without an evaluation is drawn plain.
    """
    from scc_eval.languages import LANGUAGES

    if lang is not None:
        choose("--lang", lang, LANGUAGES)
    by_name = _SUFFIXES.get(output.suffix.lower()) if output and not output.is_dir() else None
    format = choose("--format", format or by_name or "svg", _FORMATS)
    if output is None and is_terminal() and format in ("svg", "png"):
        fail("a picture is not for a terminal: give --output a file, such as theory.svg")
    dossiers = open_dossiers(path)
    several = len(dossiers) > 1
    if several and output is None:
        names = ", ".join(dossier.name for dossier in dossiers)
        fail(f"{path} holds several evaluations ({names}): name one, or give --output a folder")
    for dossier in dossiers:
        if dossier.project.theory is None:
            fail(f"the theory of {dossier.name} cannot be read: scc validate says why")
    for dossier in dossiers:
        _write(
            _drawn(dossier, packet, lang, format), _target(output, dossier.name, format, several)
        )


def _drawn(dossier: Dossier, packet: str | None, lang: str | None, format: str) -> bytes:
    from scc_eval.diagrams import UnknownPacket, draw, picture

    try:
        shown = picture(dossier, packet, lang)
    except UnknownPacket:
        known = ", ".join(each.letter for each in dossier.packets)
        fail(f"{dossier.name} has no packet {packet} to draw; it has {known or 'none'}")
    if format in ("mermaid", "dot"):
        from scc_eval.diagrams import as_dot, as_mermaid

        text = as_mermaid(shown) if format == "mermaid" else as_dot(shown)
        return text.encode()
    return _laid_out(shown, draw(shown), format)


def _laid_out(shown: Picture, drawing: Drawing, format: str) -> bytes:
    from scc_eval.diagrams import as_json, as_svg
    from scc_eval.diagrams.png import NoRenderer, as_png

    if format == "png":
        try:
            return as_png(drawing)
        except NoRenderer:
            fail("PNG needs the package resvg-py: pip install 'scc-eval[png]'")
    text = as_json(shown, drawing) if format == "json" else as_svg(drawing)
    return text.encode()


def _target(output: Path | None, name: str, format: str, several: bool) -> Path | None:
    if output is None:
        return None
    if output.is_dir() or several or output.suffix.lower() not in _SUFFIXES:
        return output / f"{name}.{_ENDINGS.get(format, format)}"
    return output


def _write(content: bytes, target: Path | None) -> None:
    if target is not None:
        write_file(content, target)
        typer.echo(f"{target}", err=True)
    elif content.startswith(b"\x89PNG"):
        typer.get_binary_stream("stdout").write(content)
    else:
        write_out(content.decode(), None)
