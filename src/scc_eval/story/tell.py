"""A dossier to its story: every choice of what is told, and in what order, is made here."""

from __future__ import annotations

from collections.abc import Sequence

from scc_eval.diagnostics import Diagnostic
from scc_eval.dossier import Dossier
from scc_eval.languages import words
from scc_eval.story import view
from scc_eval.story.annex import Accepted, tell_quality
from scc_eval.story.chapters import is_drafted, tell_packet
from scc_eval.story.closing import (
    tell_answers,
    tell_impacts,
    tell_lessons,
    tell_recommendations,
)
from scc_eval.story.links import settle_links
from scc_eval.story.monographs import tell_monographs
from scc_eval.story.scribe import Scribe


class UnknownPacket(Exception):
    """No packet of the theory has that letter or number."""


def tell(
    dossier: Dossier,
    diagnostics: Sequence[Diagnostic] = (),
    accepted: Sequence[Accepted] = (),
    *,
    packet: str | None = None,
    language: str | None = None,
) -> view.Story:
    """The contribution story, of one packet or of all, in the evaluation's language or another's
    furniture; `diagnostics` and what waivers `accepted` of them stand in its annex. Raises
    UnknownPacket."""
    return settle_links(
        tell_unsettled(dossier, diagnostics, accepted, packet=packet, language=language)
    )


def tell_unsettled(
    dossier: Dossier,
    diagnostics: Sequence[Diagnostic] = (),
    accepted: Sequence[Accepted] = (),
    *,
    packet: str | None = None,
    language: str | None = None,
) -> view.Story:
    """The same story before its links are settled: for documents that tell more than it does."""
    language = language or dossier.settings.language.value
    scribe = Scribe(dossier, words(language), language)
    settings = dossier.settings
    chosen = dossier.examined_packets
    if packet is not None:
        named = dossier.packet_named(packet)
        if named is None or named not in chosen:
            raise UnknownPacket(packet)
        chosen = (named,)
    is_whole = packet is None
    return view.Story(
        title=scribe.text(settings.title),
        language=language,
        words=scribe.words,
        fields=scribe.fields(
            ("programme", settings.programme),
            ("question", settings.question),
            ("commissioner", settings.commissioner),
            ("evaluators", ", ".join(settings.evaluators)),
            (
                "period",
                f"{settings.period.begins}–{settings.period.ends}" if settings.period else None,
            ),
            ("date", settings.date),
            ("stage", scribe.word("stages", str(settings.stage))),
            ("theory", dossier.theory.title),
        ),
        exclusions=tuple(scribe.text(text) for text in settings.exclusions),
        theory=scribe.text(dossier.theory.text),
        is_draft=any(is_drafted(dossier, each) for each in chosen),
        is_whole=is_whole,
        packets=tuple(tell_packet(scribe, each) for each in chosen),
        impacts=tell_impacts(scribe) if is_whole else (),
        answers=tell_answers(scribe) if is_whole else (),
        recommendations=tell_recommendations(scribe) if is_whole else (),
        lessons=tell_lessons(scribe) if is_whole else (),
        monographs=tell_monographs(scribe, chosen[0].letter if not is_whole else None),
        quality=tell_quality(scribe, diagnostics, accepted),
    )
