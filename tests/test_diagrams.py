"""The logigramme: what it shows, how it is laid out, and each way it is written."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner, Result

from _drawings import advances, inspect
from _theories import dossier as made
from conftest import Golden, Workspace
from renew_golden import GOLDENS, pairs, workspace as golden_workspace
from scc_eval import Dossier, load
from scc_eval.cli import app
from scc_eval.diagrams import (
    Drawing,
    Picture,
    UnknownPacket,
    as_dot,
    as_json,
    as_mermaid,
    as_svg,
    draw,
    picture,
)
from scc_eval.diagrams.cells import counted
from scc_eval.diagrams.layers import layered, stacked
from scc_eval.diagrams.lettering import HEADING, LABEL, SMALL, fitted, width
from scc_eval.diagrams.palette import INK, LETTER, LOOKS, SOFT
from scc_eval.diagrams.picturing import MOST_BUNDLES
from scc_eval.diagrams.png import FONTS, as_png
from scc_eval.diagrams.states import STATES
from scc_eval.diagrams.view import all_boxes
from scc_eval.languages import words
from scc_eval.lettering import Face, is_leftward, plain

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_SEEDS = 240
_CHUNK = 20


def _dossiers() -> Iterator[Dossier]:
    """Every evaluation of the repository and of the golden files, and their theories."""
    for name in GOLDENS:
        if golden_workspace(name).is_dir():
            for project in load(golden_workspace(name)):
                if project.theory is not None:
                    yield Dossier(project)


_ALL = tuple(_dossiers())
_NAMED = {dossier.name: dossier for dossier in _ALL}


def _theory(workspace: Workspace, text: str, **files: str) -> Dossier:
    """A theory of the given text, with an evaluation if there are other files."""
    written = {"theories/t.yaml": f"id: t\ntitle: A town\n{text}"}
    if files:
        written["evidence/e/evaluation.yaml"] = "title: E\ntheory: t\nlanguage: en\n"
    written |= {f"evidence/e/{name}.yaml": content for name, content in files.items()}
    (project,) = load(workspace(written))
    return Dossier(project)


# How it is laid out.


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("dossier", _ALL, ids=lambda dossier: dossier.name)
def test_pictures_of_the_shipped_theories_have_no_fault(dossier: Dossier, language: str) -> None:
    for packet in (None, *(each.letter for each in dossier.packets)):
        shown = picture(dossier, packet, language)
        assert inspect(shown, draw(shown)).faults == ()


@pytest.mark.parametrize("first", range(0, _SEEDS, _CHUNK))
def test_pictures_of_theories_made_up_have_no_fault(first: int) -> None:
    for seed in range(first, first + _CHUNK):
        dossier = made(seed)
        packet = dossier.packets[seed % len(dossier.packets)].letter
        for shown in (picture(dossier), picture(dossier, packet)):
            drawing = draw(shown)
            assert inspect(shown, drawing).faults == (), seed
            ElementTree.fromstring(as_svg(drawing))


def test_no_arrows_of_the_worked_examples_cross() -> None:
    for name in ("loos-en-gohelle", "loos-repaired", "quit-together"):
        looks = inspect(picture(_NAMED[name]), draw(picture(_NAMED[name])))
        assert (looks.crossings, looks.bends) == (0, {"q": 4, "l": 8}[name[0]]), name


def _spoilt(shown: Picture, drawing: Drawing) -> Iterator[tuple[str, Drawing]]:
    """A drawing with one thing wrong, and what is said of it."""
    panels, routes = drawing.panels, drawing.routes
    frame, box = panels[0], panels[1]
    route = next(route for route in routes if route.badge is not None)
    assert route.badge is not None

    def with_panel(at: int, **changes: Any) -> Drawing:
        changed = panels[at]._replace(**changes)
        return drawing._replace(panels=(*panels[:at], changed, *panels[at + 1 :]))

    def with_route(**changes: Any) -> Drawing:
        others = tuple(each for each in routes if each is not route)
        return drawing._replace(routes=(*others, route._replace(**changes)))

    others = tuple(each for each in routes if each is not route)
    text = box.texts[0]
    (x0, y0), *_, (x1, y1) = route.points
    yield "is not drawn", drawing._replace(routes=others)
    yield "is not drawn", drawing._replace(panels=panels[:1] + panels[2:])
    yield "does not touch", with_route(points=((x0 + 5, y0), *route.points[1:]))
    yield "oblique", with_route(points=((x0, y0), (x1, y1 + 3)))
    yield "no room for its head", with_route(points=((x1 - 5, y1), (x1, y1)))
    yield "joins something else", with_route(source=shown.frames[-1].key)
    yield "is outside", with_panel(0, x=-9)
    yield "is outside", drawing._replace(width=drawing.width - 40)
    yield "is not within", with_panel(1, y=frame.y - 30)
    yield "overlap", with_panel(1, y=panels[2].y)
    yield "is over the text of", with_panel(1, y=frame.y + 2)
    yield "overflows", with_panel(1, texts=(text._replace(text=text.text * 3),))
    yield "overlap", with_panel(1, texts=(text, *box.texts[1:], text))
    yield "crosses", with_route(points=((x0, y0), (x0 - 90, y0), (x0 - 90, y1), (x1, y1)))
    yield "run on each other", with_route(points=others[0].points)
    yield "is over", with_route(badge=route.badge._replace(x=frame.x + 30))
    yield "is not on it", with_route(badge=route.badge._replace(y=route.badge.y + 60))
    yield "overflows", with_route(badge=route.badge._replace(width=4))


def test_the_inspection_sees_what_is_wrong() -> None:
    shown = picture(_NAMED["loos-repaired"])
    for said, drawing in _spoilt(shown, draw(shown)):
        assert any(said in fault for fault in inspect(shown, drawing).faults), said


def test_a_picture_is_the_same_bytes_whatever_the_seed_of_hashes() -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from _theories import dossier\n"
        "from scc_eval.diagrams import as_dot, as_json, as_mermaid, as_svg, draw, picture\n"
        "for seed in (1, 2, 3, 137):\n"
        "    p = picture(dossier(seed)); d = draw(p)\n"
        "    print(as_svg(d), as_json(p, d), as_mermaid(p), as_dot(p))\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code, str(Path(__file__).parent)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "77")
    }
    assert len(outputs) == 1


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", ["loos-en-gohelle", "loos-repaired", "quit-together"])
def test_a_packet_fits_an_upright_page_and_the_whole_a_page_on_its_side(
    name: str, language: str
) -> None:
    """With margins of 15 mm, at 96 px to the inch, the smallest text of a packet is 9 px."""
    dossier = _NAMED[name]
    across, down = 180 / 25.4 * 96, 267 / 25.4 * 96
    for packet in dossier.packets:
        drawing = draw(picture(dossier, packet.letter, language))
        scale = min(across / drawing.width, down / drawing.height, 1)
        assert scale * SMALL.size >= 9, packet.letter
    whole = draw(picture(dossier, None, language))
    scale = min(down / whole.width, across / whole.height, 1)
    assert scale * LABEL.size >= 9


def test_too_large_a_theory_shows_less_and_says_so(workspace: Workspace) -> None:
    def theory(packets: int, boxes: int, links: list[tuple[str, str]]) -> Dossier:
        declared = [
            {
                "letter": f"P{p}",
                "title": "T",
                "boxes": [{"id": f"P{p}.{b}", "label": "L"} for b in range(boxes)],
            }
            for p in range(packets)
        ]
        mechanisms = [{"id": "m", "text": "How"}]
        arrows = [
            {"id": f"l{at}", "source": s, "target": t, "mechanisms": mechanisms if at == 1 else []}
            for at, (s, t) in enumerate(links)
        ]
        text = f"packets: {json.dumps(declared)}\nlinks: {json.dumps(arrows)}\n"
        return _theory(workspace, text)

    between = [("P0.0", "P1.0"), ("P0.1", "P1"), ("P0", "P0.1"), ("P1", "P2")]
    shown = picture(theory(13, 2, between), None, "en")
    assert [(a.source, a.target, a.links, len(a.mechanisms)) for a in shown.arrows] == [
        ("packet-P0", "packet-P1", 2, 1),
        ("packet-P1", "packet-P2", 1, 0),
    ]
    assert len(shown.frames[0].boxes) == 2
    (note,) = shown.notes
    assert note.startswith("The theory is too large to be drawn in full")

    shown = picture(theory(4, 40, between), None, "en")
    assert [(frame.boxes, frame.folded) for frame in shown.frames] == [((), 40)] * 4
    assert shown.notes[1] == "The boxes of each packet are left out: scc graph --packet shows them."
    assert "40 boxes" in as_svg(draw(shown)).replace("\u00a0", " ")

    every = [(f"P{s}", f"P{t}") for s in range(20) for t in range(20) if s < t]
    shown = picture(theory(20, 1, every), None, "en")
    assert len(shown.arrows) == MOST_BUNDLES
    assert shown.arrows[1].mechanisms[0].name == "m"
    assert shown.notes[1] == "Arrows left out: 40, those with the fewest mechanisms."
    assert inspect(shown, draw(shown)).faults == ()


def test_causes_stand_left_of_what_they_lead_to_and_loops_are_passed_over() -> None:
    assert layered(4, [(0, 1), (1, 2), (2, 0), (0, 2)]) == ((0,), (1,), (2,), (3,))
    assert layered(3, []) == ((0,), (1,), (2,))
    assert layered(3, [(0, 1), (0, 1), (1, 1)], is_following=False) == ((0, 2), (1,))
    assert layered(3000, list(pairwise(range(3000))))[-1] == (2999,)


def test_columns_are_stacked_only_where_the_picture_would_be_too_wide() -> None:
    layers = ((0,), (1,), (2,), (3,))
    wide = dict.fromkeys(range(4), 200.0)
    assert stacked(layers, {0: 600, 1: 600, 2: 600, 3: 600}, wide, 80) == layers
    assert stacked(layers, {0: 400, 1: 150, 2: 200, 3: 400}, wide, 80) == ((0,), (1, 2), (3,))
    assert len(stacked(layers * 3, dict.fromkeys(range(4), 300.0), wide, 80)) == 6


# What it shows.

_ONE = """
groups: [{id: g, label: Growers}]
packets:
  - {letter: A, title: The fair, role: intervention, boxes: [{id: A.1, label: Stalls}]}
  - letter: B
    number: 1
    title: Growers sell
    label: Sales
    groups: g
    boxes:
      - {id: B.1, label: They come, boxes: [{id: B.1a, label: Again}]}
      - {id: B.2, label: They sell}
      - {id: B.3, label: They hope, to_be_proven: false}
  - {letter: C, title: Life, role: impact, to_be_proven: false, boxes: [{id: C.1, label: L}]}
