"""What stands behind a claim: the laws of support, and what no page of a rule can show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from _specimens import BASE, write
from scc_eval import Dossier, check, load
from scc_eval.model.base import Declaration
from scc_eval.model.choices import Status
from scc_eval.model.evidence import (
    Absence,
    Bearing,
    Case,
    Category,
    Evidence,
    Polarity,
    Side,
    Source,
)
from scc_eval.model.judgement import Claim
from scc_eval.model.theory import Box, Factor, Link, Mechanism, Packet, PacketKind, Theory
from scc_eval.project import Project
from scc_eval.sections import SECTIONS
from scc_eval.settings import Settings

SETTINGS = Settings(title="The market", theory="town")
THEORY = Theory(
    id="town",
    title="A market town",
    packets=(
        Packet(letter="A", title="The market is run", role=PacketKind.INTERVENTION),
        Packet(
            letter="B",
            title="Farmers sell more",
            boxes=(Box(id="B1", label="More sales"), Box(id="B2", label="Better prices")),
        ),
    ),
    links=(
        Link(
            id="L1",
            source="A",
            target="B",
            mechanisms=(Mechanism(id="M1", text="Buyers meet the growers"),),
        ),
    ),
    factors=(Factor(id="F1", text="Prices rise", targets=("B",)),),
)
CASES = (Case(code="FAIR", label="The fair"), Case(code="HALL", label="The hall", monograph="MONO"))
CATEGORIES = (
    Category(id="growers", label="Growers", interest="Trade", side=Side.TARGET),
    Category(id="sellers", label="Sellers", interest="Trade"),
    Category(id="buyers", label="Buyers"),
    Category(id="clerks", label="Clerks", interest="Town hall", side=Side.IMPLEMENTER),
)
SECTION_OF = {section.model: name for name, section in SECTIONS.items()}
CLAIM = Claim(id="Q1", packet="B", text="The market helps", mechanisms=("M1",))


def dossier_of(*declared: Declaration) -> Dossier:
    sections: dict[str, tuple[Declaration, ...]] = {"cases": CASES, "categories": CATEGORIES}
    for each in declared:
        name = SECTION_OF[type(each).__name__]
        sections[name] = (*sections.get(name, ()), each)
    return Dossier(Project("eval", Path(), SETTINGS, THEORY, sections, ()))


def item(*sources: str, code: str = "FAIR_PCB_2", package: str | None = None) -> Evidence:
    return Evidence(code=code, text="Buyers ask", sources=sources, package=package)


names = st.sampled_from(("P1", "P2", "P3", "P4"))
registers = st.dictionaries(
    names,
    st.tuples(
        st.lists(names, max_size=2),
        st.sampled_from(("growers", "buyers", "clerks", None)),
        st.sampled_from(("interview", "reading", None)),
    ),
)
items = st.builds(
    item,
    names,
    code=st.sampled_from(("FAIR_PCB_2", "HALL_PCB_2", "hearsay")),
    package=st.sampled_from((None, None, "the meeting")),
)


def register(
    found: dict[str, tuple[list[str], str | None, str | None]],
) -> tuple[Source, ...]:
    return tuple(
        Source(id=name, derived_from=tuple(origin), category=category, method=method)
        for name, (origin, category, method) in found.items()
    )


# The laws of support.


@given(registers, st.lists(items, max_size=6))
def test_an_independent_source_never_makes_a_standing_worse(
    found: dict[str, tuple[list[str], str | None, str | None]], told: list[Evidence]
) -> None:
    dossier = dossier_of(*register(found), Source(id="NEW", category="buyers", method="visit"))
    before = dossier.standing(dossier.support(told))

    assert dossier.standing(dossier.support((*told, item("NEW", code="HALL_PCB_2")))) >= before


@given(registers, st.lists(items, min_size=1, max_size=6))
def test_an_echo_never_helps(
    found: dict[str, tuple[list[str], str | None, str | None]], told: list[Evidence]
) -> None:
    repeated = told[0].sources
    echo = Source(id="ECHO", derived_from=repeated, category="buyers", method="visit")
    dossier = dossier_of(*register(found), echo)
    before = dossier.standing(dossier.support(told))

    assert dossier.standing(dossier.support((*told, item("ECHO", code="HALL_PCB_2")))) == before


@given(registers, st.lists(items, max_size=6))
def test_the_order_of_items_changes_nothing(
    found: dict[str, tuple[list[str], str | None, str | None]], told: list[Evidence]
) -> None:
    dossier = dossier_of(*register(found))

    assert dossier.support(told) == dossier.support(told[::-1])


def test_items_of_one_package_count_once() -> None:
    dossier = dossier_of(Source(id="P1"), Source(id="P2"))

    together = dossier.support((item("P1", package="a"), item("P2", package="a")))

    assert together.roots == (("P1", "P2"),)
    assert together.sources == ("P1", "P2")


def test_an_item_without_a_source_comes_from_the_monograph_of_its_case() -> None:
    dossier = dossier_of(Source(id="MONO"))

    assert dossier.support((item(code="HALL_PCB_2"),)).sources == ("MONO",)
    assert dossier.support((item(code="FAIR_PCB_2"), item(code="hearsay"))).sources == ()


# What speaks for and against a claim.


def weighed(told: Evidence) -> dict[Polarity, int]:
    claim = CLAIM.model_copy(update={"evidence": (told.code,)})
    tally = dossier_of(told, claim).weigh(claim)
    return {p: len(found) for p, found in zip(Polarity, tally, strict=True) if found}


def bearing(*bearings: Bearing | str, polarity: Polarity = Polarity.SUPPORTS) -> Evidence:
    return Evidence(code="FAIR_PCB_2", text="So", bears_on=bearings, polarity=polarity)


def test_what_an_item_does_to_a_claim_it_bears_on_goes_before_what_it_does() -> None:
    contrary = bearing("M1", Bearing(target="Q1", polarity=Polarity.AGAINST))
    assert weighed(contrary) == {Polarity.AGAINST: 1}


@pytest.mark.parametrize("polarity", [Polarity.SUPPORTS, Polarity.AGAINST])
def test_what_bears_only_on_other_factors_neither_supports_nor_contradicts(
    polarity: Polarity,
) -> None:
    assert weighed(bearing("F1", polarity=polarity)) == {Polarity.CONTEXT: 1}
    assert weighed(bearing("F1", "M1", polarity=polarity)) == {polarity: 1}
    assert weighed(bearing(polarity=polarity)) == {polarity: 1}


@pytest.mark.parametrize(
    ("status", "packet", "is_asserted"),
    [
        (None, "B", True),
        (None, "A", False),
        (Status.PARTLY_CONFIRMED, "A", True),
        (Status.INCONCLUSIVE, "B", False),
        (Status.REFUTED, "B", False),
    ],
)
def test_a_claim_asserts_what_it_upholds_or_gives_no_status(
    status: Status | None, packet: str, is_asserted: bool
) -> None:
    claim = Claim(id="Q1", packet=packet, text="The market helps", status=status)
    assert bool(dossier_of(claim).asserted_claims) is is_asserted


# Where a source stands.


@pytest.mark.parametrize(
    ("source", "side"),
    [
        (Source(id="P1", category="clerks"), Side.IMPLEMENTER),
        (Source(id="P1", category="lost", interest="Town hall"), None),
        (Source(id="P1", interest="Town hall"), Side.IMPLEMENTER),
        (Source(id="P1", interest="Buyers"), Side.THIRD_PARTY),
        (Source(id="P1", interest="Trade"), None),
        (Source(id="P1"), None),
        (Source(id="P2"), None),
    ],
)
def test_a_source_stands_where_its_category_or_its_interest_group_stands(
    source: Source, side: Side | None
) -> None:
    assert dossier_of(source).side_of("P1") is side


# Which cases are silent, and what shows a change.


def absence(on: str) -> Absence:
    return Absence.model_validate({"cases": "HALL", "on": on, "found": "not_asked"})


@pytest.mark.parametrize(
    ("on", "silent"),
    [("Q1", ()), ("B", ()), ("M1", ()), ("B1", ("HALL",)), ("F1", ("HALL",))],
)
def test_a_silence_is_declared_on_a_claim_or_on_all_that_it_needs(
    on: str, silent: tuple[str, ...]
) -> None:
    claim = CLAIM.model_copy(update={"changes": ("B1", "B2"), "evidence": ("FAIR_PCB_2",)})
    dossier = dossier_of(item("P1"), claim, absence(on))

    assert dossier.silent_cases(claim) == silent


def test_a_silence_is_declared_on_all_changes() -> None:
    claim = CLAIM.model_copy(update={"changes": ("B1", "B2"), "evidence": ("FAIR_PCB_2",)})
    dossier = dossier_of(item("P1"), claim, absence("B1"), absence("B2"))

    assert dossier.silent_cases(claim) == ()


def test_a_case_that_speaks_of_a_mechanism_is_not_silent_on_a_claim_of_it() -> None:
    on_mechanism = Evidence(code="HALL_PCB_2", text="Nobody asks", bears_on=("M1",))
    lost = Claim(id="Q2", packet="Z", text="The hall helps")
    dossier = dossier_of(item("P1", code="FAIR_PCB_2"), on_mechanism, CLAIM, lost)

    assert dossier.silent_cases(CLAIM) == ("FAIR",)
    assert dossier.silent_cases(lost) == ("FAIR", "HALL")


def test_a_change_is_shown_in_the_first_section_of_its_packet() -> None:
    told = (
        Evidence(code="FAIR_PCB_1-1", text="Sales rose", bears_on=("B1",)),
        Evidence(code="FAIR_PCB_1-2", text="Farmers sell more"),
        Evidence(code="FAIR_PCB_1-3", text="Sales fell", polarity=Polarity.AGAINST),
        Evidence(code="FAIR_PCB_2-1", text="Sales rose", bears_on=("B1",)),
    )
    dossier = dossier_of(*told)

    assert dossier.observed("B1") == told[:1]
    assert dossier.observed("B") == told[:2]
    assert dossier.observed("B2") == dossier.observed("Z") == ()


# What is told once, and what is not told where something was lost.


def found_in(root: Path, **files: str) -> list[tuple[str, str]]:
    write(BASE, root)
    for name, text in files.items():
        (root / "evidence" / "eval" / f"{name}.yaml").write_text(text, "utf-8")
    return diagnosed(root)


def diagnosed(root: Path) -> list[tuple[str, str]]:
    (project,) = load(root)
    return [
        (found.rule.code, found.subject)
        for found in check(Dossier(project), 6)
        if "SCC310" < found.rule.code < "SCC322" or "SCC400" < found.rule.code < "SCC411"
    ]


def test_what_many_declarations_of_a_file_lack_is_told_once(tmp_path: Path) -> None:
    bare = "".join(f"  - {{code: FAIR_PCB_1-{n}, text: Sales rose}}\n" for n in range(20))

    found = found_in(tmp_path, more=f"evidence:\n{bare}")

    assert ("SCC321", "evidence/eval/more.yaml") in found
    assert ("SCC311", "FAIR_PCB_1") in found
    assert not any(name.startswith("FAIR_PCB_1-") for _, name in found)


def test_nothing_is_missed_in_a_source_that_is_not_there_or_at_a_damaged_code(
    tmp_path: Path,
) -> None:
    items = (
        "evidence:\n"
        "  - {code: FAIR_PCB_1, text: Sales doubled, nature: fact, sources: P9}\n"
        "  - {code: FAIR PCB 2, text: Buyers ask, nature: fact}\n"
        "  - {code: FAIR PCB 3, text: Prices rose by 4 %, nature: figure}\n"
    )

    assert found_in(tmp_path, items=items) == []


CLAIMED = (
    "claims:\n"
    "  - {id: Q1, packet: B, text: The market helps, mechanisms: M1, changes: B1,\n"
    "     components: B, evidence: [FAIR_PCB_2, FAIR_PCB_2-2]}\n"
)
BROKEN = (
    "cases: [{code: HALL, label: The hall}]\n"
    "evidence:\n  - {code: FAIR_PCB_2-2, text: Buyers ask, polarity: perhaps, bears_on: [M1, B1]}\n"
)
DATED = (
    "evidence:\n"
    "  - {code: FAIR_PCB_1, text: Sales doubled, sources: P1, nature: account, bears_on: B1,\n"
    "     happened: 2019}\n"
    "  - {code: FAIR_PCB_2, text: Buyers ask, sources: P1, nature: opinion, bears_on: M1,\n"
    "     happened: 2020}\n"
)


def test_nothing_is_missed_where_what_might_be_it_could_not_be_read(tmp_path: Path) -> None:
    claims = CLAIMED.replace("components: B, ", "")

    whole = found_in(
        tmp_path / "whole", judgement=claims.replace(", FAIR_PCB_2-2", ""), items=DATED
    )
    codes = [code for code, _ in whole if code not in ("SCC311", "SCC321")]
    broken = found_in(tmp_path / "broken", judgement=claims, items=DATED, more=BROKEN)

    assert codes == ["SCC312", "SCC315", "SCC401", "SCC313"]
    assert {code for code, _ in broken} <= {"SCC311", "SCC321"}


def test_a_claim_that_cites_what_is_not_there_is_not_told_to_be_bare(tmp_path: Path) -> None:
    claims = "claims:\n  - {id: Q1, packet: B, text: The market helps, evidence: FAIR_PCB_2-9}\n"

    assert "SCC409" not in {code for code, _ in found_in(tmp_path, judgement=claims)}


def test_interests_are_not_asked_of_a_source_or_a_category_that_is_not_there(
    tmp_path: Path,
) -> None:
    register = (
        "cases: [{code: FAIR, label: The fair}]\n"
        "sources:\n  - {id: P1, category: growers}\n  - {id: P2}\n"
    )
    items = "evidence:\n  - {code: FAIR_PCB_2-1, text: Buyers ask, sources: [P1, P2, P9]}\n"
    claims = "claims:\n  - {id: Q1, packet: B, text: The market helps, evidence: FAIR_PCB_2-1}\n"

    found = found_in(tmp_path, register=register, items=items, judgement=claims)

    assert not {code for code, _ in found} & {"SCC402", "SCC404", "SCC410"}


GROUPED = """
groups:
  - {id: farmers, label: Farmers}
  - {id: shops, label: Shops}
