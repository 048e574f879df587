"""A folder becomes projects; what is amiss in it is told and nothing is raised."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scc_eval.model.base import Declaration
from scc_eval.model.evidence import Case, Category, Evidence
from scc_eval.model.judgement import Claim
from scc_eval.project import Project, load
from scc_eval.sections import SECTIONS
from scc_eval.workspace import NoWorkspace, find_workspace

THEORY = "id: {id}\ntitle: T\npackets:\n- {{letter: B, title: x}}\n"
SETTINGS = "title: {title}\ntheory: {theory}\n"
ALL_KINDS = {"theory", *(model.kind for model in SECTIONS.values())}


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace of two evaluations, a theory for each and a third that none uses."""
    write(
        tmp_path,
        {
            "theories/first.yaml": THEORY.format(id="first"),
            "theories/second.yaml": THEORY.format(id="deux"),
            "theories/loose.yaml": THEORY.format(id="loose"),
            "evidence/one/evaluation.yaml": SETTINGS.format(title="One", theory="first"),
            "evidence/one/cases/eco.yaml": "cases:\n- {code: Eco, label: x}\n",
            "evidence/two/evaluation.yaml": SETTINGS.format(title="Two", theory="deux"),
            "evidence/two/categories.yml": "categories:\n- {id: elus, label: x}\n",
        },
    )
    return tmp_path


@pytest.fixture
def one(tmp_path: Path) -> Path:
    """The folder of the only evaluation of a workspace."""
    write(
        tmp_path,
        {
            "theories/t.yaml": THEORY.format(id="t"),
            "evidence/one/evaluation.yaml": SETTINGS.format(title="One", theory="t"),
        },
    )
    return tmp_path / "evidence/one"


def names(projects: tuple[Project, ...]) -> list[str]:
    return [each.name for each in projects]


def only(path: Path) -> Project:
    [found] = load(path)
    return found


def told(found: Project) -> list[tuple[str, str, int, int]]:
    return [(d.rule.code, d.at.file, d.at.line, d.at.column) for d in found.diagnostics]


def test_a_workspace_holds_its_evaluations_and_the_theories_none_uses(root: Path) -> None:
    assert names(load(root)) == ["one", "two", "loose"]
    assert all(each.diagnostics == () for each in load(root))


def test_an_evaluation_is_told_apart_from_the_others(root: Path) -> None:
    one, two, _ = load(root)
    assert one.settings is not None
    assert one.theory is not None
    assert (one.settings.title, one.theory.id, one.root) == ("One", "first", root)
    assert [case.code for case in one.of(Case)] == ["Eco"]
    assert [category.id for category in two.of(Category)] == ["elus"]
    assert two.of(Case) == ()


def test_a_loose_theory_is_a_project_without_settings(root: Path) -> None:
    loose = load(root)[-1]
    assert loose.settings is None
    assert loose.theory is not None
    assert (loose.theory.id, dict(loose.declared), loose.blind) == ("loose", {}, frozenset())


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (".", ["one", "two", "loose"]),
        ("evidence", ["one", "two"]),
        ("evidence/one", ["one"]),
        ("evidence/one/cases", ["one"]),
        ("evidence/one/cases/eco.yaml", ["one"]),
        ("evidence/one/..", ["one", "two"]),
        ("evidence/one/../two", ["two"]),
        ("theories", ["one", "two", "loose"]),
        ("theories/first.yaml", ["one"]),
        ("theories/loose.yaml", ["loose"]),
    ],
)
def test_a_path_chooses_what_is_read(root: Path, path: str, expected: list[str]) -> None:
    assert names(load(root / path)) == expected


def test_the_theory_of_an_evaluation_is_found_by_its_id_or_its_file(root: Path) -> None:
    write(root, {"evidence/two/evaluation.yaml": SETTINGS.format(title="Two", theory="second")})
    two = only(root / "evidence/two")
    assert two.theory is not None
    assert (two.theory.id, two.diagnostics) == ("deux", ())
    assert names(load(root / "theories/second.yaml")) == ["two"]


