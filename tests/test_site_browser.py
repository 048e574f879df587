"""The site of Loos-en-Gohelle in a real browser, from its files, without a network.

From the theory down to a source and back by clicking; search and filters; without JavaScript; what
its policy blocks; who can use it, and how; and that it looks as it did.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import _pictures
from _browser import (
    AXE,
    LAPTOP,
    NARROW,
    PHONE_IN_THE_DARK,
    SCRIPTLESS,
    VIEWS,
    View,
    Visitor,
    barriers,
    hinting,
    in_a_browser,
    overflow,
    with_axe,
)
from _pages import printed
from renew_golden import workspace
from scc_eval import Dossier, load
from scc_eval.dossier import Cell
from scc_eval.languages import words
from scc_eval.model.evidence import Evidence

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = in_a_browser

NAME = _pictures.SITE
FILES = (
    *("index", "theory", "packet-B", "packet-C", "packet-D", "impacts", "conclusions"),
    *("recommendations", "lessons", "evidence", "Agri", "Biodiv", "Eco", "Part", "Rehab"),
    *("sources", "balance", "quality"),
)
LOOKED_AT = ("index", "packet-B", "evidence", "Eco")
"""The pages that are looked at in every light and on every screen."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as pages, beside it on one page."""
    made = tmp_path_factory.mktemp("site")
    printed("site", str(workspace(NAME)), "--output", str(made))
    printed("site", str(workspace(NAME)), "--single-file", "--output", str(made / "all.html"))
    return made


@pytest.fixture(params=["evidence", "all"], ids=["pages", "one page"])
def searched(request: pytest.FixtureRequest, folder: Path, visit: Visitor) -> Page:
    """Where evidence is searched: on a page of its own, or on the one page."""
    return visit(folder / f"{request.param}.html").page


@cache
def dossier() -> Dossier:
    [project] = load(workspace(NAME))
    return Dossier(project)


def test_the_pages_are_those_that_are_looked_at(folder: Path) -> None:
    assert {file.stem for file in folder.glob("*.html")} == {*FILES, "all"}


# From the theory to a source, and back.


@pytest.mark.parametrize(
    "view",
    [LAPTOP, VIEWS["phone"], SCRIPTLESS],
    ids=["laptop", "phone", "without scripts"],
)
def test_one_walks_from_a_box_to_a_source_and_back(
    view: View, folder: Path, visit: Visitor
) -> None:
    page, _, said = visit(folder / "theory.html", view)

    def go(within: str, text: str, where: str) -> None:
        page.locator(within).get_by_role("link", name=text, exact=True).first.click()
        page.wait_for_url(f"**/{where}")
        target = page.locator(":target")
        assert target.count() == (1 if "#" in where else 0)
        if "#" in where:
            assert target.get_attribute("id") == where.partition("#")[2]
            assert is_in_view(page, ":target")

    # The link has the whole title of the box for its name.
    page.locator("svg a[href='packet-B.html#B.2'] rect").click()
    page.wait_for_url("**/packet-B.html#B.2")
    assert is_in_view(page, "[id='B.2']")
    assert "confiance" in page.locator("#B1-06").inner_text()
    go("#B1-06", "Agri_PC1_1", "Agri.html#Agri_PC1_1-01")
    go("[id='Agri_PC1_1-01']", "Mono_Agri", "sources.html#source-Mono_Agri")
    go("#source-Mono_Agri", "Agri_PC1_1-01", "Agri.html#Agri_PC1_1-01")
    go("[id='Agri_PC1_1-01']", "B1-06", "packet-B.html#B1-06")
    page.go_back()
    go("[id='Agri_PC1_1-01']", "B.2", "packet-B.html#B.2")
    go("#menu", "Théorie du changement", "theory.html")
    assert said == []


def is_in_view(page: Page, selector: str) -> bool:
    """Whether the first line of an element is in the window."""
    top = page.locator(selector).evaluate("element => element.getBoundingClientRect().top")
    height = page.evaluate("innerHeight")
    return bool(-1 <= top < height)


