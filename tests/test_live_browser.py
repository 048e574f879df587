"""Served pages in a real browser: they load again by themselves and say when they are old."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from _browser import NARROW, VIEWS, View, Visitor, barriers, in_a_browser, overflow, with_axe
from _live import BROKEN, SETTINGS, SMALL, saved, served, written
from scc_eval.cli.serve import _laid_out

SCREENS = {name: view for name, view in VIEWS.items() if name != "print"} | {"narrow": NARROW}


@in_a_browser
def test_a_page_shows_what_is_saved_and_keeps_its_place(tmp_path: Path, visit: Visitor) -> None:
    root = written(tmp_path, SMALL)

    with served(root, _laid_out) as client:
        client.shown("/one/", lambda page: "First" in page)
        page, asked, said = visit(f"http://127.0.0.1:{client.port}/one/", View(600, 300))
        page.evaluate("scrollTo(0, 120)")
        saved(root / SETTINGS, "title: Second\ntheory: t\nverson: 2\n")
        page.locator("header", has_text="Second").wait_for()
        assert page.evaluate("scrollY") > 0
        page.evaluate("scrollTo(0, 0)")
        saved(root / SETTINGS, BROKEN)
        page.locator(".kept").wait_for()
        top = page.locator(".scc-live").bounding_box()
        page.locator(".scc-live a", has_text=f"{SETTINGS}:2").first.click()
        page.wait_for_url(f"**/source/{SETTINGS}#L2")
        target = page.locator("li:target").get_attribute("id")
        saved(root / SETTINGS, "title: Third\n# third\ntheory: t\n")
        page.locator("code", has_text="# third").wait_for()

    assert top is not None
    assert top["y"] == 0
    assert target == "L2"
    assert {urlsplit(address).netloc for address in asked} == {f"127.0.0.1:{client.port}"}
    assert said == []


@with_axe
@pytest.mark.parametrize("view", SCREENS.values(), ids=SCREENS)
def test_nobody_is_kept_out_of_a_page_that_is_old(
    tmp_path: Path, visit: Visitor, view: View
) -> None:
    root = written(tmp_path, SMALL)

    with served(root, _laid_out) as client:
        client.shown("/one/", lambda page: "First" in page)
        address = f"http://127.0.0.1:{client.port}"
        page = visit(f"{address}/one/", view).page
        saved(root / SETTINGS, BROKEN)
        page.locator(".kept").wait_for()
        found = {"/one/": (barriers(page), overflow(page))}
        for path in (f"/source/{SETTINGS}#L2", "/nowhere"):
            page.goto(address + path)
            found[path] = barriers(page), overflow(page)

    assert found == dict.fromkeys(found, ([], 0))
