"""The quality annex: diagnostics, limitations, challenges, hypotheses, coverage, sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from scc_eval.balance import Entry, draw_up
from scc_eval.balance.tables import became, claims, origin
from scc_eval.diagnostics import Diagnostic, Severity
from scc_eval.dossier import SECTIONS
from scc_eval.languages import words
from scc_eval.lenses import lens_columns
from scc_eval.model.evidence import Nature
from scc_eval.model.judgement import Waiver
from scc_eval.story import view
from scc_eval.story.scribe import Scribe, anchored

Accepted = tuple[Diagnostic, Waiver]
"""What the quality control found, and the waiver that accepts it."""


def tell_quality(
    scribe: Scribe, diagnostics: Sequence[Diagnostic], accepted: Sequence[Accepted] = ()
) -> view.Quality:
    """The quality annex, with what the quality control found and what was accepted of it."""
    return view.Quality(
        _figures(scribe, diagnostics),
        tuple(
            view.Finding(
                found.rule.code,
                scribe.word("severities", found.severity.word),
                f"{found.at.file}:{found.at.line}",
                scribe.text(found.message),
            )
            for found in sorted(diagnostics, key=lambda found: -found.severity)
        ),
        tuple(
            view.Limitation(
                found.rule.code,
                scribe.text(found.message),
                scribe.text(waiver.reason),
                scribe.word("signed", author=waiver.author, date=waiver.date)
                if waiver.until is None
                else scribe.word(
                    "signed_until", author=waiver.author, date=waiver.date, until=waiver.until
                ),
            )
            for found, waiver in accepted
        ),
        _challenges(scribe),
        _balance(scribe),
        _matrix(scribe),
        _categories(scribe),
        _sources(scribe),
        _lenses(scribe),
    )


def _figures(scribe: Scribe, diagnostics: Sequence[Diagnostic]) -> tuple[view.Field, ...]:
    dossier = scribe.dossier
    severities = Counter(found.severity for found in diagnostics)
    natures = Counter(item.nature for item in dossier.evidence)
    interviews = sum(category.interviews for category in dossier.categories)

    def figure(name: str, value: object) -> view.Field:
        return view.Field(scribe.word("figures", name), str(value))

    return (
        figure("evidence", len(dossier.evidence)),
        figure("sources", len(dossier.roots_of(dossier.evidence))),
        *((figure("interviews", interviews),) if interviews else ()),
        *(
            view.Field(scribe.words["natures"][nature.value], str(natures[nature]))
            for nature in Nature
            if natures[nature]
        ),
        *(
            figure(f"{severity.word}s", severities[severity])
            for severity in sorted(Severity, reverse=True)
        ),
    )


def _challenges(scribe: Scribe) -> tuple[view.Row, ...]:
    return tuple(
        view.Row(
            challenge.author,
            (
                scribe.text(challenge.text),
                scribe.choice("responses", challenge.response) or scribe.word("not_given"),
                scribe.text(" ".join(t for t in (challenge.reason, challenge.change) if t)),
            ),
            anchored(challenge.id, "challenge-"),
        )
        for challenge in scribe.dossier.challenges
    )


def _balance(scribe: Scribe) -> view.Table:
    """What became of each hypothesis that the evaluation examines."""
    rows = (_hypothesis(scribe, entry) for entry in draw_up(scribe.dossier).examined)
    return view.Table(tuple(scribe.word("balance_columns").split("|")), tuple(rows))


def _hypothesis(scribe: Scribe, entry: Entry) -> view.Row:
    spoken = {"story": scribe.words}
    told = (entry.title, origin(entry, spoken), became(entry, spoken))
    sides = (
        _counted(s.items, s.roots) if s.items else "—" for s in (entry.supports, entry.against)
    )
    named = claims(entry, spoken) or "—"
    values = (*map(scribe.text, told), *sides, scribe.text(named))
    return view.Row(entry.id, values, to=scribe.ref(entry.id))


def _counted(items: int, roots: int) -> str:
    """Items and root sources, which no line ends between."""
    return f"{items}\N{NO-BREAK SPACE}/\N{NO-BREAK SPACE}{roots}"


def _matrix(scribe: Scribe) -> view.Table:
    """Packet and section by case: items, and distinct root sources."""
    dossier = scribe.dossier
    rows = []
    for packet in dossier.examined_packets:
        for section in SECTIONS:
            values = []
            for case in dossier.cases:
                items = dossier.items_in(case=case.code, packet=packet.letter, section=section)
                roots = len(dossier.roots_of(items))
                values.append(_counted(len(items), roots) if items else "—")
            title = scribe.word("sections", str(section), "title")
            head = f"{packet.letter} · {section} {title}"
            to = view.Ref(head, anchored(f"{packet.letter}-{section}", "section-"))
            rows.append(view.Row(head, tuple(values), to=to))
    columns = (scribe.word("packet_section"), *(scribe.text(case.label) for case in dossier.cases))
    return view.Table(columns, tuple(rows))


def _categories(scribe: Scribe) -> view.Table:
    """Stakeholder categories: interviews held, and sources of each that the story cites."""
    dossier = scribe.dossier
    heard = Counter(
        dossier.source_named[root].category
        for root in dossier.roots_of(dossier.evidence)
        if root in dossier.source_named
    )
    rows = tuple(
        view.Row(
            scribe.text(category.label),
            (
                scribe.text(category.interest or category.label),
                str(category.interviews),
                str(heard[category.id]),
            ),
        )
        for category in dossier.categories
    )
    names = ("category", "interest", "interviews", "cited")
    return view.Table(tuple(scribe.word("columns", name) for name in names), rows)


def _sources(scribe: Scribe) -> tuple[view.Row, ...]:
    """The register: id, what it is, label, category, what it repeats. Never a person's name."""
    dossier = scribe.dossier
    return tuple(
        view.Row(
            source.id,
            (
                scribe.choice("source_kinds", source.type) or "",
                "" if dossier.hides(source) else scribe.text(source.label),
                scribe.text(category.label) if category else "",
                scribe.text(source.method),
                ", ".join(source.derived_from),
            ),
            anchored(source.id, "source-"),
        )
        for source in dossier.sources
        for category in (dossier.category_named.get(source.category or ""),)
    )


def _lenses(scribe: Scribe) -> tuple[view.Lens, ...]:
    """What the lenses that are switched on show: beside the evidence, never a verdict."""
    told = []
    for column in lens_columns(scribe.dossier, scribe.language):
        rows = tuple(
            view.Row(entry.name, tuple(scribe.text(value) for value in entry.values))
            for entry in column.entries
        )
        table = view.Table(tuple(scribe.text(head) for head in column.heads), rows)
        gap = "" if rows else scribe.text(words(scribe.language)["lenses"]["nothing"])
        told.append(view.Lens(scribe.text(column.title), scribe.text(column.note), table, gap))
    return tuple(told)
