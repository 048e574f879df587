"""`scc audit`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from scc_eval.cli._choosing import (
    BASELINE,
    CHANGED_SINCE,
    IGNORE,
    NO_BASELINE,
    SELECT,
    WRITE_BASELINE,
    asked,
    choose_told,
)
from scc_eval.cli._copies import copy_report
from scc_eval.cli._known import scope_of_reports
from scc_eval.cli._shared import LANG, choose, fail, open_evaluations, speak
from scc_eval.cli._telling import (
    FAIL_ON,
    FORMATS,
    OUTPUT,
    folder_in_repository,
    leave_by,
    level_named,
    tell_diagnostics,
)

if TYPE_CHECKING:
    from scc_eval.audit import Audit, Known
    from scc_eval.diagnostics import Diagnostic, Severity
    from scc_eval.dossier import Dossier
    from scc_eval.output import Format, Summary
    from scc_eval.reports import Report
    from scc_eval.rules.waivers import Accepted

_FORMATS = (*FORMATS[:2], "csv", *FORMATS[2:])


def audit(
    files: list[Path] = typer.Argument(
        metavar="FILE...", help="Reports: .docx, .odt, .pdf, .html, .md or .txt."
    ),
    evaluation: Path | None = typer.Option(
        None,
        "--evaluation",
        "-e",
        help="The evaluation that the codes belong to; a report that lies in one needs none.",
        metavar="PATH",
    ),
    grammar: list[str] = typer.Option(
        [],
        "--grammar",
        help="How codes are written, such as '{case}_PC{packet}_{section}', where there is no "
        "evaluation; may be repeated. Without it, it is learnt from the reports.",
        metavar="FORM",
    ),
    fix: Path | None = typer.Option(
        None,
        "--fix",
        help="Write a copy to this file in which each damaged code with one repair is repaired.",
        metavar="COPY",
    ),
    write: Path | None = typer.Option(
        None,
        "--write",
        help="Write a copy to this file, .docx or .html, in which codes are links and each "
        "diagnostic a comment.",
        metavar="COPY",
    ),
    links: str = typer.Option(
        "",
        "--links",
        help="Where the links of --write lead: the story or the site, as NAME.html; a {case} in it "
        "stands for the code of the case.",
        metavar="ADDRESS",
    ),
    format: str = typer.Option(
        "text", "--format", help=f"{', '.join(_FORMATS[:-1])} or {_FORMATS[-1]}.", metavar="FORMAT"
    ),
    output: Path | None = OUTPUT,
    fail_on: str = FAIL_ON,
    select: list[str] = SELECT,
    ignore: list[str] = IGNORE,
    changed_since: str | None = CHANGED_SINCE,
    baseline: Path | None = BASELINE,
    no_baseline: bool = NO_BASELINE,
    write_baseline: bool = WRITE_BASELINE,
    lang: str | None = LANG,
) -> None:
    """Audit the citations of written reports.

    Finds the codes, cases, informants and documents that a report cites, says which are damaged
    and how to repair them, which lead nowhere, and what is told without any. With an evaluation it
    holds them against its evidence; without one it takes stock of them all the same. Reports are
    only read; --write and --fix make copies. Exit code 0: nothing at or above --fail-on; 1:
    something; 2: a report could not be read.
    """
    choose("--format", format, _FORMATS)
    level = level_named(fail_on)
    words = speak(lang)
    wanted = asked(select, ignore, changed_since, baseline, no_baseline, write_baseline)
    if (fix or write) and len(files) > 1:
        fail("--fix and --write take one report at a time")
    from scc_eval.files import collector_paused

    with collector_paused():
        reports = [_read(file) for file in files]
        audits = _audited(files, reports, evaluation, grammar, words)

    from scc_eval.diagnostics import in_words, ordered
    from scc_eval.rules.reports import examine_report

    examined = [examine_report(each) for each in audits]
    every = ordered(told for each, _ in examined for told in each)
    chosen = choose_told(every, wanted, scope_of_reports(audits), words)
    found = in_words(chosen.found, words)
    summary = _summary(audits, found, [a for _, each in examined for a in each], words, level)
    summary = chosen.narrow(summary)
    tell_diagnostics(found, summary, format, output, _formats(audits, words))
    if fix or write:
        copy_report(files[0], audits[0], found, fix, write, links, words)
    if any(report.problems for report in reports):
        raise typer.Exit(2)
    leave_by(found, summary)


def _read(file: Path) -> Report:
    from scc_eval.reports import SUFFIXES, MissingExtra, read

    if not file.exists():
        fail(f"{file} does not exist")
    if file.suffix.lower() not in SUFFIXES:
        fail(f"{file} is none of {', '.join(SUFFIXES)}")
    try:
        return read(file, _named(file))
    except MissingExtra as missing:
        fail(
            f"reading {file.suffix} needs the package {missing}: "
            "pip install 'scc-eval[reports]' brings it"
        )


def _named(file: Path) -> str:
    """What a report is called in places: its path from here, if it lies below."""
    here = Path.cwd()
    whole = file.absolute()
    return (whole.relative_to(here) if whole.is_relative_to(here) else file).as_posix()


def _audited(
    files: Sequence[Path],
    reports: Sequence[Report],
    evaluation: Path | None,
    grammar: Sequence[str],
    words: Any,
) -> list[Audit]:
    from scc_eval.audit import audit, learn

    if evaluation is not None and grammar:
        fail("--evaluation says how codes are written: --grammar does not go with it")
    if evaluation is not None:
        known = _declared(_one_evaluation(evaluation))
        return [audit(report, known) for report in reports]
    _check_forms(grammar)
    texts = [paragraph.text for report in reports for paragraph in report.paragraphs]
    learnt = learn(texts, grammar)
    homes = [None if grammar else _home(file, words) for file in files]
    known_of = [_declared(home) if home else learnt for home in homes]
    return [audit(report, known) for report, known in zip(reports, known_of, strict=True)]


def _declared(dossier: Dossier) -> Known:
    from scc_eval.audit import declared

    return declared(dossier)


def _one_evaluation(path: Path) -> Dossier:
    first, *others = open_evaluations(path)
    if others:
        names = ", ".join(dossier.name for dossier in (first, *others))
        fail(f"{path} holds several evaluations: {names}; --evaluation takes one")
    return first


def _home(file: Path, words: Any) -> Dossier | None:
    """The evaluation in whose folder a report lies; None if it lies in none."""
    folders = file.resolve().parents
    home = next((folder for folder in folders if (folder / "evaluation.yaml").is_file()), None)
    if home is None:
        return None
    dossier = _one_evaluation(home)
    told = words["audit"]["resolved"].format(file=file, evaluation=dossier.name)
    typer.echo(f"scc: {told}", err=True)
    return dossier


def _check_forms(grammar: Sequence[str]) -> None:
    from scc_eval.codes import FormError, check_form

    for form in grammar:
        try:
            check_form(form)
        except FormError as error:
            fail(
                f"--grammar {form} cannot be how codes are written ({error}): it has {{case}} and "
                "any of {packet}, {section}, {theme}, each once"
            )


def _summary(
    audits: Sequence[Audit],
    found: Sequence[Diagnostic],
    accepted: Sequence[Accepted],
    words: Any,
    level: Severity,
) -> Summary:
    from scc_eval.diagnostics import in_words, rule_in_words
    from scc_eval.output import Figure, Limitation, Summary
    from scc_eval.output.suites import by_file
    from scc_eval.rules.reports import CHECKS

    own = words["audit"]
    cited = sum(len(audit.citations) for audit in audits)
    waived = in_words((each.found for each in accepted), words)
    rules = [rule_in_words(rule, words) for rule, _ in CHECKS.bound]
    return Summary(
        words,
        (
            Figure("reports", len(audits), own["report"], own["reports"]),
            Figure("citations", cited, own["found"], own["founds"]),
        ),
        tuple(dict.fromkeys(a.known.dossier.name for a in audits if a.known.dossier)),
        accepted=tuple(
            Limitation(each, waiver.author, waiver.date, waiver.reason, waiver.until)
            for each, (_, waiver) in zip(waived, accepted, strict=True)
        ),
        folder=folder_in_repository(Path.cwd()),
        fail_on=level,
        suites=by_file([audit.report.name for audit in audits], found, rules),
    )


def _formats(audits: Sequence[Audit], words: Any) -> dict[str, Format]:
    """The formats of diagnostics, with what the reports cite before them or beside them."""
    from scc_eval.audit import tables
    from scc_eval.output import FORMATS

    def as_json(diagnostics: Sequence[Diagnostic], summary: Summary) -> str:
        import json

        from scc_eval.output.json import document

        whole = {**document(diagnostics, summary), **tables.inventory(audits)}
        return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"

    def with_stock(name: str, stock: Callable[..., str]) -> Format:
        return lambda found, summary: stock(audits, words) + FORMATS[name](found, summary)

    return {
        **FORMATS,
        "text": with_stock("text", tables.as_text),
        "md": with_stock("md", tables.as_markdown),
        "json": as_json,
        "csv": lambda found, summary: tables.as_csv(audits, words),
    }
