"""The chapter of a packet: hypotheses, what changed, signs of contribution, other explanations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scc_eval.dossier import SECTIONS, Dossier
from scc_eval.model.evidence import Evidence, Polarity
from scc_eval.model.judgement import Claim, RivalAssessment, Verdict
from scc_eval.model.telling import KeyPoint, Theme
from scc_eval.model.theory import Box, Direction, Factor, Hypothesis, Link, Origin, Packet
from scc_eval.story import view
from scc_eval.story.scribe import Scribe, anchored

_OTHER = ""


def tell_packet(scribe: Scribe, packet: Packet) -> view.Packet:
    """The chapter of one packet."""
    dossier = scribe.dossier
    verdict = next((v for v in dossier.verdicts if v.packet == packet.letter), None)
    return view.Packet(
        letter=packet.letter,
        number=packet.number or "",
        name=_name(scribe, packet),
        title=scribe.text(packet.title),
        anchor=anchored(packet.letter, "packet-"),
        expects=scribe.text(packet.expects),
        groups=_groups(scribe, packet),
        boxes=tell_boxes(scribe, packet.boxes),
        arrows=tuple(
            tell_arrow(scribe, link)
            for link in (*dossier.links_into(packet), *dossier.links_within(packet))
        ),
        factors_anchor=factors_anchor(scribe.dossier, packet),
        factors=tell_hypotheses(scribe, dossier.factors_on(packet)),
        sections=tuple(_section(scribe, packet, number) for number in SECTIONS),
        key_points=tuple(
            _point(scribe, point) for point in dossier.key_points if point.packet == packet.letter
        ),
        claims=tuple(
            _claim(scribe, claim) for claim in dossier.claims if claim.packet == packet.letter
        ),
        rivals=tuple(_rival(scribe, rival) for rival in dossier.rivals_in(packet)),
        verdict=_verdict(scribe, verdict),
        verdict_text=scribe.text(verdict.text) if verdict else "",
    )


def is_drafted(dossier: Dossier, packet: Packet) -> bool:
    """Whether a section of the packet must be drafted from its evidence."""
    return any(
        not _themes(dossier, packet, number)
        and dossier.items_in(packet=packet.letter, section=number)
        for number in SECTIONS
    )


def _name(scribe: Scribe, packet: Packet) -> str:
    names = [scribe.word("packet_name", letter=packet.letter)]
    if packet.number:
        names.append(scribe.word("in_codes", number=packet.number))
    return ", ".join(names)


def tell_boxes(scribe: Scribe, boxes: Iterable[Box]) -> tuple[view.Box, ...]:
    """Boxes, nested ones after those that hold them."""
    return tuple(
        view.Box(box.id, anchored(box.id), scribe.text(box.label), scribe.text(box.text))
        for each in boxes
        for box in each.all()
    )


def _groups(scribe: Scribe, packet: Packet) -> tuple[str, ...]:
    labels = {group.id: group.label for group in scribe.dossier.theory.groups}
    return tuple(scribe.text(labels[group]) for group in packet.groups if group in labels)


def factors_anchor(dossier: Dossier, packet: Packet) -> str:
    """Where the other factors of a packet are told; nowhere if it has none."""
    return anchored(packet.letter, "factors-") if dossier.factors_on(packet) else ""


def tell_arrow(scribe: Scribe, link: Link) -> view.Arrow:
    """A link with its mechanisms, assumptions and risks."""
    ends = scribe.word("arrow", source=link.source, target=link.target)
    title = f"{ends}{scribe.word('colon')} {scribe.text(link.label)}" if link.label else ends
    kinds = (link.mechanisms, link.assumptions, link.risks)
    told = (tell_hypotheses(scribe, hypotheses) for hypotheses in kinds)
    return view.Arrow(link.id, anchored(link.id), title, *told)


def tell_hypotheses(
    scribe: Scribe, hypotheses: Iterable[Hypothesis]
) -> tuple[view.Hypothesis, ...]:
    """Mechanisms or factors with what evidence says of each."""
    return tuple(_hypothesis(scribe, hypothesis) for hypothesis in hypotheses)


def _hypothesis(scribe: Scribe, hypothesis: Hypothesis) -> view.Hypothesis:
    tags = []
    if hypothesis.origin is Origin.EMERGENT:
        since = scribe.text(hypothesis.since)
        tags.append(scribe.word("tags", "emergent") + (f" ({since})" if since else ""))
    if isinstance(hypothesis, Factor):
        if hypothesis.direction is Direction.HINDERS:
            tags.append(scribe.word("tags", "hinders"))
        if hypothesis.excluded:
            tags.append(scribe.word("tags", "excluded"))
    found = scribe.dossier.bearing_on(hypothesis.id)
    return view.Hypothesis(
        hypothesis.id,
        anchored(hypothesis.id),
        scribe.text(hypothesis.label),
        scribe.text(hypothesis.text),
        tuple(tags),
        scribe.tally(found),
        is_bare=not found.all,
    )


def _themes(dossier: Dossier, packet: Packet, number: int) -> tuple[Theme, ...]:
    return tuple(
        theme
        for theme in dossier.themes
        if theme.packet in (packet.letter, packet.number) and theme.section == number
    )


def _section(scribe: Scribe, packet: Packet, number: int) -> view.Section:
    dossier = scribe.dossier
    themes = _themes(dossier, packet, number)
    topics = (
        tuple(_topic(scribe, theme) for theme in themes)
        if themes
        else tuple(_draft(scribe, packet, number))
    )
    comments = tuple(
        view.Comment(comment.author, scribe.text(comment.text))
        for comment in dossier.panel_comments
        if comment.packet == packet.letter and comment.section == number and not comment.after
    )
    return view.Section(
        number,
        scribe.word("sections", str(number), "title"),
        scribe.word(
            "sections",
            str(number),
            "question",
            programme=dossier.settings.programme or scribe.word("the_programme"),
        ),
        anchored(f"{packet.letter}-{number}", "section-"),
        topics,
        tuple(_gaps(scribe, packet, number)),
        comments,
    )


def _topic(scribe: Scribe, theme: Theme) -> view.Topic:
    cited = {
        item.code
        for assertion in theme.assertions
        for text in assertion.evidence
        for item in scribe.dossier.items_named(text)
    }
    return view.Topic(
        scribe.text(theme.title),
        scribe.text(theme.introduction),
        scribe.refs(theme.about),
        _tallies(scribe, theme),
        tuple(scribe.line(assertion, theme.role) for assertion in theme.assertions),
        tuple(
            scribe.drafted(item)
            for item in _contrary(scribe.dossier, theme)
            if item.code not in cited
        ),
    )


def _tallies(scribe: Scribe, theme: Theme) -> str:
    tallies = [
        f"{name}{scribe.word('colon')} {scribe.tally(scribe.dossier.bearing_on(name))}"
        for name in theme.about
        if name in scribe.dossier.hypotheses
    ]
    return str(scribe.words["semicolon"]).join(tallies)


def _contrary(dossier: Dossier, theme: Theme) -> Iterator[Evidence]:
    """Evidence of the same section against what a theme is about, wherever it is told."""
    seen: set[str] = set()
    for name in theme.about:
        for item in dossier.bearing_on(name).against:
            cell = dossier.cell(item.code)
            in_section = cell is not None and cell.section == theme.section
            if in_section and item.code not in seen:
                seen.add(item.code)
                yield item


def _draft(scribe: Scribe, packet: Packet, number: int) -> Iterator[view.Topic]:
    """The section as the evidence alone would have it: a topic for each thing it bears on."""
    items = scribe.dossier.items_in(packet=packet.letter, section=number)
    titles = dict(_headings(scribe.dossier, packet, number))
    by_heading: dict[str, list[Evidence]] = {name: [] for name in (*titles, _OTHER)}
    for item in items:
        heading = next((name for name, _ in item.bearings() if name in titles), _OTHER)
        by_heading[heading].append(item)
    for name, found in by_heading.items():
        if not found:
            continue
        title = titles.get(name) or scribe.word("draft_other")
        order = sorted(found, key=lambda item: item.polarity is not Polarity.SUPPORTS)
        yield view.Topic(
            scribe.text(title),
            "",
            scribe.refs([name] if name else []),
            scribe.tally(scribe.dossier.bearing_on(name)) if name else "",
            tuple(scribe.drafted(item) for item in order),
            is_draft=True,
        )


def _headings(dossier: Dossier, packet: Packet, number: int) -> Iterator[tuple[str, str]]:
    if number == 1:
        yield from ((box.id, box.label) for box in packet.all_boxes())
    elif number == 2:
        yield from ((item.id, item.title) for item in dossier.mechanisms_of(packet))
    else:
        yield from ((factor.id, factor.title) for factor in dossier.factors_on(packet))


def _gaps(scribe: Scribe, packet: Packet, number: int) -> Iterator[str]:
    """What the section leaves out: nothing at all, or hypotheses without evidence."""
    dossier = scribe.dossier
    if not dossier.items_in(packet=packet.letter, section=number):
        yield scribe.word("gaps", "section")
    if number == 1:
        return
    asked = dossier.mechanisms_of(packet) if number == 2 else dossier.factors_on(packet)
    kind = "mechanism" if number == 2 else "factor"
    for hypothesis in asked:
        if not dossier.bearing_on(hypothesis.id).all:
            yield scribe.word("gaps", kind, id=hypothesis.id, title=hypothesis.title.rstrip("."))


def _point(scribe: Scribe, point: KeyPoint) -> view.Point:
    return view.Point(
        point.id,
        anchored(point.id),
        scribe.text(point.text),
        scribe.refs(point.rests_on),
        tuple(_point(scribe, below) for below in point.points),
    )


def _claim(scribe: Scribe, claim: Claim) -> view.Claim:
    fields = (
        *_judged(scribe, claim),
        *scribe.fields(
            ("mechanisms", ", ".join(claim.mechanisms)),
            ("actors", claim.actors),
            ("factors", ", ".join(claim.factors)),
            ("necessary", scribe.word("yes") if claim.necessary else None),
            ("treatment", claim.treatment),
            ("limits", claim.limits),
        ),
    )
    citations = scribe.citations(claim.evidence)
    return view.Claim(claim.id, anchored(claim.id), scribe.text(claim.text), fields, citations)


def _judged(scribe: Scribe, judgement: Claim | Verdict) -> tuple[view.Field, ...]:
    return scribe.wanted(
        ("form", scribe.choice("forms", judgement.form)),
        ("status", scribe.choice("statuses", judgement.status)),
        ("confidence", scribe.choice("confidences", judgement.confidence)),
        ("reason", judgement.reason),
    )


def _role(scribe: Scribe, rival: RivalAssessment) -> str:
    """What a factor was found to do, and in which cases if not in all."""
    role = scribe.choice("roles", rival.role) or ""
    labels = [c.label for c in scribe.dossier.cases if c.code in rival.cases]
    if not labels:
        return role
    return scribe.word("in_cases", role=role, cases=scribe.text(", ".join(labels)))


def _rival(scribe: Scribe, rival: RivalAssessment) -> view.Rival:
    factor = scribe.dossier.hypotheses.get(rival.factor)
    reasons = " ".join(text for text in (rival.search, rival.reason) if text)
    return view.Rival(
        scribe.ref(rival.factor),
        scribe.text(factor.title) if factor else "",
        _role(scribe, rival),
        scribe.text(reasons),
        scribe.citations(rival.evidence),
    )


def _verdict(scribe: Scribe, verdict: Verdict | None) -> tuple[view.Field, ...]:
    if verdict is None:
        return ()
    return (
        *_judged(scribe, verdict),
        *scribe.fields(("date", verdict.date), ("claims", ", ".join(verdict.claims))),
    )