"""
A_BROKEN_CATEGORY = "categories:\n  - {id: shops, label: Shops, side: beside}\n"
A_TIED_CATEGORY = "categories:\n  - {id: farmers, label: Farmers, interviews: 2}\n"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("", [("SCC320", "town")]),
        (A_BROKEN_CATEGORY, []),
        (A_TIED_CATEGORY, [("SCC317", "shops")]),
        (A_TIED_CATEGORY + A_BROKEN_CATEGORY.removeprefix("categories:\n"), []),
    ],
)
def test_groups_may_be_named_in_a_category_that_could_not_be_read(
    more: str, expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    write(BASE, tmp_path)
    theory = tmp_path / "theories" / "town.yaml"
    text = re.sub(r"groups:\n.*\n", GROUPED.lstrip(), theory.read_text("utf-8"), count=1)
    theory.write_text(text.replace("groups: growers", "groups: [farmers, shops]"), "utf-8")
    (tmp_path / "evidence" / "eval" / "more.yaml").write_text(more, "utf-8")

    found = diagnosed(tmp_path)

    assert [each for each in found if each[0] in ("SCC317", "SCC320")] == expected


def test_a_claim_on_which_a_broken_item_bears_is_not_told_to_be_bare(tmp_path: Path) -> None:
    claim = "claims:\n  - {id: Q1, packet: B, text: The market helps, mechanisms: M1}\n"
    broken = "evidence:\n  - {code: FAIR_PCB_2-2, text: x, polarity: perhaps, bears_on: Q1}\n"
    bare = found_in(tmp_path / "bare", judgement=claim)
    lost = found_in(tmp_path / "lost", judgement=claim, more=broken)
    assert ("SCC409", "Q1") in bare
    assert ("SCC409", "Q1") not in lost
