"""What the site tells beyond the story: the whole theory, and where each thing is used."""

from __future__ import annotations

from dataclasses import dataclass

from scc_eval.story.view import Arrow, Box, Hypothesis, Ref


@dataclass(frozen=True, slots=True)
class Part:
    """A packet of the theory, or a nested theory, with what leads to it. What a chapter of the site
    tells has its anchor there; the rest has its own here."""

    letter: str
    title: str
    anchor: str
    to: Ref
    """The chapter that tells the packet, if one does."""
    expects: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    factors_anchor: str
    factors: tuple[Hypothesis, ...]
    is_told: bool
    """Whether a chapter of the story tells it."""


@dataclass(frozen=True, slots=True)
class Ties:
    """What one thing rests on and what rests on it, one step each way."""

    of: str
    """The anchor of the thing, not one of its own."""
    evidence: tuple[Ref, ...]
    resting: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A choice that cards can be filtered by: its name, and its options with how many cards each
    leaves. The key of an option is the mark that its cards carry."""

    name: str
    label: str
    options: tuple[tuple[str, str, int], ...]
