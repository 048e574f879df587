"""What the judgement rules say of broken files, and what the dossier answers of claims."""

from __future__ import annotations

from pathlib import Path

import pytest

from _specimens import BASE, write
from scc_eval import Dossier, check, load
from scc_eval.diagnostics import Severity

BOTH = "{id: B1, label: More sales in town}\n      - {id: B2, label: More sales at the farm}"
CHAIN = (
    "id: town\ntitle: A market town\npackets:\n"
    "  - {letter: A, title: The market is run, role: intervention}\n"
    "  - {letter: B, title: Farmers sell more, boxes: [{id: B1, label: More sales}]}\n"
    "  - {letter: C, title: Farms stay open, boxes: [{id: C1, label: Fewer farms close}]}\n"
    "links:\n"
    "  - {id: L1, source: A, target: B, mechanisms: [{id: M1, text: Buyers meet the growers}]}\n"
    "  - {id: L2, source: B, target: C, mechanisms: [{id: M2, text: Sales pay the rent}]}\n"
    "factors:\n"
    "  - {id: F1, text: Prices rise, targets: [B, C]}\n"
)


def dossier(root: Path, judgement: str = "", theory: str | None = None) -> Dossier:
    """The base workspace with a file of judgements, at the last stage."""
    write(BASE, root)
    (root / "evidence/eval/judgement.yaml").write_text(judgement or "claims: []\n", "utf-8")
    if theory is not None:
        (root / "theories/town.yaml").write_text(theory, "utf-8")
    (project,) = load(root)
    return Dossier(project)


def found(dossier: Dossier, *codes: str) -> list[str]:
    return [each.rule.code for each in check(dossier, 6) if each.rule.code in codes]


def base_theory() -> str:
    return next(block.content for block in BASE if block.path == "theories/town.yaml")


@pytest.mark.parametrize(
    ("code", "whole", "right", "wrong"),
    [
        (
            "SCC501",
            "verdicts:\n  - {packet: B, text: It works, status: refuted}\n",
            "status: refuted",
            "status: perhaps",
        ),
        (
            "SCC501",
            "claims:\n  - {id: Q1, packet: B, text: It works, form: own}\n",
            "form: own",
            "form: perhaps",
        ),
        (
            "SCC506",
            "claims:\n  - {id: Q1, packet: B, text: It works, necessary: true}\n"
            "rivals:\n  - {factor: F1, packet: B, role: complements}\n",
            "role: complements",
            "role: perhaps",
        ),
        (
            "SCC508",
            "evidence:\n  - {code: FAIR_PCB_2-9, text: Cars in the yard, nature: fact,"
            " bears_on: B2}\n"
            "claims:\n  - {id: Q1, packet: B, text: It works, changes: B2}\n",
            "nature: fact",
            "nature: odd",
        ),
        (
            "SCC508",
            "evidence:\n  - {code: FAIR_PCB_1-9, text: Cars in the yard, nature: fact, bears_on:"
            " [{target: B2, polarity: nuances}]}\n"
            "claims:\n  - {id: Q1, packet: B, text: It works, changes: B2}\n",
            "nature: fact",
            "nature: odd",
        ),
        (
            "SCC508",
            "evidence:\n  - {code: FAIR_PCB_1-9, text: Cars in the yard, nature: fact}\n"
            "claims:\n  - {id: Q1, packet: B, text: It works, changes: B2}\n",
            "nature: fact",
            "nature: odd",
        ),
        (
            "SCC509",
            "claims:\n  - id: Q1\n    packet: B\n    text: It works\n    status: partly_confirmed\n"
            "    ratings: [{rater: Ann}, {rater: Ann, status: refuted}]\n",
            "status: refuted",
            "status: perhaps",
        ),
        (
            "SCC511",
            "claims:\n  - {id: Q1, packet: B, text: It works, fingerprint: 00000000}\n"
            "evidence:\n  - {code: FAIR_PCB_1-9, text: Cars in the yard, nature: fact}\n",
            "nature: fact",
            "nature: odd",
        ),
        (
            "SCC601",
            "rivals:\n  - {factor: F2, packet: B, role: not_examined}\n",
            "role: not_examined",
            "role: perhaps",
        ),
        (
            "SCC603",
            "rivals:\n  - {factor: F1, packet: B, role: not_examined}\n",
            "role: not_examined",
            "role: perhaps",
        ),
        (
            "SCC605",
            "cases:\n  - {code: HALL, label: The hall}\n"
            "evidence:\n  - {code: HALL_PCB_2, text: Buyers come back}\n"
            "absences:\n  - {on: M1, cases: HALL, found: not_asked}\n",
            "found: not_asked",
            "found: perhaps",
        ),
        (
            "SCC605",
            "cases:\n  - {code: HALL, label: The hall}\n"
            "evidence:\n  - {code: HALL_PCB_2, text: Buyers come back}\n"
            "  - {code: HALL_PCA_3, text: Prices rose, nature: fact}\n",
            "HALL_PCA_3, text: Prices rose, nature: fact",
            "HALL_PCB_3, text: Prices rose, nature: odd",
        ),
        (
            "SCC608",
            "claims:\n  - {id: Q1, packet: B, text: It works}\n"
            "rivals:\n  - {factor: F1, packet: B, role: conditions}\n"
            "story:\n  - {title: Prices, packet: B, section: 1, about: F1, role: finding}\n"
            "conclusions:\n  - {id: N1, text: It works, rests_on: Q1}\n",
            "role: finding",
            "role: perhaps",
        ),
        (
            "SCC609",
            "cases:\n  - {code: HALL, label: The hall}\n"
            "evidence:\n"
            "  - {code: HALL_PCB_3, text: Prices stayed, polarity: against, bears_on: F1}\n"
            "rivals:\n  - {factor: F1, packet: B, role: complements}\n"
            "  - {factor: F1, packet: A, cases: HALL, role: no_influence}\n",
            "role: no_influence",
            "role: perhaps",
        ),
    ],
)
def test_what_could_not_be_read_is_told_once(
    code: str, whole: str, right: str, wrong: str, tmp_path: Path
) -> None:
    theory = base_theory().replace("{id: B1, label: More sales in town}", BOTH)
    theory += "  - {id: F2, text: A new road, targets: B}\n"

    assert right in whole
    assert found(dossier(tmp_path / "whole", whole, theory), code) == [code]
    broken = dossier(tmp_path / "broken", whole.replace(right, wrong), theory)
    assert found(broken, code, "SCC023") == ["SCC023"]


