"""What holds of the judgement of any evaluation: what may be added, left out, renamed or waived
without making it worse or other than it is."""

from __future__ import annotations

import copy
import itertools
import random
from collections import Counter
from collections.abc import Iterable
from operator import le
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from _declared import Data, Naming, dossier_of, evaluations, other, plain, symbolic
from scc_eval import Dossier, check
from scc_eval.diagnostics import Diagnostic, Rule, Severity
from scc_eval.dossier import Standing, Support
from scc_eval.robustness import probe
from scc_eval.rules import catalogue, level
from scc_eval.rules._rooms import ON_EVALUATIONS

NEW_CODE = "<case 1>_PC<number 1>_2-new"
STAGES = (1, 2, 3, 4, 5, 6)
LEGS = {
    "SCC409": 0,
    "SCC401": 1,
    "SCC405": 1,
    **dict.fromkeys(("SCC402", "SCC403", "SCC404", "SCC410"), 2),
}
"""The rules on how far a claim is triangulated, by what it lacks: all support, a second source, or
sources that differ."""

law = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def said(found: Iterable[Diagnostic]) -> Counter[tuple[Any, ...]]:
    """What is said, without the places."""
    return Counter((d.rule.code, d.severity, tuple(d.facts.items())) for d in found)


def said_of(found: Iterable[Diagnostic], subject: str) -> dict[str, Severity]:
    """The rules that have something to say of a thing, and how gravely."""
    return {d.rule.code: d.severity for d in found if d.subject == subject}


def lacks(dossier: Dossier, stage: int) -> tuple[int, int] | None:
    """How much the first claim lacks to be triangulated, as the rules say, and how gravely they
    say it; None where they are silent since what it cites is not there, or from nobody."""
    found = said_of(check(dossier, stage), dossier.claims[0].id)
    is_anonymous = dossier.weigh(dossier.claims[0]).supports and not support(dossier).roots
    if is_anonymous or any(code.startswith("SCC2") for code in found):
        return None
    legs = [code for code in found if code in LEGS]
    if not legs:
        return len(LEGS), 0
    return min(LEGS[leg] for leg in legs), max(found[leg] for leg in legs)


def support(dossier: Dossier, claim: int = 0) -> Support:
    return dossier.support(dossier.weigh(dossier.claims[claim]).supports)


def standing(dossier: Dossier, claim: int = 0) -> Standing:
    return dossier.standing(support(dossier, claim))


def with_item(evaluation: Data, source: Data, **item: Any) -> Data:
    """The evaluation with one more source, and an item of its that supports the first claim."""
    grown = copy.deepcopy(evaluation)
    grown["sections"]["sources"].append(source)
    new = {"text": "It helped", "bears_on": ["<claim 0>"], "sources": [source["id"]], **item}
    grown["sections"]["evidence"].append(new)
    return grown


def sound(evaluation: Data) -> Data:
    """The evaluation with a first claim that the rules on triangulation judge: it is upheld and
    rests on what bears on it, from sources whose categories are known."""
    sections = copy.deepcopy(evaluation["sections"])
    first = sections["claims"][0]
    first.pop("evidence", None)
    first["status"] = "confirmed_until_further_notice"
    for number, source in enumerate(sections["sources"]):
        source["category"] = f"<category {number % 2}>"
    for item in sections["evidence"]:
        item["sources"] = item.get("sources") or ["<source 1>"]
        item["bears_on"] = ["<claim 0>"]
    return {**evaluation, "sections": sections}


judged = st.one_of(evaluations, evaluations.map(sound))


# Sources.


@law
@given(judged, st.data())
def test_an_independent_source_never_makes_a_triangulation_worse(
    evaluation: Data, data: st.DataObject
) -> None:
    said_before = [(item["code"], item["text"]) for item in evaluation["sections"]["evidence"]]
    said_anew = [(code, "It helped") for code in ("<case 0>_PC<number 1>_2", NEW_CODE)]
    code, text = data.draw(st.sampled_from((*said_anew, *said_before)))
    source = {"id": "New", "category": "<category 0>"}
    grown = with_item(evaluation, source, code=code, text=text)
    before, after = dossier_of(evaluation), dossier_of(grown)
    assert standing(after) >= standing(before)
    for field in ("roots", "interests", "cases", "methods"):
        assert len(getattr(support(after), field)) >= len(getattr(support(before), field))
    for stage in STAGES:
        old, new = (lacks(dossier, stage) for dossier in (before, after))
        assert old is None or new is None or new[0] >= old[0]
        if old is not None and new is not None:
            assert new[1] <= old[1]


@law
@given(judged, st.data())
def test_an_echo_never_helps(evaluation: Data, data: st.DataObject) -> None:
    before = dossier_of(evaluation)
    cited = [source for item in before.weigh(before.claims[0]).supports for source in item.sources]
    if not cited:
        return
    echo = {
        "id": "Echo",
        "derived_from": [data.draw(st.sampled_from(sorted(cited)))],
        "category": "<category 0>",
        "interest": "Another",
        "method": "hearsay",
    }
    after = dossier_of(with_item(evaluation, echo, code=NEW_CODE))
    assert standing(after) == standing(before)
    assert support(after) == support(before)
    for stage in STAGES:
        old, new = (lacks(dossier, stage) for dossier in (before, after))
        assert None in (old, new) or old == new


