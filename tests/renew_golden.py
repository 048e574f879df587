"""What the golden files hold, and how each is made anew: `python tests/renew_golden.py`.

A golden is a workspace and the texts the program makes of it. The name of an expected file says
which: `story.html` is what `scc story --format html` writes, `site.html` what `scc site
--single-file` writes, `validate.fr.txt` what `scc validate --lang fr` prints. Quality control and
coverage are in English unless their file says otherwise; a story is in the language of its
evaluation. `formats` holds one list of diagnostics in every format, `terminal` what terminals of
several widths show, `site` how pages look, in greys.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from typer.testing import CliRunner

from _diagnostics import GOLDENS as LISTED, formatted
from _terminal import GOLDENS as DRAWN, WORKSPACE as DRAWN_OF, produce_drawing
from scc_eval.cli import app

REPOSITORY = Path(__file__).parents[1]
FOLDER = Path(__file__).parent / "golden"
STORIES = ("story.md", "story.html")
ALL = (
    *("validate.txt", "validate.json"),
    *("status.txt", "status.json", "status.md"),
    *("coverage.txt", "coverage.md", "coverage.csv", "coverage.json"),
    *("balance.txt", "balance.csv", "balance.json"),
    *("robustness.txt", "robustness.csv", "robustness.json"),
    *("next.txt", "next.csv", "next.json", "next.html"),
    *("matrix.txt", "matrix.csv", "matrix.json"),
    *STORIES,
)
GOLDENS: Mapping[str, tuple[str, ...]] = {
    "quit-together": (
        *(*ALL, "matrix.md", "matrix.html"),
        *("trace.txt", "trace.json", "trace.md", "trace.mermaid"),
        *("graph.svg", "graph.fr.svg", "graph.json", "graph.mermaid", "graph.dot"),
    ),
    "loos-en-gohelle": (
        *("validate.txt", "validate.fr.txt", "status.txt", "status.fr.txt"),
        *("coverage.txt", "coverage.fr.txt", "coverage.md"),
        *("balance.txt", "robustness.txt", "next.fr.md", "story.md"),
        *("matrix.fr.txt", "matrix.fr.md", "trace.fr.txt"),
        *("graph.fr.svg", "graph.fr.mermaid"),
    ),
    "loos-repaired": (
        "validate.txt",
        "status.fr.txt",
        "balance.md",
        "robustness.md",
        "story.md",
        "graph.fr.svg",
    ),
    "draft": (*ALL, "graph.svg", "site.html"),
    "broken": ("validate.txt", "validate.fr.txt", "validate.json", "status.txt", "status.json"),
    "hostile": (*STORIES, "site.html", "graph.svg", "graph.json", "graph.mermaid", "graph.dot"),
}
_FORMATS = {"txt": "text"}
_ASKED = {"matrix": ("conclusions",), "trace": ("CCL4",)}
"""What a command is asked before it is told where."""


def pairs(command: str) -> tuple[tuple[str, str], ...]:
    """Every golden and file that a command makes."""
    return tuple((name, file) for name, file in _all_pairs() if file.startswith(f"{command}."))


def workspace(name: str) -> Path:
    """The workspace of a golden; the shipped evaluations are their own."""
    shipped = REPOSITORY / "evidence" / name
    return shipped if shipped.is_dir() else FOLDER / name / "workspace"


def expected(name: str, file: str) -> Path:
    """Where an expected text is kept."""
    return FOLDER / name / "expected" / file


def produce(name: str, file: str) -> str:
    """The text the program makes today."""
    command, *languages, suffix = file.split(".")
    if command != "story" and not languages:
        languages = ["en"]
    spoken = [argument for language in languages for argument in ("--lang", language)]
    asked = (command, *_ASKED.get(command, ()), str(workspace(name)))
    if command == "site":
        return _on_one_page(asked)
    arguments = [*asked, "--format", _FORMATS.get(suffix, suffix), *spoken]
    done = CliRunner().invoke(app, arguments)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.stdout_bytes.decode()


def _on_one_page(asked: tuple[str, ...]) -> str:
    with TemporaryDirectory() as folder:
        page = Path(folder) / "site.html"
        CliRunner().invoke(app, [*asked, "--single-file", "--output", str(page)])
        return page.read_text("utf-8")


def renew() -> None:
    """Rewrite every expected file."""
    for name, file in _all_pairs():
        path = expected(name, file)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(produce(name, file).encode())
    for file, asked in LISTED.items():
        (FOLDER / "formats" / file).write_bytes(formatted(*asked).encode())
    for file in DRAWN:
        text = produce_drawing(file, workspace(DRAWN_OF))
        (FOLDER / "terminal" / file).write_bytes(text.encode())
    _renew_pictures()


def _renew_pictures() -> None:
    """Keep how pages look, where they look otherwise than is kept and there is a browser."""
    # Not before they are needed: pytest rewrites the browser's module when it takes its fixtures.
    from _browser import PROGRAM
    from _pictures import SITE, renew_pictures
    from _programs import has

    if not has(PROGRAM):
        print(f"how pages look is not renewed: that needs {PROGRAM}")
        return
    with TemporaryDirectory() as folder:
        CliRunner().invoke(app, ["site", str(workspace(SITE)), "--output", folder])
        renew_pictures(Path(folder))


def _all_pairs() -> Iterator[tuple[str, str]]:
    for name, files in GOLDENS.items():
        for file in files:
            yield name, file


if __name__ == "__main__":
    renew()