def test_the_workspace_is_found_from_the_working_folder(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root / "evidence/one/cases")
    assert names(load()) == ["one"]


def test_the_nearest_folder_with_evidence_or_theories_is_the_workspace(root: Path) -> None:
    (root / "inner/theories").mkdir(parents=True)
    assert find_workspace(root / "evidence/one/cases/eco.yaml") == root
    assert find_workspace(root / "inner/theories") == root / "inner"


def test_a_missing_path_is_in_no_workspace(root: Path) -> None:
    with pytest.raises(NoWorkspace) as caught:
        load(root / "evidence/three")
    assert (caught.value.path, caught.value.exists) == (root / "evidence/three", False)


def test_a_path_may_be_in_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(NoWorkspace) as caught:
        load(tmp_path)
    assert (caught.value.path, caught.value.exists) == (tmp_path, True)


@pytest.mark.parametrize("folder", ["evidence", "theories", "evidence/.hidden", "evidence/_draft"])
def test_an_empty_workspace_is_none(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir(parents=True)
    with pytest.raises(NoWorkspace) as caught:
        load(tmp_path)
    assert caught.value.exists


def test_a_workspace_may_hold_theories_alone(tmp_path: Path) -> None:
    write(tmp_path, {"theories/t.yaml": THEORY.format(id="t")})
    assert names(load(tmp_path)) == ["t"]


def test_a_workspace_may_hold_no_theory(tmp_path: Path) -> None:
    settings = SETTINGS.format(title="One", theory="t")
    write(tmp_path, {"evidence/one/evaluation.yaml": settings})
    one = only(tmp_path)
    assert told(one) == [("SCC031", "evidence/one/evaluation.yaml", 2, 1)]
    assert one.diagnostics[0].facts == {"theory": "t", "known": "∅"}


def test_evidence_can_itself_be_an_evaluation(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "theories/t.yaml": THEORY.format(id="t"),
            "evidence/evaluation.yaml": SETTINGS.format(title="One", theory="t"),
            "evidence/cases/eco.yaml": "cases:\n- {code: Eco, label: x}\n",
        },
    )
    found = only(tmp_path)
    assert (found.name, found.diagnostics) == ("evidence", ())
    assert [case.code for case in found.of(Case)] == ["Eco"]
    assert found.of(Case)[0].at().file == "evidence/cases/eco.yaml"


def test_a_theory_takes_its_id_from_its_file(one: Path) -> None:
    write(one.parent.parent, {"theories/t.yaml": "title: T\n"})
    found = only(one)
    assert found.theory is not None
    assert (found.theory.id, found.diagnostics) == ("t", ())


def test_an_unknown_theory_is_told(one: Path) -> None:
    write(one, {"evaluation.yaml": SETTINGS.format(title="One", theory="u")})
    found = only(one)
    assert told(found) == [("SCC031", "evidence/one/evaluation.yaml", 2, 1)]
    assert found.diagnostics[0].facts == {"theory": "u", "known": "t"}
    assert found.theory is None


def test_a_broken_theory_is_told_where_it_is_used(one: Path) -> None:
    write(one.parent.parent, {"theories/t.yaml": "id: t\n"})
    found = only(one)
    assert told(found) == [("SCC022", "theories/t.yaml", 1, 1)]
    assert found.theory is None
    assert [(stub.kind, stub.name) for stub in found.stubs] == [("theory", "t")]
    assert found.blind == {"theory"}


def test_a_broken_theory_none_uses_is_told(one: Path) -> None:
    root = one.parent.parent
    write(root, {"theories/u.yaml": "id: u\n"})
    assert [(each.name, told(each)) for each in load(root)] == [
        ("one", []),
        ("u", [("SCC022", "theories/u.yaml", 1, 1)]),
    ]
    assert told(only(root / "theories/u.yaml")) == [("SCC022", "theories/u.yaml", 1, 1)]


