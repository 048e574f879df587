"""What stands behind each claim, as a chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scc_eval.charts import Gauge, Gauges, Measure, Need
from scc_eval.dossier import Dossier, Support
from scc_eval.model.judgement import Claim
from scc_eval.site.captions import Address, Captioner, captioner
from scc_eval.story.scribe import anchored

_MEASURED = ("roots", "interests", "cases", "methods")
_WORDS = ("claim", "level", "reached", "short", "spared", "unknown", "packet")


def triangulation(dossier: Dossier, language: str, address: Address) -> Gauges | None:
    """What stands behind each claim, held against what the evaluation asks of a triangulated one:
    cases stand in for methods, and methods for cases."""
    if not dossier.claims:
        return None
    teller = captioner(dossier, language, "triangulation")
    order = {packet.letter: at for at, packet in enumerate(dossier.packets)}
    places = [(dossier.packet_named(claim.packet), claim) for claim in dossier.claims]
    places.sort(key=lambda place: order[place[0].letter] if place[0] else len(order))
    least = dossier.settings.thresholds
    needs = (least.roots, least.interests, least.cases, least.methods)
    return Gauges(
        teller.say("title"),
        " ".join(_standings(teller)),
        tuple(Need(teller.say(name), need) for name, need in zip(_MEASURED, needs, strict=True)),
        tuple(
            _gauge(teller, claim, teller.packet(packet) if packet else claim.packet, address)
            for packet, claim in places
        ),
        *(teller.say(word) for word in _WORDS),
    )


def _gauge(teller: Captioner, claim: Claim, under: str, address: Address) -> Gauge:
    dossier = teller.scribe.dossier
    support, least = dossier.support_for(claim), dossier.settings.thresholds
    facts = {"id": claim.id, "text": teller.scribe.text(claim.text)}
    if any(claim is asserted for asserted in dossier.asserted_claims):
        label = teller.say("label", **facts)
    else:
        status = teller.scribe.choice("statuses", claim.status) or teller.scribe.word("not_given")
        label = teller.say("unasserted_label", status=status, **facts)
    unplaced = _unplaced(dossier, support)
    roots = ("+".join(group) for group in support.roots)
    return Gauge(
        label,
        (
            Measure(len(support.roots), told=teller.names(roots)),
            Measure(
                len(support.interests),
                unknown=len(unplaced),
                told=teller.names(map(teller.scribe.text, support.interests)),
            ),
            Measure(
                len(support.cases),
                is_spared=len(support.methods) >= least.methods,
                told=teller.names(support.cases),
            ),
            Measure(
                len(support.methods),
                is_spared=len(support.cases) >= least.cases,
                told=teller.names(map(teller.scribe.text, support.methods)),
            ),
        ),
        teller.level(dossier.standing(support), 1),
        address(anchored(claim.id)),
        under=under,
    )


def _unplaced(dossier: Dossier, support: Support) -> tuple[str, ...]:
    """The root sources of no known interest group."""
    return tuple(root for root in support.sources if dossier.interest_of(root) is None)


def _standings(teller: Captioner) -> Iterator[str]:
    """How many claims reach which level, and what that leaves unsaid."""
    dossier = teller.scribe.dossier
    supports = [dossier.support_for(claim) for claim in dossier.claims]
    yield teller.levels(Counter(map(dossier.standing, supports)))
    unplaced = dict.fromkeys(root for each in supports for root in _unplaced(dossier, each))
    if unplaced:
        yield teller.say("unplaced", names=teller.names(unplaced))
    if len(dossier.asserted_claims) < len(dossier.claims):
        yield teller.say("unasserted")
