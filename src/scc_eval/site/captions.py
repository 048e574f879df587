"""The words of charts: what a caption says, with its numbers and names in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from scc_eval.dossier import Dossier, Standing
from scc_eval.languages import words, words_of
from scc_eval.model.theory import Packet
from scc_eval.story.scribe import Scribe
from scc_eval.story.typography import TYPOGRAPHY

Address = Callable[[str], str]
"""From the anchor of a part of the story to where it leads; an empty text leads nowhere."""

_MOST_NAMES = 8


class Captioner(NamedTuple):
    """Finds the words of one chart: its own, those of all charts, those of levels."""

    scribe: Scribe
    own: Mapping[str, Any]
    words: Mapping[str, Any]
    standings: Mapping[str, Any]

    def say(self, *path: str, **facts: object) -> str:
        """A word or sentence of the chart, filled with facts."""
        return self._filled(self.own, path, facts)

    def counted(self, name: str, count: int) -> str:
        """A number and its noun."""
        many = "one" if count == 1 else self.words["zero"] if count == 0 else "many"
        return self._filled(self.words, (f"{name}_{many}",), {"count": count})

    def names(self, names: Iterable[str]) -> str:
        """Some names, and how many more there are."""
        found = tuple(names)
        told = ", ".join(found[:_MOST_NAMES])
        beyond = len(found) - _MOST_NAMES
        if beyond <= 0:
            return told
        return self._filled(self.words, ("and_more",), {"names": told, "count": beyond})

    def levels(self, counts: Mapping[Standing, int]) -> str:
        """How many claims reach which level, the highest first."""
        told = ", ".join(
            self.standings["level_count"].format(
                count=counts[each], level=self.level(each, counts[each])
            )
            for each in sorted(counts, reverse=True)
        )
        count = sum(counts.values())
        summary = self.standings["summary_one" if count == 1 else "summary_many"]
        return self._set(summary).format(count=count, levels=told)

    def level(self, standing: Standing, count: int) -> str:
        """The word for a level, of one claim or of several."""
        return self._set(self.standings["levels" if count == 1 else "levels_many"][standing.word])

    def packet(self, packet: Packet) -> str:
        """The letter and the title of a packet."""
        return self.scribe.word("packet_title", letter=packet.letter, title=packet.title)

    def _filled(self, words: Any, path: tuple[str, ...], facts: Mapping[str, object]) -> str:
        for step in path:
            words = words[step]
        return self._set(words).format(**facts)

    def _set(self, text: str) -> str:
        return TYPOGRAPHY[self.scribe.language](text)


def captioner(dossier: Dossier, language: str, chart: str) -> Captioner:
    """The words of a chart, in a language."""
    spoken, own = words(language), words_of("charts", language)
    return Captioner(Scribe(dossier, spoken, language), own[chart], own, spoken["robustness"])
