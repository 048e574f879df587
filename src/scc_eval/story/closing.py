"""What closes a story: impacts, conclusions by question, recommendations, lessons."""

from __future__ import annotations

from collections.abc import Iterator

from scc_eval.model.telling import Conclusion, Impact, Lesson, Recommendation
from scc_eval.story import view
from scc_eval.story.scribe import Scribe, anchored


def tell_impacts(scribe: Scribe) -> tuple[view.Impact, ...]:
    """The thematic impacts, as observed."""
    return tuple(_impact(scribe, impact) for impact in scribe.dossier.impacts)


def _impact(scribe: Scribe, impact: Impact) -> view.Impact:
    box = scribe.dossier.boxes.get(impact.box or "")
    return view.Impact(
        scribe.text(impact.title),
        scribe.text(box.label) if box else "",
        scribe.choice("added_values", impact.added_value) or "",
        tuple(scribe.line(assertion) for assertion in impact.assertions),
    )


def tell_answers(scribe: Scribe) -> tuple[view.Answer, ...]:
    """The conclusions, by the question they answer; those of no declared question at the end."""
    dossier = scribe.dossier
    asked = {question.id for question in dossier.questions}
    answers = []
    for question in dossier.questions:
        given = [c for c in dossier.conclusions if c.question == question.id]
        told = tuple(_conclusion(scribe, conclusion) for conclusion in given)
        gap = "" if told else scribe.word("gaps", "question")
        answers.append(view.Answer(question.id, scribe.text(question.text), told, gap))
    others = [c for c in dossier.conclusions if c.question not in asked]
    if others:
        told = tuple(_conclusion(scribe, conclusion) for conclusion in others)
        answers.append(view.Answer("", scribe.word("other_conclusions"), told, ""))
    return tuple(answers)


def _conclusion(scribe: Scribe, conclusion: Conclusion) -> view.Conclusion:
    codes = tuple(dict.fromkeys(_codes_below(scribe, conclusion.rests_on)))
    return view.Conclusion(
        conclusion.id,
        anchored(conclusion.id),
        scribe.text(conclusion.text),
        scribe.choice("tones", conclusion.tone) or "",
        scribe.refs(name for name in conclusion.rests_on if name in scribe.dossier.told_ids),
        scribe.citations(_cells(scribe, codes)),
        "" if conclusion.rests_on else scribe.word("gaps", "conclusion"),
    )


def _cells(scribe: Scribe, codes: tuple[str, ...]) -> Iterator[str]:
    """The cells of codes: so far from the evidence, which item is meant no longer counts."""
    for text in codes:
        code = scribe.dossier.code(text)
        yield code.cell if code else text


def _codes_below(scribe: Scribe, names: tuple[str, ...]) -> Iterator[str]:
    """The codes that claims, key points and assertions of those names rest on in the end."""
    dossier = scribe.dossier
    for name in dossier.reached(names):
        if name not in dossier.resting and dossier.code(name) is not None:
            yield name


def tell_recommendations(scribe: Scribe) -> tuple[view.Recommendation, ...]:
    """The recommendations with their measures."""
    return tuple(_recommendation(scribe, item) for item in scribe.dossier.recommendations)


def _recommendation(scribe: Scribe, item: Recommendation) -> view.Recommendation:
    return view.Recommendation(
        item.id,
        anchored(item.id),
        scribe.text(item.title),
        scribe.text(item.text),
        scribe.fields(("addressee", item.addressee), ("priority", item.priority)),
        scribe.refs(item.conclusions),
        "" if item.conclusions else scribe.word("gaps", "recommendation"),
        tuple(
            view.Measure(
                measure.label,
                scribe.text(measure.title),
                scribe.text(measure.text),
                tuple(scribe.text(step) for step in measure.steps),
            )
            for measure in item.measures
        ),
    )


def tell_lessons(scribe: Scribe) -> tuple[view.Part, ...]:
    """The lessons, under the headings the evaluators gave them."""
    parts: dict[str, list[view.Lesson]] = {}
    for lesson in scribe.dossier.lessons:
        parts.setdefault(scribe.text(lesson.part), []).append(_lesson(scribe, lesson))
    return tuple(view.Part(title, tuple(lessons)) for title, lessons in parts.items())


def _lesson(scribe: Scribe, lesson: Lesson) -> view.Lesson:
    def block(name: str, entries: tuple[str, ...]) -> view.Block:
        told = tuple(scribe.text(entry) for entry in entries)
        return view.Block(scribe.word("blocks", name), told)

    return view.Lesson(
        lesson.id,
        anchored(lesson.id),
        scribe.text(lesson.title),
        (
            scribe.field("context", lesson.context),
            scribe.field("mechanism", lesson.mechanism),
            scribe.field("outcome", lesson.outcome),
        ),
        (
            block("observed", lesson.observed),
            block("success_factors", lesson.success_factors),
            block("vigilance", lesson.vigilance),
        ),
    )
