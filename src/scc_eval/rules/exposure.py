"""SCC9xx: does a text that is printed give away who spoke, or how to reach them?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from scc_eval.diagnostics import ALWAYS_ERROR, Issue, Rule
from scc_eval.model.evidence import Confidentiality, Source, SourceKind
from scc_eval.rules._checks import Checks

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.model.base import Declaration
    from scc_eval.places import Location

CHECKS = Checks()

_PROTECTED = (
    "The OECD-DAC's standards (2010, 3.3) ask that the anonymity of informants be protected; so "
    "does the law on personal data (GDPR)."
)


@CHECKS.rule(
    Rule(
        "SCC911",
        "identity-exposed",
        ALWAYS_ERROR,
        "`{field}` of {name} tells who the confidential informant {source} is",
        "Somebody spoke because nobody was to know who; what is published cannot be taken back.",
        "Take the name out of `{field}` of {name} and keep it outside the workspace; while only "
        "the evaluators read what is told, say `audience: internal`.",
        _PROTECTED,
    )
)
def identity_exposed(dossier: Dossier) -> Iterator[Issue]:
    hidden = tuple(_hidden(dossier)) if dossier.is_public else ()
    for each in hidden:
        yield _exposed(each, each.source, "label", each.source.at("label"))
    named = [each for each in hidden if each.is_proper]
    names = re.compile("|".join(re.escape(each.name) for each in named))
    for printed in _printed(dossier, names.search) if named else ():
        for each in named:
            if each.name in printed.text and each.stands_in(printed.text):
                yield _exposed(each, printed.declared, printed.field, printed.at)


class _Hidden(NamedTuple):
    """A confidential informant, and the name that the label gives."""

    source: Source
    name: str

    @property
    def is_proper(self) -> bool:
        """Whether it has capitals, as names have; other labels are words that any text may hold."""
        return self.name != self.name.lower()

    def stands_in(self, text: str) -> bool:
        """Whether a text holds the name, as whole words."""
        return bool(re.search(rf"(?<!\w){re.escape(self.name)}(?!\w)", text))


def _hidden(dossier: Dossier) -> Iterator[_Hidden]:
    for source in dossier.sources:
        is_person = source.type is SourceKind.INFORMANT
        if is_person and source.label and source.confidentiality is Confidentiality.CONFIDENTIAL:
            yield _Hidden(source, re.split(r"[,;(]", source.label)[0].strip() or source.label)


def _exposed(hidden: _Hidden, declared: Declaration, field: str, at: Location) -> Issue:
    """An issue that does not print the name it is about, even where an id or a title holds it."""
    name = _line(at) if hidden.name in declared.name else declared.name
    source = hidden.source
    who = _line(source.at()) if hidden.name in source.id else source.id
    return Issue(at, {"name": name, "field": field, "source": who})


def _line(at: Location) -> str:
    return f"{at.file}:{at.line}"


_SEP = "[ .\u00a0\u202f-]"
_THOUSANDS = r"\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+(?![ .,\u00a0\u202f]?\d)"
_NUMBERS = (
    rf"0[1-9](?P<sep>{_SEP}?)\d\d(?:(?P=sep)\d\d){{3}}",
    r"0[1-9]\d{1,3}[ -]\d{3,4}[ -]?\d{3,4}",
    r"(?:\(\d{3}\) ?|\d{3}[ -])\d{3}-\d{4}",
    rf"\+(?!{_THOUSANDS})\d(?:{_SEP}?\(?\d\)?){{9,13}}",
)
"""How France, Britain, North America and the world write telephone numbers; not an amount."""
_FIGURES = re.compile(r"\d(?:[^\d\w]{0,2}\d){8}")
_NUMBER = re.compile(rf"(?<![\w/.+-])(?:{'|'.join(_NUMBERS)})(?!\w)")
_ADDRESS = re.compile(r"[\w.+-]@[\w-]+\.\w")


def has_contact(text: str) -> bool:
    """Whether a text holds an e-mail address or a telephone number."""
    # Most texts hold neither an at sign nor nine figures close together: they are passed over fast.
    has_number = _FIGURES.search(text) and _NUMBER.search(text)
    return bool(has_number or ("@" in text and _ADDRESS.search(text)))


@CHECKS.rule(
    Rule(
        "SCC915",
        "contact-exposed",
        ALWAYS_ERROR,
        "`{field}` of {name} holds an e-mail address or a telephone number",
        "Nobody who agreed to be heard agreed to be called on by whoever reads the story.",
        "Take it out of `{field}` of {name}; while only the evaluators read what is told, say "
        "`audience: internal`.",
        _PROTECTED,
    )
)
def contact_exposed(dossier: Dossier) -> Iterator[Issue]:
    for printed in _printed(dossier, has_contact) if dossier.is_public else ():
        name = printed.declared.name
        safe = _line(printed.at) if has_contact(name) else name
        yield Issue(printed.at, {"name": safe, "field": printed.field})


class _Printed(NamedTuple):
    """A text that a reader may come to see: who declares it, in which field, where in it."""

    declared: Declaration
    field: str
    nth: int | None
    text: str

    @property
    def at(self) -> Location:
        """Where it is written."""
        return self.declared.at(self.field, self.nth)


_PRINTED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "source": ("label", "role", "note"),
        "case": ("label", "question", "selection", "text"),
        "evidence item": ("text", "locator", "set_aside"),
        "absence": ("search",),
        "claim": ("text", "actors", "counterfactual", "reason", "limits", "treatment", "agreed"),
        "rival": ("search", "reason"),
        "verdict": ("text", "reason"),
        "fate": ("reason",),
        "test": ("text", "reason"),
        "challenge": ("author", "text", "statement", "reason", "change"),
        "waiver": ("author", "reason"),
        "theme": ("title", "introduction"),
        "assertion": ("text",),
        "key point": ("text",),
        "panel comment": ("author", "text"),
        "impact": ("title",),
        "conclusion": ("text", "no_recommendation"),
        "recommendation": ("title", "text", "addressee"),
        "measure": ("title", "text", "steps"),
        "lesson": (
            *("title", "part", "context", "mechanism", "outcome"),
            *("observed", "success_factors", "vigilance"),
        ),
    }
)


def _printed(dossier: Dossier, has_sought: Callable[[str], object]) -> Iterator[_Printed]:
    """The texts a reader may come to see in which stands what is sought."""
    for declared in _declared(dossier):
        for field in _PRINTED.get(declared.kind, ()):
            value = getattr(declared, field)
            if value is None:
                continue
            if isinstance(value, str):
                if has_sought(value):
                    yield _Printed(declared, field, None, value)
                continue
            for nth, text in enumerate(value):
                if has_sought(text):
                    yield _Printed(declared, field, nth, text)


def _declared(dossier: Dossier) -> Iterator[Declaration]:
    """Everything declared in the evaluation, nested declarations too."""
    for name, section in dossier.project.declared.items():
        yield from section if name != "key_points" else dossier.all_key_points
    yield from dossier.assertions
    for recommendation in dossier.recommendations:
        yield from recommendation.measures