def test_a_theory_cut_short_is_not_wholly_seen(one: Path) -> None:
    write(one.parent.parent, {"theories/t.yaml": "id: t\ntitle: T\nlinks:\n- id: a: b\n"})
    found = only(one)
    assert told(found) == [("SCC005", "theories/t.yaml", 4, 8)]
    assert found.theory is not None
    assert found.blind == {"theory"}


def test_an_empty_theory_is_told_once(one: Path) -> None:
    write(one.parent.parent, {"theories/t.yaml": ""})
    found = only(one)
    assert told(found) == [("SCC014", "theories/t.yaml", 1, 1)]
    assert found.theory is None
    assert found.blind == {"theory"}


def test_a_nameless_stub_of_a_theory_blinds_its_kind(one: Path) -> None:
    write(one.parent.parent, {"theories/t.yaml": "title: T\nfactors:\n- {text: x}\n"})
    assert only(one).blind == {"factor"}


def test_an_evaluation_without_settings_is_told(one: Path) -> None:
    (one / "evaluation.yaml").unlink()
    write(one, {"a.yaml": "cases:\n- {code: Eco, label: x}\n"})
    found = load(one)[0]
    assert told(found) == [("SCC030", "evidence/one", 1, 1)]
    assert (found.settings, found.theory) == (None, None)
    assert [case.code for case in found.of(Case)] == ["Eco"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("theory: t\n", ("SCC022", "evidence/one/evaluation.yaml", 1, 1)),
        ("title: a: b\n", ("SCC005", "evidence/one/evaluation.yaml", 1, 9)),
        ("", ("SCC014", "evidence/one/evaluation.yaml", 1, 1)),
        ("- title\n", ("SCC020", "evidence/one/evaluation.yaml", 1, 1)),
    ],
)
def test_broken_settings_are_told_first(
    one: Path, text: str, expected: tuple[str, str, int, int]
) -> None:
    write(one, {"evaluation.yaml": text})
    found = load(one)[0]
    assert told(found)[0] == expected
    assert (found.settings, found.theory) == (None, None)


def test_settings_that_hold_nothing_are_no_settings_and_the_rest_is_read(one: Path) -> None:
    write(one, {"evaluation.yaml": "", "a.yaml": "cases:\n- {code: Eco, label: x}\n"})
    found = load(one)[0]
    assert told(found) == [("SCC014", "evidence/one/evaluation.yaml", 1, 1)]
    assert [case.code for case in found.of(Case)] == ["Eco"]


def test_the_same_list_may_stand_in_several_files(one: Path) -> None:
    write(
        one,
        {
            "b.yaml": "cases:\n- {code: C, label: x}\nclaims: []\n",
            "a/z.yml": "cas:\n- {code: A, nom: x}\n- {code: B, nom: x}\n",
            "c.yaml": "Études de cas:\n- {code: D, nom: x}\n",
        },
    )
    found = only(one)
    assert found.diagnostics == ()
    assert [case.code for case in found.of(Case)] == ["A", "B", "C", "D"]
    assert found.of(Claim) == ()


MISPLACED: dict[str, tuple[str, tuple[int, int], dict[str, str], set[str]]] = {
    "top-level list": (
        "- {code: Eco, label: x}\n",
        (1, 1),
        {"kind": "file", "found": "a list", "expected": "names and values"},
        set(),
    ),
    "top-level text": (
        "Eco\n",
        (1, 1),
        {"kind": "file", "found": "a text", "expected": "names and values"},
        set(),
    ),
    "section that is a mapping": (
        "# cases\ncases:\n  Eco: {label: x}\n",
        (2, 1),
        {"kind": "cases", "found": "names and values", "expected": "a list"},
        {"case"},
    ),
    "section that is a text": (
        "cases: Eco\n",
        (1, 1),
        {"kind": "cases", "found": "a text", "expected": "a list"},
        {"case"},
    ),
    "item that is a text": (
        "cases:\n- Eco\n",
        (2, 3),
        {"kind": "case", "found": "a text", "expected": "names and values"},
        {"case"},
    ),
    "item that is a list": (
        "cases:\n- [Eco]\n",
        (2, 3),
        {"kind": "case", "found": "a list", "expected": "names and values"},
        {"case"},
    ),
    "item that is nothing": (
        "cases:\n- ~\n",
        (2, 3),
        {"kind": "case", "found": "nothing", "expected": "names and values"},
        {"case"},
    ),
}


