"""`scc story`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from scc_eval.cli._shared import PATH, choose, fail, open_evaluations, write_out
from scc_eval.cli._templates import place_in_template

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier

_FORMATS = ("md", "html")


def story(
    path: Path = PATH,
    format: str | None = typer.Option(
        None,
        "--format",
        help="md or html; where it is not given, what the name of --output says, else md.",
        metavar="FORMAT",
    ),
    packet: str | None = typer.Option(
        None, "--packet", help="Tell one causal packet: its letter or number.", metavar="PACKET"
    ),
    output: Path | None = typer.Option(
        None,
        "--output",
        "-o",
        help="Write to this file; to this folder, one file per evaluation, if it is one or there "
        "are several.",
    ),
    lang: str | None = typer.Option(
        None, "--lang", help="Language of titles and labels, en or fr; else the evaluation's."
    ),
) -> None:
    """Write the contribution story.

    Each assertion comes with its codes, and each code leads to its evidence. Where claims are
    not written yet it drafts from the evidence items, and says so.
    """
    from scc_eval.languages import LANGUAGES

    if lang is not None:
        choose("--lang", lang, LANGUAGES)
    suffix = output.suffix.lstrip(".") if output and not output.is_dir() else ""
    format = choose("--format", format or (suffix if suffix in _FORMATS else "md"), _FORMATS)
    dossiers = open_evaluations(path)
    for dossier in dossiers:
        if dossier.project.theory is None:
            fail(f"the theory of {dossier.name} cannot be read: scc validate says why")
    for dossier in dossiers:
        text = _told(dossier, format, packet, lang)
        target = _target(output, dossier.name, format, several=len(dossiers) > 1)
        write_out(text, target)
        if target is not None:
            typer.echo(f"{target}", err=True)


def _told(dossier: Dossier, format: str, packet: str | None, lang: str | None) -> str:
    from scc_eval.diagnostics import in_words
    from scc_eval.illustration import illustrate
    from scc_eval.languages import words
    from scc_eval.rules import examine
    from scc_eval.story import render, tell
    from scc_eval.story.tell import UnknownPacket

    language = lang or dossier.settings.language.value
    spoken = words(language)
    found, accepted = examine(dossier)
    waived = in_words((each.found for each in accepted), spoken)
    limitations = tuple(zip(waived, (each.waiver for each in accepted), strict=True))
    try:
        told = tell(dossier, in_words(found, spoken), limitations, packet=packet, language=language)
    except UnknownPacket:
        known = ", ".join(packet.letter for packet in dossier.examined_packets)
        fail(f"{dossier.name} has no causal packet {packet} to tell; it has {known}")
    overrides = dossier.project.root / "templates"
    try:
        return render(illustrate(told, dossier), f"story.{format}.j2", overrides)
    except Exception as error:
        # Whatever a template of the user's does wrong is told with its place.
        fail(f"the template {place_in_template(error, f'story.{format}.j2')}: {error}")


def _target(output: Path | None, name: str, format: str, *, several: bool) -> Path | None:
    if output is None:
        return None
    if output.is_dir() or several or output.suffix.lstrip(".") not in _FORMATS:
        return output / f"{name}.{format}"
    return output