links:
  - id: A-B
    source: A.1
    target: B
    hotspot: true
    mechanisms: [{id: m1, text: By word}, {id: m2, label: By sight, text: They see it}]
  - {id: B-C, source: 1, target: C, mechanisms: [{id: m3, text: By wealth}]}
  - {id: C-B, source: C.1, target: B.2, feedback: true, origin: emergent}
  - {id: B-Z, source: B, target: Z}
factors:
  - {id: x1, label: Weather, text: It was mild., targets: B}
  - {id: x2, text: A strike, targets: [B.1, C], direction: hinders}
"""
_JUDGED = {
    "cases": "cases: [{code: Ada, label: Ada}, {code: Bel, label: Bel}]\n",
    "items": """
evidence:
  - {code: Ada_PC1_1-1, text: Seen, bears_on: [B.1, m1]}
  - {code: Bel_PC1_1-2, text: Seen, bears_on: [m1, m2, x1]}
  - {code: Bel_PC1_1-3, text: Seen, bears_on: x2, set_aside: Double}
""",
    "judgement": """
fates: [{hypothesis: m1, fate: confirmed}, {hypothesis: m3, fate: refuted}]
claims:
  - {id: c1, packet: B, text: So, changes: B.1, components: A.1, status: partly_confirmed}
  - {id: c2, packet: B, text: So, changes: B.1, status: untested}
  - {id: c3, packet: B, text: So, changes: B.2, form: own}
