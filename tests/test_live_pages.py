"""The pages that are served: which is the last good one, what its banner tells, the lines of a
file, and that nothing else is to be had."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given, strategies as st

from _live import BROKEN, SETTINGS, SMALL, borne, display, ground, lay_out, saved, written
from scc_eval.diagnostics import ALWAYS_ERROR, Diagnostic, Rule, Severity
from scc_eval.dossier import Dossier
from scc_eval.files import parse
from scc_eval.languages import words_of
from scc_eval.live.answers import OWN_POLICY, SITE_POLICY, answer, token
from scc_eval.live.banner import MOST, banner
from scc_eval.live.carried import SCRIPT, STREAM, Carried
from scc_eval.live.display import Display, Shown
from scc_eval.live.edition import Edition, Sheet
from scc_eval.live.lines import as_lines
from scc_eval.live.reading import Pages, Reading, Trouble
from scc_eval.places import Location
from scc_eval.story.annex import Accepted

HOSTILE = "<script>alert(1)</script>\"&'%s{0}\x1b\u202e\U0001f600"
CASES = "evidence/one/cases.yaml"
MANY = [f"evidence/{name}/evaluation.yaml" for name in ("two", "three")]


class Seen(HTMLParser):
    """The elements and the text of a page, as a browser takes them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def links(self) -> list[str | None]:
        return [each["href"] for each in self.named("a")]


def found(
    message: str = "amiss", severity: Severity = Severity.ERROR, at: Location | None = None
) -> Diagnostic:
    rule = Rule("SCC999", "n", ALWAYS_ERROR, "{message}", "why", "mend it", "ours")
    return Diagnostic(rule, severity, at or Location("a.yaml", 3, 7), {"message": message})


def shown(*diagnostics: Diagnostic, language: str = "en", trouble: Trouble | None = None) -> Shown:
    files = frozenset({"a.yaml"})
    reading = Reading("evidence/one", language, "12:30:00", "One", diagnostics, files)
    return Shown(4, reading._replace(trouble=trouble))


def save(followed: Display, name: str, text: str) -> None:
    """Save a file and have it read."""
    saved(followed.ground.root / name, text)
    followed.renew({name})


def page(followed: Display, path: str = "/one/") -> str:
    return answer(followed, path).html


# The last good site


def test_a_page_is_that_of_the_latest_reading(tmp_path: Path) -> None:
    followed = display(written(tmp_path, SMALL))
    before = page(followed)

    save(followed, SETTINGS, "title: Second\ntheory: t\n")

    assert "<h1>First: index.html</h1>" in before
    assert "<h1>Second: index.html</h1>" in page(followed)
    assert borne(before) != borne(page(followed)) == token(followed, "/one/")


@pytest.mark.parametrize("name", [SETTINGS, CASES, "theories/t.yaml"])
def test_the_last_good_pages_stay_while_a_file_cannot_be_read(tmp_path: Path, name: str) -> None:
    followed = display(written(tmp_path, SMALL))
    good = followed.shown["one"].latest.at

    save(followed, name, BROKEN)
    broken = page(followed)
    other = page(followed, "/one/Eco.html")
    save(followed, name, SMALL[name])

    for kept in (broken, other):
        assert "<h1>First: " in kept
        assert f"What is shown is as of {good}." in Seen(kept).text
        assert f"/source/{name}#L2" in Seen(kept).links
    assert "What is shown" not in Seen(page(followed)).text


def test_the_last_good_pages_stay_when_the_evaluation_goes(tmp_path: Path) -> None:
    followed = display(written(tmp_path, SMALL))
    shutil.rmtree(tmp_path / "evidence")

    followed.renew(frozenset(SMALL))

    assert "<h1>First: index.html</h1>" in page(followed)
    assert "The evaluation is no longer there." in Seen(page(followed)).text


