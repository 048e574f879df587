"""`scc trace`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

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
    from scc_eval.trails import Reading
    from scc_eval.trails.web import Web

_FORMATS = ("text", "json", "md", "mermaid")


def trace(
    ref: str = typer.Argument(
        metavar="REF",
        help="Anything with a name: P10, Eco_PC1_2-01, AB1, CCL4, 4, 'conclusion 4', habitants.",
    ),
    path: Path = PATH,
    up: bool = typer.Option(False, "--up", help="Only what it rests on."),
    down: bool = typer.Option(False, "--down", help="Only what rests on it."),
    depth: int | None = typer.Option(
        None, "--depth", min=1, help="Go no further than so many steps.", metavar="N"
    ),
    kind: str | None = typer.Option(
        None,
        "--kind",
        help="What kind of thing is meant, where a name is that of several: source, claim, code…",
        metavar="KIND",
    ),
    format: str = typer.Option(
        "text", "--format", help="text, json, md or mermaid.", metavar="FORMAT"
    ),
    output: Path | None = typer.Option(None, "--output", "-o", help="Write to this file."),
    lang: str | None = LANG,
) -> None:
    """Follow one thing upstream and downstream, to both ends.

    What it rests on, down to the root sources; what rests on it, up to the recommendations and
    lessons; and what rests on it alone, which would be left with nothing if it were not there.
    REF is the id of a source, an item, a mechanism or any other hypothesis, a box, a test, a
    claim, an assertion, a key point, a heading, an impact, a conclusion, a recommendation or one
    of its measures, a lesson, a question, a challenge. It may also be what holds several: a code
    (all its items), a case, a stakeholder category, a link, a packet.

    A word for the kind may come first, in English or in French: 'informant P10', 'packet 1'. A
    bare number is that of a conclusion. Capitals and separators do not count, and a damaged code
    is repaired where it can only stand for one; what was taken is said. Where a name is that of
    things of several kinds, --kind says which is meant.

    A trail ends where it meets a mechanism, a factor, a box or a packet: a claim rests on what it
    cites and on what bears on it, not on all that bears on the mechanisms that it names. Behind a
    claim stands what supports it; behind all else, whatever it cites.
    """
    choose("--format", format, _FORMATS)
    words = speak(lang)
    wanted = _kind(kind)
    dossiers = open_evaluations(path)

    from scc_eval.trails import FORMATS, Way, trace as follow

    ways = [way for way, is_asked in ((Way.UP, up), (Way.DOWN, down)) if is_asked or up == down]
    dossier, web, reading = _find(dossiers, ref, wanted)
    meant, *others = reading.meant
    if others:
        _ask(ref, reading)
    trail = follow(dossier, web, meant, ref, ways, depth)
    if format == "text" and output is None and is_terminal():
        from scc_eval.cli._pictures import show_trail

        show_trail(trail, words)
        return
    write_out(FORMATS[format](trail, words), output)


def _kind(word: str | None) -> str | None:
    from scc_eval.trails import kind_called
    from scc_eval.trails.references import NAMED_KINDS

    if word is None:
        return None
    kind = kind_called(word)
    if kind is None:
        fail(f"--kind takes one of {', '.join(NAMED_KINDS)}, not {word}")
    return kind


def _find(
    dossiers: tuple[Dossier, ...], ref: str, kind: str | None
) -> tuple[Dossier, Web, Reading]:
    """The evaluation in which a name means something, read as strictly as can be; exit code 2 if
    there is none or there are several."""
    from scc_eval.trails import read_reference, weave

    woven = [(dossier, weave(dossier)) for dossier in dossiers]
    read = [(each, web, read_reference(each, web, ref, kind)) for each, web in woven]
    strictest = min(reading.freedom for *_, reading in read)
    found = [each for each in read if each[2].meant and each[2].freedom == strictest]
    if not found:
        _fail_unknown(woven, ref)
    if len(found) > 1:
        names = ", ".join(dossier.name for dossier, *_ in found)
        fail(f"{ref} is in several evaluations: {names}; give the folder of one after it")
    return found[0]


def _ask(ref: str, reading: Reading) -> NoReturn:
    meant = [f"{each.kind} {each.id}" for each in reading.meant]
    kinds = {each.kind for each in reading.meant}
    how = "say which with --kind" if len(kinds) > 1 else "write one of them in full"
    fail(f"{ref} may be {', '.join(meant[:-1])} or {meant[-1]}: {how}")


def _fail_unknown(woven: list[tuple[Dossier, Web]], ref: str) -> NoReturn:
    from scc_eval.trails import closest

    for dossier, _ in woven:
        if any(stub.name == ref for stub in dossier.project.stubs):
            fail(f"{ref} is written in {dossier.name} but cannot be read: scc validate says why")
        code = dossier.code(ref)
        if dossier.cell(ref) is not None and code is not None and code.item is None:
            fail(f"{ref} is a code of {dossier.name}, but no item bears it")
    close = dict.fromkeys(name for each in woven for name in closest(*each, ref))
    where = ", ".join(dossier.name for dossier, _ in woven)
    hint = f"; did you mean {' or '.join(list(close)[:3])}?" if close else ""
    fail(f"nothing in {where} is called {ref}{hint}")
