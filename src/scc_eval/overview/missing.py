"""What is missing in an evaluation, as far as its stage asks for it; the most pressing first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from scc_eval.languages import LANGUAGES, words_of
from scc_eval.model.choices import FactorRole, Outcome
from scc_eval.model.evidence import AbsenceKind
from scc_eval.overview.records import Missing
from scc_eval.rules import judging
from scc_eval.story.scribe import anchored

if TYPE_CHECKING:
    from scc_eval.coverage import Coverage
    from scc_eval.dossier import Dossier
    from scc_eval.model.theory import Factor, Packet

_FINAL = 6
_LETTERS = {"-": 0, "n": 1, "w": 2, "e": 3}


class _Lack(NamedTuple):
    """Something that is not there: its subject, the packet it belongs to, where it is told, and
    what fills the sentence."""

    subject: str
    packet: str
    anchor: str
    facts: Mapping[str, str]


_Find = Callable[["Dossier", "Coverage"], Iterator[_Lack]]


class _Kind(NamedTuple):
    """A kind of thing that may be missing. `pressing` has a letter for each stage, as the levels
    of rules do. Where `rule` is off, or could not judge, nobody is asked for it either."""

    name: str
    rule: str
    pressing: str
    find: _Find


def find_missing(dossier: Dossier, covered: Coverage) -> tuple[Missing, ...]:
    """All that is missing and that the stage asks for; the most pressing first, and within that in
    the order of the work: what else rests on comes before it."""
    asked = {rule.code for rule in judging(dossier, _FINAL)}
    stage = dossier.settings.stage
    spoken = {language: words_of("overview", language) for language in LANGUAGES}
    found = []
    for kind in KINDS:
        pressing = _LETTERS[kind.pressing[stage - 1]]
        for lack in kind.find(dossier, covered) if pressing and kind.rule in asked else ():
            subject, packet, anchor, facts = lack
            sentences = {name: _sentence(kind.name, facts, own) for name, own in spoken.items()}
            found.append(Missing(kind.name, subject, packet, anchor, pressing, sentences))
    return tuple(sorted(found, key=lambda each: -each.pressing))


def _sentence(kind: str, facts: Mapping[str, str], own: Mapping[str, Any]) -> str:
    told = {name: " ".join(fact.split()).rstrip(".") for name, fact in facts.items()}
    told["section"] = own["sections"].get(facts.get("section"), "")
    return str(own["missing"][kind]["one"]).format_map(told)


def _of_packet(packet: Packet) -> _Lack:
    anchor = anchored(packet.letter, "packet-")
    facts = {"id": packet.letter, "title": packet.title}
    return _Lack(packet.letter, packet.letter, anchor, facts)


def _question(dossier: Dossier, covered: Coverage) -> Iterator[_Lack]:
    if not (dossier.settings.question or dossier.questions):
        yield _Lack("", "", "", {})


def _packets(dossier: Dossier, covered: Coverage) -> Iterator[_Lack]:
    if not dossier.examined_packets:
        yield _Lack(dossier.theory.id, "", "", {"id": dossier.theory.id})


def _links(dossier: Dossier, covered: Coverage) -> Iterator[_Lack]:
    for link in dossier.examined_links:
        packet = dossier.packet_at(link.target)
        is_bare = not link.mechanisms and not dossier.holds_stub("mechanism", link, dossier.links)
        if is_bare and packet is not None:
            facts = {"id": link.id, "source": link.source, "target": link.target}
            yield _Lack(link.id, packet.letter, anchored(link.id), facts)


def _factors(dossier: Dossier, covered: Coverage) -> Iterator[_Lack]:
    for packet in dossier.examined_packets:
        names = (packet.letter, packet.number, *(box.id for box in packet.all_boxes()))
        if not dossier.factors_on(packet) and not dossier.is_mentioned("factor", *names):
            yield _of_packet(packet)


def _cases(dossier: Dossier, covered: Coverage) -> Iterator[_Lack]:
    if not (dossier.cases or dossier.has_stubs("case")):
        yield _Lack("", "", "", {})


def _bare(kind: str) -> _Find:
    """The mechanisms or the factors on which nothing bears, and of which nobody says why."""

    def find(dossier: Dossier, covered: Coverage) -> Iterator[_Lack]:
        for fate in covered.bare:
            if fate.kind == kind and not _is_accounted_for(dossier, fate.id):
                packet = _packet_of(dossier, fate.id)
                facts = {"id": fate.id, "title": fate.title, "where": fate.where}
                yield _Lack(fate.id, packet, anchored(fate.id), facts)

    return find


def _packet_of(dossier: Dossier, name: str) -> str:
    """The letter of the packet that a mechanism leads to or that a factor bears on."""
    link = dossier.link_of.get(name)
    factors = (factor for factor in dossier.factors if factor.id == name)
    ends = (link.target,) if link else next(factors).targets
    packets = (dossier.packet_at(end) for end in ends)
    letters = (packet.letter for packet in packets if packet in dossier.examined_packets)
    return next(letters, "")


def _is_accounted_for(dossier: Dossier, name: str) -> bool:
    """Whether somebody looked for a hypothesis in vain or says why nobody did; not denied where
    what would say so could not be read."""
    kinds = ("evidence item", "rival", "absence", "fate", "test")
    return (
        any(each.found is not AbsenceKind.NOT_ASKED for each in dossier.absences_on(name))
        or any(test.outcome is not Outcome.NOT_SOUGHT for test in dossier.tests_on(name))
        or any(each.factor == name and (each.search or each.reason) for each in dossier.rivals)
        or dossier.is_left_untested(name)
        or getattr(dossier.hypotheses[name], "excluded", None) is not None
        or any(dossier.is_mentioned(kind, name) for kind in kinds)
    )


def _cells(dossier: Dossier, covered: Coverage) -> Iterator[_Lack]:
    lost = {(cell.case, cell.packet, cell.section) for cell in dossier.stub_cells}
    silent = {
        (case, dossier.packet_named(absence.on))
        for absence in dossier.absences
        if absence.found is not AbsenceKind.NOT_ASKED
        for case in absence.cases
    }
    for row, cell in covered.holes:
        is_told = (cell.case, dossier.packet_named(row.packet)) in silent
        if not is_told and (cell.case, row.packet, row.section) not in lost:
            case = dossier.case_named[cell.case].label
            facts = {"id": cell.code, "case": case, "packet": row.packet}
            facts |= {"section": str(row.section)}
            yield _Lack(cell.code, row.packet, anchored(cell.code), facts)


def _rivals(dossier: Dossier, covered: Coverage) -> Iterator[_Lack]:
    for packet in dossier.examined_packets:
        assessed = {
            rival.factor
            for rival in dossier.rivals_in(packet)
            if rival.role is not FactorRole.NOT_EXAMINED or rival.search or rival.reason
        }
        for factor in dossier.factors_on(packet):
            if factor.id not in assessed and not _is_out(dossier, factor):
                facts = {"id": factor.id, "title": factor.title, "packet": packet.letter}
                yield _Lack(factor.id, packet.letter, anchored(factor.id), facts)


def _is_out(dossier: Dossier, factor: Factor) -> bool:
    return (
        factor.excluded is not None
        or dossier.is_left_untested(factor.id)
        or dossier.is_mentioned("rival", factor.id)
    )


def _claims(dossier: Dossier, covered: Coverage) -> Iterator[_Lack]:
    yield from _without(dossier, "claim", dossier.claims_in)


def _verdicts(dossier: Dossier, covered: Coverage) -> Iterator[_Lack]:
    yield from _without(dossier, "verdict", dossier.verdicts_on)


def _points(dossier: Dossier, covered: Coverage) -> Iterator[_Lack]:
    told = {dossier.packet_told.get(point.id) for point in dossier.key_points}
    yield from _without(dossier, "key point", lambda packet: packet.letter in told)


def _without(dossier: Dossier, kind: str, has: Callable[[Packet], object]) -> Iterator[_Lack]:
    """The packets that lack something, of which no trace that could not be read is left."""
    for packet in dossier.examined_packets:
        if not has(packet) and not dossier.is_mentioned(kind, packet.letter, packet.number):
            yield _of_packet(packet)


def _statuses(dossier: Dossier, covered: Coverage) -> Iterator[_Lack]:
    examined = {packet.letter for packet in dossier.examined_packets}
    for claim in dossier.claims:
        packet = dossier.packet_named(claim.packet)
        if claim.status is None and packet is not None and packet.letter in examined:
            facts = {"id": claim.id, "text": claim.text}
            yield _Lack(claim.id, packet.letter, anchored(claim.id), facts)


def _conclusions(dossier: Dossier, covered: Coverage) -> Iterator[_Lack]:
    answered = {conclusion.question for conclusion in dossier.conclusions}
    for question in dossier.questions:
        name = question.id
        if name not in answered and not dossier.is_mentioned("conclusion", name):
            yield _Lack(name, "", anchored(name), {"id": name, "text": question.text})


KINDS = (
    _Kind("question", "SCC803", "wwwwww", _question),
    _Kind("packets", "SCC103", "-eeeee", _packets),
    _Kind("mechanisms", "SCC101", "-wwwee", _links),
    _Kind("factors", "SCC107", "-nnnww", _factors),
    _Kind("cases", "SCC303", "--eeee", _cases),
    _Kind("factor", "SCC601", "--wwee", _bare("factor")),
    _Kind("mechanism", "SCC305", "--nnww", _bare("mechanism")),
    _Kind("cell", "SCC304", "--nnnn", _cells),
    _Kind("rival", "SCC603", "---wee", _rivals),
    _Kind("claims", "SCC501", "---nwe", _claims),
    _Kind("status", "SCC501", "---nwe", _statuses),
    _Kind("verdict", "SCC501", "---nwe", _verdicts),
    _Kind("points", "SCC501", "---nww", _points),
    _Kind("conclusion", "SCC803", "----we", _conclusions),
)
"""Every kind, in the order of the work. The letters are those of the rules named, save that
nothing is asked of the evidence before stage 3 nor of the theory before stage 2; those of
`question`, `packets`, `cases` and `points`, which no rule asks for, are our own."""
