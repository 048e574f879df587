"""The banner at the top of a page: what is amiss, each with a link to its line."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from html import escape
from typing import Final
from urllib.parse import quote

from scc_eval.diagnostics import Diagnostic
from scc_eval.languages import words, words_of
from scc_eval.live.display import Shown
from scc_eval.live.edition import Sheet
from scc_eval.live.reading import Reading
from scc_eval.output import Summary
from scc_eval.output.closing import found_line
from scc_eval.output.passages import message, on_one_line, place, remedy
from scc_eval.story.typography import TYPOGRAPHY

MOST: Final = 20
"""How many diagnostics are told."""


def banner(shown: Shown, sheet: Sheet | None = None) -> str:
    """The banner of a page, as HTML: the one of a page that is shown, or of none."""
    return "\n".join(_lines(shown, sheet))


def _lines(shown: Shown, sheet: Sheet | None) -> Iterator[str]:
    latest = shown.latest
    own, tell = words_of("live", latest.language), teller(latest.language)
    trouble = latest.trouble or (sheet and sheet.trouble)
    counts = f"{counted(latest)} · {own['read'].format(time=latest.at)}"
    label = tell(own["label"])
    yield f'<section class="scc-live" aria-label="{label}" data-scc-live="{shown.token}">'
    if trouble:
        told, kind = [own["troubles"][trouble.kind].format_map(trouble.facts)], ""
        if sheet and sheet.html:
            told.append(own["kept"].format(time=sheet.at))
            # Whoever reads further down must see that it is an older page.
            kind = ' class="kept"'
        yield f'<p{kind} role="status">{tell(" ".join(told))}</p>'
    if latest.found:
        yield f"<details{' open' if trouble else ''}>"
        gravest = sorted(latest.found, key=_rank)
        yield f"<summary>{tell(counts)}</summary>\n<ol>"
        yield from (_item(found, latest) for found in gravest[:MOST])
        yield "</ol>"
        if left := gravest[MOST:]:
            yield f"<p>{tell(own['more'].format(count=len(left)))}</p>"
        yield "</details>"
    elif latest.at:
        yield f"<div>{tell(counts)}</div>"
    yield "</section>"


def _rank(found: Diagnostic) -> tuple[int, bool]:
    """The gravest first; among them what could not be read, since it may be why others are told."""
    return -found.severity, not found.rule.code.startswith("SCC0")


def _item(found: Diagnostic, reading: Reading) -> str:
    spoken, tell = words(reading.language), teller(reading.language)
    level = found.severity.word
    where = escape(place(found.at, spoken))
    if found.at.file in reading.files:
        where = f'<a href="{address(found.at.file)}#L{found.at.line}">{where}</a>'
    rule = f"<b>{tell(spoken['terms'][level])} {found.rule.code}</b>"
    told = f"{tell(message(found, spoken))} <span>{tell(remedy(found, spoken))}</span>"
    return f'<li class="{level}">{where} {rule} {told}</li>'


def address(file: str) -> str:
    """Where the lines of a file are served."""
    return f"/source/{quote(os.fsencode(file))}"


def counted(reading: Reading) -> str:
    """How much was found: `1 error, 0 warnings, 2 notes`."""
    return found_line(reading.found, Summary(words(reading.language)))


def teller(language: str) -> Callable[[str], str]:
    """What sets a text as the language has it, on one line, and makes it HTML."""
    typography = TYPOGRAPHY[language]
    return lambda text: escape(typography(on_one_line(text)))
