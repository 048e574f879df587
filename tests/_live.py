"""Small workspaces that are followed, a site of three lines a page, and a server of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from queue import Queue
from threading import Event, Thread
from typing import NamedTuple

from scc_eval.diagnostics import Diagnostic
from scc_eval.dossier import Dossier
from scc_eval.live.carried import Carried
from scc_eval.live.changes import changes
from scc_eval.live.display import Display
from scc_eval.live.ground import Ground, ground_at
from scc_eval.live.reading import LayOut, Pages
from scc_eval.live.server import Server, bind, serve
from scc_eval.story.annex import Accepted

SETTINGS = "evidence/one/evaluation.yaml"
SMALL: Mapping[str, str] = {
    "theories/t.yaml": "title: T\n",
    SETTINGS: "title: First\ntheory: t\n",
    "evidence/one/cases.yaml": "cases:\n  - {code: Eco, label: Economy}\n",
}
BROKEN = "title: [\n"
PATIENCE = 20.0
"""Seconds after which a test gives up waiting."""
_BORNE = re.compile(r'data-scc-live="([^"]+)"')


def lay_out(
    dossier: Dossier, found: Sequence[Diagnostic], accepted: Sequence[Accepted], language: str
) -> Pages:
    """A site with a page for each case besides the first, made of what is declared."""
    title = dossier.settings.title

    def page(name: str, carried: Carried) -> str:
        return f"<body>{carried.banner}<h1>{title}: {name}</h1>\n{carried.script}\n{carried.style}"

    return Pages(("index.html", *(f"{case.code}.html" for case in dossier.cases)), page)


def written(root: Path, files: Mapping[str, str]) -> Path:
    """Write files below a folder, which comes back."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


def saved(path: Path, text: str) -> None:
    """Save a file as editors do: beside itself, then renamed over."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, "utf-8")
    beside.replace(path)


def ground(root: Path) -> Ground:
    """A workspace that is followed with its templates."""
    return ground_at(root, ("templates",))


def display(root: Path, made_by: LayOut = lay_out, language: str | None = None) -> Display:
    """What is shown of a workspace once it is read."""
    shown = Display(ground(root), made_by, language)
    shown.renew(frozenset())
    return shown


def borne(page: str) -> str:
    """The token that a page bears."""
    (token,) = _BORNE.findall(page)
    return str(token)


Told = Callable[[], frozenset[str]]
"""The next files that are told to have changed."""


@contextmanager
def told_of(followed: Ground) -> Iterator[Told]:
    """Follows a workspace in a thread of its own. The first that is told is left out."""
    stop, queue = Event(), Queue[frozenset[str]]()

    def follow() -> None:
        for changed in changes(followed, stop):
            queue.put(changed)

    thread = Thread(target=follow)
    thread.start()
    try:
        queue.get(timeout=PATIENCE)
        yield lambda: queue.get(timeout=PATIENCE)
    finally:
        stop.set()
        thread.join(PATIENCE)
        assert not thread.is_alive()


class Got(NamedTuple):
    """What was answered."""

    status: int
    headers: Mapping[str, str]
    text: str


class Client(NamedTuple):
    """Asks the server at a port."""

    port: int

    def get(self, path: str, method: str = "GET", host: str | None = None) -> Got:
        """Ask for a path exactly as it is written, as that host."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.putrequest(method, path, skip_host=True)
        connection.putheader("Host", host or f"127.0.0.1:{self.port}")
        connection.endheaders()
        response = connection.getresponse()
        headers = {name.lower(): value for name, value in response.getheaders()}
        text = response.read().decode()
        connection.close()
        return Got(response.status, headers, text)

    @contextmanager
    def hearing(self, path: str) -> Iterator[Callable[[], str]]:
        """Hears what is told of a page: each call waits for the next token, "" at the end."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", f"/_live{path}")
        response = connection.getresponse()
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
        yield lambda: _next_token(response)
        connection.close()

    def shown(self, path: str, is_so: Callable[[str], bool]) -> str:
        """The page at a path, asked for again whenever it is told to be another, until it is so."""
        with self.hearing(path) as told:
            while True:
                told()
                if is_so(page := self.get(path).text):
                    return page


def _next_token(response: HTTPResponse) -> str:
    while line := response.readline().decode():
        if line.startswith("data: "):
            return line.removeprefix("data: ").strip()
    return ""


@contextmanager
def served(root: Path, made_by: LayOut = lay_out) -> Iterator[Client]:
    """A server of a workspace in a thread of its own."""
    with serving(Server(Display(ground(root), made_by))) as client:
        yield client


@contextmanager
def serving(server: Server) -> Iterator[Client]:
    """The same of a server at hand."""
    listening = bind(0)
    port = int(listening.getsockname()[1])
    thread = Thread(target=serve, args=(server, listening))
    thread.start()
    try:
        yield Client(port)
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        assert not thread.is_alive()