def test_a_single_slip_does_not_hold_a_new_page_back(tmp_path: Path) -> None:
    followed = display(written(tmp_path, SMALL))

    save(followed, SETTINGS, "title: Second\ntheory: t\nverson: 2\n")

    assert "<h1>Second: index.html</h1>" in page(followed)
    assert "/source/evidence/one/evaluation.yaml#L3" in Seen(page(followed)).links


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({SETTINGS: BROKEN}, "The settings, the theory or a whole file could not be read"),
        ({"theories/t.yaml": BROKEN}, "The settings, the theory or a whole file could not be"),
    ],
)
def test_what_was_never_good_has_a_page_of_what_is_amiss(
    tmp_path: Path, files: dict[str, str], told: str
) -> None:
    followed = display(written(tmp_path, {**SMALL, **files}))
    name = next(iter(files))

    for path in ("/one/", "/one/index.html", "/one/Eco.html"):
        answered = answer(followed, path)
        assert (answered.status, answered.policy) == (503, OWN_POLICY)
        assert told in Seen(answered.html).text
        assert f"/source/{name}#L2" in Seen(answered.html).links
        assert borne(answered.html) == token(followed, path)
    assert answer(followed, "/one/Eco").status == 404
    assert answer(followed, "/one/a/b.html").status == 404
    save(followed, name, SMALL[name])
    assert answer(followed, "/one/").status == 200


def test_before_anything_is_read_a_page_says_so(tmp_path: Path) -> None:
    followed = Display(ground(written(tmp_path, SMALL)), lay_out)

    answered = answer(followed, "/one/")

    assert answered.status == 503
    assert "It is being read." in Seen(answered.html).text
    assert Seen(answered.html).named("details") == []


def fragile(dossier: Dossier, found: Sequence[Diagnostic], *more: object) -> Pages:
    """A site whose pages cannot be made while the title says so."""

    def made(name: str, carried: Carried) -> str:
        if name.removesuffix(".html") in dossier.settings.title:
            raise ValueError(f"no {name}")
        return lay_out(dossier, found, (), "en").page(name, carried)

    return Pages(("index.html", "Eco.html"), made)


def test_a_page_that_cannot_be_made_is_shown_as_it_was_made_before(tmp_path: Path) -> None:
    followed = display(written(tmp_path, SMALL), fragile)
    assert "First: Eco.html" in page(followed, "/one/Eco.html")
    then = followed.shown["one"].latest.at

    for title in ("no Eco", "no Eco either"):
        save(followed, SETTINGS, f"title: {title}\ntheory: t\n")

        assert f"{title}: index.html" in page(followed)
        kept = answer(followed, "/one/Eco.html")
        assert kept.status == 200
        assert "First: Eco.html" in kept.html
        told = Seen(kept.html).text
        assert (
            f"The page cannot be made: ValueError: no Eco.html What is shown is as of {then}."
            in (told)
        )
    save(followed, SETTINGS, SMALL[SETTINGS])
    assert "cannot be made" not in page(followed, "/one/Eco.html")


def test_a_page_that_could_never_be_made_says_why(tmp_path: Path) -> None:
    files = {**SMALL, SETTINGS: "title: no Eco\ntheory: t\n"}
    followed = display(written(tmp_path, files), fragile)

    answered = answer(followed, "/one/Eco.html")

    assert answered.status == 500
    assert "The page cannot be made: ValueError: no Eco.html" in Seen(answered.html).text
    assert "What is shown" not in answered.html


def test_a_page_is_made_once(tmp_path: Path) -> None:
    made: list[str] = []

    def counted(name: str, carried: Carried) -> str:
        made.append(name)
        return carried.banner

    edition = Edition(Pages(("a.html", "b.html"), counted), "12:00:00")

    sheets = [edition.sheet(name) for name in ("a.html", "b.html", "a.html")]
    later = Edition(Pages(("b.html",), counted), "13:00:00", edition)

    assert made == ["a.html", "b.html"]
    assert sheets[0] == sheets[2]
    assert sheets[0].under("<b>") == "<b>"
    assert {*later.sheets} == {"b.html"}


def test_a_broken_template_keeps_what_was_shown_and_is_told(tmp_path: Path) -> None:
    from scc_eval.cli.serve import _laid_out

    template = '{% extends "scc/site/page.html.j2" %}{% block chapters %}MINE{% endblock %}'
    files = {**SMALL, "templates/site/page.html.j2": template}
    followed = display(written(tmp_path, files), _laid_out)
    assert "MINE" in page(followed)

    save(followed, "templates/site/page.html.j2", "\n{{ nothing.of.that }}")
    kept = page(followed)
    save(followed, "templates/site/page.html.j2", template.replace("MINE", "AGAIN"))

    assert "MINE" in kept
    assert "The template page.html.j2, line 2: 'nothing' is undefined" in Seen(kept).text
    assert "AGAIN" in page(followed)


