"""Data becomes declarations; what cannot be taken is told once, at its place, and leaves a stub."""

from __future__ import annotations

from typing import TypeVar

import pytest
from pydantic import ValidationError

from scc_eval.files import parse
from scc_eval.model.base import Declaration
from scc_eval.model.evidence import Category, Evidence, Polarity, Side
from scc_eval.model.french import folded
from scc_eval.model.judgement import Claim, Waiver
from scc_eval.model.telling import KeyPoint, Theme
from scc_eval.model.theory import Box, Link, Packet, Theory
from scc_eval.places import NOWHERE, File, Location, Problem
from scc_eval.reading import Reader
from scc_eval.settings import Codes, Settings
from scc_eval.slips import BY_PROBLEM

D = TypeVar("D", bound=Declaration)

CATEGORY = "id: elus\nlabel: Élus\n"
CLAIM = "id: C1\npacket: B\ntext: t\n"
EVIDENCE = "code: Eco_PC1_1\ntext: t\n"
LINK = "id: L\nsource: A\ntarget: B\n"
SETTINGS = "title: x\ntheory: y\n"
THEORY = "id: t\ntitle: T\n"


def declare(model: type[D], text: str) -> tuple[D | None, Reader]:
    file = parse(text.encode(), "f.yaml")
    assert file.problems == ()
    reader = Reader()
    return reader.declare(model, file.data, "f.yaml"), reader


def taken(model: type[D], text: str) -> D:
    declared, reader = declare(model, text)
    assert (reader.diagnostics, reader.stubs) == ([], [])
    assert declared is not None
    return declared


def told(reader: Reader) -> list[tuple[str, int, int, str]]:
    return [(d.rule.code, d.at.line, d.at.column, d.message) for d in reader.diagnostics]


def stubs(reader: Reader) -> list[tuple[str, str | None]]:
    return [(stub.kind, stub.name) for stub in reader.stubs]


@pytest.mark.parametrize("field", ["intrest", "Interest", "in-terest", "str", "xyz", "_written"])
def test_a_misspelt_field_is_told_once_and_the_item_kept(field: str) -> None:
    declared, reader = declare(Category, f"{CATEGORY}{field}: mairie\nside: target\n")
    assert told(reader) == [("SCC021", 3, 1, f"category has no field {field}")]
    assert declared is not None
    assert (declared.id, declared.side, declared.interest) == ("elus", Side.TARGET, None)
    assert reader.stubs == []


def test_each_misspelt_field_is_told() -> None:
    _, reader = declare(Category, CATEGORY + "Labels: a\nin-terest: b\nSide: target\n")
    assert [(code, line) for code, line, *_ in told(reader)] == [
        ("SCC021", 3),
        ("SCC021", 4),
        ("SCC021", 5),
    ]


def test_a_misspelt_field_is_answered_by_the_nearest() -> None:
    _, reader = declare(Category, CATEGORY + "intrest: mairie\n")
    assert reader.diagnostics[0].fix == "Use one of: interest."


def test_a_field_like_no_other_is_answered_by_all() -> None:
    _, reader = declare(Category, CATEGORY + "xyz: mairie\n")
    assert reader.diagnostics[0].fix == "Use one of: id, label, interest, side, groups, interviews."


