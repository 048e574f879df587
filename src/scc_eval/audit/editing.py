"""What copies of a report have otherwise: damaged codes repaired, codes linked, comments set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from scc_eval.audit.finding import Status
from scc_eval.audit.survey import Audit, Citation
from scc_eval.diagnostics import Diagnostic
from scc_eval.places import Location
from scc_eval.reports.copying import Edit

Stretch = tuple[int, int, int]
"""A paragraph's index, the first character and the one after the last."""


def repairable(audit: Audit) -> Iterator[Citation]:
    """The citations in the text of a report that are damaged and have one repair, in order."""
    cited = (*audit.citations, *audit.informants, *audit.documents)
    damaged = (each for each in cited if each.status is Status.REPAIRABLE and not each.is_address)
    return iter(sorted(damaged, key=_stretch))


def repairs(audit: Audit) -> list[Edit]:
    """The edits that write each of them as it should be."""
    return [Edit(*_stretch(each), text=each.codes[0]) for each in repairable(audit)]


def annotated(audit: Audit, diagnostics: Sequence[Diagnostic], links: str) -> list[Edit]:
    """The edits that make a link of each code that leads somewhere, and a comment of each
    diagnostic. `links` is the document they lead to; a `{case}` in it stands for the case."""
    addresses = {_stretch(each): to for each, to in _linked(audit, links)}
    comments: dict[Stretch, list[str]] = defaultdict(list)
    stretches = _stretches(audit)
    for found in diagnostics:
        at = stretches.get(found.at, (0, 0, 0))
        comments[at].append(f"{found.rule.code} {found.message}. {found.fix}")
    wanted = sorted(addresses.keys() | comments.keys())
    edits = (Edit(*at, address=addresses.get(at), comments=tuple(comments[at])) for at in wanted)
    return list(_apart(edits))


def _linked(audit: Audit, links: str) -> Iterator[tuple[Citation, str]]:
    """The citations in the text that lead somewhere, each with its address."""
    dossier = audit.known.dossier
    for citation in audit.citations:
        code = None if citation.is_address else audit.parsed(citation)
        if code is not None and (dossier is None or dossier.items_named(code.text)):
            yield citation, f"{links.replace('{case}', quote(code.case))}#{quote(code.text)}"


def _stretches(audit: Audit) -> dict[Location, Stretch]:
    """The stretches that diagnostics can be raised on, by their places."""
    paragraphs = audit.report.paragraphs
    firsts = (told.paragraphs[0] for told in audit.conclusions())
    whole = ((index, 0, len(paragraphs[index].text)) for index in firsts)
    named = ((n.paragraph, n.named.begin, n.named.end) for n in audit.namings)
    cited = (*audit.citations, *audit.informants, *audit.documents)
    found = (*whole, *named, *map(_stretch, cited))
    return {audit.report.place(*stretch): stretch for stretch in found}


def _apart(edits: Iterable[Edit]) -> Iterator[Edit]:
    """The edits in order, one where two would overlap: the first, with the comments of both."""
    last: Edit | None = None
    for edit in edits:
        if last is not None and last.paragraph == edit.paragraph and edit.begin < last.end:
            last = last._replace(comments=(*last.comments, *edit.comments))
            continue
        if last is not None:
            yield last
        last = edit
    if last is not None:
        yield last


def _stretch(citation: Citation) -> Stretch:
    return citation.paragraph, citation.begin, citation.end
