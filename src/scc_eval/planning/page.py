"""The plan as one HTML page that needs nothing else: a list, or sheets to print and write on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from scc_eval.framing import framed
from scc_eval.languages import words
from scc_eval.planning.tables import by_kind, details, introduction, naming, on_sheet, sheets
from scc_eval.planning.want import Plan
from scc_eval.tables import marked_up

_STYLE = """\
main { max-width: none; } .page { display: block; max-width: 52rem; }
.wanted { padding: 0; list-style: none; }
.wanted > li { padding: .6rem 0; border-top: 1px solid var(--rule); position: relative; }
.wanted > .ticked { padding-left: 2.1rem; }
.wanted .name { margin: 0 0 .3rem; padding: 0; border: 0; font-size: 1.02rem; }
.wanted dl { margin: 0; } .wanted dl > div { border: 0; padding: .1rem 0;
  grid-template-columns: 6rem minmax(0, 1fr); }
.tick { position: absolute; left: 0; top: .7rem; width: 1.15rem; height: 1.15rem;
  border: 1.5px solid var(--ink); border-radius: .15rem; }
.answer span { display: block; height: 1.6rem; border-bottom: 1px dotted var(--quiet); }
@media print { @page { size: A4; margin: 15mm; } html { font-size: 9.5pt; }
  .sheet + .sheet { break-before: page; } h1, h2 { break-after: avoid; } h2 { break-before: auto; }
  .wanted > li { break-inside: avoid; } }
"""
_TICK = '<span class="tick" aria-hidden="true"></span>'
_ANSWER = f'<div class="answer" aria-hidden="true">{3 * "<span></span>"}</div>'


def as_html(plans: Sequence[Plan], cases: Sequence[str] = ()) -> str:
    """Lists to read or to send; for cases, a sheet of boxes to tick for each, with room to write
    what was said and by whom."""
    languages = {each.language for each in plans}
    language = languages.pop() if len(languages) == 1 else "en"
    titles = ", ".join(each.title for each in plans)
    title = words(language)["planning"]["page"].format(title=titles)
    body = _sheets(plans, cases) if cases else (line for each in plans for line in _list(each))
    return framed(language, title, _STYLE, body)


def _list(each: Plan) -> Iterator[str]:
    own = words(each.language)["planning"]
    yield from _heading(each.language, own["all"], each.title, introduction(each, own))
    for heading, wants in by_kind(each, own):
        yield f"<h2>{marked_up(heading)}</h2>"
        yield '<ul class="wanted">'
        for want in wants:
            yield from _wanted(naming(want, own), details(want, own), is_ticked=False)
        yield "</ul>"
    yield "</section>"


def _sheets(plans: Sequence[Plan], cases: Sequence[str]) -> Iterator[str]:
    for sheet in sheets(plans, cases):
        own = words(sheet.plan.language)["planning"]
        yield from _heading(sheet.plan.language, sheet.plan.title, sheet.title, sheet.remarks)
        yield '<ul class="wanted">' if sheet.wants else ""
        for want, asked in sheet.wants:
            yield from _wanted(naming(want, own), on_sheet(want, asked, own), is_ticked=True)
        yield "</ul>\n</section>" if sheet.wants else "</section>"


def _heading(language: str, above: str, title: str, remarks: Iterable[str]) -> Iterator[str]:
    yield f'<section class="sheet" lang="{escape(language)}">'
    yield f'<p class="kind">{marked_up(above)}</p>\n<h1>{marked_up(title)}</h1>'
    yield from (f"<p>{marked_up(remark)}</p>" for remark in remarks)


def _wanted(name: str, told: Iterable[tuple[str, str]], *, is_ticked: bool) -> Iterator[str]:
    """One thing to look for; on a sheet with a box to tick and room for the answer."""
    yield f'<li class="ticked">{_TICK}' if is_ticked else "<li>"
    level = "h2" if is_ticked else "h3"  # a list has what is missing above
    yield f'<{level} class="name">{marked_up(name)}</{level}>'
    rows = (
        f"<div><dt>{marked_up(label)}</dt><dd>{marked_up(text)}</dd></div>" for label, text in told
    )
    yield f"<dl>{''.join(rows)}</dl>"
    yield f"{_ANSWER}</li>" if is_ticked else "</li>"