def test_a_template_that_is_made_later_comes_before_the_shipped_one(tmp_path: Path) -> None:
    from scc_eval.cli.serve import _laid_out

    template = '{% extends "scc/site/page.html.j2" %}{% block chapters %}MINE{% endblock %}'
    name = "templates/site/page.html.j2"
    followed = display(written(tmp_path, SMALL), _laid_out)
    pages = [page(followed)]

    for change in (lambda: written(tmp_path, {name: template}), (tmp_path / name).unlink):
        change()
        followed.renew({name})
        pages.append(page(followed))

    assert ["MINE" in each for each in pages] == [False, True, False]


# Several evaluations


def test_only_what_changed_is_read_again_and_what_all_share_by_all(tmp_path: Path) -> None:
    other = dict.fromkeys(MANY, "title: Other\ntheory: t\n")
    read: list[str] = []

    def counted(
        dossier: Dossier, found: Sequence[Diagnostic], accepted: Sequence[Accepted], language: str
    ) -> Pages:
        read.append(dossier.name)
        return lay_out(dossier, found, accepted, language)

    followed = display(written(tmp_path, {**SMALL, **other}), counted)
    assert read == ["one", "three", "two"]

    followed.renew({MANY[0]})
    assert read[3:] == ["two"]
    answer(followed, "/three/")
    followed.renew({"theories/t.yaml"})
    assert read[4:] == ["three", "one", "two"]
    followed.renew({"templates/a"})
    assert read[7:] == ["three", "one", "two"]
    followed.renew({"evidence/four/evaluation.yaml"})
    assert len(read) == 10


def test_evaluations_come_and_go(tmp_path: Path) -> None:
    followed = display(written(tmp_path, SMALL))
    assert answer(followed, "/").to == "/one/"

    written(tmp_path, {"evidence/two/evaluation.yaml": BROKEN})
    followed.renew({"evidence/two/evaluation.yaml"})
    listed = Seen(page(followed, "/"))
    shutil.rmtree(tmp_path / "evidence/two")
    followed.renew({"evidence/two/evaluation.yaml"})

    assert listed.links == ["/one/", "/two/"]
    assert "First (one)" in listed.text
    assert "two (two) The settings, the theory or a whole file could not be read" in listed.text
    assert answer(followed, "/").to == "/one/"


def test_a_workspace_without_evaluations_says_so(tmp_path: Path) -> None:
    followed = display(written(tmp_path, {"theories/t.yaml": "title: T\n"}), language="fr")

    assert "Aucune évaluation n’est là." in Seen(page(followed, "/")).text


def test_the_list_tells_how_each_evaluation_stands(tmp_path: Path) -> None:
    files = {**SMALL, MANY[0]: f"title: {HOSTILE[:25]!r}\ntheory: t\nlanguage: fr\n"}
    followed = display(written(tmp_path, files))
    followed.renew(frozenset())
    counts = re.findall(r"\d+ (?:errors?|erreurs?)", Seen(page(followed, "/")).text)

    assert len(counts) == 2
    assert Seen(page(followed, "/")).named("script") == [{}]
    assert borne(page(followed, "/")) == token(followed, "/") == followed.token


# The banner


def test_the_banner_counts_and_tells_the_gravest_first() -> None:
    told = (found("slight", Severity.NOTE), found("grave"), found("so so", Severity.WARNING))

    seen = Seen(banner(shown(*told)))

    assert "1 error, 1 warning, 1 note · read at 12:30:00" in seen.text
    assert [each["class"] for each in seen.named("li")] == ["error", "warning", "note"]
    assert "a.yaml:3:7 error SCC999 grave fix: mend it" in seen.text
    assert seen.links == ["/source/a.yaml#L3"] * 3
    assert seen.named("section") == [
        {"class": "scc-live", "aria-label": "Diagnostics", "data-scc-live": shown().token}
    ]
    assert seen.named("details") == [{}]


def test_what_could_not_be_read_comes_before_what_follows_from_it() -> None:
    cause = found("cut short")
    cause = cause._replace(rule=cause.rule._replace(code="SCC002"))

    seen = Seen(banner(shown(*(found(f"m{n}") for n in range(MOST)), cause)))

    assert seen.text.index("SCC002 cut short") < seen.text.index("SCC999 m0")


def test_the_banner_tells_so_many_and_how_many_more() -> None:
    seen = Seen(banner(shown(*(found(f"m{n}") for n in range(MOST + 7)))))

    assert len(seen.named("li")) == MOST
    assert seen.text.rstrip().endswith("+7 more")
    assert "more" not in Seen(banner(shown(*(found(f"m{n}") for n in range(MOST))))).text


