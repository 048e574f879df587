"""What `scc audit` finds in a report, held against counts made by hand, in every kind of file."""

from __future__ import annotations

import csv
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import docx
import pytest
from hypothesis import given, strategies as st

from _programs import needs
from reports.make import NAMES, make
from scc_eval import Dossier, load
from scc_eval.audit import Audit, Known, Status, audit, declared, learn, spellings
from scc_eval.audit.editing import annotated
from scc_eval.audit.finding import Finder, plain
from scc_eval.audit.seeking import Search
from scc_eval.audit.shapes import shapes
from scc_eval.codes import Grammar
from scc_eval.reports import Report, copying, read
from scc_eval.reports.copying import CannotCopy
from scc_eval.reports.paragraphs import Link, Paragraph
from scc_eval.rules.reports import examine_report
from test_cli import Ran, contents, process, run
from test_reports_pdf import pages

HERE = Path(__file__).parent / "reports"
EVIDENCE = Path(__file__).parents[1] / "evidence"
COUNTS = {"loos": "loos-2016", "english": "english"}
EVALUATIONS = {"loos": "loos-en-gohelle", "english": "quit-together"}
FORMS = {"loos": "{case}_PC{packet}_{section}", "english": "{case}-P{packet}.{section}"}
NOT_TAUGHT = {"loos": frozenset[str](), "english": frozenset({"WORK-CTX"})}
"""Codes that stand nowhere in the report as they should: nothing but the evaluation knows them."""
KNOWN_BY_SHAPE = {"SCHL-P1.1", "HLTH-P9.1"}
"""Codes of the report that only an evaluation can call unknown."""
Row = dict[str, str]
by_name = pytest.mark.parametrize("name", NAMES)


