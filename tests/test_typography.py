"""French and English typography: spaces and quotation marks, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from scc_eval.story.typography import TYPOGRAPHY, in_english, in_french

NARROW, WIDE = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
SPACES_AND_QUOTES = str.maketrans(dict.fromkeys(" \u00a0\u202f\"«»'’“”"))
TEXTS = st.text(alphabet=" \u00a0\u202f\n\"«»'’:;!?%€019ab.,", max_size=40)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Quoi ?", f"Quoi{NARROW}?"),
        ("Non ! Si ; car", f"Non{NARROW}! Si{NARROW}; car"),
        ("Quoi ?!", f"Quoi{NARROW}?!"),
        (f"déjà{WIDE}; fait", f"déjà{NARROW}; fait"),
        ("deux points : voici", f"deux points{WIDE}: voici"),
        ("à la fin :", f"à la fin{WIDE}:"),
        ("il dit « oui » ici", f"il dit «{NARROW}oui{NARROW}» ici"),
        ("il dit «oui» ici", f"il dit «{NARROW}oui{NARROW}» ici"),
        ('il dit "oui" ici', f"il dit «{NARROW}oui{NARROW}» ici"),
        ('"vraiment ?"', f"«{NARROW}vraiment{NARROW}?{NARROW}»"),
        ("l'eau d'ici", "l’eau d’ici"),
        ("50 000 habitants", f"50{NARROW}000 habitants"),
        ("1 250 000 €", f"1{NARROW}250{NARROW}000{NARROW}€"),
        ("30 % des cas", f"30{NARROW}% des cas"),
    ],
)
def test_french_spaces(written: str, printed: str) -> None:
    assert in_french(written) == printed


@pytest.mark.parametrize(
    "text",
    [
        "12:30",
        "a:b",
        "https://exemple.fr/page?q=1;r=2!",
        "Quoi?",
        "PC1_1 : non".replace(" :", ":"),
        "en 2015 100 personnes",
        "06 12 34 56 78",
        'un seul " guillemet',
        "'entre apostrophes'",
        "",
    ],
)
def test_what_the_author_wrote_without_a_space_stays(text: str) -> None:
    assert in_french(text) == text


def test_english_quotes() -> None:
    assert in_english('They say "it\'s done" : now ?') == "They say “it’s done” : now ?"


@given(TEXTS)
def test_typography_touches_spaces_and_quotes_alone(text: str) -> None:
    for typeset in TYPOGRAPHY.values():
        kept = typeset(text).translate(SPACES_AND_QUOTES)
        assert kept == text.translate(SPACES_AND_QUOTES)


@given(TEXTS)
def test_what_is_typeset_stays_as_it_is(text: str) -> None:
    for typeset in TYPOGRAPHY.values():
        assert typeset(typeset(text)) == typeset(text)