def test_signs_are_not_counted_where_an_item_could_not_be_read(tmp_path: Path) -> None:
    signs = "".join(f"  - {{code: FAIR_PCB_2-{n}, text: Sign {n}}}\n" for n in range(2, 6))
    odd = "  - {code: FAIR_PCB_3-2, text: Prices fell, nature: odd}\n"

    assert found(dossier(tmp_path / "whole", "evidence:\n" + signs), "SCC604") == ["SCC604"]
    assert found(dossier(tmp_path / "broken", "evidence:\n" + signs + odd), "SCC604") == []


@pytest.mark.parametrize("code", ["SCC602", "SCC607"])
def test_a_factor_that_could_not_be_read_is_not_missed(code: str, tmp_path: Path) -> None:
    items = "evidence:\n  - {code: FAIR_PCB_3-2, text: A road brings cars}\n"
    typed = base_theory() + "  - {id: F2, text: A new road, targets: B, type: context}\n"
    odd = typed + "  - {id: F3, text: A shop, targets: B, type: odd}\n"

    assert found(dossier(tmp_path / "whole", items, typed), code) == [code]
    assert found(dossier(tmp_path / "broken", items, odd), code) == []


@pytest.mark.parametrize("kind", ["claims", "verdicts"])
def test_a_judgement_upstream_that_could_not_be_read_is_not_missed(
    kind: str, tmp_path: Path
) -> None:
    more = {
        "claims": "  - {id: Q2, packet: B, text: Posters helped, status: perhaps}\n",
        "verdicts": "verdicts:\n  - {packet: B, text: It works, status: perhaps}\n",
    }
    claims = (
        "claims:\n"
        "  - {id: Q1, packet: B, text: The market helped, status: refuted}\n"
        "  - {id: Q3, packet: C, text: Farms stay, mechanisms: M2, status: partly_confirmed}\n"
    )

    assert found(dossier(tmp_path / "whole", claims, CHAIN), "SCC507") == ["SCC507"]
    broken = dossier(tmp_path / "broken", claims + more[kind], CHAIN)
    assert found(broken, "SCC507", "SCC023") == ["SCC023"]