@pytest.mark.parametrize(("text", "place", "facts", "blind"), MISPLACED.values(), ids=MISPLACED)
def test_misplaced_content_is_told_once(
    one: Path, text: str, place: tuple[int, int], facts: dict[str, str], blind: set[str]
) -> None:
    write(one, {"a.yaml": text})
    found = only(one)
    assert told(found) == [("SCC020", "evidence/one/a.yaml", *place)]
    assert found.diagnostics[0].facts == facts
    assert {stub.kind for stub in found.stubs} == blind


def test_kinds_with_a_nameless_stub_are_blind(one: Path) -> None:
    write(one, {"a.yaml": "cases:\n- Eco\nclaims:\n- {id: C1}\n"})
    assert only(one).blind == {"case"}


@pytest.mark.parametrize("text", ["- {code: A, label: x}\n", "Eco\n", "case: [{code: A}]\n"])
def test_misplaced_content_may_hold_anything(one: Path, text: str) -> None:
    write(one, {"a.yaml": text})
    assert only(one).blind == ALL_KINDS


def test_a_section_that_holds_nothing_is_passed_over(one: Path) -> None:
    write(one, {"a.yaml": "cases:\n"})
    found = only(one)
    assert (found.diagnostics, found.blind) == ((), frozenset())


def test_an_unknown_section_is_told_and_the_others_read(one: Path) -> None:
    write(one, {"a.yaml": "case:\n- {code: A, label: x}\ncases:\n- {code: B, label: x}\n"})
    found = only(one)
    assert told(found) == [("SCC021", "evidence/one/a.yaml", 1, 1)]
    assert found.diagnostics[0].facts["field"] == "case"
    assert [case.code for case in found.of(Case)] == ["B"]


def test_a_broken_item_falls_alone_and_leaves_a_stub(one: Path) -> None:
    write(one, {"a.yaml": "cases:\n- {code: A}\n- {code: B, label: x}\n"})
    found = only(one)
    assert told(found) == [("SCC022", "evidence/one/a.yaml", 2, 4)]
    assert [(stub.kind, stub.name) for stub in found.stubs] == [("case", "A")]
    assert [case.code for case in found.of(Case)] == ["B"]
    assert found.blind == frozenset()


def test_a_file_cut_short_may_hide_anything(one: Path) -> None:
    write(one, {"a.yaml": "cases:\n- {code: A, label: x}\n- code: B: C\n"})
    found = only(one)
    assert told(found) == [("SCC005", "evidence/one/a.yaml", 3, 10)]
    assert [case.code for case in found.of(Case)] == ["A"]
    assert found.blind == ALL_KINDS


def test_a_file_that_cannot_be_read_is_told(one: Path) -> None:
    (one / "a.yaml").symlink_to("nowhere.yaml")
    (one / "b.yaml").mkdir()
    assert told(only(one)) == [
        ("SCC001", "evidence/one/a.yaml", 1, 1),
        ("SCC016", "evidence/one/b.yaml", 1, 1),
    ]


def test_a_link_to_a_folder_is_told_and_not_followed(one: Path) -> None:
    (one / "again").symlink_to(one, target_is_directory=True)
    found = only(one)
    assert told(found) == [("SCC017", "evidence/one/again", 1, 1)]
    assert found.blind == ALL_KINDS


