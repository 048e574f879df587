"""What each part of a picture says in a sentence: to who points at it, or hears it read."""

from __future__ import annotations

from typing import Any

from scc_eval.diagrams.cells import counted
from scc_eval.diagrams.view import Arrow, Box, Factors, Frame, Picture, names_of


class Teller:
    """Tells the parts of one picture in its words."""

    def __init__(self, picture: Picture, words: Any) -> None:
        self.picture = picture
        self.words = words
        self.names = names_of(picture)

    def description(self) -> str:
        """What the picture shows, for who cannot see it: every packet and every arrow."""
        picture = self.picture
        first = self.words["description"].format(
            frames=len(picture.frames), arrows=len(picture.arrows)
        )
        parts = [*(self.frame(each) for each in picture.frames)]
        parts += [self.arrow(each) for each in picture.arrows]
        return " ".join((first, *(f"{part}." for part in parts), *picture.notes))

    def frame(self, frame: Frame) -> str:
        """A packet: its title, what people said, the evidence."""
        state = self.words["packet_states"].get(frame.state) or self._state(frame.state)
        return self._told(f"{frame.name}{self.words['colon']}{frame.title}", state, frame)

    def box(self, box: Box) -> str:
        """A box."""
        return self._told(
            f"{box.name}{self.words['colon']}{box.label}", self._state(box.state), box
        )

    def factors(self, factors: Factors) -> str:
        """Other factors, by name."""
        named = self.words["separator"].join(each.title for each in factors.factors)
        what = f"{self.words['factors_title']}{self.words['colon']}{named}"
        return self._told(what, self._state(factors.state), factors)

    def arrow(self, arrow: Arrow) -> str:
        """An arrow: its ends, its label, its mechanisms."""
        ends = self.words["arrow"].format(
            source=self.names[arrow.source], target=self.names[arrow.target]
        )
        count = len(arrow.mechanisms)
        many = "mechanisms_one" if count == 1 else "mechanisms_many"
        said = [self.words[many].format(count=count)]
        said += [self.words["links_many"].format(count=arrow.links)] if arrow.links > 1 else []
        said += [
            str(self.words[word])
            for word, is_so in (
                ("feedback", arrow.is_feedback),
                ("emergent", arrow.is_emergent),
                ("hotspot", arrow.is_hotspot),
            )
            if is_so
        ]
        label = f"{self.words['colon']}{arrow.label}" if arrow.label else ""
        what = f"{ends}{label} ({self.words['separator'].join(said)})"
        return self._told(what, self._state(arrow.state), arrow)

    def _state(self, state: str) -> str:
        return str(self.words["states"][state]) if state else ""

    def _told(self, what: str, state: str, part: Frame | Box | Factors | Arrow) -> str:
        if not self.picture.is_lit:
            return what
        evidence = counted(part.items, part.cases, self.words)
        if part.state in ("none", "unsaid"):
            return f"{what}{self.words['colon']}{evidence}"
        return str(self.words["described"].format(what=what, state=state, evidence=evidence))
