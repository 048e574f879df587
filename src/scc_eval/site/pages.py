"""The pages of a site, each made when it is asked for; no page needs anything beside itself."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from scc_eval.charts import STYLE
from scc_eval.illustration import figure_of
from scc_eval.site.cards import cited_whole, sides
from scc_eval.site.chapters import Chapter, Contents, gather
from scc_eval.site.figures import draw
from scc_eval.story.render import fill, fragment

if TYPE_CHECKING:
    from scc_eval.diagnostics import Diagnostic
    from scc_eval.dossier import Dossier
    from scc_eval.story.annex import Accepted
    from scc_eval.story.view import Figure

_BLANK = re.compile(r"\n\s*\n+")


class Live(NamedTuple):
    """What a page carries while it is followed: a script, and HTML for the top of the page."""

    script: str
    banner: str
    style: str = ""


@dataclass(frozen=True)
class Site:
    """The site of one evaluation: a page for each chapter, or one page with all of them."""

    contents: Contents
    is_single: bool

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the files, the first page first."""
        chapters = self.contents.chapters
        return tuple(each.file for each in chapters[: 1 if self.is_single else None])

    def page(self, name: str, live: Live | None = None) -> str:
        """The page of that name as HTML. Raises KeyError where there is none."""
        if name not in self.names:
            raise KeyError(name)
        chapters = self.contents.chapters
        told = chapters if self.is_single else tuple(c for c in chapters if c.file == name)
        return _Writer(self, told, live).write()

    @cached_property
    def places(self) -> Mapping[str, Chapter]:
        """The chapter that tells each anchor."""
        return {anchor: each for each in self.contents.chapters for anchor in each.anchors}

    @property
    def overrides(self) -> Path:
        """The folder of the templates of one's own."""
        return self.contents.dossier.project.root / "templates"


def lay_out(
    dossier: Dossier,
    diagnostics: Sequence[Diagnostic] = (),
    accepted: Sequence[Accepted] = (),
    language: str | None = None,
    *,
    is_single: bool = False,
) -> Site:
    """The site of an evaluation; `is_single` puts everything on one page. Diagnostics, and those
    that waivers accept, come in the words of the site's language."""
    spoken = language or dossier.settings.language.value
    return Site(gather(dossier, diagnostics, accepted, spoken), is_single)


class _Writer:
    """Writes one page."""

    def __init__(self, site: Site, told: tuple[Chapter, ...], live: Live | None) -> None:
        self.site = site
        self.live = live
        self.files = frozenset(chapter.file for chapter in told)
        self.told = tuple(map(self._pictured, told))

    def _pictured(self, chapter: Chapter) -> Chapter:
        """A chapter with the picture of its packet, if it tells one."""
        packet = chapter.given.get("packet")
        if packet is None:
            return chapter
        pictured = replace(packet, figure=self.figure(packet.letter))
        return chapter._replace(given={"packet": pictured})

    def write(self) -> str:
        """The page as HTML."""
        contents = self.site.contents
        style, script = self._shared("site/style.css.j2"), self._shared("site/script.js.j2")
        live = self.live
        style += live.style if live else ""
        scripts = [script, *((live.script,) if live else ())]
        given = {
            "story": contents.story,
            "words": contents.scribe.words,
            "site": contents,
            "chapters": contents.chapters,
            "told": self.told,
            "is_single": self.site.is_single,
            "address": self.address,
            "place": self.place,
            "figure": self.figure,
            "known": self.known,
            "typeset": contents.scribe.text,
            "chapter_named": self.chapter_named,
            "charts": draw(contents.dossier, contents.scribe.language, self.known),
            "resting": {a: ties.resting for a, ties in contents.ties.items() if ties.resting},
            "grounds": {a: ties.evidence for a, ties in contents.ties.items() if ties.evidence},
            "facets": contents.facets,
            "cited_whole": cited_whole,
            "sides": sides,
            "style": Markup(style),
            "scripts": [Markup(text) for text in scripts],
            "banner": Markup(live.banner) if live else "",
            "policy": _policy(style, scripts, is_live=live is not None),
        }
        return fill("site/page.html.j2", self.site.overrides, given)

    def _shared(self, template: str) -> str:
        given = {"words": self.site.contents.scribe.words, "chart_style": Markup(STYLE)}
        text = fill(template, self.site.overrides, given)
        return _BLANK.sub("\n", text).strip()

    def address(self, anchor: str) -> str:
        """Where an anchor leads from this page."""
        chapter = self.site.places.get(anchor)
        here = chapter is None or chapter.file in self.files
        return fragment(anchor) if here or chapter is None else chapter.file + fragment(anchor)

    def place(self, chapter: Chapter) -> str:
        """Where a chapter begins, from this page."""
        return fragment(chapter.anchor) if self.site.is_single else chapter.file

    def chapter_named(self, anchor: str) -> str:
        """Where the chapter of an anchor of its own begins."""
        return next(
            self.place(each) for each in self.site.contents.chapters if each.anchor == anchor
        )

    def figure(self, packet: str | None = None) -> Figure:
        """The picture of a packet, or of the whole theory; all that the site tells is a link."""
        contents = self.site.contents
        return figure_of(contents.dossier, contents.story.language, self.known, packet)

    def known(self, anchor: str) -> str:
        """Where an anchor leads, if the site tells it; else nowhere."""
        return self.address(anchor) if anchor in self.site.places else ""


def _policy(style: str, scripts: Sequence[str], *, is_live: bool) -> str:
    """What the page may do: show itself and run its own scripts, and nothing else."""
    hashes = " ".join(map(_hashed, scripts))
    policy = f"default-src 'none'; style-src {_hashed(style)}; script-src {hashes}; img-src data:"
    policy += "; base-uri 'none'; form-action 'none'"
    return policy + ("; connect-src 'self'" if is_live else "")


def _hashed(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