@cache
def rows(name: str) -> tuple[Row, ...]:
    with (HERE / f"{COUNTS[name]}.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


@cache
def mentions(name: str, kind: str) -> tuple[Row, ...]:
    with (HERE / f"{COUNTS[name]}-mentions.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(row for row in csv.DictReader(stream) if row["kind"] == kind)


@cache
def evaluation(name: str) -> Known:
    (project,) = load(EVIDENCE / EVALUATIONS[name])
    return declared(Dossier(project))


def texts(report: Report) -> list[str]:
    return [paragraph.text for paragraph in report.paragraphs]


def of(*paragraphs: str, known: Known | None = None) -> Audit:
    report = Report("report.txt", tuple(Paragraph(t, n) for n, t in enumerate(paragraphs, 1)))
    return audit(report, known or learn(paragraphs))


def told(audited: Audit) -> list[tuple[str | None, str]]:
    return [(each.code, each.status.value) for each in audited.citations]


# The counts made by hand.


@by_name
def test_the_text_gives_the_citations_counted_by_hand_letter_for_letter(name: str) -> None:
    report = read(HERE / f"{name}.txt", f"{name}.txt")
    found = audit(report, evaluation(name))
    assert [
        (each.at.line, each.raw.replace("\n", "⏎"), each.code, each.status.value)
        for each in found.citations
    ] == [
        (int(row["own_line"]), row["raw"].removeprefix("#"), row["code"], row["status"])
        for row in rows(name)
    ]


@needs("pandoc", "soffice")
@by_name
def test_every_kind_of_file_gives_the_same_citations(name: str, tmp_path: Path) -> None:
    for path in make(tmp_path, name).values():
        found = told(audit(read(path, path.name), evaluation(name)))
        wanted = [(row["code"], row["status"]) for row in rows(name)]
        if path.suffix == ".pdf":
            # A page shows one hyphen as the other.
            same = "hyphen that does not break"
            is_same = [row["damage"] == same for row in rows(name)]
            wanted = [
                (code, "exact" if is_one else status)
                for (code, status), is_one in zip(wanted, is_same, strict=True)
            ]
        assert found == wanted, path.suffix


@needs("pandoc", "soffice")
@by_name
@pytest.mark.parametrize("way", ["learnt", "given"])
def test_without_any_yaml_they_are_the_same(name: str, way: str, tmp_path: Path) -> None:
    for path in make(tmp_path, name).values():
        report = read(path, path.name)
        known = learn(texts(report), [FORMS[name]] if way == "given" else ())
        found = [code for code, _ in told(audit(report, known))]
        wanted = [row["code"] for row in rows(name) if row["code"] not in NOT_TAUGHT[name]]
        if way == "given":
            # Themes have forms of their own, which were not given.
            form = Grammar((FORMS[name],), "-{item}")
            codes = [form.parse(code) for code in wanted]
            wanted = [c.text for c in codes if c and (c.section or "").isdigit()]
        assert found == wanted, path.suffix
        assert known.origin == way


def test_the_shape_of_codes_is_learnt_with_what_lies_outside_the_sections() -> None:
    known = learn(texts(read(HERE / "loos.txt", "loos.txt")))
    assert known.grammar.forms == (FORMS["loos"], "{case}_PC{packet}_{theme}", "{case}_{theme}")
    assert known.cases == ("Agri", "Biodiv", "Eco", "Part", "Rehab")
    assert (known.packets, known.grammar.sections) == (("1", "2", "3"), ("1", "2", "3"))
    assert known.grammar.themes == ("Ess", "IT", "Intro")


@by_name
def test_spellings_of_a_case_are_those_counted(name: str) -> None:
    found = audit(read(HERE / f"{name}.txt", "report.txt"), evaluation(name))
    listed = Counter((each.named.words, each.named.case) for each in found.namings)
    for row in mentions(name, "case-spelling"):
        if row["name"] in evaluation(name).cases:
            times = row["note"].split(" ")[0]
            assert listed[row["raw"], row["name"]] >= (
                1 if times.startswith("once") else int(times)
            )
    pairs = [(each.named.case, each.named.words) for each in found.namings]
    odd = {(each.case, each.words) for each in spellings(pairs, evaluation(name).labels)}
    assert (
        odd
        == {
            "loos": {
                ("Eco", "Ecoactivités"),
                ("Eco", "Eco-Activités"),
                ("Rehab", "Réhabilitation"),
            },
            "english": {("HLTH", "Health Centers")},
        }[name]
    )


@by_name
def test_a_case_without_its_code_is_the_one_counted(name: str) -> None:
    found = audit(read(HERE / f"{name}.txt", "report.txt"), evaluation(name))
    bare = [(n.at.line, n.named.words, n.named.case) for n in found.namings if not n.named.has_code]
    assert bare == [
        (int(row["own_line"]), row["raw"], row["name"])
        for row in mentions(name, "case-without-code")
    ]


@by_name
def test_sections_cited_elsewhere_are_those_counted(name: str) -> None:
    found = audit(read(HERE / f"{name}.txt", "report.txt"), evaluation(name))
    grammar = found.known.grammar
    parsed = [(each, found.parsed(each), found.section(each)) for each in found.citations]
    elsewhere = [
        (each.at.line, each.raw)
        for each, code, section in parsed
        if code and code.section and section and grammar.section_number(code.section) != section
    ]
    assert elsewhere == [
        (int(row["own_line"]), row["raw"]) for row in mentions(name, "section-elsewhere")
    ]


@by_name
def test_conclusions_without_a_code_are_those_counted(name: str) -> None:
    found = audit(read(HERE / f"{name}.txt", "report.txt"), evaluation(name))
    cited = {each.paragraph for each in found.citations}
    bare = [each for each in found.conclusions() if cited.isdisjoint(each.paragraphs)]
    lines = [found.report.place(each.paragraphs[0], 0, 1).line for each in bare]
    assert lines == [int(row["own_line"]) for row in mentions(name, "conclusion-without-code")]


@by_name
def test_informants_are_those_counted_but_what_nothing_can_tell(name: str) -> None:
    found = audit(read(HERE / f"{name}.txt", "report.txt"), evaluation(name))
    counted = [(int(row["own_line"]), row["raw"]) for row in mentions(name, "informant")]
    lost = {"BI11", "itw_]C"}
    missed = [
        each for each in counted if each not in {(i.at.line, i.raw) for i in found.informants}
    ]
    assert {raw for _, raw in missed} <= lost
    assert {(i.at.line, i.raw) for i in found.informants} <= set(counted)
    meant = {row["raw"]: row["name"] for row in mentions(name, "informant")}
    repaired = [each for each in found.informants if each.status is Status.REPAIRABLE]
    assert repaired
    assert all(each.code == meant[each.raw] for each in repaired)


# Laws.

CODES = ("Eco_PC1_1", "Part_PC2_3", "Rehab_PC3_2", "Agri_PC1_2")
TAUGHT = "(Eco_PC1_1, Part_PC2_3, Rehab_PC3_2, Agri_PC1_2, Eco_PC1_1)"
DAMAGES: Mapping[str, Callable[[str], str]] = {
    "space for separator": lambda code: code.replace("_", " ", 1),
    "spaces for both": lambda code: code.replace("_", " "),
    "space after": lambda code: code.replace("_", "_ ", 1),
    "space before": lambda code: code.replace("_", " _"),
    "broken line": lambda code: code.replace("_", "_\n", 1),
    "line for separator": lambda code: code.replace("_", "\n", 1),
    "dot": lambda code: code.replace("_", ".", 1),
    "hyphen": lambda code: code.replace("_", "-"),
    "twice": lambda code: code.replace("_", "__"),
    "none": lambda code: code.replace("_", ""),
    "small": str.lower,
    "capitals": str.upper,
    "letter for number": lambda code: code.replace("1", "I"),
    "no-break space": lambda code: code.replace("_", "\u00a0"),
    "soft hyphen": lambda code: code.replace("_", "_\u00ad"),
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("code", CODES)
def test_a_damaged_code_is_found_with_its_one_repair(code: str, damage: str) -> None:
    damaged = DAMAGES[damage](code)
    found = of(TAUGHT, f"As was told (Participation {damaged}, and others).").citations[5:]
    status = Status.EXACT if damaged == code else Status.REPAIRABLE
    assert [(each.raw, each.code, each.status) for each in found] == [(damaged, code, status)]


@given(st.text(alphabet=st.characters(exclude_characters="PpCc"), max_size=200))
def test_a_text_without_the_letters_of_a_code_has_none(text: str) -> None:
    assert of(TAUGHT, text).citations[5:] == ()


@given(
    st.lists(st.sampled_from(CODES), max_size=6), st.sampled_from([" ", ", ", "; ", "\n", " et "])
)
def test_codes_side_by_side_are_all_found_and_none_is_invented(
    codes: list[str], between: str
) -> None:
    found = of(TAUGHT, f"({between.join(codes)})").citations[5:]
    assert [(each.code, each.status) for each in found] == [(c, Status.EXACT) for c in codes]


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_stands_around_it_nothing_crashes_and_places_are_true(
    before: str, after: str
) -> None:
    audited = of(TAUGHT, f"{before} Eco PC1_1 {after}")
    for each in audited.citations:
        text = audited.report.paragraphs[each.paragraph].text
        assert text[each.begin : each.end] == each.raw


# The search.

GRAMMARS: Mapping[str, Known] = {
    " ".join(forms): Known(
        Grammar(forms, "", sections, themes),
        ("Eco", "Pc", "PC1", "P", "A1x", "Agri", "École", "Participation"),
        packets,
        "given",
    )
    for forms, packets, sections, themes in (
        (("{case}_PC{packet}_{section}",), ("1", "2", "12"), ("1", "2", "3"), ()),
        (
            ("{case}_PC{packet}_{section}", "{case}_PC{packet}_{theme}", "{case}_{theme}"),
            ("1", "A"),
            ("1", "2", "3"),
            ("IT", "Ess"),
        ),
        (("{case}-P{packet}.{section}",), ("1", "2"), ("O", "S", "Autres"), ()),
        (("{case}-P{packet}.{section}", "P{packet}/{case}"), (), ("1", "2"), ()),
        (("{case}_{theme}",), (), ("1", "2", "3"), ("IT", "Ess")),
        (("{case}_{theme}", "{case}{packet}"), ("1",), ("1", "2", "3"), ()),
        (("{case}-{packet}.{section}",), ("1", "2"), ("1", "2", "3"), ()),
        (("{case}_É{packet}_{section}",), ("1", "2"), ("1", "2", "3"), ()),
        (("{case}_ß{packet}_{section}",), ("1", "2"), ("1", "2", "3"), ()),
        (("Risk{packet}{case}", "{theme}K{case}"), ("1", "2"), ("1",), ("IT", "K")),
        (("#{case}", "{case}.T{theme}S"), (), ("1",), ("1S", "IT")),
    )
}
"""Grammars of several shapes: with letters, with one, with some that are not of ASCII, with none,
the case first, last or between."""
ATOMS = (
    *("Eco_PC1_1", "Eco-P1.2", "Eco_IT", "Pc_PC2_3", "PC1_PC1_1", "A1x-2.1", "École_É1_2", "#Eco"),
    *("P1/Eco", "Risk1Agri", "ITKEco", "Agri.T1SS", "Eco", "eco", "ÉCOLE", "PC1", "Pc", "P"),
    *("PCI", "pC1", "P C1", "PC-1", "PCPC", "P", "p", "C", "1", "2", "12", "123", "I", "l", "|"),
    *(
        "!",
        "O",
        "0",
        "_",
        "-",
        "·",
        "‐",
        "‑",
        "–",
        ".",
        ":",
        ",",
        "~",
        "'",
        "’",
        "/",
        "#",
        "(",
        ")",
    ),
    *(" ", "  ", "\n", "\t", "\u00a0", "\u00ad", "\u200b", "\ufeff", "; ", " et ", "l'", "K", "S"),
    *("\u212a", "\u017f", "\u0130", "\u0131", "R\u0131s\u212a1", "Participation", "the council "),
    *("x" * 13, "PC" * 20, " " * 8, "_" * 4, "²"),
)


def spans_by_each(known: Known, text: str) -> list[tuple[int, int]]:
    patterns = [sought.pattern for sought in dict.fromkeys(shapes(known))]
    return sorted(m.span() for pattern in patterns for m in re.finditer(pattern, text))


def agree(known: Known, text: str) -> None:
    spans = spans_by_each(known, text)
    assert sorted(Search(shapes(known)).spans(text)) == spans
    longest: list[tuple[int, int]] = []
    for begin, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not longest or begin >= longest[-1][1]:
            longest.append((begin, end))
    assert [(each.begin, each.end) for each in Finder(known).all(text)] == longest


@st.composite
def written(draw: st.DrawFn, known: Known) -> str:
    """A code as short or as long as damage leaves it."""
    form = draw(st.sampled_from(known.grammar.forms))
    words = {
        "{case}": (*known.cases, "Participatio", "PCPCPCPCPCPC"),
        "{packet}": (*known.packets, "7", "77"),
        "{section}": (*known.grammar.sections, "88"),
        "{theme}": (*known.grammar.themes, "None"),
    }
    between = ("", "_", "-", " ", "\u00a0__\u00ad ", "\n-. ", ".", " ", "  ", "\u200b–~\n\n")
    parts = re.findall(r"{\w+}|[^\W_]|[\W_]", form)
    choices = [
        words.get(part)
        or ((part, f"{part} ", part.lower()) if part.isalnum() else (part, *between))
        for part in parts
    ]
    return draw(st.sampled_from(("", "~"))) + "".join(
        draw(st.tuples(*map(st.sampled_from, choices)))
    )


@given(st.sampled_from(tuple(GRAMMARS)), st.data())
def test_the_search_finds_what_each_pattern_finds_by_itself(
    forms: str, data: st.DataObject
) -> None:
    known = GRAMMARS[forms]
    atoms = written(known) | st.sampled_from(ATOMS) | st.text(max_size=3)
    agree(known, "".join(data.draw(st.lists(atoms, max_size=30))))


@pytest.mark.parametrize(
    ("forms", "text", "found"),
    [
        ("{case}_PC{packet}_{section}", "PC1_PC1_1, PCPC_PC1_1", ["PC1_PC1_1", "PCPC_PC1_1"]),
        ("{case}_PC{packet}_{section}", "Eco_PC1_1Pc_PC1_1 Pc_PC1_1", ["Pc_PC1_1"]),
        ("{case}-P{packet}.{section}", "P-P1.O, p pI,O, P-P 2.S", ["P-P1.O", "p pI,O", "P-P 2.S"]),
        ("{case}_ß{packet}_{section}", "Eco_ß1_2 Eco_ẞ1_2", ["Eco_ß1_2", "Eco_ẞ1_2"]),
        ("{case}-P{packet}.{section} P{packet}/{case}", "P12/A1x P1–P", ["P12/A1x", "P1–P"]),
        ("{case}_{theme}", "Eco_IT, Eco Ess, ECO_IT, xEco_IT, P_1T", ["Eco_IT", "Eco Ess", "P_1T"]),
        ("{case}_{theme} {case}{packet}", "Eco_IT Eco1 _Eco1", ["Eco1"]),
        ("{case}-{packet}.{section}", "Eco-1.1, eco 1 1", ["Eco-1.1", "eco 1 1"]),
        ("{case}_É{packet}_{section}", "Eco_É1_2 eco é1_2", ["Eco_É1_2", "eco é1_2"]),
        ("Risk{packet}{case} {theme}K{case}", "R\u0131\u017f\u212a1Eco K\u212aP", None),
        ("#{case} {case}.T{theme}S", "#Eco Eco.T1SS x#Eco", ["#Eco", "Eco.T1SS"]),
    ],
)
def test_codes_of_every_shape_are_found(forms: str, text: str, found: list[str] | None) -> None:
    known = GRAMMARS[forms]
    agree(known, text)
    wanted = [text.split()[0], text.split()[1]] if found is None else found
    assert [each.raw for each in Finder(known).all(text)] == wanted


@pytest.mark.parametrize("cases", [("Eco",), ("Eco", "Participation")])
@pytest.mark.parametrize("around", ["{}", "PC {} PC", "PC1,{},PC1", "~{}"])
def test_codes_as_long_as_damage_makes_them_are_found_whole(
    cases: tuple[str, ...], around: str
) -> None:
    form = "{case}_.PC{packet}_._{section}"
    known = Known(Grammar((form,), "", ("1", "Autrement"), ()), cases, ("1",), "given")
    wide = "\u00a0__\u00ad "
    for code in (
        f"{cases[-1]}{wide}PC\n1{wide}Autrement",
        f"{cases[-1]}{wide}PC\n77{wide}88",
        f"Participatio_.PC 77{wide}Autrement",
    ):
        agree(known, around.format(code))
        assert code in [each.raw.lstrip("~") for each in Finder(known).all(around.format(code))]


@pytest.mark.parametrize("form", ["{case}PC{packet}", "{case} PC{packet}"])
def test_a_form_of_letters_or_with_spaces_is_sought_in_the_whole_text(form: str) -> None:
    known = learn(["EcoPC1 and Eco PC2, Agri PC1"], [form])
    assert known.cases == (("Eco",) if form == "{case}PC{packet}" else ("Agri", "Eco"))


# What a text has besides.


def test_a_note_mark_changes_no_code() -> None:
    raised = Paragraph("(Eco_PC1_12)", 2, raised=((10, 11),))
    report = Report("report.txt", (Paragraph(TAUGHT, 1), raised, Paragraph("Eco_PC1_1²³", 3)))
    found = audit(report, learn([TAUGHT])).citations[5:]
    assert [(each.raw, each.status) for each in found] == [("Eco_PC1_1", Status.EXACT)] * 2


def test_only_superscripts_are_blanked() -> None:
    assert plain("m² at 10\u207b³", ((0, 1),)) == "   at 10  "


def test_a_link_counts_once_and_one_that_says_nothing_counts() -> None:
    links = (Link(0, 9, "Eco.html#Eco_PC1_1"), Link(11, 14, "Eco.html#Part%5FPC2%5F3"))
    report = Report("r.md", (Paragraph(TAUGHT, 1), Paragraph("Eco_PC1_1, see", 2, links=links)))
    found = audit(report, learn([TAUGHT])).citations[5:]
    assert [(each.code, each.is_address, each.raw) for each in found] == [
        ("Eco_PC1_1", False, "Eco_PC1_1"),
        ("Part_PC2_3", True, "Part_PC2_3"),
    ]


def test_an_address_printed_in_the_text_counts_only_if_the_code_stands_nowhere_else() -> None:
    audited = of(
        TAUGHT, "http://example.org/Eco.html#Eco_PC1_1 www.example.org#Eco_PC3_3 and again"
    )
    found = audited.citations[5:]
    assert [(each.code, each.is_address) for each in found] == [("Eco_PC3_3", True)]


def test_two_codes_that_a_damaged_one_can_be_are_both_named() -> None:
    known = learn(["A1x_P1.1 A1x_P1.2 A1x_P2.1"])._replace(cases=("A1x", "AIx"))
    (found,) = of("see AlX P1.1", known=known).citations
    assert (found.status, found.codes) == (Status.AMBIGUOUS, ("A1x_P1.1", "AIx_P1.1"))


def test_items_are_taken_with_their_suffix_where_a_report_has_some() -> None:
    found = of("(HLTH-P1.1-01, HLTH-P1.2-02, WORK-P1.1, WORK-P1.2)").citations
    assert [each.code for each in found] == [
        "HLTH-P1.1-01",
        "HLTH-P1.2-02",
        "WORK-P1.1",
        "WORK-P1.2",
    ]


@pytest.mark.parametrize(
    "text",
    ["pp.12-3, pp.14-5, pp.16-7", "2016-06, 2017-07", "COP21.1 only", "", "v1.2.3 and v1.2.4 x1.1"],
)
def test_pages_dates_and_versions_teach_no_grammar(text: str) -> None:
    assert learn([text]).grammar.forms == ()
    assert of(text).citations == ()


def test_a_grammar_that_is_given_may_have_forms_for_themes() -> None:
    forms = ["{case}_PC{packet}_{section}", "{case}_{theme}"]
    known = learn(["Eco_PC1_1 Eco_PC2_1 Eco_IT Agri_PC1_1"], forms)
    assert (known.grammar.themes, known.cases) == (("IT",), ("Agri", "Eco"))


def test_finder_finds_nothing_where_nothing_is_known() -> None:
    assert list(Finder(learn(["nothing"])).all("Eco_PC1_1")) == []


# The command.


def audited(*arguments: object) -> Ran:
    return run("audit", *arguments)


def test_json_has_the_citations_beside_the_diagnostics() -> None:
    ran = audited(HERE / "loos.txt", "-e", EVIDENCE / "loos-en-gohelle", "--format", "json")
    document = json.loads(ran.out)
    assert len(document["citations"]) == 148
    first = document["citations"][0]
    assert (first["code"], first["raw"], first["status"]) == ("Eco_PC1_1", "Eco_PC1_1", "exact")
    assert first["place"]["line"] == 18
    assert first["place"]["headings"][-1].startswith("3.1")
    assert document["reports"][0]["counts"]["repairable"] == 45
    assert document["summary"]["errors"] == 0
    assert {each["code"] for each in document["diagnostics"]} >= {"SCC221", "SCC225", "SCC229"}


def test_csv_has_a_line_for_each_citation_and_each_name() -> None:
    ran = audited(HERE / "english.txt", "--format", "csv")
    found = list(csv.DictReader(ran.out.splitlines()))
    kinds = Counter(row["kind"] for row in found)
    assert kinds["code"] == 40
    assert kinds["case"] > 30
    assert {row["status"] for row in found if row["kind"] == "case"} == {"exact", "without code"}


def test_text_and_markdown_begin_with_what_is_cited() -> None:
    text = audited(HERE / "loos.txt")
    assert "148 citations of 53 codes: 103 exact, 45 damaged with one repair" in text.out.replace(
        "\n  ", " "
    )
    assert "(learnt from the report)" in text.out
    assert text.code == 0
    markdown = audited(HERE / "loos.txt", "--format", "md", "--lang", "fr")
    assert "| Paquet · section | Agri | Biodiv | Eco | Part | Rehab |" in markdown.out


def test_a_report_in_the_folder_of_an_evaluation_is_held_against_it(tmp_path: Path) -> None:
    run("init", tmp_path, "--example")
    report = tmp_path / "evidence" / "quit-together" / "report.txt"
    report.write_text("Smokers came (HLTH-P1.1, HLTH-P7.1).\n", encoding="utf-8")
    ran = audited(report)
    assert "its codes are resolved against quit-together" in ran.err
    assert "SCC223 HLTH-P7.1" in ran.out
    assert ran.code == 1
    free = audited(report, "--grammar", "{case}-P{packet}.{section}")
    assert "SCC223" not in free.out


def test_waivers_of_an_evaluation_hold_for_its_reports(tmp_path: Path) -> None:
    run("init", tmp_path, "--example")
    folder = tmp_path / "evidence" / "quit-together"
    (folder / "report.txt").write_text("Smokers came (HLTH P1.1).\n", encoding="utf-8")
    (folder / "more.yaml").write_text(
        "waivers: [{rule: SCC221, on: HLTH P1.1, author: A, date: 2025-01, reason: printed so}]\n",
        encoding="utf-8",
    )
    ran = audited(folder / "report.txt")
    assert "SCC221" not in ran.out
    assert "1 accepted limitation" in ran.out
    assert "SCC921" not in run("validate", folder).out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere.txt"], "nowhere.txt does not exist"),
        ([HERE / "make.py"], "is none of .docx, .odt, .pdf"),
        ([HERE / "loos.txt", "--grammar", "{packet}"], "cannot be how codes are written"),
        ([HERE / "loos.txt", "-e", EVIDENCE], "holds several evaluations"),
        (
            [HERE / "loos.txt", "-e", EVIDENCE / "quit-together", "--grammar", "{case}"],
            "does not go",
        ),
        ([HERE / "loos.txt", HERE / "english.txt", "--fix", "a.txt"], "one report at a time"),
        ([HERE / "loos.txt", "--fix", HERE / "loos.txt"], "is the report itself"),
        ([HERE / "loos.txt", "--fix", "a.md"], "should end in .txt"),
        ([HERE / "loos.txt", "--write", "a.pdf"], "makes a .docx or an .html"),
        ([HERE / "loos.txt", "--write", "a.docx"], "can be made of a .docx only"),
        ([HERE / "loos.txt", "--format", "xml"], "--format takes one of"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    arguments: list[object], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = audited(*arguments)
    assert ran.code == 2
    assert says in ran.err
    assert contents(tmp_path) == {}


def test_a_file_that_cannot_be_read_gives_one_diagnostic_and_ends_with_two(tmp_path: Path) -> None:
    bad = tmp_path / "report.docx"
    bad.write_bytes(b"not a Word file")
    ran = audited(bad)
    assert ran.code == 2
    assert ran.out.count("SCC034") == 1
    assert "SCC2" not in ran.out


def test_a_missing_package_is_named(tmp_path: Path) -> None:
    (tmp_path / "docx.py").write_text("raise ModuleNotFoundError(name='docx')\n", encoding="utf-8")
    (tmp_path / "report.docx").write_bytes(b"PK")
    ran = process(
        "audit", tmp_path / "report.docx", env={**os.environ, "PYTHONPATH": str(tmp_path)}
    )
    assert ran.returncode == 2
    assert "pip install 'scc-eval[reports]'" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_kind_of_file_that_nobody_reads_is_said(tmp_path: Path) -> None:
    (problem,) = read(tmp_path / "report.xyz", "report.xyz").problems
    assert problem.facts["obstacle"] == "unknown kind"


def test_a_report_without_codes_says_so_in_every_format(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("Nothing is cited here.\n", encoding="utf-8")
    for format in ("text", "md"):
        ran = audited(report, "--format", format)
        assert "No code was found" in ran.out
        assert "How often" not in ran.out


def test_a_rule_that_is_off_says_nothing_of_reports(tmp_path: Path) -> None:
    run("init", tmp_path, "--example")
    folder = tmp_path / "evidence" / "quit-together"
    (folder / "report.txt").write_text("Smokers came (HLTH P1.1).\n", encoding="utf-8")
    settings = folder / "evaluation.yaml"
    settings.write_text(settings.read_text("utf-8") + "levels: {SCC221: off}\n", encoding="utf-8")
    assert "SCC221" not in audited(folder / "report.txt").out


def test_a_package_that_is_not_there_is_told_from_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "report.pdf").write_bytes(b"%PDF-1.7")
    monkeypatch.delitem(sys.modules, "scc_eval.reports.pdf", raising=False)
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "pypdf", None)
        ran = audited(tmp_path / "report.pdf")
    assert (ran.code, "needs the package pypdf" in ran.err) == (2, True)
    monkeypatch.setitem(sys.modules, "scc_eval.reports._pdf_page", None)
    with pytest.raises(ModuleNotFoundError):
        read(tmp_path / "report.pdf", "report.pdf")


# Copies.


def test_no_copy_is_made_of_what_cannot_be_read(tmp_path: Path) -> None:
    bad = tmp_path / "report.docx"
    bad.write_bytes(b"not a Word file")
    assert audited(bad, "--fix", tmp_path / "copy.docx").code == 2
    assert not (tmp_path / "copy.docx").exists()


def test_a_word_file_is_copied_with_links_and_comments(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("See Eco_PC1_1, Eco_PC1_2 and Eco PC2_1 (Eco_PC2_1).")
    document.save(str(tmp_path / "report.docx"))
    ran = audited(tmp_path / "report.docx", "--write", tmp_path / "copy.docx")
    assert "4 links, 1 comment\n" in ran.err
    both = ("--write", tmp_path / "again.docx", "--fix", tmp_path / "fixed.docx")
    told = audited(tmp_path / "report.docx", *both, "--lang", "fr").err
    assert "4 liens, 1 commentaire\n" in told
    assert "fixed.docx : 1 réparation\n" in told
    copied = read(tmp_path / "copy.docx", "copy.docx").paragraphs
    assert copied[0].links[0].address == "story.html#Eco_PC1_1"
    assert "SCC221" in copied[1].text


def test_a_pdf_is_not_written_again(tmp_path: Path) -> None:
    shown = b"BT /F 12 Tf 72 700 Td (Eco_PC1_1 Eco_PC1_2 Eco_PC2_1 Eco PC2_2) Tj ET"
    (tmp_path / "report.pdf").write_bytes(pages(shown))
    ran = audited(tmp_path / "report.pdf", "--fix", tmp_path / "copy.pdf")
    assert (ran.code, "cannot be written again" in ran.err) == (2, True)


def test_a_report_that_changed_meanwhile_is_not_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changed(*_: object) -> None:
        raise CannotCopy("changed since it was read")

    monkeypatch.setattr(copying, "copy", changed)
    (tmp_path / "report.txt").write_text("Eco_PC1_1 Eco_PC1_2 Eco PC2_1 Eco_PC2_1", "utf-8")
    ran = audited(tmp_path / "report.txt", "--fix", tmp_path / "copy.txt")
    assert "no copy can be made" in ran.err


def test_edits_of_one_stretch_become_one() -> None:
    audited_ = of("(Eco_PC1_1, Eco_PC1_2, Eco PC2_1, Eco_PC2_1)", "CCL 1. P1.pdf says it all.")
    found = examine_report(audited_)[0]
    edits = annotated(audited_, found, "story.html")
    (last,) = [edit for edit in edits if edit.paragraph == 1]
    assert [comment[:6] for comment in last.comments] == ["SCC229"]
    told = [*found, found[-1]._replace(at=audited_.documents[0].at)]
    (joined,) = [e for e in annotated(audited_, told, "s") if e.paragraph == 1]
    assert len(joined.comments) == 2
    assert annotated(of("nothing"), (), "story.html") == []


def test_a_code_that_leads_nowhere_is_no_link() -> None:
    audited_ = of("Read (Eco_PC1_1) and (Eco_PC9_1).", known=evaluation("loos"))
    assert [each.code for each in audited_.citations] == ["Eco_PC1_1", "Eco_PC9_1"]
    (link,) = annotated(audited_, (), "story.html")
    assert link.address == "story.html#Eco_PC1_1"


def test_fix_repairs_a_copy_and_lists_each_change(tmp_path: Path) -> None:
    copy = tmp_path / "loos.txt"
    before = (HERE / "loos.txt").read_bytes()
    ran = audited(HERE / "loos.txt", "-e", EVIDENCE / "loos-en-gohelle", "--fix", copy)
    assert ran.err.count("→") == 48
    assert "48 repairs" in ran.err
    assert (HERE / "loos.txt").read_bytes() == before
    again = audit(read(copy, "loos.txt"), evaluation("loos"))
    assert Counter(each.status for each in again.citations) == {Status.EXACT: 148}
    assert [each.code for each in again.citations] == [row["code"] for row in rows("loos")]
    done = audited(copy, "-e", EVIDENCE / "loos-en-gohelle", "--fix", tmp_path / "again.txt")
    assert "nothing to repair" in done.err
    assert not (tmp_path / "again.txt").exists()


def test_write_makes_a_page_with_links_and_comments(tmp_path: Path) -> None:
    page = tmp_path / "audited.html"
    ran = audited(HERE / "loos.txt", "--write", page, "--links", "site/{case}.html")
    assert "148 links, " in ran.err
    text = page.read_text(encoding="utf-8")
    assert 'href="site/Eco.html#Eco_PC1_1"' in text
    assert "SCC221" in text
