"""The laws a dossier keeps, whatever is declared, and what it answers where pages do not ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, strategies as st

from _specimens import BASE, write
from scc_eval import Dossier, check, load
from scc_eval.dossier import Cell
from scc_eval.model.base import Declaration
from scc_eval.model.evidence import Bearing, Case, Category, Evidence, Polarity, Source
from scc_eval.model.judgement import Claim
from scc_eval.model.telling import Assertion, Impact, KeyPoint, Theme
from scc_eval.model.theory import Box, Factor, Link, Mechanism, Packet, PacketKind, Theory
from scc_eval.places import Location
from scc_eval.project import Project
from scc_eval.reading import Stub
from scc_eval.sections import SECTIONS
from scc_eval.settings import Codes, Settings

SETTINGS = Settings(title="The market", theory="town", codes=Codes(themes={"ROAD": "The road"}))
BOXES = (Box(id="B1", label="More sales", boxes=(Box(id="B1a", label="More sales of cheese"),)),)
THEORY = Theory(
    id="town",
    title="A market town",
    packets=(
        Packet(letter="A", title="The market is run", role=PacketKind.INTERVENTION),
        Packet(letter="B", number="1", title="Farmers sell more", boxes=BOXES),
        Packet(letter="C", title="Shops open", role=PacketKind.IMPACT),
    ),
    links=(
        Link(
            id="L1",
            source="A",
            target="B1a",
            mechanisms=(Mechanism(id="M1", text="Buyers meet the growers"),),
        ),
        Link(id="L2", source="1", target="C"),
    ),
    factors=(Factor(id="F1", text="Prices rise", targets=("B",)),),
)
CASES = (Case(code="FAIR", label="The fair"), Case(code="HALL", label="The hall"))
GOOD_CODES = tuple(
    f"{case}_{place}"
    for case in ("FAIR", "HALL")
    for place in ("ROAD", "PCB_ROAD", "PCB_1", "PC1_1", "PC1_2", "PCB_3", "PCC_1")
)
BAD_CODES = ("hearsay", "FAIR PCB 1", "BALL_PCB_1", "FAIR_PCZ_1", "FAIR_PCB_4", "FAIR_SEA")
SECTION_OF = {section.model: name for name, section in SECTIONS.items()}

good_codes = st.builds(
    str.__add__, st.sampled_from(GOOD_CODES), st.sampled_from(("", "-1", "-2", "-2b"))
)
items = st.builds(
    Evidence,
    code=st.one_of(good_codes, st.sampled_from(BAD_CODES)),
    text=st.just("Sales rose"),
    sources=st.lists(st.sampled_from(("P1", "P2", "P9")), max_size=2).map(tuple),
    bears_on=st.lists(st.sampled_from(("B1", "M1", "F1", "F9")), max_size=2).map(tuple),
    set_aside=st.sampled_from((None, None, "Hearsay")),
)
names = st.sampled_from(("P1", "P2", "P3", "P4", "P5"))
registers = st.dictionaries(names, st.lists(names, max_size=3), min_size=1)


def dossier_of(
    *declared: Declaration, theory: Theory | None = THEORY, stubs: tuple[Stub, ...] = ()
) -> Dossier:
    sections: dict[str, tuple[Declaration, ...]] = {"cases": CASES}
    for each in declared:
        name = SECTION_OF[type(each).__name__]
        sections[name] = (*sections.get(name, ()), each)
    return Dossier(Project("eval", Path(), SETTINGS, theory, sections, stubs))


def of_links(*links: Link) -> Dossier:
    return dossier_of(theory=Theory(id="town", title="A town", links=links))


def item(code: str, **fields: object) -> Evidence:
    return Evidence.model_validate({"code": code, "text": "Sales rose", **fields})


def packet(dossier: Dossier, letter: str) -> Packet:
    found = dossier.packet_named(letter)
    assert found is not None
    return found


def register_of(derived: dict[str, list[str]]) -> list[Source]:
    return [Source(id=name, derived_from=tuple(upstream)) for name, upstream in derived.items()]


def is_good(code: str) -> bool:
    return code.partition("-")[0] in GOOD_CODES


def said(dossier: Dossier) -> Counter[tuple[str, str]]:
    return Counter((found.rule.code, found.message) for found in check(dossier))


def codes(evidence: Iterable[Evidence]) -> list[str]:
    return [each.code for each in evidence]


def matrix(dossier: Dossier) -> dict[Cell, Counter[str]]:
    return {cell: Counter(codes(held)) for cell, held in dossier.by_cell.items()}


# Laws.


@given(st.lists(items))
def test_every_item_with_a_good_code_is_in_exactly_one_cell(evidence: list[Evidence]) -> None:
    cells = dossier_of(*evidence).by_cell
    for each in evidence:
        times = sum(held is each for found in cells.values() for held in found)
        assert times == (is_good(each.code) and each.set_aside is None)


@given(st.lists(items))
def test_no_cell_is_empty_and_each_is_declared(evidence: list[Evidence]) -> None:
    for cell, held in dossier_of(*evidence).by_cell.items():
        assert held
        assert cell.case in ("FAIR", "HALL")
        assert cell.packet in (None, "B", "C")
        assert (cell.section is None) is (cell.theme is not None)


@given(st.lists(items).flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_the_order_of_items_changes_neither_diagnostics_nor_matrix(
    orders: tuple[list[Evidence], list[Evidence]],
) -> None:
    one, other = (dossier_of(*order) for order in orders)
    assert said(one) == said(other)
    assert matrix(one) == matrix(other)


@given(st.permutations(("a", "b", "c", "d")))
def test_the_order_of_files_changes_neither_diagnostics_nor_matrix(order: list[str]) -> None:
    files = (
        "evidence:\n  - {code: FAIR_PCB_1-2, text: Sales rose, sources: P2}\n",
        "evidence:\n  - {code: HALL PCB 1, text: Sales rose, bears_on: M9}\n",
        "cases:\n  - {code: HALL, label: The hall}\n",
        "claims:\n  - {id: Q1, packet: B, text: It helped, evidence: [HALL_PCB_2, FAIR_PCB_1]}\n",
    )
    with TemporaryDirectory() as folder:
        write(BASE, Path(folder))
        for name, text in zip(order, files, strict=True):
            Path(folder, "evidence", "eval", f"{name}.yaml").write_text(text, "utf-8")
        (project,) = load(folder)
    dossier = Dossier(project)
    assert {code for code, _ in said(dossier)} == {
        *("SCC201", "SCC205", "SCC206", "SCC207", "SCC304"),
    }
    assert {cell.section: sum(held.values()) for cell, held in matrix(dossier).items()} == {
        1: 2,
        2: 1,
        3: 1,
    }


@given(registers, st.data())
def test_an_echo_adds_no_root_source(derived: dict[str, list[str]], data: st.DataObject) -> None:
    heard = data.draw(st.lists(st.sampled_from(sorted(derived)), min_size=1, unique=True))
    echoed = data.draw(st.lists(st.sampled_from(heard), min_size=1, unique=True))
    echo = Source(id="echo", derived_from=tuple(echoed))
    dossier = dossier_of(*register_of(derived), echo)
    first, second = item("FAIR_PCB_1", sources=heard), item("FAIR_PCB_1", sources="echo")
    assert dossier.roots_of((first, second)) == dossier.roots(first)


@given(registers)
def test_every_source_has_a_root_that_no_other_source_is_behind(
    derived: dict[str, list[str]],
) -> None:
    dossier = dossier_of(*register_of(derived))
    for name in derived:
        roots = dossier.roots(item("FAIR_PCB_1", sources=name))
        assert roots
        for root in roots:
            assert dossier.roots(item("FAIR_PCB_1", sources=root)) == {root}


# Sources.


class Consulted(Mapping[str, Source]):
    """A register that loses patience with whoever asks it too often."""

    def __init__(self, sources: list[Source]) -> None:
        self.sources = {source.id: source for source in sources}
        self.times = 0

    def __getitem__(self, name: str) -> Source:
        self.times += 1
        assert self.times < 100_000
        return self.sources[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.sources)

    def __len__(self) -> int:
        return len(self.sources)


def consulted(derived: dict[str, list[str]]) -> Dossier:
    dossier = dossier_of()
    dossier.source_named = Consulted(register_of(derived))
    return dossier


def test_sources_that_all_derive_from_each_other_are_followed_to_an_end() -> None:
    everybody = [f"P{number}" for number in range(20)]
    dossier = consulted(dict.fromkeys(everybody, everybody))
    assert len(dossier.roots(item("FAIR_PCB_1", sources="P0"))) == 1


def test_a_long_ladder_of_repeats_is_followed_to_its_end() -> None:
    ladder = {f"{side}{n}": [f"a{n + 1}", f"b{n + 1}"] for n in range(40) for side in "ab"}
    assert consulted(ladder).roots(item("FAIR_PCB_1", sources="a0")) == {"a40", "b40"}


def test_a_long_chain_of_repeats_is_followed_to_its_end() -> None:
    chain = {f"P{n}": [f"P{n + 1}"] for n in range(1200)}
    dossier = dossier_of(*register_of(chain))
    assert dossier.roots(item("FAIR_PCB_1", sources="P0")) == {"P1200"}


def test_sources_that_repeat_each_other_are_one_root() -> None:
    dossier = dossier_of(*register_of({"P1": ["P2"], "P2": ["P1"]}))
    both = item("FAIR_PCB_1", sources=("P1", "P2"))
    assert len(dossier.roots(both)) == 1


def test_a_source_that_is_not_in_the_register_is_its_own_root() -> None:
    dossier = dossier_of(Source(id="P1", derived_from=("P9",)))
    assert dossier.roots(item("FAIR_PCB_1", sources="P1")) == {"P9"}


REGISTER = (
    Category(id="growers", label="Growers", interest="Sellers"),
    Category(id="buyers", label="Buyers"),
    Source(id="P1", category="growers"),
    Source(id="P2", category="buyers"),
    Source(id="P3", category="buyers", interest="Newcomers"),
    Source(id="P4", category="bakers"),
    Source(id="P5"),
    Source(id="P6", derived_from=("P2",)),
)


@pytest.mark.parametrize(
    ("source", "interest"),
    [
        *(("P1", "Sellers"), ("P2", "Buyers"), ("P3", "Newcomers")),
        *(("P4", None), ("P5", None), ("P9", None)),
    ],
)
def test_a_source_speaks_for_an_interest(source: str, interest: str | None) -> None:
    assert dossier_of(*REGISTER).interest_of(source) == interest


def test_interests_are_in_the_order_of_the_register() -> None:
    assert dossier_of(*REGISTER).interests == ("Sellers", "Buyers", "Newcomers")


def test_an_interest_is_heard_through_an_echo() -> None:
    dossier = dossier_of(*REGISTER)
    evidence = (item("FAIR_PCB_1", sources="P6"), item("FAIR_PCB_1", sources=("P1", "P5")))
    assert dossier.heard(evidence) == ("Sellers", "Buyers")


# The theory.


def test_a_packet_is_found_by_letter_by_number_and_by_what_lies_in_it() -> None:
    dossier = dossier_of()
    found = [dossier.packet_at(end) for end in ("B", "1", "B1", "B1a")]
    assert found == [packet(dossier, "B")] * 4
    assert dossier.packet_at("Z") is None


def test_hypotheses_are_found_by_their_id() -> None:
    dossier = dossier_of()
    assert set(dossier.hypotheses) == {"M1", "F1"}
    assert dossier.link_of["M1"].id == "L1"


def test_what_is_done_reaches_what_its_links_lead_to() -> None:
    assert dossier_of().reaches("A") == {"A", "B", "B1a", "C"}


def test_what_is_not_in_the_theory_reaches_itself() -> None:
    assert dossier_of().reaches("Z") == {"Z"}


def test_factors_bear_on_a_packet() -> None:
    dossier = dossier_of()
    assert [factor.id for factor in dossier.factors_on(packet(dossier, "B"))] == ["F1"]
    assert dossier.factors_on(packet(dossier, "C")) == ()


def test_each_circle_is_told_once() -> None:
    dossier = of_links(
        Link(id="L1", source="B", target="C"),
        Link(id="L2", source="C", target="B"),
        Link(id="L3", source="C", target="D"),
        Link(id="L4", source="D", target="C"),
        Link(id="L5", source="B", target="C"),
    )
    circles = [{link.id for link in circle} for circle in dossier.cycles]
    assert circles == [{"L1", "L2"}, {"L3", "L4"}]


def test_a_declared_feedback_makes_no_circle() -> None:
    dossier = of_links(
        Link(id="L1", source="B", target="C"),
        Link(id="L2", source="C", target="B", feedback=True),
    )
    assert dossier.cycles == ()


def test_without_settings_or_theory_a_dossier_is_empty() -> None:
    dossier = Dossier(Project("eval", Path(), None, None))
    assert (dossier.name, dossier.settings.title, dossier.theory.id) == ("eval", "eval", "eval")
    assert (dossier.is_evaluation, dossier.packets, check(dossier)) == (False, (), ())


# The evidence.


def test_items_are_found_by_case_packet_and_section() -> None:
    written = ["FAIR_PCB_1", "FAIR_PC1_2", "HALL_PCB_1", "HALL_ROAD"]
    dossier = dossier_of(*(item(code) for code in written))
    assert codes(dossier.items_in()) == written
    assert codes(dossier.items_in(case="HALL")) == ["HALL_PCB_1", "HALL_ROAD"]
    assert codes(dossier.items_in(packet="B", section=1)) == ["FAIR_PCB_1", "HALL_PCB_1"]
    assert codes(dossier.items_in(case="FAIR", packet="B", section=2)) == ["FAIR_PC1_2"]


def test_a_code_names_an_item_and_a_cell_names_all_its_items() -> None:
    dossier = dossier_of(*(item(f"FAIR_PCB_1{suffix}") for suffix in ("", "-1", "-2")))
    assert codes(dossier.items_named("FAIR_PCB_1-2")) == ["FAIR_PCB_1-2"]
    assert len(dossier.items_named("FAIR_PCB_1")) == 3
    assert dossier.items_named("FAIR_PCB_2") == ()


def test_a_packet_may_be_lettered_in_the_code_of_an_item_and_numbered_in_a_citation() -> None:
    dossier = dossier_of(item("FAIR_PCB_1-1"))
    assert codes(dossier.items_named("FAIR_PC1_1")) == ["FAIR_PCB_1-1"]
    assert codes(dossier.items_named("FAIR_PC1_1-1")) == ["FAIR_PCB_1-1"]


def test_an_item_bears_on_things_each_in_its_own_way() -> None:
    nuance = Bearing(target="F1", polarity=Polarity.NUANCES)
    evidence = item("FAIR_PCB_1", polarity="against", bears_on=("M1", nuance, {"target": "B1"}))
    dossier = dossier_of(evidence)
    assert dossier.bearing_on("M1").against == (evidence,)
    assert dossier.bearing_on("B1").against == (evidence,)
    assert dossier.bearing_on("F1").nuances == (evidence,)
    assert dossier.bearing_on("F9").all == ()


def test_an_item_counts_once_for_what_it_names_twice() -> None:
    evidence = item("FAIR_PCB_1", bears_on=("M1", "M1"))
    assert dossier_of(evidence).bearing_on("M1").supports == (evidence,)


def test_an_item_set_aside_bears_on_nothing() -> None:
    dossier = dossier_of(item("FAIR_PCB_1", bears_on="M1", set_aside="Hearsay"))
    assert dossier.bearing_on("M1").all == ()


# The judgement and the telling.


TOLD = (
    Theme(
        title="Sales",
        packet="B",
        section=1,
        assertions=(Assertion(id="T1", text="Farmers sell more", evidence=("FAIR_PCB_1",)),),
    ),
    Impact(title="The town", assertions=(Assertion(id="T2", text="Shops open"),)),
    KeyPoint(
        id="K1",
        packet="B",
        text="It helped",
        points=(KeyPoint(id="K2", packet="B", text="A lot", rests_on=("T1", "FAIR_PCB_2", "Q9")),),
    ),
    Claim(id="Q1", packet="B", text="It helped"),
)


def test_what_is_told_is_gathered_from_everywhere() -> None:
    dossier = dossier_of(*TOLD)
    assert [each.id for each in dossier.assertions] == ["T1", "T2"]
    assert [each.id for each in dossier.all_key_points] == ["K1", "K2"]
    assert dossier.told_ids == {"T1", "T2", "K1", "K2", "Q1"}


def test_citations_are_codes_and_not_the_names_of_what_is_told() -> None:
    dossier = dossier_of(*TOLD, stubs=(Stub("claim", "Q9", Location("f.yaml")),))
    assert [text for *_, text in dossier.citations] == ["FAIR_PCB_1", "FAIR_PCB_2"]


def test_cited_items_are_those_of_the_cells_cited() -> None:
    dossier = dossier_of(*TOLD, item("FAIR_PCB_1-1"), item("FAIR_PCB_2"), item("FAIR_PCB_3"))
    assert dossier.cited_items == {"FAIR_PCB_1-1", "FAIR_PCB_2"}


def test_stubs_of_evidence_lie_in_cells() -> None:
    at = Location("f.yaml")
    dossier = dossier_of(
        stubs=(
            Stub("evidence item", "FAIR_PCB_1-2", at),
            Stub("evidence item", "hearsay", at),
            Stub("evidence item", None, at),
            Stub("source", "P1", at),
        )
    )
    assert dossier.stub_cells == {dossier.cell("FAIR_PCB_1")}
    assert dossier.is_stub("source", "P1")
    assert not dossier.is_stub("claim", "P1")
