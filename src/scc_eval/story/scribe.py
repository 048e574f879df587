"""What every chapter of the story is written with: words, typography, references, citations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from scc_eval.dossier import Cell, Dossier, Tally
from scc_eval.model.choices import AssertionRole
from scc_eval.model.evidence import Evidence, Polarity, Wording
from scc_eval.model.telling import Assertion
from scc_eval.story import view
from scc_eval.story.typography import TYPOGRAPHY

_SPACE = re.compile(r"[ \t\n]+")
_OWN_ANCHORS = frozenset(
    (
        *("story", "impacts", "conclusions", "recommendations", "lessons", "monographs", "quality"),
        *("overview", "theory", "evidence", "sources", "balance", "menu", "main", "filters"),
    )
)
"""Anchors that the templates give to parts of their own."""
_EMPTY_LINE = re.compile(r"\n\s*\n")


def anchored(name: str, prefix: str = "") -> str:
    """A name as the anchor of a document: no white space in it, and none of the documents' own."""
    anchor = prefix + _SPACE.sub("-", name)
    return anchor + "-" if anchor in _OWN_ANCHORS else anchor


class Scribe:
    """Writes the small pieces of a story from a dossier, in the words of one language."""

    def __init__(self, dossier: Dossier, words: Mapping[str, Any], language: str) -> None:
        self.dossier = dossier
        self.language = language
        self._typeset = TYPOGRAPHY[language]
        self.words: Mapping[str, Any] = self._set(words["story"])

    def _set(self, furniture: Any) -> Any:
        if isinstance(furniture, Mapping):
            return {name: self._set(value) for name, value in furniture.items()}
        return self._typeset(furniture)

    def text(self, text: str | None) -> str:
        """A text of the evaluator's, set as the language sets it; empty if there is none.

        An empty line parts paragraphs; other line breaks are those of the file, not of the text.
        """
        paragraphs = _EMPTY_LINE.split(text or "")
        return self._typeset("\n\n".join(_SPACE.sub(" ", part.strip()) for part in paragraphs))

    def word(self, *path: str, **facts: object) -> str:
        """A word or sentence of the story's furniture, filled with facts."""
        found: Any = self.words
        for step in path:
            found = found[step]
        return str(found).format(**{name: self._plain(fact) for name, fact in facts.items()})

    def _plain(self, fact: object) -> str:
        return self._typeset(str(fact))

    def field(self, label: str, value: str | None) -> view.Field:
        """A labelled value; a gap where there is none."""
        shown = self.text(value) if value else self.word("not_given")
        return view.Field(self.word("fields", label), shown, is_gap=not value)

    def fields(self, *pairs: tuple[str, str | None]) -> tuple[view.Field, ...]:
        """The labelled values that are given."""
        return tuple(self.field(label, value) for label, value in pairs if value)

    def wanted(self, *pairs: tuple[str, str | None]) -> tuple[view.Field, ...]:
        """The labelled values that should be given, then one gap that names those that are not."""
        missing = [self.word("fields", label).lower() for label, value in pairs if not value]
        gap = view.Field(self.word("not_given").capitalize(), ", ".join(missing), is_gap=True)
        return (*self.fields(*pairs), *((gap,) if missing else ()))

    def choice(self, kind: str, value: str | None) -> str | None:
        """The word of the language for a value of a closed list."""
        return str(self.words[kind][value]) if value else None

    # References.

    def ref(self, name: str) -> view.Ref:
        """A name of anything declared, leading to where the story tells it, if it does."""
        return view.Ref(name, anchored(name) if name in self.anchors else "")

    def refs(self, names: Iterable[str]) -> tuple[view.Ref, ...]:
        """Several names, each leading somewhere if it can."""
        return tuple(self.ref(name) for name in names)

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Every name that the document has an anchor for."""
        dossier = self.dossier
        told = (
            *dossier.assertions,
            *dossier.all_key_points,
            *dossier.claims,
            *dossier.conclusions,
            *dossier.recommendations,
            *dossier.lessons,
            *dossier.boxes.values(),
            *dossier.hypotheses.values(),
        )
        codes = {code for item in dossier.evidence for code in self.codes_of(item)}
        return frozenset({declared.name for declared in told} | codes)

    def codes_of(self, item: Evidence) -> Iterator[str]:
        """The code of an item, and that of its cell."""
        yield item.code
        code = self.dossier.code(item.code)
        if code is not None:
            yield code.cell

    def source_ref(self, name: str) -> view.Ref:
        """The id of a source, leading to the register."""
        anchor = anchored(name, "source-") if name in self.dossier.source_named else ""
        return view.Ref(name, anchor)

    # Evidence.

    def citations(self, texts: Iterable[str]) -> tuple[view.Citation, ...]:
        """The cells that codes name, grouped by case in the order in which they first come."""
        by_case: dict[str, dict[str, view.Ref]] = {}
        for text in texts:
            code = self.dossier.code(text)
            cell = code.cell if code else text
            case = self.dossier.case_named.get(code.case) if code else None
            label = self.text(case.label) if case else ""
            # The link leads to the very item; what is read is the code of its cell.
            target = anchored(text) if text in self.anchors else ""
            by_case.setdefault(label, {}).setdefault(cell, view.Ref(cell, target))
        return tuple(view.Citation(case, tuple(refs.values())) for case, refs in by_case.items())

    def is_quoted(self, item: Evidence) -> bool:
        """Whether an item is printed as somebody's words."""
        return item.wording is not Wording.STATEMENT

    def is_cited_by_source(self, item: Evidence) -> bool:
        """Whether an item is known by its informant or document rather than by its code."""
        return bool(item.sources) and not self._is_monograph(item.sources[0])

    def _is_monograph(self, name: str) -> bool:
        return name in {case.monograph for case in self.dossier.cases}

    def quote(self, item: Evidence) -> view.Quote:
        """An item as somebody's words, with who said them."""
        code = self.dossier.code(item.code)
        name = item.sources[0] if self.is_cited_by_source(item) else code and code.cell
        by = view.Ref(name or item.code, anchored(item.code))
        is_verbatim = item.wording is Wording.QUOTE
        notes = [] if is_verbatim else [self.word("paraphrased")]
        notes += [self.word("translated")] if item.translated else []
        return view.Quote(self.text(item.text), by, is_verbatim, ", ".join(notes))

    def line(self, assertion: Assertion, role: AssertionRole | None = None) -> view.Line:
        """An assertion as it is printed, with what it rests on or the gap it leaves."""
        said = assertion.role if assertion.role is not AssertionRole.FINDING else role
        cited: list[str] = []
        quotes: list[view.Quote] = []
        for text in assertion.evidence:
            items = self.dossier.items_named(text)
            quoted = [item for item in items if item.code == text and self.is_quoted(item)]
            quotes += [self.quote(item) for item in quoted]
            if not quoted:
                cited.append(text)
        is_borne_out = any(self.dossier.items_named(text) for text in assertion.evidence)
        is_background = said is AssertionRole.CONTEXT and not assertion.evidence
        gap = "" if is_borne_out or is_background else self.word("gaps", "assertion")
        return view.Line(
            assertion.id,
            anchored(assertion.id),
            self.text(assertion.text),
            self.citations(cited),
            tuple(quotes),
            self.mark(said),
            gap,
            self.comments_after(assertion.id),
        )

    def mark(self, role: AssertionRole | None) -> str:
        """The word that marks a limit, contrary evidence or context; none for a finding."""
        if role is None or role is AssertionRole.FINDING:
            return ""
        return self.word("marks", role.value)

    def comments_after(self, assertion: str) -> tuple[view.Comment, ...]:
        """What the panel said after an assertion."""
        return tuple(
            view.Comment(comment.author, self.text(comment.text))
            for comment in self.dossier.panel_comments
            if comment.after == assertion
        )

    def drafted(self, item: Evidence) -> view.Line:
        """An evidence item as the draft of an assertion."""
        mark = {
            Polarity.AGAINST: AssertionRole.COUNTER_EVIDENCE,
            Polarity.NUANCES: AssertionRole.LIMIT,
            Polarity.CONTEXT: AssertionRole.CONTEXT,
        }.get(item.polarity)
        if self.is_quoted(item):
            return view.Line(item.code, "", "", (), (self.quote(item),), self.mark(mark))
        citations = self.citations([item.code])
        return view.Line(item.code, "", self.text(item.text), citations, (), self.mark(mark))

    def tally(self, tally: Tally) -> str:
        """How many items speak for, against and about a thing, from how many root sources."""
        if not tally.all:
            return self.word("tally", "none")
        roots = len(self.dossier.roots_of(tally.all))
        counts = (
            ("supports", len(tally.supports)),
            ("against", len(tally.against)),
            ("nuances", len(tally.nuances)),
            ("context", len(tally.context)),
        )
        parts = [self.counted(name, count) for name, count in counts if count]
        return f"{', '.join(parts)} · {self.counted('roots', roots)}"

    def counted(self, name: str, count: int) -> str:
        """A number and its noun."""
        return self.word("tally", f"{name}_one" if count == 1 else f"{name}_many", count=count)

    def cell_title(self, cell: Cell) -> str:
        """What a cell is about: a packet and its section, or a theme."""
        parts = []
        if cell.packet and (packet := self.dossier.packet_named(cell.packet)):
            parts.append(self.word("packet_title", letter=packet.letter, title=packet.title))
        if cell.section:
            parts.append(self.word("sections", str(cell.section), "title"))
        if cell.theme:
            parts.append(self.text(self.dossier.settings.codes.themes[cell.theme]))
        return " — ".join(parts)
