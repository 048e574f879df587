"""A dossier to the chapters of its site: what each tells, under which name, in what order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from scc_eval.languages import words, words_of
from scc_eval.overview import Overview, look
from scc_eval.site.cards import Facets, find_facets
from scc_eval.site.conclusions import Line, tell_lines
from scc_eval.site.drafts import shorten_drafts
from scc_eval.site.register import Shelf, shelve
from scc_eval.site.theory import tell_theory
from scc_eval.site.ties import tie
from scc_eval.story.links import anchors_in, settle_links
from scc_eval.story.scribe import Scribe
from scc_eval.story.tell import tell_unsettled

if TYPE_CHECKING:
    from scc_eval.diagnostics import Diagnostic
    from scc_eval.dossier import Dossier
    from scc_eval.site.view import Part, Ties
    from scc_eval.story.annex import Accepted
    from scc_eval.story.view import Monograph, Story

_UNSAFE = re.compile(r"[^\w.-]+")


class Chapter(NamedTuple):
    """One page of the site, or one part of it where all is on one page. `anchors` are those of what
    it tells; `given` is what its template sees beside what every template sees."""

    file: str
    anchor: str
    title: str
    short: str
    template: str
    anchors: frozenset[str]
    given: Mapping[str, Any]

    @property
    def is_below(self) -> bool:
        """Whether it is one of several: a packet or a case."""
        return bool(self.given)


@dataclass(frozen=True)
class Contents:
    """All that the pages of a site are made of."""

    dossier: Dossier
    scribe: Scribe
    story: Story
    theory: tuple[Part, ...]
    ties: Mapping[str, Ties]
    lines: tuple[Line, ...]
    shelves: tuple[Shelf, ...]
    overview: Overview
    facets: Facets
    chapters: tuple[Chapter, ...]


def gather(
    dossier: Dossier,
    diagnostics: Sequence[Diagnostic],
    accepted: Sequence[Accepted],
    language: str,
) -> Contents:
    """Everything that the site of an evaluation tells, its links settled."""
    spoken = words(language)
    own = {room: words_of(room, language) for room in ("site", "overview")}
    furniture: Any = {**spoken["story"], **own}
    scribe = Scribe(dossier, {"story": furniture}, language)
    told = tell_unsettled(dossier, diagnostics, accepted, language=language)
    told = shorten_drafts(scribe, told)
    parts = (told, tell_theory(scribe), tuple(tie(scribe)), tell_lines(dossier))
    story, theory, tied, lines = settle_links(parts)
    return Contents(
        dossier,
        scribe,
        story,
        theory,
        {ties.of: ties for ties in tied},
        lines,
        tuple(shelve(scribe, story)),
        look(dossier, diagnostics, accepted),
        find_facets(scribe, story),
        tuple(_named(_chapters(scribe, story, theory))),
    )


def _chapters(scribe: Scribe, story: Story, theory: tuple[Part, ...]) -> Iterator[Chapter]:
    def chapter(name: str, part: object = (), title: str = "", **given: object) -> Chapter:
        heading = title or str(scribe.words["site"]["pages"][name])
        anchors = frozenset(anchors_in(part)) - {""}
        return Chapter(name, name, heading, heading, f"site/{name}.html.j2", anchors, given)

    yield chapter("overview")._replace(file="index")
    yield chapter("theory", theory)
    for packet in story.packets:
        title = scribe.word("packet_title", letter=packet.letter, title=packet.title)
        yield chapter("packet", packet, title, packet=packet)._replace(
            file=f"packet-{packet.letter}", anchor=packet.anchor, short=packet.letter
        )
    closing = {
        "impacts": story.impacts,
        "conclusions": story.answers,
        "recommendations": story.recommendations,
        "lessons": story.lessons,
    }
    yield from (chapter(name, part) for name, part in closing.items() if part)
    yield chapter("evidence")
    for monograph in story.monographs:
        yield _case(chapter("monograph", monograph, monograph.title), monograph)
    yield chapter("sources", story.quality.sources)
    yield chapter("balance")
    yield chapter("quality", story.quality.challenges)


def _case(chapter: Chapter, monograph: Monograph) -> Chapter:
    given = {"monograph": monograph}
    return chapter._replace(
        file=monograph.code, anchor=monograph.anchor, short=monograph.code, given=given
    )


def _named(chapters: Iterable[Chapter]) -> Iterator[Chapter]:
    """The chapters under names that every system takes for different files: the pages that every
    site has keep theirs."""
    told = tuple(chapters)
    taken = {each.file for each in told if each.template != "site/monograph.html.j2"}
    for chapter in told:
        name = chapter.file
        if chapter.template == "site/monograph.html.j2":
            stem = _UNSAFE.sub("-", name).strip(".") or "case"
            free = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(told) + 2))
            name = next(each for each in free if each.casefold() not in taken)
            taken.add(name.casefold())
        yield chapter._replace(file=f"{_UNSAFE.sub('-', name)}.html")
