"""A dossier to its balance sheet: what people said of each hypothesis, and the evidence on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from scc_eval.model.choices import FactorRole
from scc_eval.model.theory import Factor, Hypothesis, NestedTheory, Origin, Packet

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.model.evidence import Evidence

UNSAID, TOLD = "unsaid", "told"
STATES = (
    *(UNSAID, TOLD),
    *("not_tested", "refuted", "inconclusive", "partly_confirmed", "confirmed"),
)
"""Every state of a hypothesis, in the order of the sheet."""


@dataclass(frozen=True, slots=True)
class Side:
    """What speaks in one direction: items, their distinct root sources, cases and codes."""

    items: int
    roots: int
    cases: tuple[str, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """A claim that names a hypothesis, with what people said of the claim."""

    id: str
    status: str | None
    form: str | None


@dataclass(frozen=True, slots=True)
class Role:
    """What people said a factor does in a packet; in some of its cases, where they are named."""

    packet: str
    cases: tuple[str, ...]
    role: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A hypothesis. `state` is its fate as people said it; `told` where they gave it no fate but a
    role, or judged a claim that names it; `unsaid` where they said nothing."""

    id: str
    kind: str
    title: str
    text: str
    packets: tuple[str, ...]
    """Letters of the packets it bears on."""
    where: str
    """Its link, or the packets and boxes that a factor acts on."""
    is_examined: bool
    """Whether it bears on a packet that the evaluation examines."""
    origin: str
    since: str | None
    state: str
    fate: str | None
    date: str | None
    reason: str | None
    roles: tuple[Role, ...]
    claims: tuple[Naming, ...]
    supports: Side
    against: Side
    nuances: Side
    context: Side


@dataclass(frozen=True)
class Balance:
    """The balance sheet of one evaluation."""

    name: str
    title: str
    entries: tuple[Entry, ...]

    @cached_property
    def examined(self) -> tuple[Entry, ...]:
        """The hypotheses that the evaluation examines."""
        return tuple(entry for entry in self.entries if entry.is_examined)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many are examined, were declared, emerged, have a fate, a word or none, and how many
        lie outside."""
        states = Counter(entry.state for entry in self.examined)
        emerged = sum(entry.origin == Origin.EMERGENT for entry in self.examined)
        return {
            "examined": len(self.examined),
            "declared": len(self.examined) - emerged,
            "emerged": emerged,
            "with_fate": len(self.examined) - states[UNSAID] - states[TOLD],
            "told": states[TOLD],
            "unsaid": states[UNSAID],
            "outside": len(self.entries) - len(self.examined),
        }


def draw_up(dossier: Dossier, packet: Packet | None = None) -> Balance:
    """The balance sheet of an evaluation, or of one packet: what nobody spoke of first, what lies
    outside the examination last, and within a state in the order of the theory."""
    order = {each.letter: place for place, each in enumerate(dossier.packets)}

    def place(entry: Entry) -> tuple[bool, int, int]:
        letter = entry.packets[0] if entry.packets else ""
        return not entry.is_examined, STATES.index(entry.state), order.get(letter, len(order))

    entries = (
        _entry(dossier, hypothesis, packets, where)
        for hypothesis, packets, where in _supposed(dossier)
        if packet is None or packet.letter in packets
    )
    title = dossier.settings.title
    return Balance(dossier.name, title, tuple(sorted(entries, key=place)))


def _supposed(dossier: Dossier) -> Iterator[tuple[Hypothesis, tuple[str, ...], str]]:
    """Every hypothesis, with the packets it bears on and where it stands."""
    for link in dossier.links:
        for hypothesis in link.hypotheses:
            yield hypothesis, _letters(dossier, (link.target,)), link.id
    for nested in dossier.theory.nested:
        for link in nested.links:
            for hypothesis in link.hypotheses:
                yield hypothesis, _letters(dossier, _ends(nested)), link.id
    for factor in dossier.factors:
        yield factor, _letters(dossier, factor.targets), ", ".join(factor.targets)


def _ends(nested: NestedTheory) -> tuple[str, ...]:
    """Where a nested theory leads; where it begins, if that is not said."""
    return nested.exit or nested.entry


def _letters(dossier: Dossier, ends: tuple[str, ...]) -> tuple[str, ...]:
    packets = (dossier.packet_at(end) for end in ends)
    return tuple(dict.fromkeys(packet.letter for packet in packets if packet is not None))


def _entry(dossier: Dossier, hypothesis: Hypothesis, packets: tuple[str, ...], where: str) -> Entry:
    fate = dossier.fate_of.get(hypothesis.id)
    roles = _roles(dossier, hypothesis)
    claims = _claims(dossier, hypothesis.id)
    tally = dossier.bearing_on(hypothesis.id)
    return Entry(
        hypothesis.id,
        hypothesis.kind,
        hypothesis.title,
        hypothesis.text,
        packets,
        where,
        any(each.letter in packets for each in dossier.examined_packets),
        hypothesis.origin.value,
        hypothesis.since,
        fate.fate.value if fate else _state(roles, claims),
        fate.fate.value if fate else None,
        fate.date if fate else None,
        fate.reason if fate else None,
        roles,
        claims,
        *(_side(dossier, items) for items in tally),
    )


def _state(roles: tuple[Role, ...], claims: tuple[Naming, ...]) -> str:
    is_told = any(role.role != FactorRole.NOT_EXAMINED for role in roles)
    is_judged = any(claim.status or claim.form for claim in claims)
    return TOLD if is_told or is_judged else UNSAID


def _roles(dossier: Dossier, hypothesis: Hypothesis) -> tuple[Role, ...]:
    if not isinstance(hypothesis, Factor):
        return ()
    return tuple(
        Role(rival.packet, rival.cases, rival.role.value, rival.reason)
        for rival in dossier.assessments_of(hypothesis)
    )


def _claims(dossier: Dossier, name: str) -> tuple[Naming, ...]:
    return tuple(
        Naming(
            claim.id,
            claim.status.value if claim.status else None,
            claim.form.value if claim.form else None,
        )
        for claim in dossier.claims_naming.get(name, ())
    )


def _side(dossier: Dossier, items: tuple[Evidence, ...]) -> Side:
    spoken = dossier.cases_in(items)
    return Side(
        len(items),
        len(dossier.roots_of(items)),
        tuple(case.code for case in dossier.cases if case.code in spoken),
        tuple(item.code for item in items),
    )
