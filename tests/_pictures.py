"""Pictures of pages, kept small: a coarse grid of greys says whether a page looks as it did.

Each square of a fingerprint is the mean grey of what it covers, from 00 to ff. Letters drawn a
little otherwise hardly change a square, a column that has moved changes many.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from _browser import VIEWS, browsing, visiting
from scc_eval.diagrams.png import FONTS

if TYPE_CHECKING:
    from PIL.Image import Image
    from playwright.sync_api import Browser, Page

FOLDER = Path(__file__).parent / "golden" / "site"
SITE = "loos-en-gohelle"
PAGES = ("index", "theory", "packet-B", "evidence", "Eco", "sources")
"""The pages of its site that are kept, in every view."""
KEPT = tuple(f"{page}.{view}" for page in PAGES for view in VIEWS)
SIDE = 32
"""The pixels of a square's side, about."""
WINDOWS = 2
"""How many windows of a page, from its top, are in its picture."""
TOLERANCE = 14
"""By how much the mean grey of three squares by three may differ, of 255."""


class Fingerprint(NamedTuple):
    """The greys of a picture by row, a byte a square."""

    rows: tuple[bytes, ...]

    def __str__(self) -> str:
        return "".join(f"{row.hex()}\n" for row in self.rows)


def read(text: str) -> Fingerprint:
    """The fingerprint that a file holds."""
    return Fingerprint(tuple(bytes.fromhex(line) for line in text.splitlines()))


def kept(name: str) -> Fingerprint:
    """The fingerprint that is kept under a name; an empty one where there is none."""
    file = FOLDER / f"{name}.txt"
    return read(file.read_text("ascii")) if file.is_file() else Fingerprint(())


def seen(browser: Browser, site: Path, name: str) -> Fingerprint:
    """The fingerprint of a page of a site in a view, both by name: `index.dark`."""
    page, _, view = name.partition(".")
    # The letters are put in by a style of ours, which the page's policy would not allow.
    look = VIEWS[view]._replace(obeys=False)
    with visiting(browser, site / f"{page}.html", look) as visit:
        return fingerprint(visit.page)


def renew_pictures(site: Path) -> None:
    """Keep what is seen of a site now, wherever it is not what is kept."""
    FOLDER.mkdir(exist_ok=True)
    with browsing() as browser:
        for name in KEPT:
            found = seen(browser, site, name)
            if difference(kept(name), found):
                (FOLDER / f"{name}.txt").write_text(str(found), "ascii")


def fingerprint(page: Page) -> Fingerprint:
    """How a page looks from its top, in the font that is shipped: the machine's are its own."""
    page.add_style_tag(content=_LETTERS)
    page.evaluate(_LETTERS_ARE_THERE)
    window = page.viewport_size
    assert window is not None
    height = min(page.evaluate("document.documentElement.scrollHeight"), WINDOWS * window["height"])
    png = page.screenshot(
        full_page=True,
        animations="disabled",
        clip={"x": 0, "y": 0, "width": window["width"], "height": height},
    )
    return reduced(png)


def reduced(png: bytes) -> Fingerprint:
    """The fingerprint of a picture."""
    from PIL import Image

    with Image.open(BytesIO(png)) as picture:
        across, down = (max(1, round(size / SIDE)) for size in picture.size)
        small = picture.convert("L").resize((across, down), Image.Resampling.BOX)
    greys = small.tobytes()
    return Fingerprint(tuple(greys[at : at + across] for at in range(0, len(greys), across)))


def difference(before: Fingerprint, now: Fingerprint) -> str:
    """Where a page looks otherwise than it did, and by how much; nothing where it does not."""
    from PIL import ImageChops, ImageFilter

    sizes = [
        f"{len(each.rows[0]) if each.rows else 0} × {len(each.rows)}" for each in (before, now)
    ]
    if sizes[0] != sizes[1]:
        return f"{sizes[1]} squares where {sizes[0]} are kept"
    # What is darker and what is lighter are smoothed apart, so that neither is cut off.
    old, new = _image(before), _image(now)
    ways = ImageChops.subtract(new, old), ImageChops.subtract(old, new)
    lighter, darker = (way.filter(ImageFilter.BoxBlur(1)).tobytes() for way in ways)
    by = [more - less for more, less in zip(lighter, darker, strict=True)]
    place = max(range(len(by)), key=lambda index: abs(by[index]))
    row, column = divmod(place, len(now.rows[0]))
    told = f"{by[place]:+} of 255 at row {row + 1}, column {column + 1}"
    return told if abs(by[place]) > TOLERANCE else ""


def _image(fingerprint: Fingerprint) -> Image:
    from PIL import Image

    size = len(fingerprint.rows[0]), len(fingerprint.rows)
    return Image.frombytes("L", size, b"".join(fingerprint.rows))


def _faces() -> Iterator[str]:
    for weight, font in (("normal", "DejaVuSans.ttf"), ("bold", "DejaVuSans-Bold.ttf")):
        letters = base64.b64encode((FONTS / font).read_bytes()).decode()
        source = f"src: url(data:font/ttf;base64,{letters})"
        yield f"@font-face {{ font-family: shipped; font-weight: {weight}; {source} }}"


_LETTERS = "* { font-family: shipped !important }" + "".join(_faces())
_LETTERS_ARE_THERE = """async () => {
  const both = ["1em shipped", "bold 1em shipped"].map(face => document.fonts.load(face));
  for (const [found] of await Promise.all(both)) if (found.status !== "loaded") throw found;
  await document.fonts.ready;
}"""
