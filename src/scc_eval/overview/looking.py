"""A dossier to its overview."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from scc_eval.balance import Entry, draw_up
from scc_eval.coverage import survey
from scc_eval.diagnostics import Severity
from scc_eval.languages import LANGUAGES, words_of
from scc_eval.overview.missing import find_missing
from scc_eval.overview.records import Examined, Figures, Overview, Share, Unread, Verdict
from scc_eval.rules import muted
from scc_eval.story.scribe import anchored

if TYPE_CHECKING:
    from scc_eval.coverage.survey import Row
    from scc_eval.diagnostics import Diagnostic
    from scc_eval.dossier import Dossier
    from scc_eval.model.base import Declaration
    from scc_eval.model.theory import Packet
    from scc_eval.story.annex import Accepted


def look(
    dossier: Dossier, diagnostics: Sequence[Diagnostic] = (), accepted: Sequence[Accepted] = ()
) -> Overview:
    """Where an evaluation stands; `diagnostics` and what waivers `accepted` of them are counted."""
    covered = survey(dossier)
    settings = dossier.settings
    entries = {entry.id: entry for entry in draw_up(dossier).entries}
    stages = {language: words_of("overview", language)["stages"] for language in LANGUAGES}
    return Overview(
        _legible(dossier.name),
        settings.title,
        settings.question or " ".join(question.text for question in dossier.questions),
        settings.stage,
        {language: str(words[str(settings.stage)]) for language, words in stages.items()},
        _figures(dossier, diagnostics, len(accepted)),
        dossier.project.theory is not None,
        tuple(
            _examined(dossier, packet, entries, covered.rows) for packet in dossier.examined_packets
        ),
        find_missing(dossier, covered),
        tuple(_unread(dossier)),
        tuple(sorted({rule.code for rule in muted(dossier, settings.stage)})),
    )


def _figures(dossier: Dossier, diagnostics: Sequence[Diagnostic], accepted: int) -> Figures:
    found = Counter(diagnostic.severity for diagnostic in diagnostics)
    return Figures(
        len(dossier.evidence),
        len(dossier.roots_of(dossier.evidence)),
        sum(category.interviews for category in dossier.categories),
        len(dossier.cases),
        len(dossier.claims),
        found[Severity.ERROR],
        found[Severity.WARNING],
        found[Severity.NOTE],
        accepted,
    )


def _examined(
    dossier: Dossier, packet: Packet, entries: dict[str, Entry], rows: Sequence[Row]
) -> Examined:
    items = dossier.items_in(packet=packet.letter)
    claims = dossier.claims_in(packet)
    statuses = Counter(claim.status.value if claim.status else None for claim in claims)
    return Examined(
        packet.letter,
        packet.title,
        anchored(packet.letter, "packet-"),
        len(items),
        len(dossier.roots_of(items)),
        tuple(row for row in rows if row.packet == packet.letter),
        tuple(statuses.items()),
        tuple(
            Verdict(
                verdict.text,
                verdict.form.value if verdict.form else None,
                verdict.status.value if verdict.status else None,
                verdict.confidence.value if verdict.confidence else None,
            )
            for verdict in dossier.verdicts_on(packet)
        ),
        _share(dossier.mechanisms_of(packet), entries),
        _share(dossier.factors_on(packet), entries),
    )


def _share(hypotheses: Iterable[Declaration], entries: dict[str, Entry]) -> Share:
    found = [entries[hypothesis.name] for hypothesis in hypotheses]
    sides = [(each.supports, each.against, each.nuances, each.context) for each in found]
    return Share(
        len(found),
        sum(any(side.items for side in four) for four in sides),
        sum(each.fate is not None for each in found),
        sum(each.state == "told" for each in found),
    )


def _unread(dossier: Dossier) -> list[Unread]:
    errors = (each for each in dossier.project.diagnostics if each.severity is Severity.ERROR)
    return sorted({Unread(_legible(each.at.file), each.at.line) for each in errors})


def _legible(name: str) -> str:
    """The name of a file, which need not be Unicode, as a text that can be written."""
    return name.encode("utf-8", "replace").decode()