UNTAKEN: dict[str, tuple[type[Declaration], str, tuple[str, int, int, str]]] = {
    "missing field": (Category, "id: elus\n", ("SCC022", 1, 1, "this category has no label")),
    "missing date": (
        Waiver,
        "rule: SCC201\non: B\nauthor: x\nreason: y\n",
        ("SCC022", 1, 1, "this waiver has no date"),
    ),
    "missing field of what is held": (
        Settings,
        SETTINGS + "period: {begins: 2001}\n",
        ("SCC022", 3, 1, "this period has no ends"),
    ),
    "value not in a closed list": (
        Category,
        CATEGORY + "side: left\n",
        ("SCC023", 3, 1, "side is left, which is not one of its words"),
    ),
    "list for a word of a closed list": (
        Category,
        CATEGORY + "side: [target]\n",
        ("SCC023", 3, 1, "side is […], which is not one of its words"),
    ),
    "level": (
        Settings,
        SETTINGS + "levels: {scc201: NO}\n",
        ("SCC023", 3, 10, "scc201 is NO, which is not one of its words"),
    ),
    "text for a number": (
        Category,
        CATEGORY + "interviews: many\n",
        ("SCC024", 3, 1, "interviews is many instead of a whole number"),
    ),
    "part of a number": (
        Category,
        CATEGORY + "interviews: 12:30\n",
        ("SCC024", 3, 1, "interviews is 12:30 instead of a whole number"),
    ),
    "mapping for a number": (
        Category,
        CATEGORY + "interviews: {men: 3}\n",
        ("SCC024", 3, 1, "interviews is {…} instead of a whole number"),
    ),
    "nothing for a text": (
        Category,
        "id: elus\nlabel:\n",
        ("SCC024", 2, 1, "label is ∅ instead of a text"),
    ),
    "list for a text": (
        Category,
        "id: elus\nlabel: [x]\n",
        ("SCC024", 2, 1, "label is […] instead of a text"),
    ),
    "mapping for a text": (
        Category,
        "id: elus\nlabel: {a: b}\n",
        ("SCC024", 2, 1, "label is {…} instead of a text"),
    ),
    "list for a date": (
        Claim,
        CLAIM + "date: [2016]\n",
        ("SCC024", 4, 1, "date is […] instead of a text"),
    ),
    "mapping for a date": (
        Claim,
        CLAIM + "date: {a: b}\n",
        ("SCC024", 4, 1, "date is {…} instead of a text"),
    ),
    "mapping for a date or text": (
        Evidence,
        EVIDENCE + "date: {a: b}\n",
        ("SCC024", 3, 1, "date is {…} instead of another kind of value"),
    ),
    "text for a truth value": (
        Claim,
        CLAIM + "necessary: maybe\n",
        ("SCC024", 4, 1, "necessary is maybe instead of true or false"),
    ),
    "mapping for texts": (
        Claim,
        CLAIM + "evidence: {a: b}\n",
        ("SCC024", 4, 1, "evidence is {…} instead of a list"),
    ),
    "text for declarations": (
        Link,
        LINK + "mechanisms: trust\n",
        ("SCC024", 4, 1, "mechanisms is trust instead of a list"),
    ),
    "text for a declaration": (
        Settings,
        SETTINGS + "codes: abc\n",
        ("SCC024", 3, 1, "codes is abc instead of names and values"),
    ),
    "list in a list of texts or declarations": (
        Evidence,
        EVIDENCE + "bears_on: [[B.1]]\n",
        ("SCC024", 3, 12, "bears_on is […] instead of a text"),
    ),
    "list for themes": (
        Settings,
        SETTINGS + "codes: {themes: [IT]}\n",
        ("SCC024", 3, 9, "themes is […] instead of names and values"),
    ),
    "mapping for the title of a theme": (
        Settings,
        SETTINGS + "codes: {themes: {IT: {fr: Impacts}}}\n",
        ("SCC024", 3, 18, "IT is {…} instead of a text"),
    ),
    "two sections": (
        Settings,
        SETTINGS + "codes: {sections: [a, b]}\n",
        ("SCC024", 3, 9, "sections is […] instead of a list of three"),
    ),
    "four sections": (
        Settings,
        SETTINGS + "codes: {sections: [a, b, c, d]}\n",
        ("SCC024", 3, 9, "sections is […] instead of a shorter list"),
    ),
    "no forms": (
        Settings,
        SETTINGS + "codes: {forms: []}\n",
        ("SCC024", 3, 9, "forms is […] instead of a longer list"),
    ),
    "unusable form": (
        Settings,
        SETTINGS + 'codes: {forms: ["{cas}"]}\n',
        ("SCC026", 3, 17, "{cas} cannot be a form of traceability code"),
    ),
    "unusable suffix": (
        Settings,
        SETTINGS + 'codes: {suffix: "{case}"}\n',
        ("SCC026", 3, 9, "{case} cannot be a form of traceability code"),
    ),
    "number too small": (
        Settings,
        SETTINGS + "stage: 0\n",
        ("SCC025", 3, 1, "stage is 0, and must be ≥ 1"),
    ),
    "number too great": (
        Theme,
        "title: x\npacket: B\nsection: 4\n",
        ("SCC025", 3, 1, "section is 4, and must be ≤ 3"),
    ),
    "long value": (
        Category,
        CATEGORY + f"side: {'x' * 60}\n",
        ("SCC023", 3, 1, f"side is {'x' * 39}…, which is not one of its words"),
    ),
    "text": (
        Category,
        "elus\n",
        ("SCC020", 1, 1, "category holds a text instead of names and values"),
    ),
    "list": (
        Category,
        "- id: elus\n",
        ("SCC020", 1, 1, "category holds a list instead of names and values"),
    ),
}