rivals:
  - {factor: x1, packet: B, role: complements}
  - {factor: x2, packet: B, role: not_examined}
verdicts: [{packet: 1, text: So, status: confirmed_until_further_notice}]
""",
}


def test_each_part_has_the_state_that_people_gave_it(workspace: Workspace) -> None:
    shown = picture(_theory(workspace, _ONE, **_JUDGED))
    frames = {f.name: (f.state, f.items, f.cases) for f in shown.frames}
    assert frames == {
        "A": ("none", 0, 0),
        "B": ("confirmed", 2, 2),
        "C": ("not_to_be_proven", 0, 0),
    }
    boxes = {b.name: b.state for frame in shown.frames for b in all_boxes(frame.boxes)}
    assert boxes == {
        "A.1": "partly_confirmed",
        "B.1": "mixed",
        "B.1a": "none",
        "B.2": "told",
        "B.3": "not_to_be_proven",
        "C.1": "not_to_be_proven",
    }
    arrows = {a.name: (a.source, a.target, a.state, a.items, a.cases) for a in shown.arrows}
    assert arrows == {
        "A-B": ("box-A.1", "packet-B", "mixed", 2, 2),
        "B-C": ("packet-B", "packet-C", "refuted", 0, 0),
        "C-B": ("box-C.1", "box-B.2", "none", 0, 0),
    }
    mechanisms = [(each.name, each.title, each.state) for each in shown.arrows[0].mechanisms]
    assert mechanisms == [("m1", "By word", "confirmed"), ("m2", "By sight", "unsaid")]
    assert [(each.is_feedback, each.is_emergent, each.is_hotspot) for each in shown.arrows] == [
        (False, False, True),
        (False, False, False),
        (True, True, False),
    ]
    factors = {
        (group.frame, each.name): (each.state, each.items, each.roles, each.is_hindering)
        for group in shown.factors
        for each in group.factors
    }
    assert factors == {
        ("packet-B", "x1"): ("told", 1, ("complements",), False),
        ("packet-B", "x2"): ("none", 0, (), True),
        ("packet-C", "x2"): ("none", 0, (), True),
    }
    assert [group.state for group in shown.factors] == ["mixed", "none"]
    assert shown.notes == ("Not drawn: arrow B-Z, from B to Z: one of them is not declared.",)


def test_a_theory_alone_is_drawn_plain(workspace: Workspace) -> None:
    shown = picture(_theory(workspace, _ONE), None, "en")
    assert not shown.is_lit
    states = {frame.state for frame in shown.frames} | {arrow.state for arrow in shown.arrows}
    assert states == {"", "not_to_be_proven"}
    drawing = draw(shown)
    said = {text.text for text in drawing.texts}
    assert {"not to be proven", "number of mechanisms", "feedback loop"} <= said
    assert not any("evidence" in text.text for panel in drawing.panels for text in panel.texts)
    assert draw(picture(_theory(workspace, _ONE), "B", "en")).panels


def test_a_verdict_with_no_status_is_told(workspace: Workspace) -> None:
    judged = "verdicts: [{packet: B, text: So, form: own}]\n"
    shown = picture(_theory(workspace, _ONE, judgement=judged))
    assert [frame.state for frame in shown.frames] == ["none", "told", "not_to_be_proven"]


def test_one_packet_has_its_causes_folded_and_its_factors_in_full(workspace: Workspace) -> None:
    shown = picture(_theory(workspace, _ONE, **_JUDGED), "1")
    assert shown.title == "Causal packet B: Growers sell"
    told = [(f.name, f.title, [box.name for box in f.boxes], f.folded) for f in shown.frames]
    assert told == [
        ("A", "The fair", ["A.1"], 0),
        ("B", "Growers sell", ["B.1", "B.2", "B.3"], 0),
        ("C", "Life", ["C.1"], 0),
    ]
    assert [arrow.name for arrow in shown.arrows] == ["A-B", "C-B"]
    assert [group.is_whole for group in shown.factors] == [True]
    drawing = draw(shown)
    texts = [text.text for panel in drawing.panels for text in panel.texts]
    for said in ("Target groups: Growers", "Weather", "It was mild.", "on B.1, C · hindrance"):
        assert said in [text.replace("\u00a0", " ") for text in texts]
    assert "A.1 → B" in texts
    with pytest.raises(UnknownPacket):
        picture(_NAMED["quit-together"], "Z")


def test_a_cause_with_no_box_in_an_arrow_is_folded_to_its_title(workspace: Workspace) -> None:
    shown = picture(_theory(workspace, _ONE, **_JUDGED), "C")
    assert [(f.name, f.title, f.boxes, f.folded) for f in shown.frames[:1]] == [
        ("B", "Sales", (), 4)
    ]


def test_mechanisms_that_the_page_has_no_room_for_are_named_below(workspace: Workspace) -> None:
    drawing = draw(picture(_NAMED["loos-repaired"], "D", "fr"))
    assert not any(panel.kind == "row" for panel in drawing.panels)
    said = " ".join(text.text for text in drawing.texts).replace("\u00a0", " ")
    assert "Mécanismes : B → D : BD1, BD2, BD3 · C → D : CD1" in said


def test_things_of_one_name_have_keys_of_their_own(workspace: Workspace) -> None:
    text = (
        "packets:\n"
        + "  - {letter: A, title: T, boxes: [{id: b, label: L}, {id: b, label: M}]}\n" * 2
    )
    shown = picture(_theory(workspace, text), None, "en")
    keys = [k for f in shown.frames for k in (f.key, *(box.key for box in f.boxes))]
    assert keys == ["packet-A", "box-b", "box-b-2", "packet-A-2", "box-b-3", "box-b-4"]
    assert inspect(shown, draw(shown)).faults == ()


def test_ids_differ_where_names_differ_by_a_mark_only(workspace: Workspace) -> None:
    text = "packets: [{letter: A, title: T, boxes: [{id: b&, label: L}, {id: b%, label: M}]}]"
    ids = [each.get("id") for each in _svg(_theory(workspace, text)).iter() if each.get("id")]
    assert ids[-2:] == ["box-b_", "box-b_-2"]


def test_what_is_told_in_more_detail_elsewhere_is_said() -> None:
    dossier = _NAMED["quit-together"]
    said = (
        "Not drawn: “From a first session to being expected”, a part of the theory in more detail. "
        "Boxes: 2; arrows: 3."
    )
    notes = {packet: picture(dossier, packet).notes for packet in (None, "A", "B", "C")}
    assert notes == {None: (said,), "A": (said,), "B": (said,), "C": ()}


def test_an_empty_theory_is_an_empty_picture(workspace: Workspace) -> None:
    shown = picture(_theory(workspace, "text: Nothing yet"), None, "fr")
    drawing = draw(shown)
    assert (drawing.panels, drawing.routes) == ((), ())
    assert "<title" in as_svg(drawing)


# Text.


def test_evidence_is_counted_in_words_that_stay_on_a_line() -> None:
    own = words("en")["diagrams"]
    told = [counted(items, cases, own) for items, cases in ((0, 0), (1, 0), (2, 1), (3, 2))]
    assert told == [
        "no\u00a0evidence",
        "1\u00a0item",
        "2\u00a0items\u00a0·\u00a01\u00a0case",
        "3\u00a0items\u00a0·\u00a02\u00a0cases",
    ]


def test_lines_fit_and_are_of_much_the_same_length() -> None:
    lines = fitted("a town where growers sell what they grow", LABEL, 120)
    assert lines == ("a town where", "growers sell", "what they grow")
    assert fitted("a town where growers sell what they grow", LABEL, 120, is_even=False) == (
        "a town where",
        "growers sell what",
        "they grow",
    )
    assert fitted("", LABEL, 100) == ()


@pytest.mark.parametrize("face", [LABEL, HEADING], ids=["regular", "bold"])
def test_no_character_of_the_shipped_fonts_is_wider_than_it_is_taken_for(face: Face) -> None:
    name = "DejaVuSans-Bold.ttf" if face.is_bold else "DejaVuSans.ttf"
    wide = advances((FONTS / name).read_bytes())
    assert wide[ord("A")] == pytest.approx(0.774 if face.is_bold else 0.684, abs=0.001)
    assert len(wide) > 1000
    shown = {c: w for c, w in wide.items() if unicodedata.category(chr(c)) not in ("Mn", "Cc")}
    assert not {chr(c): w for c, w in shown.items() if width(chr(c), face) < w * face.size * 0.999}


def test_what_is_beyond_the_last_line_is_cut() -> None:
    lines = fitted("one two three four five six seven eight nine ten", LABEL, 60, 2)
    assert lines == ("one two", "three…")
    assert all(width(line, LABEL) <= 60 for line in lines)


def test_a_long_word_is_broken_but_no_character_is() -> None:
    word = "é" * 3 + "👩‍🌾" + "e\u0301" * 40
    lines = fitted(word, LABEL, 60)
    assert "".join(lines) == word
    assert all(width(line, LABEL) <= 60 for line in lines)
    assert not any(line[0] in "\u0301\u200d" for line in lines)


def test_any_text_can_stand_in_xml() -> None:
    assert plain("Qui ? « Nous » : 5 %") == "Qui\u00a0? «\u00a0Nous\u00a0»\u00a0: 5\u00a0%"
    assert plain(" a\n\tb\x00\x1f\ud800 c\ufffe") == "a b\ufffd\ufffd\ufffd c\ufffd"


def test_right_to_left_is_known_by_the_first_letter_with_a_direction() -> None:
    assert [is_leftward(text) for text in ("12 النساء", "Ada לומדים", "12", "לומדים A")] == [
        True,
        False,
        False,
        True,
    ]


# Colours.


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_is_dark_on_light_and_no_state_is_told_by_colour_alone() -> None:
    assert set(LOOKS) == {"", *STATES}
    for look in LOOKS.values():
        assert min(_contrast(ink, look.fill) for ink in (INK, SOFT, LETTER)) >= 4.5
        assert _contrast(look.stroke, look.fill) >= 4.5
    signs = [look.sign for state, look in LOOKS.items() if state]
    assert len(set(signs)) == len(signs)


# SVG.


def _svg(dossier: Dossier, packet: str | None = None, **given: Any) -> ElementTree.Element:
    return ElementTree.fromstring(as_svg(draw(picture(dossier, packet)), **given))


@pytest.mark.parametrize("packet", [None, "B"])
def test_svg_has_nothing_that_some_program_draws_otherwise(packet: str | None) -> None:
    root = _svg(_NAMED["quit-together"], packet)
    assert {each.tag.removeprefix(_SVG) for each in root.iter()} <= {
        *("svg", "title", "desc", "g", "rect", "circle", "path", "text"),
    }
    assert not any("style" in each.attrib or "class" in each.attrib for each in root.iter())
    sizes = {each.get("font-size", "") for each in root.iter(f"{_SVG}text")}
    assert all(size.isdigit() and int(size) >= 9 for size in sizes)
    assert all(not list(text) and text.text for text in root.iter(f"{_SVG}text"))
    assert root.get("role") == "img"
    named = (root.get("aria-labelledby") or "").split()
    assert [root.findtext(f"{_SVG}{tag}") for tag in ("title", "desc")] == [
        next(e.text for e in root if e.get("id") == name) for name in named
    ]


def test_the_alternative_text_tells_every_packet_and_arrow(workspace: Workspace) -> None:
    told = draw(picture(_theory(workspace, _ONE, **_JUDGED))).description
    for said in (
        "Theory of change. Packets: 3; arrows: 3.",
        "B: Growers sell: verdict: confirmed until further notice; 2 items · 2 cases.",
        "A.1 → B (2 mechanisms, tested in depth): fates differ, or are given for some only;",
        "C.1 → B.2 (0 mechanisms, feedback loop, emerged during the inquiry): no evidence.",
    ):
        assert said in told.replace("\u00a0", " ")


def test_several_drawings_stand_in_one_page_and_lead_where_they_are_told() -> None:
    drawing = draw(picture(_NAMED["quit-together"]))

    def leads(anchor: str) -> str:
        return "" if anchor == "A.1" else f"#{anchor}?a=1&b='\""

    both = [as_svg(drawing, prefix=prefix, address=leads) for prefix in ("one-", "two-")]
    roots = [ElementTree.fromstring(text) for text in both]
    ids = [each.get("id") for root in roots for each in root.iter() if each.get("id")]
    assert len(set(ids)) == len(ids) > 40
    links = list(roots[0].iter(f"{_SVG}a"))
    assert {link.get("href") for link in links} >= {
        f"#{name}?a=1&b='\"" for name in ("packet-B", "B.1", "A-B")
    }
    assert all(link.get("href") == link.get(f"{_XLINK}href") for link in links)
    assert not list(_svg(_NAMED["quit-together"]).iter(f"{_SVG}a"))


def test_text_read_from_right_to_left_says_so(workspace: Workspace) -> None:
    text = "packets: [{letter: A, title: النساء, boxes: [{id: b, label: Sales}]}]"
    root = _svg(_theory(workspace, text))
    directions = {each.text: each.get("direction") for each in root.iter(f"{_SVG}text")}
    assert directions["النساء"] == "rtl"
    assert directions["Sales"] is None
    arabic = _theory(workspace, "").project
    assert arabic.theory is not None
    titled = Dossier(arabic._replace(theory=arabic.theory.model_copy(update={"title": "النساء"})))
    (title,) = [each for each in _svg(titled).iter(f"{_SVG}text") if each.text == "النساء"]
    assert (title.get("direction"), title.get("text-anchor")) == ("rtl", "end")


def test_whatever_a_field_holds_stays_text() -> None:
    dossier = _NAMED["hostile"]
    for packet in (None, 'B"<i>'):
        shown = picture(dossier, packet)
        root = ElementTree.fromstring(as_svg(draw(shown), address=lambda anchor: f"#{anchor}"))
        tags = {each.tag.removeprefix(_SVG) for each in root.iter()}
        assert tags.isdisjoint({"script", "img", "i", "foreignObject"})
        assert all(link.get("href", "").startswith("#") for link in root.iter(f"{_SVG}a"))
        assert not any(name.startswith("on") for each in root.iter() for name in each.attrib)
        said = " ".join(text.text or "" for text in root.iter(f"{_SVG}text"))
        assert "<script>alert(1)</script>" in said
        for text in (as_mermaid(shown), as_dot(shown)):
            quoted = re.sub(r'"(?:[^"\\]|\\.)*"', '""', text)
            assert "alert" not in quoted
        assert "<script" not in as_mermaid(shown)
        assert json.loads(as_json(shown, draw(shown)))["arrows"][0]["id"].startswith("<script>")


# Mermaid, DOT, JSON, PNG.


def test_mermaid(workspace: Workspace) -> None:
    lines = as_mermaid(picture(_theory(workspace, _ONE, **_JUDGED))).replace("\u00a0", " ")
    assert lines.splitlines()[:22] == [
        "flowchart LR",
        '  subgraph p1["A. The fair"]',
        '    p1_1["Stalls<br/>◐ no evidence"]:::partly_confirmed',
        "  end",
        '  subgraph p2["B. Sales"]',
        '    subgraph p2_1["They come"]',
        '      p2_1_1["Again<br/>○ no evidence"]:::none',
        "    end",
        '    p2_2["They sell<br/>■ no evidence"]:::told',
        '    p2_3["They hope<br/>– no evidence"]:::not_to_be_proven',
        "    p2_2 ~~~ p2_3",
        "  end",
        '  subgraph p3["C. Life"]',
        '    p3_1["L<br/>– no evidence"]:::not_to_be_proven',
        "  end",
        '  x1_1(["2 other factors<br/>◆ 1 item · 1 case"]):::mixed --> p2',
        '  x2_1(["1 other factor<br/>○ no evidence"]):::none --> p3',
        '  p1_1 -->|"◆ 2"| p2',
        '  p2 -->|"✕ 1"| p3',
        '  p3_1 -.->|"○ 0"| p2_2',
        "  classDef confirmed fill:#D5EDDD,stroke:#12683B,color:#1A1A1A",
        "  classDef partly_confirmed fill:#FFF0C2,stroke:#7D5600,color:#1A1A1A",
    ]
    # The invisible link is the first that linkStyle counts.
    assert re.findall(r"linkStyle (\d+) stroke:(#\w+)", lines) == [
        ("1", LOOKS["mixed"].stroke),
        ("2", LOOKS["none"].stroke),
        ("3", LOOKS["mixed"].stroke),
        ("4", LOOKS["refuted"].stroke),
        ("5", LOOKS["none"].stroke),
    ]


def test_what_mermaid_cannot_draw_or_would_read_as_its_own(workspace: Workspace) -> None:
    text = """
