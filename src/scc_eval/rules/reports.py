"""SCC2xx: can a reader follow the citations of a written report?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from scc_eval.audit import Audit, Citation, Status, spellings
from scc_eval.diagnostics import (
    ALWAYS_ERROR,
    ALWAYS_NOTE,
    ALWAYS_WARNING,
    Diagnostic,
    Issue,
    Rule,
    Severity,
    ordered,
)
from scc_eval.places import Location
from scc_eval.rules import level
from scc_eval.rules._checks import ChecksOn
from scc_eval.slips import BY_PROBLEM

if TYPE_CHECKING:
    from scc_eval.rules.waivers import Accepted

CHECKS = ChecksOn[Audit]()

_FOLLOW = "OECD-DAC (2010) 3.11 asks that the analysis be clear, from evidence to conclusion"


@CHECKS.rule(
    Rule(
        "SCC221",
        "damaged-citation",
        ALWAYS_WARNING,
        "“{text}” is damaged, and can only stand for {code}",
        "Who searches for the code does not find it, and no link can be made of it.",
        "Write {code}; `scc audit --fix` does it in a copy.",
        "In the printed report on Loos-en-Gohelle nearly a third of the codes have lost a "
        "separator or gained a space.",
    )
)
def damaged_citation(audit: Audit) -> Iterator[Issue]:
    for citation in (*audit.citations, *audit.informants, *audit.documents):
        if citation.status is Status.REPAIRABLE:
            yield _cited(citation, code=citation.codes[0])


@CHECKS.rule(
    Rule(
        "SCC222",
        "ambiguous-citation",
        ALWAYS_ERROR,
        "“{text}” is damaged, and can stand for {codes}",
        "Nobody can tell which evidence was meant.",
        "Write the one that was meant.",
        f"{_FOLLOW}; that no repair is guessed is our own demand.",
    )
)
def ambiguous_citation(audit: Audit) -> Iterator[Issue]:
    for citation in (*audit.citations, *audit.informants, *audit.documents):
        if citation.status is Status.AMBIGUOUS:
            yield _cited(citation, codes=", ".join(citation.codes))


@CHECKS.rule(
    Rule(
        "SCC223",
        "unknown-citation",
        ALWAYS_ERROR,
        "{text} is the code of nothing that is known",
        "The reader is sent to evidence that is not there.",
        "Correct the case, the packet or the section; what is known: {known}.",
        f"{_FOLLOW}.",
        needs=("theory", "packet", "case", "evidence item"),
    )
)
def unknown_citation(audit: Audit) -> Iterator[Issue]:
    known = audit.known
    words = (*known.cases, *known.packets, *known.grammar.sections, *known.grammar.themes)
    for citation in audit.citations:
        if citation.status is Status.UNKNOWN:
            yield _cited(citation, known=", ".join(words))


@CHECKS.rule(
    Rule(
        "SCC224",
        "citation-without-evidence",
        ALWAYS_ERROR,
        "{code} is cited, and the evaluation has no evidence there",
        "The code is well formed and leads to nothing.",
        "Cite the evidence that was meant, or file what {code} stands for.",
        f"{_FOLLOW}.",
        needs=("theory", "packet", "case", "evidence item"),
    )
)
def citation_without_evidence(audit: Audit) -> Iterator[Issue]:
    dossier = audit.known.dossier
    for citation in audit.citations if dossier else ():
        code = audit.parsed(citation)
        if dossier and code and not dossier.items_named(code.text):
            yield Issue(citation.at, {"code": code.text})


@CHECKS.rule(
    Rule(
        "SCC225",
        "case-cited-without-code",
        ALWAYS_WARNING,
        "“{words}” names the case {case} among codes, without its own",
        "The reader is told that the case bears this out, and has nowhere to look.",
        "Write the code of {case} after “{words}”, or take the name out of the bracket.",
        "In 3.4.1 of the Loos-en-Gohelle report one case (Eco-réhabilitation) stands without a "
        "code among others that have theirs.",
    )
)
def case_cited_without_code(audit: Audit) -> Iterator[Issue]:
    for naming in audit.namings:
        if not naming.named.has_code:
            facts = {"words": naming.named.words, "case": naming.named.case}
            yield Issue(naming.at, facts)


@CHECKS.rule(
    Rule(
        "SCC226",
        "section-cited-in-another",
        ALWAYS_NOTE,
        "{text} is of section {number}, and is cited where section {told} is told",
        "Each section of a story answers one question; what was gathered for another answers it "
        "only if the reader is told how.",
        "Say in the text what {text} does there (a limit, a counter-example), or cite section "
        "{told}.",
        "The three sections of a packet are those of the Loos-en-Gohelle evaluation; that each "
        "cites its own is our own reading. Which section a text tells is read off its headings.",
    )
)
def section_cited_in_another(audit: Audit) -> Iterator[Issue]:
    for citation in audit.citations:
        code, told = audit.parsed(citation), audit.section(citation)
        number = audit.known.grammar.section_number(code.section) if code else None
        if told is not None and number is not None and number != told:
            yield _cited(citation, number=str(number), told=str(told))


@CHECKS.rule(
    Rule(
        "SCC227",
        "case-named-otherwise",
        ALWAYS_NOTE,
        "the case {case} is called “{words}” here ({times}×), and “{usual}” elsewhere",
        "Readers, and whoever searches, take two names for two cases.",
        "Write “{usual}” throughout.",
        "The Loos-en-Gohelle report calls one case Ecoactivités, Eco-activités and Eco-Activités.",
    )
)
def case_named_otherwise(audit: Audit) -> Iterator[Issue]:
    named = [(naming.named.case, naming.named.words) for naming in audit.namings]
    first = {
        pair: naming.at for pair, naming in reversed([*zip(named, audit.namings, strict=True)])
    }
    for spelling in spellings(named, audit.known.labels):
        facts = {
            "words": spelling.words,
            "case": spelling.case,
            "usual": spelling.usual,
            "times": str(spelling.times),
        }
        yield Issue(first[spelling.case, spelling.words], facts)


@CHECKS.rule(
    Rule(
        "SCC228",
        "evidence-never-cited",
        ALWAYS_NOTE,
        "nothing here cites {codes}, of the case {case}",
        "Evidence that was gathered and is not used, nor set aside for a reason, leaves the reader "
        "to wonder what it said.",
        "Cite it where it bears on what is told, or say why it does not.",
        "Monnier asks that all indications be weighed; that a report cites each cell is our own "
        "reading.",
        needs=("theory", "packet", "case", "evidence item"),
    )
)
def evidence_never_cited(audit: Audit) -> Iterator[Issue]:
    dossier = audit.known.dossier
    if dossier is None or not audit.citations:
        return
    cited = {dossier.cell(code.text) for c in audit.citations if (code := audit.parsed(c))}
    silent: dict[str, list[str]] = defaultdict(list)
    for cell, items in dossier.by_cell.items():
        if cell not in cited:
            code = dossier.code(items[0].code)
            silent[cell.case].append(code.cell if code else items[0].code)
    for case, codes in silent.items():
        yield Issue(Location(audit.report.name), {"case": case, "codes": ", ".join(sorted(codes))})


@CHECKS.rule(
    Rule(
        "SCC229",
        "conclusion-without-code",
        ALWAYS_WARNING,
        "{name} cites no code",
        "A conclusion that points at nothing cannot be checked, and reads like an opinion.",
        "Cite in {name} the codes it rests on, or the section of the story that has them.",
        f"{_FOLLOW}; the conclusions of the Loos-en-Gohelle report carry none. What a conclusion "
        "is, is read off headings and labels (CCL 4).",
    )
)
def conclusion_without_code(audit: Audit) -> Iterator[Issue]:
    cited = {citation.paragraph for citation in audit.citations}
    for told in audit.conclusions() if audit.citations else ():
        if cited.isdisjoint(told.paragraphs):
            first = told.paragraphs[0]
            at = audit.report.place(first, 0, len(audit.report.paragraphs[first].text))
            yield Issue(at, {"name": told.name})


@CHECKS.rule(
    Rule(
        "SCC231",
        "unregistered-source",
        ALWAYS_WARNING,
        "{source} is in no register of the evaluation",
        "Who speaks, and whose interests, cannot be known.",
        "Add {source} to the sources, or correct the name.",
        "OECD-DAC (2010) 3.9 asks that sources be described.",
        needs=("theory", "source"),
    )
)
def unregistered_source(audit: Audit) -> Iterator[Issue]:
    for citation in (*audit.informants, *audit.documents):
        if citation.status is Status.UNKNOWN:
            yield Issue(citation.at, {"source": citation.raw})


@CHECKS.rule(
    Rule(
        "SCC232",
        "link-to-another-code",
        ALWAYS_WARNING,
        "the link on “{text}” leads to {code}",
        "The reader is told one code and shown the evidence of another.",
        "Let the link lead to what the text says, or write {code}.",
        "Our own demand: a citation and its link are one.",
    )
)
def link_to_another_code(audit: Audit) -> Iterator[Issue]:
    told = defaultdict(list)
    for citation in audit.citations:
        if not citation.is_address:
            told[citation.paragraph].append(citation)
    for citation in audit.citations if any(c.is_address for c in audit.citations) else ():
        for other in told[citation.paragraph] if citation.is_address else ():
            if other.begin < citation.end and citation.begin < other.end:
                yield _cited(other, code=citation.raw)


@CHECKS.rule(
    Rule(
        "SCC233",
        "hidden-from-reader",
        ALWAYS_NOTE,
        "{kind} ({count}) was not read",
        "What the page does not show, or shows as a picture, may hold citations that nobody "
        "checks.",
        "Look at it yourself; show or remove what is hidden before the report goes out.",
        "Our own: an audit says what it has not seen.",
    )
)
def hidden_from_reader(audit: Audit) -> Iterator[Issue]:
    for hidden in audit.report.hidden:
        yield Issue(hidden.at, {"kind": hidden.kind, "count": str(hidden.times)})


@CHECKS.rule(
    Rule(
        "SCC234",
        "report-without-codes",
        ALWAYS_WARNING,
        "no code was found in {name}",
        "Either the report cites no evidence, or its codes are written in a way that is not known.",
        "Say how they are written with `--grammar '{{case}}_PC{{packet}}_{{section}}'`, or which "
        "evaluation they belong to with `--evaluation`.",
        "Our own: silence must not be taken for a clean report.",
    )
)
def report_without_codes(audit: Audit) -> Iterator[Issue]:
    if not audit.citations:
        yield Issue(Location(audit.report.name), {"name": audit.report.name})


def _cited(citation: Citation, **facts: str) -> Issue:
    return Issue(citation.at, {"text": " ".join(citation.raw.split()), **facts})


def examine_report(
    audit: Audit, today: str | None = None
) -> tuple[tuple[Diagnostic, ...], tuple[Accepted, ...]]:
    """What is to be said of a report, in order, and what the waivers of its evaluation accept."""
    found = ordered((*_unread(audit), *_raised(audit)))
    dossier = audit.known.dossier
    if dossier is None or not dossier.waivers:
        return found, ()
    from scc_eval.rules.waivers import settle  # only who waives something pays for it

    told, accepted, _ = settle(dossier, found, frozenset(), today)
    return told, accepted


def _unread(audit: Audit) -> Iterator[Diagnostic]:
    for problem in audit.report.problems:
        yield Diagnostic(BY_PROBLEM[problem.kind], Severity.ERROR, problem.at, problem.facts)


def _raised(audit: Audit) -> Iterator[Diagnostic]:
    dossier = audit.known.dossier
    if audit.report.problems:
        return
    for rule, check in CHECKS.bound:
        severity = level(rule, dossier, dossier.settings.stage) if dossier else rule.levels.final
        if severity is None or (dossier is not None and dossier.blind & set(rule.needs)):
            continue
        for issue in check(audit):
            yield Diagnostic(rule, severity, issue.at, issue.facts, issue.related)