def test_claims_on_nothing_that_exists_are_told_by_the_references_alone(tmp_path: Path) -> None:
    lost = dossier(
        tmp_path,
        "claims:\n"
        "  - {id: Q1, packet: Z, text: It works, changes: B9, form: own, necessary: true,"
        " counterfactual: Nothing}\n"
        "rivals:\n"
        "  - {factor: F9, packet: B, role: conditions}\n"
        "  - {factor: F1, packet: Z, role: conditions}\n"
        "  - {factor: F1, packet: B, role: complements}\n"
        "verdicts:\n"
        "  - {packet: Z, text: It works, fingerprint: e3b0c442}\n"
        "conclusions:\n"
        "  - {id: N1, text: It works, rests_on: [Q1, Q9]}\n",
    )
    told = [e for e in check(lost, 6) if "SCC503" <= e.rule.code < "SCC700"]

    assert [each.rule.code for each in told] == []
    assert "SCC206" in found(lost, "SCC206")


def test_a_factor_is_graver_for_one_school_than_for_another(tmp_path: Path) -> None:
    theory = base_theory() + "  - {id: F2, text: A new road, targets: B}\n"
    levels = {}
    for school in ("delahais", "mayne", "minimal"):
        own = tmp_path / school
        dossier(own, theory=theory)
        settings = f"title: The market\ntheory: town\nprofile: {school}\n"
        (own / "evidence/eval/evaluation.yaml").write_text(settings, "utf-8")
        (project,) = load(own)
        levels[school] = [e.severity for e in check(Dossier(project), 6) if e.subject == "F2"]

    assert levels["delahais"] == [Severity.ERROR]
    assert levels["mayne"] == [Severity.WARNING]
    assert levels["minimal"] == []


def test_a_fingerprint_changes_with_what_is_judged_and_with_nothing_else(tmp_path: Path) -> None:
    claims = "claims:\n  - {id: Q1, packet: B, text: It works, evidence: FAIR_PCB_2}\n"
    verdicts = "verdicts:\n  - {packet: B, text: It works, claims: Q1}\n"
    other = "evidence:\n  - {code: FAIR_PCB_3-2, text: Prices fell}\n"
    cited = "evidence:\n  - {code: FAIR_PCB_2-2, text: Buyers left, polarity: against}\n"
    first, same, new = (
        dossier(tmp_path / name, claims + verdicts + more)
        for name, more in (("first", ""), ("same", other), ("new", cited))
    )

    for judged, same_one, new_one in zip(
        first.judgements, same.judgements, new.judgements, strict=True
    ):
        assert first.fingerprint(judged) == same.fingerprint(same_one)
        assert first.fingerprint(judged) != new.fingerprint(new_one)


def test_what_does_not_exist_is_no_part_of_a_fingerprint(tmp_path: Path) -> None:
    claim = "claims:\n  - {id: Q1, packet: B, text: It works, mechanisms: [M1, M9], factors: F1}\n"
    verdict = "verdicts:\n  - {packet: B, text: It works, claims: [Q1, Q9]}\n"
    lost = dossier(tmp_path / "lost", claim + verdict)
    sound = dossier(tmp_path / "sound", (claim + verdict).replace(", M9", "").replace(", Q9", ""))

    for judged, sound_one in zip(lost.judgements, sound.judgements, strict=True):
        assert lost.fingerprint(judged) == sound.fingerprint(sound_one)


def test_a_verdict_without_claims_is_marked_by_its_packet(tmp_path: Path) -> None:
    verdict = "verdicts:\n  - {packet: B, text: It works}\n"
    more = "evidence:\n  - {code: FAIR_PCB_3-2, text: Prices fell}\n"
    before = dossier(tmp_path / "before", verdict)
    after = dossier(tmp_path / "after", verdict + more)

    assert before.fingerprint(before.verdicts[0]) != after.fingerprint(after.verdicts[0])


def test_boxes_stand_for_what_they_hold(tmp_path: Path) -> None:
    inside = "{id: B1, label: More sales, boxes: [{id: B2, label: At the farm}]}"
    theory = base_theory().replace("{id: B1, label: More sales in town}", inside)
    town = dossier(tmp_path, "claims:\n  - {id: Q1, packet: B, text: It works}\n", theory)

    assert town.boxes_at("B1") == town.boxes_at("B") == {"B1", "B2"}
    assert town.boxes_at("B2") == {"B2"}
    assert town.boxes_at("nowhere") == frozenset()
    assert town.changes_of(town.claims[0]) == {"B1", "B2"}
