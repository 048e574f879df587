"""SCC8xx: do conclusions, recommendations and lessons follow from what was judged?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scc_eval.diagnostics import Issue, Rule, by_stage
from scc_eval.model.choices import FactorRole, Status, Tone
from scc_eval.model.theory import Question, QuestionKind
from scc_eval.rules._checks import Checks

if TYPE_CHECKING:
    from scc_eval.dossier import Dossier
    from scc_eval.model.base import Declaration
    from scc_eval.model.telling import Conclusion

CHECKS = Checks()

_FOLLOWED = (
    "USAID and UNEG ask that a reader can tell which findings a conclusion follows from; the "
    "Loos-en-Gohelle evaluation draws its conclusions from its contribution analysis."
)
_EVERY_QUESTION = (
    "EuropeAid's guides and the OECD-DAC's standards (2010, 3.12) ask that every evaluation "
    "question be answered, and extra conclusions come once all of them are."
)
_FOLLOWING = (
    "UNEG's checklist for reports (2010) asks that recommendations be supported by conclusions, "
    "name whom they are for and make their priorities clear."
)


@CHECKS.rule(
    Rule(
        "SCC801",
        "conclusion-without-footing",
        by_stage("---wee"),
        "the conclusion {conclusion} rests on nothing",
        "A conclusion that follows from nothing in the story is an opinion of the evaluators.",
        "Name under `rests_on` the claims, key points or assertions that {conclusion} follows "
        "from; if there are none, tell them first or take it out.",
        _FOLLOWED,
    )
)
def conclusion_without_footing(dossier: Dossier) -> Iterator[Issue]:
    for conclusion in dossier.conclusions:
        if not conclusion.rests_on:
            yield Issue(conclusion.at(), {"conclusion": conclusion.id})


@CHECKS.rule(
    Rule(
        "SCC802",
        "conclusion-without-judged-claim",
        by_stage("---wee"),
        "the conclusion {conclusion} rests on no claim that has been judged",
        "It says what the programme contributed to, and nobody has said how far the evidence "
        "allows that to be said.",
        "Judge the claims that {conclusion} rests on, or name judged ones under `rests_on`; where "
        "it is about another factor alone, name that under `factors` and no claim; where its "
        "question is not about a contribution, say `asks: descriptive` there.",
        _FOLLOWED + " That a claim among them be judged is our own demand.",
        needs=("theory", "question", "rival"),
    )
)
def conclusion_without_judged_claim(dossier: Dossier) -> Iterator[Issue]:
    judged = {claim.id for claim in dossier.claims if claim.status not in _UNJUDGED}
    examined = {r.factor for r in dossier.rivals if r.role is not FactorRole.NOT_EXAMINED}
    for conclusion in dossier.conclusions:
        reached = dossier.reached(conclusion.rests_on)
        is_on_factor = not examined.isdisjoint(conclusion.factors)
        if not reached or (is_on_factor and dossier.claim_named.keys().isdisjoint(reached)):
            continue
        is_lost = any(_leads_nowhere(dossier, name) for name in reached)
        if judged.isdisjoint(reached) and not is_lost and _may_be_causal(dossier, conclusion):
            yield Issue(conclusion.at("rests_on"), {"conclusion": conclusion.id})


_UNJUDGED = (None, Status.UNTESTED, Status.NOT_TO_BE_PROVEN)


def _leads_nowhere(dossier: Dossier, name: str) -> bool:
    """Whether a name is that of nothing told, or of something that could not be taken."""
    return name not in dossier.resting and dossier.cell(name) is None


def _may_be_causal(dossier: Dossier, conclusion: Conclusion) -> bool:
    question = _question_of(dossier, conclusion)
    return question is None or question.asks is QuestionKind.CAUSAL


def _question_of(dossier: Dossier, conclusion: Conclusion) -> Question | None:
    return next((q for q in dossier.questions if q.id == conclusion.question), None)


@CHECKS.rule(
    Rule(
        "SCC803",
        "unanswered-question",
        by_stage("----we"),
        "no conclusion answers the question {question}",
        "It is what the evaluation was asked; silence on it cannot be told from a bad answer.",
        "Write the conclusion that answers {question}, if only to say why it cannot be answered; "
        "or name {question} under `question` of the one that does.",
        _EVERY_QUESTION,
        needs=("theory", "question", "conclusion"),
    )
)
def unanswered_question(dossier: Dossier) -> Iterator[Issue]:
    for question in _unanswered(dossier):
        yield Issue(question.at(), {"question": question.id})


def _unanswered(dossier: Dossier) -> Iterator[Question]:
    answered = {conclusion.question for conclusion in dossier.conclusions}
    for question in dossier.questions:
        if question.id not in answered and not dossier.is_mentioned("conclusion", question.id):
            yield question


@CHECKS.rule(
    Rule(
        "SCC804",
        "extra-conclusion",
        by_stage("----ww"),
        "the conclusion {conclusion} answers no question, while nothing answers {questions}",
        "What nobody asked takes the room of what was asked.",
        "Name under `question` what {conclusion} answers, or answer {questions} first.",
        _EVERY_QUESTION,
        needs=("theory", "question", "conclusion"),
    )
)
def extra_conclusion(dossier: Dossier) -> Iterator[Issue]:
    questions = ", ".join(question.id for question in _unanswered(dossier))
    for conclusion in dossier.conclusions if questions else ():
        if conclusion.question is None:
            yield Issue(conclusion.at(), {"conclusion": conclusion.id, "questions": questions})


@CHECKS.rule(
    Rule(
        "SCC805",
        "value-without-criterion",
        by_stage("---nww"),
        "the conclusion {conclusion} speaks for or against, by no criterion",
        "Good or bad is said by some standard; without it, the reader can neither share the "
        "judgement nor dispute it.",
        "Write under `criterion` what {conclusion} is judged by, or give its question a criterion.",
        "EuropeAid's guides ask that value judgements be explicit, and the criteria with them.",
        needs=("theory", "question"),
    )
)
def value_without_criterion(dossier: Dossier) -> Iterator[Issue]:
    for conclusion in dossier.conclusions:
        question = _question_of(dossier, conclusion)
        is_open = conclusion.question is None or question is not None
        criterion = conclusion.criterion or (question and question.criterion)
        if conclusion.tone is not None and is_open and not criterion:
            yield Issue(conclusion.at("tone"), {"conclusion": conclusion.id})


@CHECKS.rule(
    Rule(
        "SCC806",
        "recommendation-without-conclusion",
        by_stage("----we"),
        "the recommendation {recommendation} follows from no conclusion",
        "Whoever has to act on it cannot tell what the evaluation found that calls for it.",
        "Name under `conclusions` those that {recommendation} follows from; if there are none, "
        "draw them first or take it out.",
        _FOLLOWING,
    )
)
def recommendation_without_conclusion(dossier: Dossier) -> Iterator[Issue]:
    for recommendation in dossier.recommendations:
        if not recommendation.conclusions:
            yield Issue(recommendation.at(), {"recommendation": recommendation.id})


@CHECKS.rule(
    Rule(
        "SCC807",
        "recommendation-without-addressee",
        by_stage("----nw"),
        "the recommendation {recommendation} lacks {fields}",
        "What is asked of nobody, or as much as everything else, is not done.",
        "Write {fields} for {recommendation}: `addressee` is who is to act, `priority` how much it "
        "matters beside the others.",
        _FOLLOWING,
    )
)
def recommendation_without_addressee(dossier: Dossier) -> Iterator[Issue]:
    for recommendation in dossier.recommendations:
        if fields := _missing(recommendation, "addressee", "priority"):
            facts = {"recommendation": recommendation.id, "fields": fields}
            yield Issue(recommendation.at(), facts)


def _missing(declared: Declaration, *fields: str) -> str:
    return ", ".join(field for field in fields if not getattr(declared, field))


@CHECKS.rule(
    Rule(
        "SCC808",
        "unfollowed-conclusion",
        by_stage("----nn"),
        "no recommendation follows from the conclusion {conclusion}, which is unfavourable",
        "The reader expects that what goes wrong is acted upon, and wonders whether it was "
        "forgotten.",
        "Recommend something on {conclusion}, or say under `no_recommendation` why nothing is.",
        "Our own: what is passed over should be seen to be.",
        needs=("recommendation",),
    )
)
def unfollowed_conclusion(dossier: Dossier) -> Iterator[Issue]:
    followed = {name for each in dossier.recommendations for name in each.conclusions}
    # An evaluation that recommends nothing at all was not asked to.
    for conclusion in dossier.conclusions if dossier.recommendations else ():
        is_open = conclusion.tone is Tone.NEGATIVE and not conclusion.no_recommendation
        name = conclusion.id
        is_followed = name in followed or dossier.is_mentioned("recommendation", name)
        if is_open and not is_followed:
            yield Issue(conclusion.at(), {"conclusion": name})


@CHECKS.rule(
    Rule(
        "SCC811",
        "lesson-without-block",
        by_stage("----nw"),
        "the lesson {lesson} lacks {fields}",
        "Others can only use it if they see what was done, what made it work and what to beware "
        "of.",
        "Write {fields} for {lesson}.",
        "The Loos-en-Gohelle evaluation tells each lesson in these three blocks.",
    )
)
def lesson_without_block(dossier: Dossier) -> Iterator[Issue]:
    for lesson in dossier.lessons:
        if fields := _missing(lesson, "observed", "success_factors", "vigilance"):
            yield Issue(lesson.at(), {"lesson": lesson.id, "fields": fields})


@CHECKS.rule(
    Rule(
        "SCC812",
        "lesson-without-context",
        by_stage("----nw"),
        "the lesson {lesson} is not told as context, mechanism and outcome: it lacks {fields}",
        "What worked here works elsewhere only in a like context, by the same mechanism; a lesson "
        "that says less is a recipe.",
        "Write {fields} for {lesson}: in such a context, such a mechanism can produce such an "
        "outcome.",
        "Pawson and Tilley (1997), whom the Loos-en-Gohelle evaluation quotes for its lessons.",
    )
)
def lesson_without_context(dossier: Dossier) -> Iterator[Issue]:
    for lesson in dossier.lessons:
        if fields := _missing(lesson, "context", "mechanism", "outcome"):
            yield Issue(lesson.at(), {"lesson": lesson.id, "fields": fields})


@CHECKS.rule(
    Rule(
        "SCC813",
        "lesson-without-footing",
        by_stage("----we"),
        "the lesson {lesson} rests on nothing told or judged",
        "What others are to learn has to have been found here first.",
        "Name under `rests_on` the claims, key points, assertions or codes that {lesson} is drawn "
        "from.",
        "EuropeAid's guides take lessons to be conclusions that can be carried elsewhere; that "
        "they name what they rest on is our own demand.",
    )
)
def lesson_without_footing(dossier: Dossier) -> Iterator[Issue]:
    for lesson in dossier.lessons:
        if not lesson.rests_on:
            yield Issue(lesson.at(), {"lesson": lesson.id})
