"""One report, audited: the codes, informants and documents it cites, the cases it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from scc_eval.audit.finding import Finder, Found, Status, plain
from scc_eval.audit.headings import conclusion_label, section_told, tells_conclusions
from scc_eval.audit.known import Known
from scc_eval.audit.names import Named, Namer
from scc_eval.audit.people import Register, Shelf
from scc_eval.codes import Code
from scc_eval.places import Location
from scc_eval.reports.paragraphs import Part, Report

Cell = tuple[str, str, str]
"""A case, a packet (empty where a code has none) and a section or theme."""


class Citation(NamedTuple):
    """Something that a report cites: where (its paragraph, the first character and the one after
    the last), as it stands there, and the codes it can stand for."""

    at: Location
    paragraph: int
    begin: int
    end: int
    raw: str
    status: Status
    codes: tuple[str, ...]
    is_address: bool = False
    """Whether it stands only in the address of a link."""

    @property
    def code(self) -> str | None:
        """The code that it stands for, if it is one."""
        return self.codes[0] if len(self.codes) == 1 else None


class Naming(NamedTuple):
    """A name of a case in a report: where, and as it is spelt there."""

    at: Location
    paragraph: int
    named: Named


class Concluding(NamedTuple):
    """A conclusion of a report: its label or heading, and the paragraphs it is told in."""

    name: str
    paragraphs: tuple[int, ...]


class Audit(NamedTuple):
    """What a report cites, in the order of reading. `citations` are those of codes."""

    report: Report
    known: Known
    citations: tuple[Citation, ...]
    informants: tuple[Citation, ...]
    documents: tuple[Citation, ...]
    namings: tuple[Naming, ...]

    def counts(self) -> Mapping[Status, int]:
        """How many citations of codes there are of each status."""
        found = dict.fromkeys(Status, 0)
        for citation in self.citations:
            found[citation.status] += 1
        return found

    def parsed(self, citation: Citation) -> Code | None:
        """The code that a citation stands for, taken apart; None if it stands for none known."""
        if len(citation.codes) != 1 or citation.status is Status.UNKNOWN:
            return None
        return self.known.grammar.parse(citation.codes[0])

    def cells(self) -> Mapping[Cell, int]:
        """How often each cell is cited, damaged codes counted as what they stand for."""
        found: dict[Cell, int] = {}
        for citation in self.citations:
            code = self.parsed(citation)
            if code is not None:
                cell = (code.case, code.packet or "", code.section or code.theme or "")
                found[cell] = found.get(cell, 0) + 1
        return dict(sorted(found.items()))

    def section(self, citation: Citation) -> int | None:
        """The section (1, 2 or 3) told where something is cited, by the headings above it."""
        return section_told(self.report.paragraphs[citation.paragraph].headings)

    def conclusions(self) -> tuple[Concluding, ...]:
        """The conclusions: what a label such as `CCL 4` begins, or else each heading that says
        it concludes, and those below it."""
        return tuple(Concluding(name, tuple(each)) for name, each in self._concluded().items())

    def _concluded(self) -> Mapping[str, list[int]]:
        labelled: dict[str, list[int]] = {}
        headed: dict[str, list[int]] = {}
        label: str | None = None
        above: tuple[str, ...] = ()
        for index, paragraph in enumerate(self.report.paragraphs):
            if paragraph.part not in _TOLD:
                continue
            begun = conclusion_label(paragraph.text)
            label = begun or (label if paragraph.headings == above else None)
            above = paragraph.headings
            if label is not None:
                labelled.setdefault(label, []).append(index)
            if above and tells_conclusions(above):
                headed.setdefault(above[-1], []).append(index)
        return labelled or headed


_TOLD = frozenset((Part.BODY, Part.TABLE, Part.BOX))


def audit(report: Report, known: Known) -> Audit:
    """Find what a report cites, by what is known of its codes."""
    texts = [plain(paragraph.text, paragraph.raised) for paragraph in report.paragraphs]
    finder = Finder(known, is_printed=report.name.lower().endswith(".pdf"))
    found = [tuple(finder.all(text)) for text in texts]
    register, shelf = Register(known, texts), Shelf(known)
    namings = (
        Naming(report.place(index, named.begin, named.end), index, named)
        for index, named in Namer(known, list(zip(texts, found, strict=True))).all()
    )
    return Audit(
        report,
        known,
        tuple(_codes(report, found, finder)),
        tuple(_placed(report, map(register.all, texts, found))),
        tuple(_placed(report, map(shelf.all, texts))),
        tuple(namings),
    )


def _codes(
    report: Report, found: Sequence[tuple[Found, ...]], finder: Finder
) -> Iterator[Citation]:
    """The codes in the text of each paragraph, and those that stand only in an address: behind a
    link, or printed in the text and cited nowhere else."""
    printed = [tuple(_addresses(paragraph.text)) for paragraph in report.paragraphs]
    told = {
        code.codes
        for codes, spans in zip(found, printed, strict=True)
        for code in codes
        if not (spans and _lies_in(code, spans))
    }
    for index, codes in enumerate(found):
        for code in codes:
            is_address = bool(printed[index]) and _lies_in(code, printed[index])
            if not is_address or code.codes not in told:
                yield _cited(report, index, code, is_address=is_address)
                told |= {code.codes} if is_address else set()
        for link in report.paragraphs[index].links:
            within = {c.codes for c in codes if c.begin < link.end and link.begin < c.end}
            for behind in finder.all(unquote(link.address)):
                if behind.codes not in within:
                    within.add(behind.codes)
                    stands = behind._replace(begin=link.begin, end=link.end)
                    yield _cited(report, index, stands, is_address=True)


_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    is_likely = "://" in text or "www." in text
    return (match.span() for match in _ADDRESS.finditer(text)) if is_likely else iter(())


def _lies_in(found: Found, spans: Iterable[tuple[int, int]]) -> bool:
    return any(begin <= found.begin < end for begin, end in spans)


def _placed(report: Report, found: Iterable[Iterable[Found]]) -> Iterator[Citation]:
    for index, each in enumerate(found):
        yield from (_cited(report, index, one) for one in each)


def _cited(report: Report, index: int, found: Found, *, is_address: bool = False) -> Citation:
    begin, end, raw, status, codes = found
    at = report.place(index, begin, end)
    return Citation(at, index, begin, end, raw, status, codes, is_address)