@law
@given(judged, st.sampled_from((None, "<category 0>", "<category 2>")))
def test_leaving_out_a_source_that_supports_nothing_changes_nothing(
    evaluation: Data, category: str | None
) -> None:
    idle = {"id": "Idle", "role": "a grower", "method": "hearsay"}
    idle |= {"category": category} if category else {}
    grown = copy.deepcopy(evaluation)
    grown["sections"]["sources"].append(idle)
    before, after = dossier_of(evaluation), dossier_of(grown)
    assert probe(before) == probe(after)
    # Who was asked counts for SCC713, whether or not they support anything.
    one, two = ([d for d in check(each, 6) if d.rule.code != "SCC713"] for each in (before, after))
    assert tellings(one) == tellings(two)


@law
@given(judged)
def test_leaving_out_anything_never_raises_a_level(evaluation: Data) -> None:
    dossier = dossier_of(evaluation)
    for index, claim in enumerate(dossier.claims):
        voices = dossier.voices(dossier.weigh(claim).supports)
        for kept in range(len(voices)):
            left = dossier.standing(dossier.support_of(voices[:kept]))
            assert left <= standing(dossier, index)


# Names and order.


def symbols(found: Iterable[Diagnostic], naming: Naming) -> Counter[tuple[Any, ...]]:
    """What is said of which file, with names put back into symbols."""
    return Counter((d.rule.code, d.severity, d.at.file, symbolic(d.message, naming)) for d in found)


@law
@given(judged)
def test_renaming_changes_nothing_but_the_names(evaluation: Data) -> None:
    one, two = (
        symbols(check(dossier_of(evaluation, naming), 6), naming) for naming in (plain, other)
    )
    assert one == two


@law
@given(judged, st.integers(0, 2**16))
def test_the_order_of_files_and_of_what_they_declare_changes_nothing(
    evaluation: Data, seed: int
) -> None:
    shuffled = copy.deepcopy(evaluation)
    rng = random.Random(seed)
    for declared in shuffled["sections"].values():
        rng.shuffle(declared)
    files = [f"f{number:02}" for number in range(len(shuffled["sections"]))]
    rng.shuffle(files)
    one, two = dossier_of(evaluation), dossier_of(shuffled, files=files)
    assert tellings(check(one, 6)) == tellings(check(two, 6))


def tellings(found: Iterable[Diagnostic]) -> Counter[tuple[Any, ...]]:
    """What is said, in whatever order names are listed."""
    return Counter((d.rule.code, d.severity, symbolic(d.message, plain)) for d in found)


# Stages.


@pytest.mark.parametrize("rule", catalogue(), ids=[rule.code for rule in catalogue()])
def test_no_rule_is_more_lenient_at_a_later_stage(rule: Rule) -> None:
    ordinary, grave = (
        [severity or 0 for severity in levels]
        for levels in (rule.levels, rule.grave or rule.levels)
    )
    assert ordinary == sorted(ordinary)
    assert grave == sorted(grave)
    assert all(map(le, ordinary, grave))


@law
@given(evaluations, st.data())
def test_no_evaluation_is_judged_more_leniently_at_a_later_stage(
    evaluation: Data, data: st.DataObject
) -> None:
    found = check(dossier_of(evaluation), data.draw(st.sampled_from(STAGES)))
    waived = {(d.rule.code, d.subject): waiver(d) for d in found if d.subject}
    names = st.sampled_from(sorted(waived)) if waived else st.nothing()
    few = data.draw(st.lists(names, max_size=3, unique=True))
    evaluation["sections"]["waivers"] = [waived[key] for key in few]
    dossier = dossier_of(evaluation)
    by_stage = [severities(check(dossier, stage)) for stage in STAGES]
    for earlier, later in itertools.pairwise(by_stage):
        for key, severity in earlier.items():
            assert later.get(key, 0) >= severity


def severities(found: Iterable[Diagnostic]) -> dict[tuple[Any, ...], Severity]:
    return {(d.rule.code, d.at, d.message): d.severity for d in found}


# Waivers.


def waiver(found: Diagnostic) -> Data:
    """A waiver of what is found."""
    signed = {"author": "Ann", "date": "2016-05", "reason": "Nobody could be asked"}
    return {"rule": found.rule.code, "on": found.subject, **signed}


@law
@given(evaluations, st.data())
def test_a_waiver_removes_what_it_waives_and_nothing_else(
    evaluation: Data, data: st.DataObject
) -> None:
    before = dossier_of(evaluation)
    stage = data.draw(st.sampled_from(STAGES))
    found = check(before, stage)
    waivable = [d for d in found if d.severity < Severity.ERROR and d.subject]
    if not waivable:
        return
    chosen = data.draw(st.sampled_from(waivable))
    evaluation["sections"]["waivers"] = [waiver(chosen)]
    kept = [
        d
        for d in found
        if (d.rule, d.subject) != (chosen.rule, chosen.subject) or d.severity is Severity.ERROR
    ]
    assert said(check(dossier_of(evaluation), stage)) == said(kept)


@law
@given(evaluations)
def test_a_rule_switched_off_says_nothing_and_the_others_all_they_said(evaluation: Data) -> None:
    found = check(dossier_of(evaluation), 6)
    for rule in {d.rule for d in found if d.rule.code > "SCC100"}:
        evaluation["settings"]["levels"] = {rule.code: "off"}
        dossier = dossier_of(evaluation)
        assert level(rule, dossier, 6) is None
        assert said(check(dossier, 6)) == said(d for d in found if d.rule is not rule)
        break


@law
@given(evaluations, st.data())
def test_a_room_that_is_not_needed_has_nothing_to_say(
    evaluation: Data, data: st.DataObject
) -> None:
    sections = evaluation["sections"]
    for name in data.draw(st.lists(st.sampled_from(sorted(sections)))):
        sections[name] = []
    dossier = dossier_of(evaluation)
    for room in ON_EVALUATIONS:
        if not room.is_needed(dossier):
            assert not [rule.code for rule, find in room.bound for _ in find(dossier)]
