"""A dossier to its robustness: the level of each claim, and what it falls to without one source,
one case, one interest group or one method. A level counts sources; no verdict is touched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scc_eval.dossier import Dossier, Standing, Voice
from scc_eval.robustness.breaking import Breaking, smallest
from scc_eval.settings import Thresholds

if TYPE_CHECKING:
    from scc_eval.model.judgement import Claim

KINDS = ("source", "case", "interest", "method")

Thing = tuple[str, tuple[str, ...]]
"""What can be left out: its kind, and its names. Sources that share a package go together."""


@dataclass(frozen=True, slots=True)
class Fall:
    """The lower level of a claim without one thing; sources that share a package go together."""

    kind: str
    names: tuple[str, ...]
    level: str


@dataclass(frozen=True, slots=True)
class Strength:
    """How firmly a claim stands: its level, its root sources, what brings it down."""

    id: str
    packet: str
    text: str
    level: str
    sources: tuple[tuple[str, ...], ...]
    falls: tuple[Fall, ...]
    breaking: Breaking | None


@dataclass(frozen=True, slots=True)
class Dependence:
    """The claims that rest on something, those that fall without it, and those of them that are
    left with no source at all."""

    kind: str
    name: str
    resting: tuple[str, ...]
    falling: tuple[str, ...]
    bared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Robustness:
    """How robust the claims of one evaluation are."""

    name: str
    title: str
    thresholds: Thresholds
    claims: tuple[Strength, ...]
    dependences: tuple[Dependence, ...]
    """Sources first, then cases, interest groups and methods; in each, what most claims fall
    without comes first."""

    @property
    def decisive(self) -> tuple[Dependence, ...]:
        """What at least one claim falls without."""
        return tuple(each for each in self.dependences if each.falling)


def probe(dossier: Dossier) -> Robustness:
    """Leave out, one at a time, all that the claims of an evaluation rest on."""
    voices = {claim.id: _voices(dossier, claim) for claim in dossier.claims}
    claims = tuple(_strength(dossier, claim, voices[claim.id]) for claim in dossier.claims)
    return Robustness(
        dossier.name,
        dossier.settings.title,
        dossier.settings.thresholds,
        claims,
        tuple(sorted(_dependences(dossier, voices.items(), claims), key=_weight)),
    )


def _voices(dossier: Dossier, claim: Claim) -> tuple[Voice, ...]:
    """The root sources that support a claim, each way of being heard once."""
    return tuple(dict.fromkeys(dossier.voices(dossier.weigh(claim).supports)))


def _strength(dossier: Dossier, claim: Claim, voices: Sequence[Voice]) -> Strength:
    support = dossier.support_of(voices)
    standing = dossier.standing(support)
    packet = dossier.packet_named(claim.packet)
    return Strength(
        claim.id,
        packet.letter if packet else claim.packet,
        claim.text,
        standing.word,
        support.roots,
        tuple(_falls(dossier, voices, standing)),
        smallest(dossier, voices),
    )


def _falls(dossier: Dossier, voices: Sequence[Voice], standing: Standing) -> Iterator[Fall]:
    things = {voice: frozenset(_things(dossier, voice)) for voice in voices}
    for thing in sorted(frozenset().union(*things.values()), key=_order):
        left = dossier.standing(dossier.support_of(v for v in voices if thing not in things[v]))
        if left < standing:
            kind, names = thing
            yield Fall(kind, names, left.word)


def _things(dossier: Dossier, voice: Voice) -> Iterator[Thing]:
    """All that a voice is lost with."""
    yield "source", voice.dependent
    brought = (voice.case, dossier.interest_of(voice.root), dossier.method_of(voice.source))
    for kind, name in zip(KINDS[1:], brought, strict=True):
        if name is not None:
            yield kind, (name,)


def _order(thing: Thing) -> tuple[int, tuple[str, ...]]:
    kind, names = thing
    return KINDS.index(kind), names


def _dependences(
    dossier: Dossier,
    voices: Iterable[tuple[str, Sequence[Voice]]],
    claims: Sequence[Strength],
) -> Iterator[Dependence]:
    resting: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for claim, heard in voices:
        for voice in heard:
            for kind, names in _things(dossier, voice):
                for name in names:
                    resting[kind, name].setdefault(claim, "")
    for strength in claims:
        for fall in strength.falls:
            for name in fall.names:
                resting[fall.kind, name][strength.id] = fall.level
    for (kind, name), levels in resting.items():
        falling = tuple(claim for claim, level in levels.items() if level)
        bared = tuple(claim for claim in falling if levels[claim] == Standing.BARE.word)
        yield Dependence(kind, name, tuple(levels), falling, bared)


def _weight(each: Dependence) -> tuple[int, int, int, str]:
    return KINDS.index(each.kind), -len(each.falling), -len(each.bared), each.name
