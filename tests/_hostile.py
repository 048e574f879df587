"""An evaluation that fills every field of every declaration with text made to do harm.

The fields are those of the models, so that a new one is filled as it comes. What must be of a
closed list, a number, or the name of another thing, is; all the rest says which field it is, and
the harm.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import yaml

from scc_eval.model import evidence, telling, theory
from scc_eval.model.base import Choice, Declaration
from scc_eval.sections import SECTIONS
from scc_eval.settings import House, Settings

HARM = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> </style></title></script></textarea>"
    " javascript:alert(1) \"double\" 'single' `tick` ]]> --> <!-- ${alert(1)} {{ 7*7 }} {% raw %}"
    ' %s {x} [l](javascript:alert(1)) | " onfocus="alert(1)" autofocus="" &lt;b&gt; \u05d0\u202e 🚭'
    ' \\" *'
)
_ID = "\"><script>alert(1)</script>'"
CELL = 'Case"<i>_PC1_'
"""What the codes of all items of its one packet begin with."""


def name(model: str) -> str:
    """What the first declaration of a kind is called."""
    return model + _ID


_TAKEN: Mapping[str, Any] = {
    "Settings.theory": name("Theory"),
    "Settings.profile": "house",
    "Settings.stage": 6,
    "Settings.lenses": ["process_tracing", "cerqual", "aston", "quip"],
    "Settings.levels": {"SCC303": "note"},
    "Settings.quantifiers": {HARM: "3+"},
    "Settings.causal_verbs": {HARM: "causes"},
    "Settings.probabilities": {HARM: "0-0.8", "high": "0.8-1"},
    "Codes.forms": ['{case}"<i>_PC{packet}_{section}', '{case}"<i>_{theme}'],
    "Codes.suffix": "-{item}",
    "Codes.sections": ["1", "2", "3"],
    "House.id": "house",
    "House.levels": {"SCC303": "note"},
    "House.waivable": ["SCC303"],
    "Question.packets": [name("Packet")],
    "Box.groups": [name("Group")],
    "Packet.number": "1",
    "Packet.role": "causal",
    "Packet.groups": [name("Group")],
    "Link.source": name("Box"),
    "Link.target": name("Packet"),
    "Factor.targets": [name("Packet")],
    "NestedTheory.entry": [name("Box")],
    "NestedTheory.exit": [name("Box")],
    "Category.groups": [name("Group")],
    "Source.category": name("Category"),
    "Source.derived_from": ["document"],
    "Case.code": "Case",
    "Case.monograph": name("Source"),
    "Bearing.target": name("Mechanism"),
    "Evidence.code": CELL + "1-01",
    "Evidence.sources": [name("Source")],
    "Evidence.bears_on": [
        name("Box"),
        {"target": name("Mechanism"), "polarity": "nuances", "note": f"Bearing.note {HARM}"},
    ],
    "Absence.cases": ["Case"],
    "Absence.on": name("Claim"),
    "Claim.packet": name("Packet"),
    "Claim.components": [name("Box")],
    "Claim.changes": [name("Box")],
    "Claim.mechanisms": [name("Mechanism")],
    "Claim.factors": [name("Factor")],
    "Claim.evidence": [CELL + "1-01", CELL + "2"],
    "RivalAssessment.factor": name("Factor"),
    "RivalAssessment.packet": name("Packet"),
    "RivalAssessment.cases": ["Case"],
    "RivalAssessment.evidence": [CELL + "3-01"],
    "Verdict.packet": name("Packet"),
    "Verdict.claims": [name("Claim")],
    "Fate.hypothesis": name("Mechanism"),
    "Fate.evidence": [CELL + "2-01"],
    "ExpectedEvidence.on": name("Claim"),
    "ExpectedEvidence.sensitivity": "0.7-0.9",
    "ExpectedEvidence.type_one_error": "0.1-0.2",
    "ExpectedEvidence.evidence": [CELL + "2-01"],
    "Challenge.targets": [name("Claim"), name("Mechanism")],
    "Waiver.rule": "SCC303",
    "Theme.packet": name("Packet"),
    "Theme.about": [name("Box"), name("Mechanism"), name("Factor")],
    "Assertion.evidence": [CELL + "1-01", CELL + "2"],
    "KeyPoint.packet": name("Packet"),
    "KeyPoint.rests_on": [name("Assertion")],
    "PanelComment.packet": name("Packet"),
    "PanelComment.after": name("Assertion"),
    "Impact.box": name("Box"),
    "Conclusion.question": name("Question"),
    "Conclusion.rests_on": [name("Claim")],
    "Conclusion.factors": [name("Factor")],
    "Recommendation.conclusions": [name("Conclusion")],
    "Lesson.rests_on": [name("KeyPoint")],
}
"""What fields hold that are no free text: names of other things, and what has a form of its own."""


def write_hostile(root: Path) -> Path:
    """Write the workspace; its evaluation is one file, whose name is hostile too."""
    folder = root / "evidence" / "hostile"
    made: Counter[str] = Counter()
    for file, holds in (
        (root / "theories" / "hostile.yaml", _theory(made)),
        (root / "profiles" / "house.yaml", declared(House, made)),
        (folder / "evaluation.yaml", declared(Settings, made)),
        (folder / "<img src=x onerror=alert(1)>.yaml", dict(_sections(made))),
    ):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(yaml.safe_dump(holds, allow_unicode=True), "utf-8")
    return root


def declared(
    model: type[Declaration],
    made: Counter[str],
    without: Sequence[str] = (),
    within: tuple[type, ...] = (),
    **given: Any,
) -> dict[str, Any]:
    """A declaration as a file has it: every field but those named, and what is given as it is.

    `made` counts the declarations of each kind: from the second on, their names have a number.
    `within` are the kinds it stands in.
    """
    word = model.__name__
    made[word] += 1
    holds: dict[str, Any] = {}
    for field, about in model.model_fields.items():
        key = f"{word}.{field}"
        if field in given:
            holds[field] = given[field]
        elif key in _TAKEN:
            holds[field] = _TAKEN[key]
        elif field == model.identity:
            holds[field] = name(word + (str(made[word]) if made[word] > 1 else ""))
        elif field not in without:
            holds[field] = _filled(about.annotation, key, made, (*within, model))
    return {field: value for field, value in holds.items() if value}


def models() -> Iterator[type[Declaration]]:
    """Every kind of declaration."""
    waiting = Declaration.__subclasses__()
    while waiting:
        each = waiting.pop()
        waiting += each.__subclasses__()
        if each.__module__.startswith("scc_eval.") and "kind" in vars(each):
            yield each


def _filled(kind: Any, key: str, made: Counter[str], within: tuple[type, ...]) -> Any:
    if get_origin(kind) is Annotated:
        return _filled(get_args(kind)[0], key, made, within)
    if get_origin(kind) is tuple:
        value = _filled(get_args(kind)[0], key, made, within)
        return [value] if value else []
    if get_origin(kind) is dict:
        return {"IT": f"{key} {HARM}"}
    if get_args(kind):
        kinds = [_bare(each) for each in get_args(kind)]
        return _filled(str if str in kinds else kinds[0], key, made, within)
    if issubclass(kind, Declaration):
        # A box in a box, a point below a point: once is enough.
        return {} if within.count(kind) > 1 else declared(kind, made, within=within)
    if issubclass(kind, Choice):
        return str(next(iter(kind)))
    return {bool: True, int: 3}.get(kind, f"{key} {HARM}")


def _bare(kind: Any) -> Any:
    return get_args(kind)[0] if get_origin(kind) is Annotated else kind


def _theory(made: Counter[str]) -> dict[str, Any]:
    causal = declared(theory.Packet, made)
    first = declared(theory.Packet, made, role="intervention", number=None)
    full = declared(theory.Factor, made, without=["excluded"])
    return declared(
        theory.Theory,
        made,
        packets=[first, causal],
        factors=[full, declared(theory.Factor, made)],
    )


def _sections(made: Counter[str]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for section, about in SECTIONS.items():
        model = about.load()
        without = ["set_aside"] if section == "evidence" else []
        yield section, [declared(model, made, without), *_more(section, made)]


def _more(section: str, made: Counter[str]) -> Iterator[dict[str, Any]]:
    if section == "sources":
        yield {"id": "document", "type": "document", "label": HARM}
    if section == "evidence":
        targets = ((2, name("Mechanism"), "against"), (3, name("Factor"), "nuances"))
        for number, target, polarity in targets:
            yield declared(
                evidence.Evidence,
                made,
                ["set_aside"],
                code=f"{CELL}{number}-01",
                bears_on=[target],
                polarity=polarity,
            )
        yield declared(evidence.Evidence, made, code='Case"<i>_IT-01', bears_on=[])
    if section == "story":
        for number in (2, 3):
            yield declared(telling.Theme, made, section=number)