def test_a_link_to_a_file_is_followed(one: Path) -> None:
    write(one.parent.parent, {"shared/a.yaml": "cases:\n- {code: A, label: x}\n"})
    (one / "a.yaml").symlink_to(one.parent.parent / "shared/a.yaml")
    found = only(one)
    assert found.diagnostics == ()
    assert found.of(Case)[0].at().file == "evidence/one/a.yaml"


def test_a_folder_that_cannot_be_listed_is_told(one: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (one / "locked").mkdir()
    scandir = os.scandir

    def refuse(path: Any) -> Any:
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert [d.at.file for d in only(one).diagnostics] == ["evidence/one/locked"]


def test_what_is_hidden_or_not_yaml_is_left_alone(one: Path) -> None:
    write(
        one,
        {".a.yaml": "- broken: [", ".git/a.yaml": "- broken: [", "notes.txt": "x", "b/c.md": "x"},
    )
    (one / "note").symlink_to("notes.txt")
    assert only(one).diagnostics == ()


def test_a_watch_is_told_after_each_file(root: Path) -> None:
    watched: list[tuple[int, int]] = []
    load(root, lambda done, total: watched.append((done, total)))
    assert watched == [(1, 4), (2, 4), (3, 4), (4, 4)]


ENGLISH = {
    "theories/t.yaml": """\
id: t
title: T
revisions: [{date: 2016, reason: x}]
questions: [{id: Q1, text: x, criterion: y, asks: descriptive, packets: B}]
groups: [{id: g, label: x}]
packets:
- letter: B
  number: 1
  title: x
  role: causal
  expects: y
  groups: g
  to_be_proven: false
  boxes: [{id: B.1, label: x}]
links:
- id: L
  source: A
  target: B
  feedback: true
  hotspot: true
  origin: emergent
  since: 2015
  mechanisms: [{id: m, text: x}]
  assumptions: [{id: h, text: x, key: true, if_true: z, if_false: y}]
  risks: [{id: r, text: x}]
factors:
- {id: f, text: x, targets: B, direction: hinders, type: direct_rival, excluded: y}
nested: [{id: n, title: x, entry: B.1, exit: B.1, boxes: [{id: B.2, label: x}]}]
""",
    "evidence/one/evaluation.yaml": """\
title: One
theory: t
language: fr
stage: 6
profile: mayne
question: x
commissioner: x
evaluators: x
period: {begins: 2001, ends: 2016}
codes: {forms: ["{case}_{section}"], suffix: ".{item}", themes: {IT: x}}
thresholds: {items_per_section: 2, roots: 3, interests: 3, cases: 3, methods: 3, quote_share: 30,
  quotes: 9, quote_words: 5, repeated_words: 9, signs: 5, told_once: 21, odds: 5}
audience: panel
lenses: [process_tracing, quip]
quantifiers: {plusieurs: 4+}
causal_verbs: {aide: may}
probabilities: {faible: 0-0.5, forte: 0.5-1}
levels: {SCC201: off}
""",
    "evidence/one/evidence.yaml": """\
categories: [{id: c, label: x, interest: y, side: implementer, interviews: 3}]
sources:
- {id: s, type: document, method: x, derived_from: u, consent: quote, confidentiality: public}
cases: [{code: Eco, label: x, selection: y}]
evidence:
- code: Eco_1
  text: x
  wording: quote
  sources: s
  locator: p. 3
  nature: account
  polarity: against
  bears_on: [{target: B.1, polarity: supports}]
  translated: true
  happened: 2014
  compared_with: x
  outdated: y
  passage: z
  package: p
  attribution: explicit
  effect: negative
  set_aside: x
absences: [{cases: Eco, on: C, found: asked_not_found, search: x}]
""",
    "evidence/one/judgement.yaml": """\
claims:
- id: C
  packet: B
  text: x
  components: A
  changes: B
  mechanisms: m
  factors: f
  actors: x
  form: combined
  status: refuted
  necessary: true
  confidence: high
  reason: x
  limits: x
  treatment: x
  counterfactual: x
  ratings: [{rater: v, status: refuted}]
  agreed: y
  fingerprint: z
  evidence: Eco_1
rivals: [{factor: f, packet: B, cases: Eco, role: no_influence, search: x}]
verdicts: [{packet: B, text: x}]
fates: [{hypothesis: m, fate: not_tested, reason: x}]
tests: [{id: t1, on: m, text: x, test: hoop, outcome: not_found, sensitivity: 0.9}]
challenges:
- {id: o, author: x, text: y, unresolved: true, statement: a, response: partly, change: z}
waivers: [{rule: SCC201, on: B, author: x, date: 2016, reason: y, until: 2017}]
""",
    "evidence/one/telling.yaml": """\
story:
- title: x
  packet: B
  section: 2
  about: B.1
  introduction: x
  assertions: [{id: a, text: x, evidence: Eco_1, role: counter_evidence}]
key_points: [{id: k, packet: B, text: x, rests_on: a, points: [{id: l, packet: B, text: y}]}]
panel_comments: [{id: p, author: x, text: y, packet: B, after: a}]
impacts: [{title: x, box: B.1, unexpected: true, added_value: amplifier}]
conclusions: [{id: d, question: Q1, text: x, tone: mixed, no_recommendation: y}]
recommendations:
- {id: e, title: x, addressee: y, priority: z, measures: [{label: a, title: x, steps: y}]}
lessons:
- {id: n, title: x, part: a, context: b, mechanism: c, outcome: d, observed: Eco_1, vigilance: z}
""",
}
FRENCH = {
    "theories/t.yaml": """\
id: t
titre: T
révisions: [{date: 2016, motif: x}]
questions: [{id: Q1, texte: x, critère: y, demande: descriptive, paquets: B}]
groupes: [{id: g, libellé: x}]
paquets:
- lettre: B
  numéro: 1
  titre: x
  rôle: causal
  changement attendu: y
  groupes cibles: g
  à démontrer: non
  boîtes: [{id: B.1, intitulé: x}]
flèches:
- id: L
  de: A
  vers: B
  rétroaction: oui
  point névralgique: vrai
  origine: émergente
  depuis: 2015
  mécanismes: [{id: m, énoncé: x}]
  hypothèses: [{id: h, texte: x, clé: oui, si vrai: z, si faux: y}]
  risques: [{id: r, texte: x}]
autres facteurs:
- {id: f, texte: x, agit sur: B, sens: freine, type: rivale directe, exclu: y}
théories imbriquées:
- {id: n, titre: x, entrée: B.1, sortie: B.1, boîtes: [{id: B.2, libellé: x}]}
""",
    "evidence/one/evaluation.yaml": """\
titre: One
théorie: t
langue: fr
étape: 6
profil: mayne
question: x
commanditaire: x
évaluateurs: x
période: {début: 2001, fin: 2016}
codes: {formes: ["{case}_{section}"], suffixe: ".{item}", thèmes: {IT: x}}
seuils: {par section: 2, racines: 3, intérêts: 3, cas: 3, méthodes: 3, part des citations: 30,
  citations: 9, mots d'une citation: 5, mots répétés: 9, indices: 5, dit une fois: 21, chances: 5}
lectorat: panel
grilles: [tracé de processus, quip]
quantificateurs: {plusieurs: 4+}
verbes causaux: {aide: peut}
probabilités: {faible: 0-0.5, forte: 0.5-1}
niveaux: {SCC201: off}
""",
    "evidence/one/evidence.yaml": """\
catégories: [{id: c, libellé: x, intérêt: y, côté: opérateur, entretiens: 3}]
sources:
- {id: s, type: document, méthode: x, tiré de: u, consentement: citation, confidentialité: publique}
études de cas: [{code: Eco, nom: x, raison du choix: y}]
preuves:
- code: Eco_1
  énoncé: x
  formulation: citation
  source: s
  repère: p. 3
  nature: témoignage
  polarité: contredit
  porte sur: [{cible: B.1, polarité: appuie}]
  traduit: vrai
  survenu: 2014
  comparé à: x
  périmé: y
  passage: z
  lot: p
  attribution: explicite
  effet: négative
  écarté: x
absences: [{cas: Eco, sur: C, constaté: demandé non trouvé, recherche: x}]
""",
    "evidence/one/judgement.yaml": """\
affirmations de contribution:
- id: C
  paquet: B
  énoncé: x
  composantes: A
  changements: B
  mécanismes: m
  facteurs: f
  acteurs: x
  forme: combinée
  statut: réfutée
  nécessaire: oui
  confiance: élevée
  justification: x
  limites: x
  traitement: x
  sans le programme: x
  cotes: [{coteur: v, statut: réfutée}]
  accord: y
  empreinte: z
  preuves: Eco_1
explications rivales: [{facteur: f, paquet: B, cas: Eco, rôle: sans influence, recherche: x}]
verdicts: [{paquet: B, texte: x}]
sorts: [{hypothèse: m, sort: non testé, motif: x}]
tests: [{id: t1, sur: m, texte: x, test: cerceau, issue: non trouvé, sensibilité: 0.9}]
objections:
- id: o
  auteur: x
  texte: y
  non résolu: oui
  déclaration: a
  réponse: en partie
  changement: z
dérogations: [{règle: SCC201, sur: B, auteur: x, date: 2016, motif: y, jusqu’au: 2017}]
""",
    "evidence/one/telling.yaml": """\
récit:
- titre: x
  paquet: B
  section: 2
  au sujet de: B.1
  introduction: x
  assertions: [{id: a, texte: x, preuves: Eco_1, rôle: contre-preuve}]
points clés: [{id: k, paquet: B, texte: x, repose sur: a, points: [{id: l, paquet: B, texte: y}]}]
apports du panel: [{id: p, auteur: x, texte: y, paquet: B, après: a}]
impacts thématiques: [{titre: x, boîte: B.1, inattendu: oui, valeur ajoutée: amplificateur}]
conclusions: [{id: d, question: Q1, texte: x, tonalité: mitigée, sans recommandation: y}]
recommandations:
- {id: e, titre: x, destinataire: y, priorité: z, mesures: [{libellé: a, titre: x, étapes: y}]}
enseignements:
- id: n
  titre: x
  volet: a
  contexte: b
  mécanisme: c
  résultat: d
  observé: Eco_1
  points de vigilance: z
""",
}


def dumped(found: Project) -> Iterator[tuple[str, Any]]:
    assert told(found) == []
    assert found.settings is not None
    assert found.theory is not None
    yield "settings", found.settings.model_dump()
    yield "theory", found.theory.model_dump()
    model: type[Declaration]
    for model in (section.load() for section in SECTIONS.values()):
        yield model.kind, [item.model_dump() for item in found.of(model)]


def test_an_evaluation_in_french_equals_its_english_twin(tmp_path: Path) -> None:
    write(tmp_path / "fr", FRENCH)
    write(tmp_path / "en", ENGLISH)
    english = dict(dumped(only(tmp_path / "en")))
    assert all(english.values())
    assert dict(dumped(only(tmp_path / "fr"))) == english


def test_everything_declared_is_in_the_order_of_files_and_lines(one: Path) -> None:
    item = "- {{code: {code}, text: x}}\n"
    for name, codes in {"b": "CD", "a": "AB", "c/a": "EF"}.items():
        write(one, {f"{name}.yaml": "evidence:\n" + "".join(item.format(code=c) for c in codes)})
    assert "".join(evidence.code for evidence in only(one).of(Evidence)) == "ABCDEF"
