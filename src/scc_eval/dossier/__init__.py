"""One evaluation, indexed: every question that a rule or a story may ask is a method here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from scc_eval.dossier._claims import ClaimIndex
from scc_eval.dossier._evidence import SECTIONS, Cell, Tally
from scc_eval.dossier._judgement import Standing, Support, Voice
from scc_eval.model.evidence import Confidentiality
from scc_eval.settings import Audience

if TYPE_CHECKING:
    from scc_eval.model.base import Declaration
    from scc_eval.model.evidence import Source
    from scc_eval.model.judgement import Claim, ExpectedEvidence, Fate, RivalAssessment
    from scc_eval.model.telling import (
        Assertion,
        Conclusion,
        Impact,
        KeyPoint,
        Lesson,
        PanelComment,
        Recommendation,
        Theme,
    )
    from scc_eval.places import Location
    from scc_eval.project import Project

__all__ = ["SECTIONS", "Cell", "Dossier", "Standing", "Support", "Tally", "Voice"]


class Dossier(ClaimIndex):
    """One evaluation with its indexes. It answers; it never changes."""

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self.name = project.name
        self.is_evaluation = project.settings is not None
        self.blind = project.blind
        self.themes: tuple[Theme, ...] = project.section("story")
        self.key_points: tuple[KeyPoint, ...] = project.section("key_points")
        self.panel_comments: tuple[PanelComment, ...] = project.section("panel_comments")
        self.impacts: tuple[Impact, ...] = project.section("impacts")
        self.conclusions: tuple[Conclusion, ...] = project.section("conclusions")
        self.recommendations: tuple[Recommendation, ...] = project.section("recommendations")
        self.lessons: tuple[Lesson, ...] = project.section("lessons")

    @property
    def is_public(self) -> bool:
        """Whether everybody may read what is told."""
        return self.settings.audience is Audience.PUBLIC

    def hides(self, source: Source) -> bool:
        """Whether what names a source must not be read by those the evaluation is told to."""
        is_secret = source.confidentiality is Confidentiality.CONFIDENTIAL
        return is_secret and self.settings.audience is not Audience.INTERNAL

    @cached_property
    def assertions(self) -> tuple[Assertion, ...]:
        """Every assertion of the story and of the impacts."""
        told = [assertion for theme in self.themes for assertion in theme.assertions]
        seen = [assertion for impact in self.impacts for assertion in impact.assertions]
        return (*told, *seen)

    @cached_property
    def all_key_points(self) -> tuple[KeyPoint, ...]:
        """Every key point, those below others after them."""
        return tuple(point for top in self.key_points for point in _points(top))

    @cached_property
    def citations(self) -> tuple[tuple[Declaration, str, int, str], ...]:
        """Every place that cites evidence: who cites, in which field, at which index, what."""
        citing: tuple[Assertion | Claim | RivalAssessment | Fate | ExpectedEvidence, ...] = (
            *self.assertions,
            *self.claims,
            *self.rivals,
            *self.fates,
            *self.tests,
        )
        resting: tuple[KeyPoint | Conclusion | Lesson, ...] = (
            *self.all_key_points,
            *self.conclusions,
            *self.lessons,
        )
        return (
            *((who, "evidence", i, text) for who in citing for i, text in enumerate(who.evidence)),
            *(
                (who, "rests_on", i, text)
                for who in resting
                for i, text in enumerate(who.rests_on)
                if text not in self.told_ids
            ),
        )

    @cached_property
    def misplaced_codes(self) -> tuple[tuple[Location, str], ...]:
        """Every code written anywhere that names no cell, with its place: malformed codes, and
        those of cases, packets or sections that are not declared."""
        cell = self.cell
        items = ((item, "code", None, item.code) for item in self.evidence)
        return tuple(
            (who.at(field, index), text)
            for who, field, index, text in (*items, *self.citations)
            if cell(text) is None
        )

    @cached_property
    def told_ids(self) -> frozenset[str]:
        """The ids of what is judged and told: a key point or a conclusion may rest on them."""
        told: tuple[Declaration, ...] = (
            *self.claims,
            *self.assertions,
            *self.all_key_points,
            *self.conclusions,
        )
        kinds = {"claim", "assertion", "key point", "conclusion"}
        stubs = {stub.name for stub in self.project.stubs if stub.kind in kinds and stub.name}
        return frozenset({declared.name for declared in told} | stubs)

    def reached(self, names: Iterable[str]) -> tuple[str, ...]:
        """Those names, and all that things told and judged of those names rest on in the end, in
        the order they are met: claims, assertions, key points, conclusions and codes."""
        seen: dict[str, None] = {}
        ahead = list(names)[::-1]
        while ahead:
            name = ahead.pop()
            if name not in seen:
                seen[name] = None
                ahead.extend(self.resting.get(name, ())[::-1])
        return tuple(seen)

    @cached_property
    def resting(self) -> Mapping[str, tuple[str, ...]]:
        """What each claim, assertion, key point and conclusion rests on, by its id."""
        return {
            **{claim.id: claim.evidence for claim in self.claims},
            **{assertion.id: assertion.evidence for assertion in self.assertions},
            **{
                point.id: (*point.rests_on, *(below.id for below in point.points))
                for point in self.all_key_points
            },
            **{conclusion.id: conclusion.rests_on for conclusion in self.conclusions},
        }

    @cached_property
    def packet_told(self) -> Mapping[str, str]:
        """The letter of the packet that each claim, assertion and key point is on, by their id; an
        assertion on an impact is on the packet of its box."""
        named = {claim.id: claim.packet for claim in self.claims}
        named |= {a.id: theme.packet for theme in self.themes for a in theme.assertions}
        named |= {point.id: point.packet for point in self.all_key_points}
        packets = {name: self.packet_named(packet) for name, packet in named.items()}
        for impact in self.impacts:
            box = self.packet_of_box.get(impact.box or "")
            packets |= {assertion.id: box for assertion in impact.assertions}
        return {name: packet.letter for name, packet in packets.items() if packet is not None}

    @cached_property
    def cited_items(self) -> frozenset[str]:
        """The codes of the items that something told rests on."""
        return frozenset(
            item.code for *_, text in self.citations for item in self.items_named(text)
        )

    def is_mentioned(self, kind: str, *names: str | None) -> bool:
        """Whether a declaration of that kind that could not be taken mentions one of the names."""
        return not self._mentions.get(kind, frozenset()).isdisjoint(names)

    def has_stubs(self, kind: str) -> bool:
        """Whether a declaration of that kind was written but could not be taken."""
        return kind in self._mentions

    def holds_stub(self, kind: str, holder: Declaration, holders: Sequence[Declaration]) -> bool:
        """Whether a declaration of that kind that could not be taken was written in a holder: in
        the last of the holders that begins before it."""
        for stub in self.project.stubs:
            before = [each for each in holders if each.at() <= stub.at]
            same_file = [each for each in before if each.at().file == stub.at.file]
            if stub.kind == kind and same_file and same_file[-1] is holder:
                return True
        return False

    @cached_property
    def _mentions(self) -> Mapping[str, frozenset[str | None]]:
        found: dict[str, frozenset[str | None]] = {}
        for stub in self.project.stubs:
            found[stub.kind] = found.get(stub.kind, frozenset()) | stub.mentions
        return found

    def is_stub(self, kind: str, name: str) -> bool:
        """Whether a declaration of that kind and name was written but could not be taken."""
        return (kind, name) in self._stub_names

    @cached_property
    def _stub_names(self) -> frozenset[tuple[str, str | None]]:
        return frozenset((stub.kind, stub.name) for stub in self.project.stubs)

    def has_lost_evidence(self, claim: Claim) -> bool:
        """Whether something that a claim cites, or that bears on it, was written but could not be
        taken."""
        if self.is_mentioned("evidence item", claim.id):
            return True
        return any(
            self.is_stub("evidence item", text) or self.cell(text) in self.stub_cells
            for text in claim.evidence
        )

    @cached_property
    def stub_cells(self) -> frozenset[Cell]:
        """The cells of evidence that was written but could not be taken, or whose code is damaged
        and can only mean one cell."""
        codes = [s.name for s in self.project.stubs if s.kind == "evidence item" and s.name]
        codes += [item.code for item in self.evidence if self.cell(item.code) is None]
        meant = (self.repairs(code) if self.cell(code) is None else (code,) for code in codes)
        cells = (self.cell(code) for repairs in meant for code in repairs if len(repairs) == 1)
        return frozenset(cell for cell in cells if cell is not None)


def _points(point: KeyPoint) -> Iterator[KeyPoint]:
    yield point
    for below in point.points:
        yield from _points(below)