packets:
  - {letter: A, title: "1. First `x` of a title that is much too long for Mermaid"}
  - letter: B
    title: "%%{init: x}%% \\"q\\""
    boxes: [{id: b, label: "- a list"}, {id: c, label: "2) C"}]
links:
  - {id: l1, source: B, target: b}
  - {id: l2, source: b, target: B}
  - {id: l3, source: B, target: B}
  - {id: l4, source: A, target: A}
  - {id: l5, source: b, target: c}
factors: [{id: x, label: X, text: Y, targets: B}]
"""
    dossier = _theory(workspace, text)
    lines = as_mermaid(picture(dossier, None, "en")).splitlines()
    assert lines[1:14] == [
        '  p1["A. 1. First #96;x#96; of a title that is much too long for Mermaid"]',
        '  subgraph p2["B. #37;#37;#123;init: x#125;#37;#37; #34;q#34;"]',
        '    p2_1["#45; a list"]',
        '    p2_2["2#41; C"]',
        "  end",
        '  x1_1(["1 other factor"]) --> p2',
        "  %% p2 p2_1",
        "  %% p2_1 p2",
        "  %% p2 p2",
        '  p1 -->|"0"| p1',
        '  p2_1 -->|"0"| p2_2',
        *lines[12:14],
    ]
    assert '  x1_1(["X"]) --> p1' in as_mermaid(picture(dossier, "B", "en"))


def test_dot(workspace: Workspace) -> None:
    lines = as_dot(picture(_theory(workspace, _ONE, **_JUDGED))).replace("\u00a0", " ")
    for said in (
        'label="A town", labelloc=t',
        '    graph [label="B. Growers sell\\nconfirmed; 2 items · 2 cases", style=solid, ',
        '      p2_1_1 [label="Again\\nno evidence", fillcolor="#FFFFFF", color="#4A5260", ',
        '  x1_1 -> p2_1_1 [lhead="cluster_p2", color="#553A86"]',
        '  p1_1 -> p2_1_1 [label="2", color="#553A86", lhead="cluster_p2"]',
        '  p3_1 -> p2_2 [label="0", color="#4A5260", style=dashed, constraint=false, ',
    ):
        assert said in lines
    text = (
        'packets: [{letter: A, title: "a\\\\N \\"b\\""}]\nfactors: [{id: x, text: X, targets: A}]'
    )
    dossier = _theory(workspace, text)
    plainly = as_dot(picture(dossier, None, "en"))
    assert 'label="A. a\\\\N \\"b\\"\\n' in plainly
    assert '    p1 [style=invis, label=""]' in plainly
    assert 'label="X\\n' in as_dot(picture(dossier, "A", "en"))


def test_json(workspace: Workspace) -> None:
    shown = picture(_theory(workspace, _ONE, **_JUDGED), "B")
    drawing = draw(shown)
    told = json.loads(as_json(shown, drawing))
    assert (told["version"], told["packet"], told["language"]) == (1, "packet-B", "en")
    assert (told["width"], told["height"]) == (drawing.width, drawing.height)
    assert [(f["letter"], f["state"], f["folded"]) for f in told["frames"]] == [
        ("A", "none", 0),
        ("B", "confirmed", 0),
        ("C", "not_to_be_proven", 0),
    ]
    assert set(told["frames"][0]["place"]) == {"x", "y", "width", "height"}
    assert told["frames"][1]["boxes"][0]["boxes"][0]["id"] == "B.1a"
    assert told["arrows"][0]["mechanisms"][0] == {
        "id": "m1",
        "title": "By word",
        "state": "confirmed",
        "items": 2,
        "cases": 2,
    }
    assert len(told["arrows"][0]["points"]) >= 2
    (group,) = told["factors"]
    assert group["factors"][0]["place"] is not None
    whole = picture(_theory(workspace, _ONE, **_JUDGED))
    (group, _) = json.loads(as_json(whole, draw(whole)))["factors"]
    assert group["factors"][0]["place"] is None


def test_png_has_text_in_it(workspace: Workspace) -> None:
    """Without a font resvg draws none, and says nothing."""
    drawing = draw(picture(_NAMED["quit-together"]))
    one = drawing._replace(panels=(), routes=(), legend=(), samples=())
    said = [one._replace(texts=(one.texts[0]._replace(text=text),)) for text in ("WWW", "iii", " ")]
    pictures = [as_png(each) for each in said]
    assert len(set(pictures)) == 3
    assert as_png(drawing) == as_png(drawing)
    assert as_png(drawing).startswith(b"\x89PNG")
    assert int.from_bytes(as_png(drawing)[16:20]) == 2 * drawing.width


# The command.


@pytest.mark.parametrize(("name", "file"), pairs("graph"))
def test_graph_of_the_golden_workspaces(golden: Golden, name: str, file: str) -> None:
    golden(name, file)


def _graph(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["graph", *map(str, arguments)])


def _shipped(name: str) -> Path:
    return golden_workspace(name)


def test_graph_writes_svg_unless_it_is_told_otherwise(tmp_path: Path) -> None:
    path = _shipped("quit-together")
    expected = as_svg(draw(picture(_NAMED["quit-together"])))
    assert _graph(path).stdout == expected
    for name, start in (("a.svg", "<svg "), ("a.mmd", "flowchart"), ("a.gv", "digraph")):
        done = _graph(path, "-o", tmp_path / name)
        assert (done.exit_code, done.stdout, done.stderr) == (0, "", f"{tmp_path / name}\n")
        assert (tmp_path / name).read_text("utf-8").startswith(start)
    assert (
        json.loads(_graph(path, "--format", "json", "--packet", "2").stdout)["packet"] == "packet-C"
    )
    assert "Comment" not in _graph(path, "--lang", "fr", "--format", "dot").stdout
    assert "aucun élément" in _graph(path, "--lang", "fr").stdout.replace("\u00a0", " ")
    assert _graph(path, "--format", "png").stdout_bytes.startswith(b"\x89PNG")


def test_graph_of_several_is_written_to_a_folder(tmp_path: Path) -> None:
    here = Path(__file__).parents[1]
    done = _graph(here, "--format", "mermaid", "-o", tmp_path)
    assert done.exit_code == 0
    assert {file.name for file in tmp_path.iterdir()} == {
        f"{name}.mmd" for name in ("loos-en-gohelle", "loos-repaired", "quit-together")
    }
    done = _graph(here)
    assert done.exit_code == 2
    assert (
        "holds several evaluations (loos-en-gohelle, loos-repaired, quit-together)" in done.stderr
    )


def test_graph_of_a_theory_alone(workspace: Workspace) -> None:
    root = workspace({"theories/t.yaml": f"id: t\ntitle: A town\n{_ONE}"})
    done = _graph(root, "--lang", "en")
    assert done.exit_code == 0
    assert "Growers sell" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--format", "pdf"), "--format takes one of svg, png, mermaid, dot, json, not pdf"),
        (("--lang", "de"), "--lang takes one of en, fr, not de"),
        (("--packet", "Z"), "quit-together has no packet Z to draw; it has A, B, C, D"),
    ],
)
def test_what_graph_cannot_do(arguments: tuple[str, ...], said: str) -> None:
    done = _graph(_shipped("quit-together"), *arguments)
    assert (done.exit_code, done.stderr) == (2, f"scc: {said}\n")


def test_no_picture_goes_to_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scc_eval.cli.graph.is_terminal", lambda: True)
    done = _graph(_shipped("quit-together"))
    said = "scc: a picture is not for a terminal: give --output a file, such as theory.svg\n"
    assert (done.exit_code, done.stderr) == (2, said)
    assert _graph(_shipped("quit-together"), "--format", "mermaid").exit_code == 0


def test_png_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    done = _graph(_shipped("quit-together"), "-o", tmp_path / "a.png")
    said = "scc: PNG needs the package resvg-py: pip install 'scc-eval[png]'\n"
    assert (done.exit_code, done.stderr) == (2, said)
    assert not (tmp_path / "a.png").exists()


def test_a_theory_that_cannot_be_read_is_not_drawn(workspace: Workspace) -> None:
    root = workspace({"evidence/e/evaluation.yaml": "title: E\ntheory: nowhere\n"})
    done = _graph(root)
    said = "scc: the theory of e cannot be read: scc validate says why\n"
    assert (done.exit_code, done.stderr) == (2, said)
