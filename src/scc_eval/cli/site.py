"""`scc site`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from scc_eval.cli._shared import PATH, choose, fail, open_evaluations, write_file
from scc_eval.cli._templates import place_in_template

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.site import Site

_LIST = ".scc-site"
"""The file that names the pages of a site, so that the next one can take away those that are no
longer made."""


def site(
    path: Path = PATH,
    output: Path = typer.Option(
        ...,
        "--output",
        "-o",
        help="The folder for the pages; with --single-file, the file. One folder or file per "
        "evaluation in it where there are several.",
    ),
    single_file: bool = typer.Option(
        False, "--single-file", help="Everything on one page, to be sent by mail."
    ),
    lang: str | None = typer.Option(
        None, "--lang", help="Language of titles and labels, en or fr; else the evaluation's."
    ),
) -> None:
    """Write the evaluation as pages to walk through.

    From the theory to the sentences of the story, to their codes, to the evidence, to the sources,
    and back. The pages need no network and no server: open index.html in a browser.
    """
    from scc_eval.languages import LANGUAGES

    if lang is not None:
        choose("--lang", lang, LANGUAGES)
    dossiers = open_evaluations(path)
    for dossier in dossiers:
        if dossier.project.theory is None:
            fail(f"the theory of {dossier.name} cannot be read: scc validate says why")
    if not single_file and output.is_file():
        fail(f"{output} is a file: --output takes a folder, or a file with --single-file")
    several = len(dossiers) > 1
    for dossier in dossiers:
        pages = _pages(dossier, lang, is_single=single_file)
        if single_file:
            (page,) = pages.values()
            target = _target(output, dossier.name, several=several)
            write_file(page, target)
        else:
            folder = output / dossier.name if several else output
            target = folder / "index.html"
            _write(pages, folder)
        typer.echo(f"{target}", err=True)


def _pages(dossier: Dossier, lang: str | None, *, is_single: bool) -> dict[str, bytes]:
    """Every page by its name: nothing is written unless all can be made."""
    laid_out = _laid_out(dossier, lang, is_single=is_single)
    try:
        return {name: laid_out.page(name).encode() for name in laid_out.names}
    except Exception as error:
        # Whatever a template of the user's does wrong is told with its place.
        fail(f"the template {place_in_template(error, 'of the site')}: {error}")


def _laid_out(dossier: Dossier, lang: str | None, *, is_single: bool) -> Site:
    from scc_eval.diagnostics import in_words
    from scc_eval.languages import words
    from scc_eval.rules import examine
    from scc_eval.site import lay_out

    language = lang or dossier.settings.language.value
    spoken = words(language)
    found, accepted = examine(dossier)
    waived = in_words((each.found for each in accepted), spoken)
    limitations = tuple(zip(waived, (each.waiver for each in accepted), strict=True))
    return lay_out(dossier, in_words(found, spoken), limitations, language, is_single=is_single)


def _target(output: Path, name: str, *, several: bool) -> Path:
    if output.is_dir() or several or output.suffix.lower() not in (".html", ".htm"):
        return output / f"{name}.html"
    return output


def _write(pages: dict[str, bytes], folder: Path) -> None:
    """Write the pages; then take away those of the site before that are no longer made."""
    for name, page in pages.items():
        write_file(page, folder / name)
    listed = folder / _LIST
    before = listed.read_text("utf-8", "replace").splitlines() if listed.is_file() else []
    for name in before:
        if name not in pages and name == Path(name).name and name.endswith(".html"):
            (folder / name).unlink(missing_ok=True)
    write_file("".join(f"{name}\n" for name in pages).encode(), listed)
