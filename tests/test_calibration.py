"""Words against what they rest on: what is found in a text, and how often that is right."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, strategies

import renew_measures
from _specimens import BASE
from scc_eval import Dossier, check, load
from scc_eval.calibration import STRENGTHS, ScaleError, calibration, read_scale, same_words
from scc_eval.calibration.measures import measures
from scc_eval.rules import catalogue
from scc_eval.settings import CausalStrength

CODES = renew_measures.codes()
Workspace = Callable[[Mapping[str, str]], Path]

EN = calibration("en")
FR = calibration("fr")


def told(workspace: Workspace, **files: str) -> list[str]:
    """What is said of the base evaluation with those files added or put in place of its own."""
    base = {block.path: block.content for block in BASE}
    own = {f"evidence/eval/{name}.yaml": text for name, text in files.items()}
    projects = load(workspace(base | own))
    found = (each for project in projects for each in check(Dossier(project), 6))
    return [f"{each.rule.code} {each.message}" for each in found]


# How often the rules are right.


def test_the_measures_are_those_of_the_sentences() -> None:
    assert renew_measures.FILE.read_text("utf-8") == renew_measures.text()


@pytest.mark.parametrize("code", CODES)
def test_a_rule_on_wording_is_measured_on_twenty_sentences_of_each_language(code: str) -> None:
    for language in renew_measures.LANGUAGES:
        written = renew_measures.sentences(code, language, "sentences")
        later = renew_measures.sentences(code, language, "held_out")
        assert len(written) >= 20
        assert len({each.text for each in (*written, *later)}) == len(written) + len(later)
        if later:
            assert len(later) >= 10
            assert any(each.says for each in later)
            assert any(each.says is None for each in later)


@pytest.mark.parametrize("code", CODES)
def test_what_a_sentence_ought_to_show_stands_in_it(code: str) -> None:
    for language in renew_measures.LANGUAGES:
        for part in ("sentences", "held_out"):
            for each in renew_measures.sentences(code, language, part):
                assert (each.says or "") in each.text


@pytest.mark.parametrize("code", CODES)
def test_a_rule_on_wording_does_not_cry_wolf(code: str) -> None:
    of_languages = [measures(code)[language] for language in renew_measures.LANGUAGES]
    assert {measure.precision >= 90 for measure in of_languages} == {True}
    assert {measure.recall >= 70 for measure in of_languages} == {True}


@pytest.mark.parametrize("code", CODES)
def test_a_rule_is_less_often_right_of_words_its_lists_were_not_made_for(code: str) -> None:
    held_out = measures(code).get("held_out")
    if held_out:
        assert held_out.precision >= 65
        assert held_out.recall >= 30


def test_only_rules_on_wording_are_measured() -> None:
    assert {rule.code for rule in catalogue() if measures(rule.code)} == set(CODES)


# The scale.


@pytest.mark.parametrize(
    ("text", "met", "unmet"),
    [
        ("3+", (3, None), (2, None)),
        ("2-3", (3, 9), (4, 9)),
        ("2-3", (2, 9), (1, 9)),
        ("50%+", (9, 17), (8, 16)),
        ("66 %+", (67, 100), (66, 100)),
        ("50%+", (1, 1), (50, None)),
    ],
)
def test_a_place_on_the_scale(
    text: str, met: tuple[int, int | None], unmet: tuple[int, int | None]
) -> None:
    assert read_scale(text).is_met(*met)
    assert not read_scale(text).is_met(*unmet)


def test_a_word_off_the_scale_asks_for_nothing() -> None:
    assert read_scale("any").is_met(0, None)


@pytest.mark.parametrize("text", ["", "lots", "3", "3-2", "0%+", "100%+", "50%", "-3", "3++"])
def test_what_is_no_place_on_the_scale(text: str) -> None:
    with pytest.raises(ScaleError):
        read_scale(text)


def test_a_setting_that_is_no_place_on_the_scale_is_told_at_its_place(workspace: Workspace) -> None:
    settings = "title: T\ntheory: town\nquantifiers: {several: lots}\n"
    assert told(workspace, evaluation=settings) == [
        "SCC024 several is lots instead of a count (3+, 2-3), a share (50%+) or any"
    ]


def test_the_strengths_are_those_of_the_settings() -> None:
    assert tuple(strength.value for strength in CausalStrength) == STRENGTHS


# Finding words.


@pytest.mark.parametrize(
    "text",
    [
        "La plupart des habitants s'en réjouissent",
        "LA PLUPART DES HABITANTS",
        "Parmi eux, la plupart d'habitants",
        "Ainsi la\nplupart  des autres\u00a0jeunes habitants",
        unicodedata.normalize("NFD", "La plupart des élus s'en réjouissent"),
    ],
)
def test_words_are_found_in_whatever_way_they_are_written(text: str) -> None:
    (found,) = FR.quantified(text)
    assert found.asks == "50%+"


def test_a_wording_is_quoted_as_written_on_one_line() -> None:
    (found,) = FR.quantified("Ailleurs,\nUne  LARGE\nmajorité d’acteurs approuve")
    assert found.words == "Une LARGE majorité d'acteurs"
    assert found.noun is None


@pytest.mark.parametrize(
    "text",
    [
        "« Plusieurs habitants se plaignent », dit-il",
        "“Several residents complain”, he says",
        '"Several residents complain", he says',
    ],
)
def test_what_others_say_is_not_the_evaluators_wording(text: str) -> None:
    assert FR.quantified(text) == EN.quantified(text) == ()


def test_a_quotation_mark_that_is_never_closed_hides_nothing() -> None:
    assert FR.quantified("« Plusieurs habitants se plaignent") != ()


def test_a_word_without_its_accents_is_found_and_one_with_others_is_not() -> None:
    assert [each.words for each in FR.causal("Le plan entraine une hausse")] == ["entraine"]
    assert FR.causal("Le groupe, entraîné par un voisin, s'agrandit") == ()


def test_a_verb_is_no_preposition() -> None:
    assert FR.causal("L'aide a changé d'objet") == ()


def test_the_longest_of_two_wordings_counts() -> None:
    (found,) = EN.quantified("A large majority of residents came")
    assert found.asks == "66%+"


def test_a_noun_may_come_before() -> None:
    (found,) = EN.quantified("Residents, for the most part, came back")
    assert found.noun == "residents"
    assert EN.quantified("The gardens, for the most part, are tended") == ()


def test_what_a_reader_can_count_is_left_alone() -> None:
    assert EN.quantified("Most residents (11 of 17) came back") == ()
    assert EN.has_base("11 of the 17 residents")
    assert not EN.has_base("Residents came back in 2015")


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("The scheme led to more sales", "causes"),
        ("Along with prices, the scheme led to more sales", "contributes"),
        ("The scheme may have led to more sales", "may"),
        ("The scheme contributed to sales", "contributes"),
    ],
)
def test_a_hedge_or_a_share_takes_strength_from_a_verb(text: str, strength: str) -> None:
    (found,) = EN.causal(text)
    assert found.strength == strength


def test_what_is_denied_hoped_or_due_to_other_things_is_not_asserted() -> None:
    for text in (
        "The scheme has not led to more sales",
        "Nobody knows whether the scheme led to more sales",
        "Buyers say that the scheme led to more sales",
        "The drought led to higher prices",
        "The scheme is meant to lead to more sales",
    ):
        assert EN.causal(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "The mayor believes that most drivers sell more thanks to the scheme",
        "According to one baker, most drivers sell more thanks to the scheme",
        "For the bakers, most drivers sell more thanks to the scheme",
        "Most drivers sell more thanks to the scheme, says the mayor",
        "Do most drivers sell more thanks to the scheme?",
        "Nobody knows whether most drivers sell more thanks to the scheme",
    ],
)
def test_what_others_say_and_what_is_asked_is_not_asserted(text: str) -> None:
    assert EN.causal(text) == ()
    assert EN.quantified(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "The evaluation found that most drivers sell more thanks to the scheme",
        "We believe that most drivers sell more thanks to the scheme",
        "According to our interviews, most drivers sell more thanks to the scheme",
        "Most drivers sell more thanks to the scheme, according to the survey",
    ],
)
def test_what_the_evaluators_found_is_asserted(text: str) -> None:
    assert [each.words for each in EN.causal(text)] == ["thanks to"]
    assert [each.noun for each in EN.quantified(text)] == ["drivers"]


def test_people_are_known_by_what_they_do_and_things_are_not_people() -> None:
    assert [each.noun for each in EN.quantified("Most stonemasonists left")] == ["stonemasonists"]
    assert [each.noun for each in FR.quantified("La plupart des vielleurs")] == ["vielleurs"]
    for text in ("Most numbers fell", "Several factors matter", "Most papers came late"):
        assert EN.quantified(text) == ()
    for text in ("Plusieurs facteurs jouent", "La plupart des elevateurs sont en panne"):
        assert FR.quantified(text) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The grants doubled the herds", ["doubled"]),
        ("Grants to young farmers on the moor have doubled the herds", ["doubled"]),
        ("The grants, which began in May, doubled the herds", ["doubled"]),
        ("Solar lamps reduced accidents", ["reduced"]),
        ("Extending the hours raised attendance", ["raised"]),
        ("The herds were doubled by the grants", ["were doubled by"]),
        ("Farmers doubled the herds", []),
        ("The council reduced accidents", []),
        ("A mild winter reduced accidents", []),
        ("The grants doubled", []),
        ("The grants doubled in May", []),
        ("The grants doubled their budget", []),
        ("The grants did not double the herds", []),
        ("Farmers who had grants doubled the herds", []),
        ("Under the scheme, farmers doubled the herds", []),
        ("The herds doubled", []),
        ("The scheme has prevented flooding", ["prevented"]),
        ("Flooding has prevented the sale of hay", []),
    ],
)
def test_a_verb_of_change_asserts_a_cause_if_the_programme_changes_something(
    text: str, words: list[str]
) -> None:
    assert [each.words for each in EN.causal(text)] == words


def test_what_must_come_after_is_not_quoted() -> None:
    (found,) = FR.causal("Les aides ont doublé les troupeaux")
    assert found.words == "ont doublé"
    assert FR.causal("Les aides ont doublé en mai") == ()


def test_a_share_that_people_make_up_is_none_of_contribution() -> None:
    assert EN.shares("The grants account for a third of the rise") != ()
    assert EN.shares("Women account for a third of the rise") == ()


def test_an_evaluation_may_have_words_of_its_own() -> None:
    own = calibration(
        "en",
        (("a clutch", "4+"), ("several", "any"), ("a/b <c>", "2+"), ("…", "2+"), ("", "3+")),
        (("lead to", "may"), ("is behind", "causes"), ("<x?", "causes")),
        ("Bakers", "Those who bake, and buy", "Adult people who bake bread"),
    )
    assert own.quantified("Several bakers came") == ()
    (found,) = own.quantified("A clutch of bakers came")
    assert (found.words, found.noun) == ("A clutch of bakers", "bakers")
    assert [each.strength for each in own.causal("It led to sales; it is behind the rise")] == [
        *("may", "causes")
    ]


@pytest.mark.parametrize("text", ["", " ", "…", "« »", "«", "''", "12 %", "- - -", "\u0301"])
def test_a_text_without_words_has_none(text: str) -> None:
    for finds in (EN, FR):
        assert not finds.causal(text)
        assert not finds.quantified(text)
        assert not finds.general(text)
        assert not finds.shares(text)


@given(strategies.text(alphabet="aàd'’«»“”\"….,(% 19-_\u0301\n") | strategies.text())
def test_no_text_is_too_odd(text: str) -> None:
    for finds in (EN, FR):
        for find in (finds.causal, finds.quantified, finds.general, finds.shares):
            assert isinstance(find(text), tuple)


@pytest.mark.parametrize("text", ["« ", "« » ", "plusieurs habitants ", "la plupart des ", "50 % "])
def test_a_text_without_end_is_read_in_little_time(text: str) -> None:
    begun = time.process_time()
    FR.quantified(text * 20_000)
    assert time.process_time() - begun < 20


def test_same_words() -> None:
    assert same_words("élus", "Les ELUS de la ville")
    assert not same_words("les élus", "les agents")


# Evidence that could not be read.


def test_evidence_that_could_not_be_taken_is_not_told_as_missing(workspace: Workspace) -> None:
    more = (
        "evidence:\n"
        "  - {code: FAIR_PCB_1-2, text: I sell more, sources: P1, polarity: perhaps}\n"
        "cases:\n"
        "  - {code: HALL, label: The covered hall}\n"
        "claims:\n"
        "  - {id: Q1, packet: B, text: Several growers sell more, evidence: FAIR_PCB_2}\n"
        "  - {id: Q2, packet: B, text: Several growers sell more, evidence: FAIR_PCB_1-2}\n"
        "key_points:\n"
        "  - {id: K1, packet: B, text: All growers sell more, rests_on: FAIR_PCB_1}\n"
        "lessons:\n"
        "  - {id: LE1, title: All growers sell more, rests_on: [FAIR_PCB_2, Q9]}\n"
        "  - {id: LE2, title: All growers sell more, rests_on: [FAIR_PCB_2, FAIR_PCB_1]}\n"
    )
    found = told(workspace, more=more)
    assert [each for each in found if "SCC711" <= each[:6] <= "SCC716"] == [
        "SCC713 “Several growers” in Q1 stands for 3+; root sources behind it: 1 (P1); "
        "people asked: 1"
    ]