def test_one_walks_on_one_page_too(folder: Path, visit: Visitor) -> None:
    page, asked, said = visit(folder / "all.html")
    for link, anchor in (
        ("#picture-theory-box-B\\.2 a", "B.2"),
        ("#B1-06 a >> text=Agri_PC1_1", "Agri_PC1_1-01"),
        ("[id='Agri_PC1_1-01'] a >> text=Mono_Agri", "source-Mono_Agri"),
        ("#source-Mono_Agri a >> text=Agri_PC1_1-01", "Agri_PC1_1-01"),
        ("[id='Agri_PC1_1-01'] a >> text=B1-06", "B1-06"),
    ):
        page.locator(link).first.click()
        assert page.locator(":target").get_attribute("id") == anchor
        assert is_in_view(page, ":target")
    assert (len({address.partition("#")[0] for address in asked}), said) == (1, [])


# Search and filters.


def shown(page: Page) -> set[str]:
    """The codes of the cards that are shown."""
    return set(page.locator(".card[data-k]:visible .id").all_inner_texts())


def until_told(page: Page, pattern: str) -> None:
    """Wait until the page has searched, and says how much it found. Raises where it does not."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.locator("#found").filter(has_text=re.compile(pattern)).wait_for(timeout=5000)


def folded(text: str) -> str:
    """A text without accents and capitals."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()


@pytest.mark.parametrize(
    "asked", ["AGRICULTEUR", "stratégie", "STRATEGIE", "metier COMPÉTENCES", "coeur", "l'adhesion"]
)
def test_a_search_folds_accents_and_capitals(asked: str, searched: Page) -> None:
    searched.locator("input[name=q]").fill(asked)
    sought = folded(asked).replace("'", "’").split()
    expected = {
        item.code
        for item in dossier().evidence
        if all(word in folded(item.text).replace("'", "’").replace("œ", "oe") for word in sought)
    }
    until_told(searched, rf"^Éléments\s: {len(expected)} sur {len(dossier().evidence)} · ")
    assert shown(searched) == expected != set()


def test_a_search_finds_sentences_that_are_links_to_them(searched: Page) -> None:
    searched.locator("input[name=q]").fill("DATE de moins longtemps")
    hits = searched.locator("#hits a")
    hits.first.wait_for()
    assert hits.count() == 1
    until_told(searched, r" · phrases\s: 1$")
    hits.click()
    searched.wait_for_url("**#B1-06")
    assert is_in_view(searched, ":target")


def test_a_link_to_a_card_that_is_hidden_shows_it(folder: Path, visit: Visitor) -> None:
    page = visit(folder / "all.html").page
    page.locator("input[name=q]").fill("nothing has this")
    until_told(page, r"^Éléments\s: 0 ")
    assert shown(page) == set()
    page.locator("#B1-06 a", has_text="Agri_PC1_1").click()
    page.locator("[id='Agri_PC1_1-01']").wait_for()
    assert len(shown(page)) == len(dossier().evidence)


def by_cell(value: Callable[[Cell], object]) -> Callable[[Evidence], set[str]]:
    """What the cell of an item has for a choice."""

    def values(item: Evidence) -> set[str]:
        cell = dossier().cell(item.code)
        assert cell is not None
        return {str(value(cell) or "")}

    return values


def categories(item: Evidence) -> set[str]:
    """The categories of the sources of an item."""
    sources = map(dossier().source_named.get, item.sources)
    return {source.category for source in sources if source is not None and source.category}


VALUES: Mapping[str, Callable[[Evidence], set[str]]] = {
    "packet": by_cell(lambda cell: cell.packet),
    "section": by_cell(lambda cell: cell.section),
    "case": by_cell(lambda cell: cell.case),
    "category": categories,
    "nature": lambda item: {item.nature or ""},
    "polarity": lambda item: {item.polarity},
}
"""What each item has for each choice, by the dossier."""


