"""What is thin: what rests on too few sources, groups or cases, and where nothing is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scc_eval.dossier import Standing, Support, Tally
from scc_eval.model.evidence import Side
from scc_eval.model.judgement import Claim
from scc_eval.model.theory import Hypothesis
from scc_eval.planning.desk import Desk, Gap, relied_on
from scc_eval.planning.want import Kind

_INSIDE = frozenset({Side.IMPLEMENTER, Side.COMMISSIONER})


def weakness(
    desk: Desk, subject: Claim | Hypothesis, tally: Tally, claims: tuple[Claim, ...]
) -> Iterator[Gap]:
    """The gravest weakness of what speaks for something; failing one, of what contradicts it."""
    dossier, least = desk.dossier, desk.dossier.settings.thresholds
    support = dossier.support(tally.supports)
    others = desk.elsewhere(subject.name, support)
    is_wide = len(support.cases) >= least.cases or len(support.methods) >= least.methods
    ask = subject.kind
    if tally.supports and dossier.standing(support) <= Standing.SINGLE:
        yield from single(desk, subject, claims, ask, support)
    elif support.sides and _INSIDE.issuperset(support.sides):
        why = "one_side_own" if relied_on(claims) == "own" else "one_side"
        left = desk.left(subject.name)
        yield from desk.gap(Kind.ONE_SIDE, subject, claims, left, ask, why)
    elif support.roots and len(support.interests) < least.interests and dossier.unheard(support):
        anywhere = desk.left(subject.name) if is_wide else others
        yield from desk.gap(
            *(Kind.ONE_INTEREST, subject, claims, anywhere, ask),
            "one_interest" if support.interests else "no_interest",
            support=support,
            groups=", ".join(support.interests),
            need=str(least.interests),
        )
    elif support.roots and not is_wide:
        yield from desk.gap(
            *(Kind.ONE_CASE, subject, claims, others, ask, "one_case"),
            heard=", ".join((*support.cases, *support.methods)),
            least_cases=str(least.cases),
            least_methods=str(least.methods),
        )
    else:
        yield from _contradicted(desk, subject, tally, claims)


def single(
    desk: Desk,
    subject: Claim | Hypothesis,
    claims: tuple[Claim, ...],
    ask: str,
    support: Support,
) -> Iterator[Gap]:
    """Too few root sources, or none that is known."""
    count = len(support.roots)
    yield from desk.gap(
        *(Kind.SINGLE_ROOT, subject, claims, desk.elsewhere(subject.name, support), ask),
        "single_none" if not count else "single_one" if count == 1 else "single_many",
        roots=", ".join(support.sources),
        need=str(desk.dossier.settings.thresholds.roots),
    )


def _contradicted(
    desk: Desk, subject: Claim | Hypothesis, tally: Tally, claims: tuple[Claim, ...]
) -> Iterator[Gap]:
    """Too few root sources contradict it for it to be changed, or for them to be set aside."""
    contrary = desk.dossier.support(tally.against)
    is_treated = isinstance(subject, Claim) and subject.treatment is not None
    if contrary.roots and desk.dossier.standing(contrary) <= Standing.SINGLE and not is_treated:
        yield from desk.gap(
            *(Kind.CONTRARY_SINGLE, subject, claims, desk.elsewhere(subject.name, contrary)),
            *(subject.kind, "contrary_one" if len(contrary.roots) == 1 else "contrary_many"),
            roots=", ".join(contrary.sources),
        )


def silence(
    desk: Desk,
    subject: Claim | Hypothesis,
    claims: tuple[Claim, ...],
    silent: Iterable[str],
    ask: str,
) -> Iterator[Gap]:
    """The cases left that are silent on something, if there are any."""
    told = frozenset(silent)
    cases = tuple(case for case in desk.left(subject.name) if case in told)
    if cases:
        where = ", ".join(cases)
        yield from desk.gap(Kind.SILENT_CASE, subject, claims, cases, ask, "silent", where=where)