def test_the_banner_of_nothing_is_a_line() -> None:
    seen = Seen(banner(shown()))

    assert seen.text.strip() == "0 errors, 0 warnings, 0 notes · read at 12:30:00"
    assert [name for name, _ in seen.elements] == ["section", "div"]


def test_the_banner_is_open_and_says_why_where_there_is_trouble() -> None:
    troubled = shown(found(), trouble=Trouble("failed", {"error": "<b>"}))

    seen = Seen(banner(troubled, Sheet("<p>", "11:00:00")))

    assert seen.named("details") == [{"open": None}]
    assert seen.named("p") == [{"class": "kept", "role": "status"}]
    assert "The page cannot be made: <b> What is shown is as of 11:00:00." in seen.text


def test_the_banner_speaks_the_language_of_the_evaluation() -> None:
    told = (found(), found("aussi", Severity.NOTE))
    seen = Seen(banner(shown(*told, language="fr", trouble=Trouble("failed", {"error": "e"}))))

    assert "1 erreur, 0 avertissement, 1 remarque · lu à 12:30:00" in seen.text
    assert "La page ne peut pas être faite\N{NO-BREAK SPACE}: e" in seen.text
    assert "erreur SCC999 amiss remède\N{NO-BREAK SPACE}: mend it" in seen.text


@pytest.mark.parametrize("file", ["evidence/one", "b.yaml", ""])
def test_a_place_that_is_not_served_is_no_link(file: str) -> None:
    assert Seen(banner(shown(found(at=Location(file, 2, 1))))).links == []


@given(st.text(), st.sampled_from(["en", "fr"]))
def test_whatever_is_amiss_stays_text(text: str, language: str) -> None:
    trouble = Trouble("template", {"template": text, "line": text, "error": text})
    told = found(text, at=Location(text, 1, 1))

    seen = Seen(banner(shown(told, language=language, trouble=trouble)))

    assert [name for name, _ in seen.elements] == [
        *("section", "p", "details", "summary", "ol", "li", "b", "span")
    ]


def test_a_hostile_text_stays_text_in_banner_title_and_name(tmp_path: Path) -> None:
    name = f"evidence/{HOSTILE.replace('/', '')}"
    files = {
        f"{name}/evaluation.yaml": f"title: {HOSTILE[:36]!r}\ntheory: t\n{HOSTILE[:8]}: x\n",
        "theories/t.yaml": "title: T\n",
        SETTINGS: BROKEN,
    }
    followed = display(written(tmp_path, files))
    (link,) = [each for each in Seen(page(followed, "/")).links if each and "script" in each]
    path = unquote(link)

    for seen in (Seen(page(followed, "/")), Seen(page(followed, path))):
        assert seen.named("script") in ([{}], [])
        assert "alert(1)" in seen.text


def test_a_name_that_is_no_unicode_is_served(tmp_path: Path) -> None:
    name = os.fsdecode(b"evidence/one/caf\xe9.yaml")
    followed = display(written(tmp_path, {**SMALL, name: "verson: 2\n"}))

    (link,) = {each for each in Seen(page(followed)).links if each and "caf" in each}

    assert link == "/source/evidence/one/caf%E9.yaml#L1"
    assert answer(followed, f"/source/{name}").status == 200


# The lines of a file


def test_the_lines_of_a_file_are_numbered_as_its_reader_counts(tmp_path: Path) -> None:
    text = "a: 1\r\nb: 2\rc: 3\x85d: 4\u2028e: 5\n\n  f: [\n"
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbf" + text.encode())
    (problem,) = parse(text.encode(), "a.yaml").problems

    seen = Seen(as_lines(tmp_path / "a.yaml") or "")

    assert [each["id"] for each in seen.named("li")] == [f"L{n}" for n in range(1, 9)]
    assert seen.text.split() == ["a:", "1", "b:", "2", "c:", "3", "d:", "4", "e:", "5", "f:", "["]
    assert problem.at.line == 7


@given(st.text())
def test_the_lines_of_a_file_are_text_and_nothing_else(text: str) -> None:
    import tempfile

    with tempfile.NamedTemporaryFile(suffix=".yaml") as file:
        Path(file.name).write_bytes(text.encode("utf-8", "surrogatepass"))
        seen = Seen(as_lines(Path(file.name)) or "")

    assert {name for name, _ in seen.elements} == {"ol", "li", "code"}