def labels(name: str) -> Mapping[str, str]:
    """How the options of a choice begin, by what they stand for."""
    spoken = words("fr")["story"]
    begins: Mapping[str, Mapping[str, str]] = {
        "packet": {packet.letter: f"{packet.letter}. " for packet in dossier().packets},
        "section": {number: f"{number}. " for number in "123"},
        "case": {case.code: case.label or "" for case in dossier().cases},
        "category": {each.id: each.label or "" for each in dossier().categories},
        "nature": spoken["natures"],
        "polarity": spoken["polarities"],
    }
    return begins[name]


@pytest.mark.parametrize("name", VALUES)
def test_a_filter_leaves_what_the_dossier_has(name: str, searched: Page) -> None:
    of = VALUES[name]
    by_value = {
        value: {item.code for item in dossier().evidence if value in of(item)}
        for value in {value for item in dossier().evidence for value in of(item)}
    }
    begins = {"": "aucun", **labels(name)}
    choice = searched.locator(f"select[name={name}]")
    options = choice.locator("option").all_inner_texts()[1:]
    assert len(options) == len(by_value) > 1
    for value, codes in by_value.items():
        [option] = [each for each in options if alike(each).startswith(alike(begins[value]))]
        assert option.endswith(f"({len(codes)})")
        choice.select_option(label=option)
        until_told(searched, rf"^Éléments\s: {len(codes)} ")
        assert shown(searched) == codes
        open_cells = searched.locator(".cell:visible")
        assert open_cells.count() == len({dossier().cell(code) for code in codes})


def alike(text: str) -> str:
    """A text as one compares it: typography set aside."""
    return text.replace("’", "'").replace("\u202f", " ").replace("\u00a0", " ")


def test_filters_and_a_search_hold_together_until_all_is_shown_again(searched: Page) -> None:
    [packet] = [
        each
        for each in searched.locator("select[name=packet] option").all_inner_texts()
        if each.startswith("B.")
    ]
    searched.select_option("select[name=packet]", label=packet)
    searched.select_option("select[name=case]", index=1)
    searched.locator("input[name=q]").fill("confiance")
    case = dossier().cases[0].code
    expected = {
        item.code
        for item in dossier().evidence
        if "confiance" in folded(item.text)
        and (cell := dossier().cell(item.code))
        and (cell.packet, cell.case) == ("B", case)
    }
    until_told(searched, rf"^Éléments\s: {len(expected)} ")
    assert shown(searched) == expected != set()
    searched.get_by_role("button", name="Tout montrer").click()
    until_told(searched, r"^Éléments\s: 224 sur 224$")
    assert len(shown(searched)) == 224


# Without JavaScript, without a network.


def test_without_scripts_all_is_there_but_the_form(folder: Path, visit: Visitor) -> None:
    for name in ("evidence", "all"):
        page, _, said = visit(folder / f"{name}.html", SCRIPTLESS)
        assert len(shown(page)) == len(dossier().evidence)
        assert not page.locator("#filters").is_visible()
        assert "demandent JavaScript" in page.locator("noscript").inner_text()
        page.locator("summary").first.click()
        assert page.locator("details").first.get_attribute("open") == ""
        assert said == []


@pytest.mark.parametrize("name", [*FILES, "all"])
def test_a_page_asks_for_nothing_says_nothing_and_fits_a_narrow_window(
    name: str, folder: Path, visit: Visitor
) -> None:
    page, asked, said = visit(folder / f"{name}.html", NARROW)
    assert overflow(page) == 0
    page.set_viewport_size({"width": LAPTOP.width, "height": LAPTOP.height})
    assert overflow(page) == 0
    assert asked == [(folder / f"{name}.html").as_uri()]
    assert said == []


PUT_IN = (
    '<img src="https://example.org/there.png"><script>document.title = "taken"</script>'
    '<p id="by" onclick="document.title = 1" style="color: red">x</p>'
)


