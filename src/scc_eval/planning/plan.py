"""What is missing to what is worth collecting: whom to ask, what, and what it could change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from scc_eval.dossier import Dossier
from scc_eval.languages import words
from scc_eval.model.evidence import Category, Side
from scc_eval.model.judgement import Claim
from scc_eval.model.theory import Box, Hypothesis, Packet
from scc_eval.planning.desk import Gap, Subject
from scc_eval.planning.gaps import gaps
from scc_eval.planning.want import Asked, Plan, Voice, Want

_INSIDE = (Side.IMPLEMENTER, Side.COMMISSIONER)


def plan(dossier: Dossier, language: str | None = None) -> Plan:
    """What is worth collecting next, in the language of the evaluation or in another."""
    language = language or dossier.settings.language.value
    spoken = words(language)
    return Plan(
        dossier.name,
        dossier.settings.title,
        language,
        dossier.settings.stage,
        bool(dossier.blind or dossier.project.stubs),
        tuple(_want(dossier, gap, spoken) for gap in gaps(dossier)),
        tuple((case.code, case.label) for case in dossier.cases),
    )


def _want(dossier: Dossier, gap: Gap, spoken: Mapping[str, Any]) -> Want:
    asked = tuple(
        Asked(case, dossier.case_named[case].label, _question(dossier, gap, spoken, case))
        for case in gap.cases
    )
    return Want(
        gap.kind,
        gap.packet.letter,
        gap.subject.name,
        gap.subject.kind,
        _title(gap.subject),
        tuple(claim.id for claim in gap.claims),
        spoken["planning"]["why"][gap.why].format_map(gap.facts),
        asked[0].question if len(asked) == 1 else _question(dossier, gap, spoken),
        _voices(dossier, gap),
        asked,
    )


def _title(subject: Subject) -> str:
    """A few words for a heading: a claim and what is expected have only their text."""
    if isinstance(subject, Box):
        return subject.label
    return subject.title if isinstance(subject, Packet | Hypothesis) else subject.text


def _question(
    dossier: Dossier, gap: Gap, spoken: Mapping[str, Any], case: str | None = None
) -> str:
    """A plain question to put to people, in a case or wherever they are."""
    own, subject = spoken["planning"], gap.subject
    changes = subject.changes if isinstance(subject, Claim) else ()
    components = subject.components if isinstance(subject, Claim) else ()
    programme = dossier.settings.programme or spoken["story"]["the_programme"]
    question = own["ask"][gap.ask].format(
        here=own["here"].format(case=dossier.case_named[case].label) if case else "",
        text=_quoted((_told(subject),), spoken),
        change=_quoted(_labels(dossier, changes) or (gap.packet.title,), spoken),
        component=_quoted(_labels(dossier, components), spoken) or programme,
    )
    return " ".join((question, *_signs(subject, spoken)))


def _told(subject: Subject) -> str:
    """What is asked about, in full."""
    return subject.text if isinstance(subject, Hypothesis) else _title(subject)


def _signs(subject: Subject, spoken: Mapping[str, Any]) -> Iterator[str]:
    """What would be seen if a hypothesis held, and if it did not."""
    if isinstance(subject, Hypothesis):
        for sign, text in (("if_true", subject.if_true), ("if_false", subject.if_false)):
            if text is not None:
                yield spoken["planning"][sign].format(text=_quoted((text,), spoken))


def _labels(dossier: Dossier, names: Iterable[str]) -> tuple[str, ...]:
    """The labels of boxes and the titles of packets; names of neither are left out."""
    found = (dossier.boxes.get(name) or dossier.packet_named(name) for name in names)
    return tuple(_title(each) for each in found if each is not None)


def _quoted(texts: Iterable[str], spoken: Mapping[str, Any]) -> str:
    story = spoken["story"]
    texts = (" ".join(text.split()).rstrip(".") for text in texts)
    return ", ".join(f"{story['open_quote']}{text}{story['close_quote']}" for text in texts)


def _voices(dossier: Dossier, gap: Gap) -> tuple[Voice, ...]:
    """The interest groups to hear: those not heard yet and outside the programme, then whoever
    else is left; those that the packet is about first."""
    unheard = set(dossier.unheard(gap.support))
    new = [c for c in dossier.categories if (c.interest or c.label) in unheard]
    chosen = _outside(new) or new or _outside(dossier.categories) or dossier.categories
    concerned = set(gap.packet.groups)
    chosen = sorted(chosen, key=lambda category: concerned.isdisjoint(category.groups))
    groups: dict[str, list[str]] = {}
    for category in chosen:
        groups.setdefault(category.interest or category.label, []).append(category.label)
    return tuple(Voice(interest, tuple(labels)) for interest, labels in groups.items())


def _outside(categories: Iterable[Category]) -> list[Category]:
    return [category for category in categories if category.side not in _INSIDE]
