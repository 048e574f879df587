"""Codes are written, taken apart and repaired by the grammar an evaluation declares."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from scc_eval.codes import Code, FormError, Grammar, check_form

CASES = ("Eco", "Biodiv", "Part", "Rehab", "Agri")
PACKETS = ("1", "2", "3")
LOOS = Grammar(themes=("IT", "Ess", "Intro"))
DOTTED = Grammar(forms=("{case}-P{packet}.{section}",), suffix="/{item}")
WORDED = Grammar(
    forms=("{case}-P{packet}.{section}", "{case}-{theme}"),
    suffix=".{item}",
    sections=("obs", "con", "alt"),
    themes=("over",),
)

words = st.text(alphabet="abzAIlO019éß", min_size=1, max_size=6)
sections = st.sampled_from(LOOS.sections)
items = st.none() | words


def repaired(text: str) -> tuple[str, ...]:
    return LOOS.repairs(text, CASES, PACKETS)


@given(words, words, sections, items)
def test_a_cell_is_taken_apart_as_it_was_written(
    case: str, packet: str, section: str, item: str | None
) -> None:
    cell = LOOS.write(case, packet, section)
    assert cell == f"{case}_PC{packet}_{section}"
    text = f"{cell}-{item}" if item else cell
    assert LOOS.parse(text) == Code(text, cell, case, packet, section, item=item)


@given(words, st.none() | words, st.sampled_from(LOOS.themes), items)
def test_a_theme_is_taken_apart_as_it_was_written(
    case: str, packet: str | None, theme: str, item: str | None
) -> None:
    cell = LOOS.write(case, packet, theme=theme)
    assert cell is not None
    text = f"{cell}-{item}" if item else cell
    assert LOOS.parse(text) == Code(text, cell, case, packet, theme=theme, item=item)


@given(words, words, sections, items)
def test_another_grammar_is_taken_apart_as_it_was_written(
    case: str, packet: str, section: str, item: str | None
) -> None:
    cell = DOTTED.write(case, packet, section)
    assert cell == f"{case}-P{packet}.{section}"
    text = f"{cell}/{item}" if item else cell
    assert DOTTED.parse(text) == Code(text, cell, case, packet, section, item=item)


@given(words, words, sections)
def test_a_code_of_declared_words_repairs_to_itself(case: str, packet: str, section: str) -> None:
    for grammar in (LOOS, DOTTED):
        code = grammar.write(case, packet, section)
        assert code is not None
        assert grammar.repairs(code, [case], [packet]) == (code,)


@given(st.text(max_size=20), st.sampled_from((LOOS, DOTTED, WORDED)))
def test_no_text_makes_it_raise(text: str, grammar: Grammar) -> None:
    for code in grammar.repairs(text, CASES, PACKETS):
        assert grammar.parse(code) is not None
    grammar.parse(text)


@pytest.mark.parametrize("text", ["", "Eco", "Eco_PC1_", "Eco PC1_1", "Eco_PC1_1-", "_PC1_1", "é"])
def test_what_has_no_form_is_no_code(text: str) -> None:
    assert LOOS.parse(text) is None


def test_the_form_whose_words_are_declared_goes_first() -> None:
    assert LOOS.parse("Eco_PC1_IT") == Code("Eco_PC1_IT", "Eco_PC1_IT", "Eco", "1", theme="IT")


def test_a_code_of_words_nobody_declared_is_still_a_code() -> None:
    assert LOOS.parse("Eco_PC1_9") == Code("Eco_PC1_9", "Eco_PC1_9", "Eco", "1", section="9")


def test_a_code_is_taken_apart_once() -> None:
    assert LOOS.parse("Eco_PC3_3") is LOOS.parse("Eco_PC3_3")


def test_a_grammar_may_have_no_suffix() -> None:
    grammar = Grammar(suffix="")
    assert grammar.parse("Eco_PC1_1") == Code("Eco_PC1_1", "Eco_PC1_1", "Eco", "1", "1")
    assert grammar.parse("Eco_PC1_1-2") is None
    assert grammar.repairs("Eco PC1 1", CASES, PACKETS) == ("Eco_PC1_1",)


def test_sections_may_have_words() -> None:
    assert WORDED.parse("Eco-P1.con.07") == Code(
        "Eco-P1.con.07", "Eco-P1.con", "Eco", "1", "con", item="07"
    )


def test_a_cell_the_grammar_has_no_form_for_cannot_be_written() -> None:
    assert DOTTED.write("Eco", theme="IT") is None


@pytest.mark.parametrize(
    ("token", "number"), [("obs", 1), ("con", 2), ("alt", 3), ("1", None), (None, None)]
)
def test_a_section_has_a_number(token: str | None, number: int | None) -> None:
    assert WORDED.section_number(token) == number


def test_every_cell_is_made() -> None:
    assert list(WORDED.cells(("Eco",), ("1", "2"))) == [
        *("Eco-P1.obs", "Eco-P1.con", "Eco-P1.alt"),
        *("Eco-P2.obs", "Eco-P2.con", "Eco-P2.alt"),
        "Eco-over",
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Part PC1_1", "Part_PC1_1"),
        ("Part_ PC2_2", "Part_PC2_2"),
        ("Biodiv.PC1 2", "Biodiv_PC1_2"),
        ("Part_PCI_1", "Part_PC1_1"),
        ("Part_ PC1_1", "Part_PC1_1"),
        ("Rehab PC1_2", "Rehab_PC1_2"),
        ("Biodiv_PC1_ 2", "Biodiv_PC1_2"),
        ("Eco PC1_1", "Eco_PC1_1"),
        ("Eco_PC1 1", "Eco_PC1_1"),
        ("Agri_ PC2_1", "Agri_PC2_1"),
        ("Biodiv_ PC1 1", "Biodiv_PC1_1"),
        ("Part PC3_1", "Part_PC3_1"),
        ("eco_pc1_1", "Eco_PC1_1"),
        (" Eco_PC1_1\n", "Eco_PC1_1"),
        ("Éco_PC1_1", "Eco_PC1_1"),
        ("Ec0_PC|_l", "Eco_PC1_1"),
        ("Eco PC1 it", "Eco_PC1_IT"),
        ("Eco-Intro", "Eco_Intro"),
        ("Eco PC1_1-03", "Eco_PC1_1-03"),
        ("Part_PCI_1-12b", "Part_PC1_1-12b"),
    ],
)
def test_a_damaged_code_is_repaired(text: str, code: str) -> None:
    assert repaired(text) == (code,)


@pytest.mark.parametrize(
    "text",
    [
        *("Par_PC1_1", "Partt_PC1_1", "Eco_PC1", "Eco_PC12_1", "Eco_PC4_1", "Eco_PC1_4"),
        *("Eco_P1_1", "Eco_PC1_1_1", "Eco_PC1_1x", "PC1_1", "Intro", "", "-", "-01"),
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    assert repaired(text) == ()


def test_two_cases_that_scanners_confuse_leave_two_repairs() -> None:
    assert LOOS.repairs("PI PC1_1", ("P1", "PI"), PACKETS) == ("P1_PC1_1", "PI_PC1_1")


def test_a_case_declared_twice_leaves_one_repair() -> None:
    assert LOOS.repairs("Eco PC1_1", ("Eco", "Eco"), PACKETS) == ("Eco_PC1_1",)


def test_damage_is_repaired_by_the_grammar_at_hand() -> None:
    assert DOTTED.repairs("eco_PI 2/07", CASES, PACKETS) == ("Eco-P1.2/07",)


@pytest.mark.parametrize(
    "form", ["{case}_PC{packet}_{section}", "{case}-P{packet}.{section}", "{theme}/{case}"]
)
def test_a_form_names_its_case(form: str) -> None:
    check_form(form)


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ("{cas}_PC{packet}", "{cas}"),
        ("{case}-{item}", "{item}"),
        ("{case}-{}", "{}"),
        ("{case}_{case}", "{case}_{case}"),
        ("PC{packet}_{section}", "PC{packet}_{section}"),
        ("case", "case"),
        ("", ""),
    ],
)
def test_what_cannot_be_a_form_is_told(form: str, told: str) -> None:
    with pytest.raises(FormError) as caught:
        check_form(form)
    assert str(caught.value) == told


def test_a_suffix_holds_the_item() -> None:
    check_form("-{item}", suffix=True)


@pytest.mark.parametrize(
    ("form", "told"), [("-{case}", "{case}"), ("-", "-"), ("{item}{item}", "{item}{item}")]
)
def test_what_cannot_be_a_suffix_is_told(form: str, told: str) -> None:
    with pytest.raises(FormError) as caught:
        check_form(form, suffix=True)
    assert str(caught.value) == told