@pytest.mark.parametrize("name", ["index", "all"])
def test_what_is_put_into_a_page_is_blocked_by_its_policy(
    name: str, folder: Path, visit: Visitor, tmp_path: Path
) -> None:
    html = (folder / f"{name}.html").read_text("utf-8")
    taken = tmp_path / "taken.html"
    taken.write_text(html.replace('<main id="main">', f'<main id="main">{PUT_IN}'), "utf-8")
    page, asked, said = visit(taken)
    title = page.title()
    page.locator("#by").click()
    assert page.title() == title != "taken"
    assert color(page) != "rgb(255, 0, 0)"
    assert len(said) == 4
    blocked = {re.search("(img|script|script-src|style)-(src|attr)", line) for line in said}
    assert None not in blocked
    # The same where no policy holds: what was put in does what it is made for.
    page, asked, said = visit(taken, LAPTOP._replace(obeys=False))
    assert page.title() == "taken"
    assert color(page) == "rgb(255, 0, 0)"
    assert asked[1:] == ["https://example.org/there.png"]


def color(page: Page) -> str:
    return str(page.locator("#by").evaluate("element => getComputedStyle(element).color"))


@pytest.mark.parametrize("name", [*FILES, "all"])
def test_the_policy_of_a_page_is_strict(name: str, folder: Path) -> None:
    html = (folder / f"{name}.html").read_text("utf-8")
    [policy] = re.findall('<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
    rules = dict(rule.split(" ", 1) for rule in policy.replace("&#39;", "'").split("; "))
    assert rules.pop("default-src") == rules.pop("base-uri") == rules.pop("form-action") == "'none'"
    assert rules.pop("img-src") == "data:"
    for each in ("style-src", "script-src"):
        assert re.fullmatch("'sha256-[\\w+/]{43}='", rules.pop(each))
    assert rules == {}


# Who can use it.


@with_axe
@pytest.mark.parametrize("name", FILES)
def test_a_page_keeps_nobody_out(name: str, folder: Path, visit: Visitor) -> None:
    assert barriers(visit(folder / f"{name}.html").page) == []


@with_axe
@pytest.mark.parametrize("name", LOOKED_AT)
@pytest.mark.parametrize(
    "view",
    [VIEWS["dark"], VIEWS["phone"], PHONE_IN_THE_DARK],
    ids=["laptop in the dark", "phone", "phone in the dark"],
)
def test_a_page_keeps_nobody_out_in_any_light(
    name: str, view: View, folder: Path, visit: Visitor
) -> None:
    assert barriers(visit(folder / f"{name}.html", view).page) == []


@with_axe
def test_one_page_keeps_nobody_out(folder: Path, visit: Visitor) -> None:
    assert barriers(visit(folder / "all.html").page) == []


@with_axe
def test_what_keeps_people_out_is_found(visit: Visitor, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '<!DOCTYPE html><html><title>T</title><main><h1>T</h1><img src="data:,">'
        '<p style="color: #999">pale</p><p id="a">a</p><input></main>',
        "utf-8",
    )
    rules = {found.partition(":")[0] for found in barriers(visit(page).page)}
    assert rules == {"html-has-lang", "image-alt", "color-contrast", "label"}
    assert AXE.is_file()


# By keyboard.


@pytest.mark.parametrize("name", ["index", "all"])
def test_the_first_key_leads_past_the_menu(name: str, folder: Path, visit: Visitor) -> None:
    page = visit(folder / f"{name}.html").page
    skip = page.locator(".skip")
    left = "element => element.getBoundingClientRect().left"
    assert skip.evaluate(left) < 0
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert skip.evaluate(left) >= 0
    page.keyboard.press("Enter")
    page.wait_for_url("**/*#main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("view", ["laptop", "dark"])
@pytest.mark.parametrize("name", ["index", "theory", "evidence"])
def test_one_sees_where_the_keyboard_is(name: str, view: str, folder: Path, visit: Visitor) -> None:
    page = visit(folder / f"{name}.html", VIEWS[view]).page
    kinds = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        kind, is_seen = page.evaluate(
            """() => {
              const at = document.activeElement, style = getComputedStyle(at);
              const box = at.getBoundingClientRect();
              return [at.localName, style.outlineStyle === "solid" && style.outlineWidth === "3px"
                && box.bottom > 0 && box.top < innerHeight && box.width > 0];
            }"""
        )
        assert is_seen, kind
        kinds.add(kind)
    expected = {"index": "div", "theory": "a", "evidence": "select"}[name]
    assert {"a", expected} <= kinds


SCROLLS = """element => new Promise(done => {
  let frames = 0;
  const look = () => element.scrollLeft || ++frames > 120
    ? done(element.scrollLeft > 0) : requestAnimationFrame(look);
  look();
})"""
"""Whether an element scrolls sideways within two seconds. Playwright's own way of waiting looks
only once where a page's policy holds."""


@pytest.mark.parametrize("name", ["index", "theory", "conclusions", "balance"])
def test_what_is_wider_than_a_phone_scrolls_by_keyboard(
    name: str, folder: Path, visit: Visitor
) -> None:
    page = visit(folder / f"{name}.html", VIEWS["phone"]).page
    wide = [
        each
        for each in page.locator(".scroll:visible").all()
        if each.evaluate("element => element.scrollWidth > element.clientWidth + 5")
    ]
    assert wide
    for each in wide:
        each.focus()
        page.keyboard.press("ArrowRight")
        assert each.evaluate(SCROLLS), each.get_attribute("aria-label")
    assert page.evaluate("scrollX") == 0


# How it looks.


@pytest.mark.parametrize("name", _pictures.KEPT)
def test_a_page_looks_as_it_did(name: str, folder: Path, browser: Browser) -> None:
    seen = _pictures.seen(browser, folder, name)
    told = _pictures.difference(_pictures.kept(name), seen)
    assert told == "", f"{name} looks otherwise; `make golden` renews it, if it should"


def test_nothing_else_is_kept() -> None:
    assert {file.stem for file in _pictures.FOLDER.iterdir()} == set(_pictures.KEPT)


OTHERWISE = {
    "a column moved": "main { position: relative; left: 3rem }",
    "the menu is gone": "nav { visibility: hidden }",
    "a chart is missing": ".tiles { visibility: hidden }",
    "another paper": ":root { --paper: #dde !important }",
}
ALIKE = {
    "letters bolder": "* { -webkit-text-stroke: .2px currentColor }",
    "half a pixel aside": "body { transform: translate(.5px, .5px) }",
}


def looked_at(page: Page, style: str) -> _pictures.Fingerprint:
    page.add_style_tag(content=style)
    return _pictures.fingerprint(page)


@pytest.mark.parametrize("what", OTHERWISE)
def test_what_looks_otherwise_is_seen(what: str, folder: Path, visit: Visitor) -> None:
    page = visit(folder / "index.html", LAPTOP._replace(obeys=False)).page
    before = _pictures.fingerprint(page)
    assert _pictures.difference(before, looked_at(page, OTHERWISE[what])) != ""


@pytest.mark.parametrize("name", _pictures.PAGES)
def test_light_is_not_taken_for_dark(name: str) -> None:
    light, dark = (_pictures.kept(f"{name}.{each}") for each in ("laptop", "dark"))
    assert _pictures.difference(light, dark) != ""
    assert _pictures.difference(dark, light) != ""


@pytest.mark.parametrize("what", ["theory", "chart"])
def test_a_picture_that_is_missing_is_seen(what: str, folder: Path, visit: Visitor) -> None:
    name = {"theory": "theory", "chart": "sources"}[what]
    page = visit(folder / f"{name}.html", LAPTOP._replace(obeys=False)).page
    before = _pictures.fingerprint(page)
    after = looked_at(page, f".{what} svg {{ visibility: hidden }}")
    assert _pictures.difference(before, after) != ""


@pytest.mark.parametrize("what", ALIKE)
def test_letters_drawn_otherwise_look_alike(what: str, folder: Path, visit: Visitor) -> None:
    page = visit(folder / "evidence.html", LAPTOP._replace(obeys=False)).page
    before = _pictures.fingerprint(page)
    after = looked_at(page, ALIKE[what])
    assert after != before
    assert _pictures.difference(before, after) == ""


def test_hinted_letters_look_alike(folder: Path, browser: Browser) -> None:
    with hinting(browser) as other:
        for name in ("packet-B.laptop", "evidence.phone"):
            plain, hinted = (_pictures.seen(each, folder, name) for each in (browser, other))
            assert hinted != plain
            assert _pictures.difference(plain, hinted) == ""