@pytest.mark.parametrize(("model", "text", "expected"), UNTAKEN.values(), ids=UNTAKEN)
def test_what_cannot_be_taken_is_told_once_and_leaves_a_stub(
    model: type[Declaration], text: str, expected: tuple[str, int, int, str]
) -> None:
    declared, reader = declare(model, text)
    assert told(reader) == [expected]
    assert [stub.kind for stub in reader.stubs] == [model.kind]
    assert declared is None


def test_nothing_is_told_to_be_nothing() -> None:
    reader = Reader()
    assert reader.declare(Category, None, "f.yaml") is None
    assert [d.facts["found"] for d in reader.diagnostics] == ["nothing"]
    assert [d.at for d in reader.diagnostics] == [Location("f.yaml")]


def test_a_stub_keeps_its_name_and_place() -> None:
    _, reader = declare(Category, "label: [x]\nid: elus\n")
    [stub] = reader.stubs
    assert (stub.name, stub.at) == ("elus", Location("f.yaml", 1, 1, 1, 6))


def test_a_stub_whose_name_is_no_text_has_none() -> None:
    _, reader = declare(Category, "id: [elus]\nlabel: x\n")
    assert stubs(reader) == [("category", None)]


def test_a_stub_of_what_bears_no_name_has_none() -> None:
    _, reader = declare(Codes, "suffix: x\n")
    assert stubs(reader) == [("codes", None)]


def test_a_stub_written_in_french_keeps_its_name() -> None:
    _, reader = declare(Packet, "lettre: B\n")
    assert told(reader) == [("SCC022", 1, 1, "this packet has no title")]
    assert stubs(reader) == [("packet", "B")]


def test_two_slips_are_told_in_one_go() -> None:
    declared, reader = declare(Category, CATEGORY + "side: left\ninterviews: many\nlabl: x\n")
    assert sorted(line for _, line, *_ in told(reader)) == [3, 4, 5]
    assert declared is None


def test_a_broken_mechanism_falls_alone() -> None:
    link, reader = declare(
        Link,
        LINK + "mechanisms:\n- {id: m1, text: x}\n- {id: m2}\n- {id: m3, text: z}\n",
    )
    assert told(reader) == [("SCC022", 6, 4, "this mechanism has no text")]
    assert stubs(reader) == [("mechanism", "m2")]
    assert link is not None
    assert [mechanism.id for mechanism in link.mechanisms] == ["m1", "m3"]
    assert link.at("mechanisms", 1).line == 7


def test_several_broken_items_fall_together() -> None:
    link, reader = declare(Link, LINK + "risks:\n- {id: a}\n- {id: b, text: x}\n- {id: c}\n")
    assert stubs(reader) == [("risk", "a"), ("risk", "c")]
    assert link is not None
    assert [risk.id for risk in link.risks] == ["b"]


def test_a_broken_item_falls_out_of_the_innermost_list() -> None:
    text = "links:\n- id: L\n  source: A\n  target: B\n  mécanismes:\n  - {id: m, texte: [x]}\n"
    theory, reader = declare(Theory, THEORY + text)
    assert told(reader) == [("SCC024", 8, 13, "texte is […] instead of a text")]
    assert stubs(reader) == [("mechanism", "m")]
    assert theory is not None
    assert [(link.id, link.mechanisms) for link in theory.links] == [("L", ())]


def test_a_box_in_a_box_falls_alone() -> None:
    packet, reader = declare(
        Packet, "letter: B\ntitle: x\nboxes:\n- {id: b, label: x, boxes: [{id: c}]}\n"
    )
    assert stubs(reader) == [("box", "c")]
    assert packet is not None
    assert [box.id for box in packet.all_boxes()] == ["b"]


def test_a_point_in_a_key_point_falls_alone() -> None:
    text = "id: a\npacket: B\ntext: t\npoints:\n- {id: b, packet: B}\n"
    point, reader = declare(KeyPoint, text)
    assert stubs(reader) == [("key point", "b")]
    assert point is not None
    assert point.points == ()