def test_what_cannot_be_seen_in_a_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a\u202eb\x00c\td", "utf-8")

    assert "a⟨U+202E⟩b⟨U+0000⟩c\td" in (as_lines(tmp_path / "a.yaml") or "")


def test_what_is_no_file_has_no_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "a.yaml").write_text("a")

    def damaged(*given: object) -> bytes:
        raise OSError

    for name in ("pipe.yaml", "none.yaml", "."):
        assert as_lines(tmp_path / name) is None
    monkeypatch.setattr("os.read", damaged)
    assert as_lines(tmp_path / "a.yaml") is None


def test_the_lines_are_served_of_files_that_were_read(tmp_path: Path) -> None:
    files = {
        **SMALL,
        SETTINGS: SMALL[SETTINGS] + "language: fr\n",
        "theories/other.yaml": "title: O\n",
        "evidence/one/notes.txt": "secret",
        "README.md": "secret",
        "evidence/one/.key.yaml": "secret",
    }
    followed = display(written(tmp_path, files))

    for name in SMALL:
        answered = answer(followed, f"/source/{name}")
        assert (answered.status, answered.policy) == (200, OWN_POLICY)
        assert Seen(answered.html).links == ["/one/"]
        assert "Retour au site" in answered.html
        assert borne(answered.html) == token(followed, f"/source/{name}")
    for name in {*files} - {*SMALL}:
        assert answer(followed, f"/source/{name}").status == 404


def test_the_lines_of_a_file_that_went_are_not_to_be_had(tmp_path: Path) -> None:
    followed = display(written(tmp_path, SMALL))
    (tmp_path / CASES).unlink()

    assert answer(followed, f"/source/{CASES}").status == 404


# Paths


@pytest.mark.parametrize(
    "path",
    [
        *("", "//", "//one/", "/one//", "/one/index", "/one/INDEX.HTML", "/One/"),
        *("/one/../one/", "/one/index.html/", "/source", "/source/", "/source//", "/index.html"),
        *(f"/source//{SETTINGS}", f"/source/./{SETTINGS}", f"/source/{SETTINGS}/"),
        *("/source/../README.md", "/source/evidence/one/../../README.md", "/source/README.md"),
        *("/source//etc/passwd", "/source/etc/passwd", f"/{SETTINGS}", "/../README.md", "\\"),
        *("/one/\x00", "/source/\x00", "/templates/a.j2", "/one/..\\..\\README.md"),
    ],
)
def test_nothing_else_is_to_be_had(tmp_path: Path, path: str) -> None:
    followed = display(written(tmp_path, {**SMALL, "README.md": "secret", "templates/a.j2": "a"}))

    answered = answer(followed, path)

    assert answered.status == 404
    assert "secret" not in answered.html
    assert borne(answered.html) == token(followed, path)


def test_names_without_an_end_lead_to_the_pages(tmp_path: Path) -> None:
    followed = display(written(tmp_path, {**SMALL, "evidence/a b/evaluation.yaml": ""}))

    assert (answer(followed, "/one").status, answer(followed, "/one").to) == (307, "/one/")
    assert answer(followed, "/a b").to == "/a%20b/"


def test_an_evaluation_may_be_called_as_ours_are(tmp_path: Path) -> None:
    files = {"theories/t.yaml": "title: T\n", "evidence/source/evaluation.yaml": SMALL[SETTINGS]}
    followed = display(written(tmp_path, files))

    assert "<h1>First: index.html</h1>" in page(followed, "/source/")
    assert answer(followed, "/source/theories/t.yaml").status == 200


def test_pages_of_ours_allow_what_they_carry_and_nothing_else(tmp_path: Path) -> None:
    followed = display(written(tmp_path, SMALL))
    listed = page(followed, f"/source/{CASES}")

    assert page(followed).count(SCRIPT) == 1
    assert answer(followed, "/one/").policy == SITE_POLICY
    assert f"<script>{SCRIPT}</script>" in listed
    assert f'"{STREAM}"+location.pathname' in SCRIPT
    assert len(SCRIPT) < 800
    assert not re.search(r"\son\w+=", listed)


def test_both_languages_have_words_for_every_trouble() -> None:
    kinds = {"unready", "unread", "gone", "failed", "template"}

    assert words_of("live", "en")["troubles"].keys() == kinds
