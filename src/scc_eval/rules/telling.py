"""SCC7xx: does the story say what its evidence says, and show where it comes from?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from scc_eval.diagnostics import Issue, Rule, by_stage
from scc_eval.model.choices import AssertionRole, Tone
from scc_eval.model.evidence import Effect, Evidence, Nature
from scc_eval.model.french import folded
from scc_eval.model.judgement import Challenge
from scc_eval.model.telling import Assertion, KeyPoint, PanelComment
from scc_eval.rules._checks import Checks
from scc_eval.rules._names import UNEXPECTED_EFFECTS

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier

CHECKS = Checks()

_Comment = PanelComment | Challenge


@CHECKS.rule(
    Rule(
        "SCC701",
        "assertion-without-code",
        by_stage("---nwe"),
        "the assertion {assertion} cites no evidence",
        "Whoever doubts it cannot go back to what was seen or heard: only the evaluators' word "
        "stands behind it.",
        "Write under `evidence` the codes that {assertion} rests on, or say `role: context` if it "
        "asserts nothing of the change or of its causes.",
        "The Loos-en-Gohelle evaluation gives codes with what it says, so that a quality control "
        "is possible; that no assertion goes without is our own demand.",
    )
)
def assertion_without_code(dossier: Dossier) -> Iterator[Issue]:
    for assertion, role in _told(dossier):
        if role is not AssertionRole.CONTEXT and not assertion.evidence:
            yield Issue(assertion.at(), {"assertion": assertion.id})


def _told(dossier: Dossier) -> Iterator[tuple[Assertion, AssertionRole]]:
    """Each assertion with its role: that of its theme where it says nothing else."""
    for theme in dossier.themes:
        for assertion in theme.assertions:
            is_plain = assertion.role is AssertionRole.FINDING
            yield assertion, theme.role if is_plain else assertion.role
    for impact in dossier.impacts:
        yield from ((assertion, assertion.role) for assertion in impact.assertions)


@CHECKS.rule(
    Rule(
        "SCC702",
        "key-point-beyond-its-sections",
        by_stage("---nww"),
        "the key point {point} rests on nothing that is told of packet {packet}",
        "A key point sums up; what it says and its packet does not is a finding without evidence.",
        "Name under `rests_on` the assertions or claims of packet {packet} that {point} sums up, "
        "or tell there first what it says.",
        "In the Loos-en-Gohelle evaluation the key points close the account of each packet and sum "
        "it up; that each says what it rests on is our own demand.",
    )
)
def key_point_beyond_its_sections(dossier: Dossier) -> Iterator[Issue]:
    for point in dossier.all_key_points:
        if _is_bare(dossier, point) or _lies_elsewhere(dossier, point):
            yield Issue(point.at(), {"point": point.id, "packet": point.packet})


def _is_bare(dossier: Dossier, point: KeyPoint) -> bool:
    is_empty = not point.rests_on and not point.points
    return is_empty and not dossier.holds_stub("key point", point, dossier.all_key_points)


def _lies_elsewhere(dossier: Dossier, point: KeyPoint) -> bool:
    """Whether all it rests on is known to be of other packets."""
    own = dossier.packet_told.get(point.id)
    packets = {_packet_of(dossier, name) for name in point.rests_on}
    return own is not None and bool(packets) and packets.isdisjoint({own, None})


def _packet_of(dossier: Dossier, name: str) -> str | None:
    cell = dossier.cell(name)
    return cell.packet if cell else dossier.packet_told.get(name)


@CHECKS.rule(
    Rule(
        "SCC703",
        "expert-as-evidence",
        by_stage("---www"),
        "{name} tells as evidence what comes from {author}, who speaks as an expert in {comment}",
        "An expert who looks at the story from outside cannot also be what it rests on: the panel "
        "would confirm itself.",
        "Leave what {author} says among the comments and challenges, and let {name} rest on what "
        "the evaluation itself heard or saw.",
        "The Loos-en-Gohelle evaluation sets what its panel of experts says apart in boxes; how "
        "many words in a row are no chance likeness is our own default.",
        thresholds=("repeated_words",),
    )
)
def expert_as_evidence(dossier: Dossier) -> Iterator[Issue]:
    experts = _experts(dossier)
    for item in dossier.evidence if experts else ():
        said = (experts[source] for source in item.sources if source in experts)
        found = next((comment for comment in said if _is_expertise(item, comment)), None)
        if found is not None and item.set_aside is None:
            yield Issue(item.at("sources"), _taken_over(item.code, found))
    length = dossier.settings.thresholds.repeated_words
    repeated = _runs_of(dossier.panel_comments, length)
    for assertion in dossier.assertions if repeated else ():
        for run in _runs(assertion.text, length):
            if run in repeated:
                yield Issue(assertion.at("text"), _taken_over(assertion.id, repeated[run]))
                break


def _taken_over(name: str, comment: _Comment) -> Mapping[str, str]:
    return {"name": name, "author": comment.author, "comment": comment.id}


def _experts(dossier: Dossier) -> Mapping[str, _Comment]:
    """The sources that comment on the story or challenge it, each with what they say of it."""
    by_name: dict[str, _Comment] = {}
    comments: tuple[_Comment, ...] = (*dossier.challenges, *dossier.panel_comments)
    for comment in comments:
        for name in (comment.author, comment.author.partition(",")[0]):
            by_name[folded(name)] = comment
    return {
        source.id: by_name[folded(name)]
        for source in dossier.sources
        for name in (source.id, source.label)
        if name is not None and folded(name) in by_name
    }


def _is_expertise(item: Evidence, comment: _Comment) -> bool:
    """Whoever was interviewed may object to the draft; what they saw is evidence all the same."""
    return item.nature is Nature.EXPERT_KNOWLEDGE or isinstance(comment, PanelComment)


_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")
Run = tuple[str, ...]


def _runs_of(comments: tuple[PanelComment, ...], length: int) -> Mapping[Run, PanelComment]:
    """So many words in a row, from everywhere in the comments but what they quote of others."""
    return {
        run: comment
        for comment in comments
        for part in _QUOTED.split(comment.text)
        for run in _runs(part, length)
    }


def _runs(text: str, length: int) -> Iterator[Run]:
    words = _WORD.findall(text.casefold())
    return (tuple(words[start : start + length]) for start in range(len(words) - length + 1))


@CHECKS.rule(
    Rule(
        "SCC704",
        "no-unexpected-effect",
        by_stage("----nw"),
        "{evaluation} tells of no effect that was unexpected or for the worse, nor that one was "
        "looked for in vain",
        "Who looks only for what the theory expects finds only that; the reader cannot tell "
        "whether there was nothing else, or nobody asked.",
        "Tell the effect where it belongs, with `unexpected: true` on the impact or `effect: "
        "negative` on the items; or declare an absence on `unexpected_effects`, with its search.",
        "Mayne (2015) asks that unintended effects be looked at; the QuIP asks what changed "
        "without naming the programme. That a search in vain be told is our own demand.",
        needs=("impact", "conclusion", "absence", "evidence item", "assertion", "theme"),
    )
)
def no_unexpected_effect(dossier: Dossier) -> Iterator[Issue]:
    told = (
        not dossier.assertions,
        any(impact.unexpected for impact in dossier.impacts),
        any(conclusion.tone in _UNFAVOURABLE for conclusion in dossier.conclusions),
        bool(dossier.absences_on(UNEXPECTED_EFFECTS)),
        any(i.effect is Effect.NEGATIVE and i.set_aside is None for i in dossier.evidence),
        any(dossier.has_stubs(kind) for kind in _MAY_TELL),
    )
    if not any(told):
        yield Issue(dossier.settings.at(), {"evaluation": dossier.name})


_UNFAVOURABLE = (Tone.NEGATIVE, Tone.MIXED)
_MAY_TELL = ("impact", "conclusion", "absence", "evidence item")