def test_a_broken_bearing_falls_alone() -> None:
    item, reader = declare(
        Evidence, EVIDENCE + "bears_on:\n- {cible: B.1, polarity: odd}\n- B.2\n- {target: B.3}\n"
    )
    assert told(reader) == [("SCC023", 4, 16, "polarity is odd, which is not one of its words")]
    assert stubs(reader) == [("bearing", "B.1")]
    assert item is not None
    assert [target for target, _ in item.bearings()] == ["B.2", "B.3"]


def test_a_misspelt_field_of_a_bearing_is_told_and_the_bearing_kept() -> None:
    item, reader = declare(Evidence, EVIDENCE + "bears_on: [{target: B.1, polarty: against}]\n")
    assert told(reader) == [("SCC021", 3, 26, "bearing has no field polarty")]
    assert item is not None
    assert item.bearings() == (("B.1", Polarity.SUPPORTS),)


def test_a_misspelt_field_of_what_is_held_is_told_and_all_kept() -> None:
    settings, reader = declare(Settings, SETTINGS + "thresholds: {items: 2}\n")
    assert told(reader) == [("SCC021", 3, 14, "thresholds has no field items")]
    assert settings is not None


def test_a_broken_item_in_a_broken_whole_is_told_with_it() -> None:
    link, reader = declare(Link, "id: L\nsource: A\nmechanisms:\n- {id: m}\n")
    assert sorted(told(reader)) == [
        ("SCC022", 1, 1, "this link has no target"),
        ("SCC022", 4, 4, "this mechanism has no text"),
    ]
    assert link is None
    assert stubs(reader) == [("mechanism", "m"), ("link", "L")]


def test_french_names_are_taken() -> None:
    french = taken(Packet, "lettre: B\ntitre: x\nnuméro: 1\nÀ démontrer: no\n")
    english = taken(Packet, "letter: B\ntitle: x\nnumber: 1\nto_be_proven: no\n")
    assert french.model_dump() == english.model_dump()


def test_french_names_are_taken_at_every_level() -> None:
    text = "boîtes: [{id: b, libellé: x, boîtes: [{id: c, libellé: y}]}]\n"
    packet = taken(Packet, "lettre: B\ntitre: x\n" + text)
    assert [box.label for box in packet.all_boxes()] == ["x", "y"]


def test_a_slip_in_french_is_where_it_is_written() -> None:
    _, reader = declare(Settings, "titre: x\nthéorie: y\npériode:\n  début: 2001\n  fin: [2]\n")
    assert told(reader) == [("SCC024", 5, 3, "fin is […] instead of a text")]


def test_a_field_given_in_both_languages_is_told() -> None:
    packet, reader = declare(Packet, "letter: B\ntitle: x\nnumero: 2\nnumber: 1\n")
    assert told(reader) == [("SCC021", 3, 1, "packet has no field numero")]
    assert packet is not None
    assert packet.number == "1"


def test_a_field_given_in_two_french_spellings_is_told() -> None:
    packet, reader = declare(Packet, "letter: B\ntitle: x\nnuméro: 1\nnumero: 2\n")
    assert told(reader) == [("SCC021", 4, 1, "packet has no field numero")]
    assert packet is not None
    assert packet.number == "1"


@pytest.mark.parametrize("word", ["target", "Target", "cible", "CIBLE"])
def test_a_word_of_a_closed_list_is_taken_however_spelt(word: str) -> None:
    assert taken(Category, f"{CATEGORY}side: {word}\n").side is Side.TARGET


def test_a_word_is_taken_with_hyphens_or_spaces() -> None:
    for word in ("third-party", "third party", "Tiers"):
        assert taken(Category, f"{CATEGORY}side: {word}\n").side is Side.THIRD_PARTY


@pytest.mark.parametrize(
    ("word", "is_necessary"),
    [("oui", True), ("Vrai", True), ("true", True), ("non", False), ("faux", False), ("NO", False)],
)
def test_a_truth_value_is_taken_in_both_languages(word: str, *, is_necessary: bool) -> None:
    assert taken(Claim, f"{CLAIM}necessary: {word}\n").necessary is is_necessary


def test_one_text_is_a_list_of_one() -> None:
    assert taken(Claim, CLAIM + "evidence: Eco_PC1_1\n").evidence == ("Eco_PC1_1",)


