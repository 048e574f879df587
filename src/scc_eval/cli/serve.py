"""`scc serve`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from scc_eval.cli._live import ground_of, packages, printable
from scc_eval.cli._shared import PATH, choose, fail

if TYPE_CHECKING:
    from scc_eval.diagnostics import Diagnostic
    from scc_eval.dossier import Dossier
    from scc_eval.live.reading import Pages
    from scc_eval.story.annex import Accepted


def serve(
    path: Path = PATH,
    port: int | None = typer.Option(
        None,
        "--port",
        min=0,
        max=65535,
        help="The port, 0 for any that is free; else 8000 or the next that is free.",
    ),
    opens: bool = typer.Option(False, "--open", help="Open it in the browser."),
    lang: str | None = typer.Option(
        None, "--lang", help="Language of titles and labels, en or fr; else the evaluation's."
    ),
) -> None:
    """Show the site of an evaluation in the browser while it is edited.

    Each save is read again, and the pages that are open show it, with the diagnostics at their
    top, each with a link to its line. Where a file cannot be read, the last good pages stay.
    Several evaluations have a page each. Only this machine is answered, nothing is written, and
    Ctrl-C ends it.
    """
    from scc_eval.languages import LANGUAGES, spoken_here, words_of

    if lang is not None:
        choose("--lang", lang, LANGUAGES)
    ground = ground_of(path, ("templates",))
    if not ground.folders:
        fail(f"{path} holds no evaluation: there should be a folder of one in evidence/")
    with packages():
        from scc_eval.live.server import PortTaken, Server, bind, serve as serve_display
    from scc_eval.live.display import Display

    try:
        listening = bind(port)
    except PortTaken as taken:
        fail(f"{taken}: give --port another, or 0 for any that is free")
    spoken = lang or spoken_here()
    server = Server(Display(ground, _laid_out, lang, spoken))
    address = "http://{}:{}/".format(*listening.getsockname())
    names = printable(", ".join(server.display.shown))
    typer.echo(words_of("live", spoken)["serving"].format(names=names, address=address))
    if opens:
        typer.launch(address)
    serve_display(server, listening)


def _laid_out(
    dossier: Dossier, found: Sequence[Diagnostic], accepted: Sequence[Accepted], language: str
) -> Pages:
    from scc_eval.live.reading import Pages
    from scc_eval.site import Live, lay_out

    site = lay_out(dossier, found, accepted, language)
    return Pages(site.names, lambda name, carried: site.page(name, Live(*carried)))