def test_a_bearing_may_differ_from_its_item() -> None:
    item = taken(Evidence, EVIDENCE + "porte_sur: [B.1, {cible: B.2, polarité: contredit}]\n")
    assert item.bearings() == (("B.1", Polarity.SUPPORTS), ("B.2", Polarity.AGAINST))


@pytest.mark.parametrize("text", ["folded", "FOLDED", "Fôlded"])
def test_accents_and_case_do_not_count(text: str) -> None:
    assert folded(text) == "folded"


@pytest.mark.parametrize("text", ["jusqu'au", "jusqu’au", "jusqu-au", "jusqu au"])
def test_what_parts_words_does_not_count(text: str) -> None:
    assert folded(text) == "jusqu_au"


def test_a_declaration_knows_where_it_is_written() -> None:
    box = taken(Box, "label: x\nid: b\ngroups: [one, two]\n")
    assert box.at() == Location("f.yaml", 2, 1, 2, 3)
    assert box.at("label") == Location("f.yaml", 1, 1, 1, 6)
    assert box.at("groups", 1) == Location("f.yaml", 3, 15, 3, 18)
    assert box.at("label", 1) == box.at("label")
    assert box.at("text") == Location("f.yaml", 1, 1, 1, 6)


def test_a_declaration_in_french_knows_where_it_is_written() -> None:
    box = taken(Box, "id: b\nlibellé: x\ngroupes: [one, two]\n")
    assert box.at("label") == Location("f.yaml", 2, 1, 2, 8)
    assert box.at("groups", 1).column == 16


def test_a_declaration_made_in_python_is_nowhere() -> None:
    assert Box(id="b", label="x").at("label") == NOWHERE


def test_a_declaration_has_a_name_if_it_has_an_identity() -> None:
    assert taken(Packet, "letter: B\ntitle: x\n").name == "B"
    assert Codes().name == ""


def test_a_choice_is_not_made_of_a_number() -> None:
    with pytest.raises(ValidationError):
        Category.model_validate({"id": "elus", "label": "x", "side": 3})


def test_settings_make_a_grammar() -> None:
    text = 'codes: {forms: ["{case}-P{packet}.{section}"], suffix: "/{item}", themes: {IT: x}}\n'
    grammar = taken(Settings, SETTINGS + text).grammar()
    assert grammar.themes == ("IT",)
    assert grammar.parse("Eco-P1.2/03") is not None


@pytest.mark.parametrize("kind", BY_PROBLEM)
def test_every_problem_of_a_file_has_its_rule(kind: str) -> None:
    related = Location("f.yaml", 1, 2)
    problem = Problem(kind, Location("f.yaml", 3, 4), {}, related)
    reader = Reader()
    reader.report_problems(File("f.yaml", None, (problem,)))
    [diagnostic] = reader.diagnostics
    assert diagnostic.at == problem.at
    words = "declared here first" if kind == "duplicate-key" else "begun here"
    assert [(place.at, place.words) for place in diagnostic.related] == [(related, words)]


def test_a_misspelt_field_that_is_required_is_one_slip() -> None:
    declared, reader = declare(Category, "id: elus\nlable: Élus\n")
    assert told(reader) == [("SCC021", 2, 1, "category has no field lable")]
    assert declared is not None
    assert (declared.label, declared.at("label").line) == ("Élus", 2)


def test_a_misspelt_field_below_is_one_slip() -> None:
    declared, reader = declare(Link, LINK + "mechanisms:\n- {id: M, txet: how}\n")
    assert told(reader) == [("SCC021", 5, 11, "mechanism has no field txet")]
    assert declared is not None
    assert [mechanism.text for mechanism in declared.mechanisms] == ["how"]


def test_a_name_with_nothing_after_it_is_an_empty_list() -> None:
    assert taken(Theory, THEORY + "links:\n").links == ()


def test_what_is_no_declaration_in_a_list_of_them_falls_alone() -> None:
    declared, reader = declare(Link, LINK + "mechanisms:\n- abc\n- {id: M, text: how}\n")
    assert [(code, line) for code, line, *_ in told(reader)] == [("SCC024", 5)]
    assert declared is not None
    assert [mechanism.id for mechanism in declared.mechanisms] == ["M"]
    assert stubs(reader) == [("mechanism", None)]
