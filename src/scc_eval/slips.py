"""SCC0xx: the slips that keep a file, or a declaration in it, from being read."""

from __future__ import annotations

from collections.abc import Mapping

from scc_eval.diagnostics import ALWAYS_ERROR, ALWAYS_WARNING, Levels, Rule

_OURS = "Our own: a file must be read before anything can be said of it."


def _rule(
    code: str, name: str, message: str, why: str, fix: str, levels: Levels = ALWAYS_ERROR
) -> Rule:
    return Rule(code, name, levels, message, why, fix, authority=_OURS)


UNREADABLE = _rule(
    "SCC001",
    "unreadable-file",
    "this file cannot be read: {refusal}",
    "What cannot be read cannot be judged, and coverage looks worse than it is.",
    "Check that the file exists, that a link to it leads somewhere, and that you may read it.",
)
BROKEN = _rule(
    "SCC002",
    "broken-yaml",
    "this is not YAML: {problem}",
    "The rest of the file, from here on, could not be read.",
    "Look at this line and the one above: indentation, a bracket or a quotation mark is amiss.",
)
NOT_UTF8 = _rule(
    "SCC003",
    "not-utf8",
    "the byte {byte} is not UTF-8 text",
    "Accented letters saved in an older encoding cannot be told apart with certainty.",
    "Save the file as UTF-8 (in most editors: Save as, Encoding, UTF-8).",
)
TAB = _rule(
    "SCC004",
    "tab-indent",
    "a tab character indents this line",
    "YAML allows spaces only, since a tab has no fixed width.",
    "Replace the tab by spaces, as many as the neighbouring lines have.",
)
COLON = _rule(
    "SCC005",
    "colon-in-text",
    "a colon followed by a space stands inside a text",
    "YAML takes the colon for the end of a name.",
    "Put the whole text between quotation marks, or write it below `>-` on lines of its own.",
)
UNCLOSED = _rule(
    "SCC006",
    "unclosed-text",
    "a quotation mark or a bracket is opened and never closed",
    "Everything after it was taken for part of it.",
    "Close it where the text ends; double an apostrophe inside '…'.",
)
DUPLICATE_KEY = _rule(
    "SCC007",
    "duplicate-key",
    "{key} is given twice",
    "Only the first is used, and nobody can tell which was meant.",
    "Keep one of the two, or make them two items of a list.",
)
CONTROL = _rule(
    "SCC008",
    "control-character",
    "an invisible control character stands here ({character})",
    "Such characters come with copied text and no program treats them alike.",
    "Delete the character: retype the word if you cannot see it.",
)
ALIAS = _rule(
    "SCC009",
    "unusable-alias",
    "*{alias} cannot be followed",
    "An alias must name an anchor written before it, and must not repeat itself without end.",
    "Write the text out; if it merely begins with a star, put it between quotation marks.",
)
TAG = _rule(
    "SCC010",
    "unknown-tag",
    "the tag {tag} means nothing here",
    "A word that begins with an exclamation mark tells YAML to build something scc does not know.",
    "Remove the tag; if the text begins with an exclamation mark, put it between quotation marks.",
)
TWO_DOCUMENTS = _rule(
    "SCC011",
    "two-documents",
    "a second document begins here, and was not read",
    "One file holds one document; what follows `---` would be lost.",
    "Remove the line `---`, or move what follows it to a file of its own.",
)
KEY_NOT_TEXT = _rule(
    "SCC012",
    "key-not-text",
    "a list or a mapping stands where a name is expected",
    "The name of a field is a word.",
    "Remove the `?`, or put the text between quotation marks if it begins with a bracket.",
)
TOO_DEEP = _rule(
    "SCC013",
    "too-deep",
    "this is nested more than {depth} levels deep",
    "No evaluation needs it; it is a slip or a file made to harm.",
    "Flatten the file: a stray bracket is the usual cause.",
)
EMPTY = _rule(
    "SCC014",
    "empty-file",
    "this file holds nothing",
    "An empty file is most often one that was not saved.",
    "Fill it, or delete it.",
    ALWAYS_WARNING,
)
TOO_LARGE = _rule(
    "SCC015",
    "too-large",
    "this file has {size} MB, and only {limit} MB are read",
    "A file of that size is not one a person wrote.",
    "Split it, one file per case, or take it out of the evaluation's folder.",
)
FOLDER = _rule(
    "SCC016",
    "folder-for-file",
    "this is a folder, where its name says it is a file",
    "What lies in it is not read.",
    "Rename the folder so that it does not end in .yaml, or put a file in its place.",
)
LINKED_FOLDER = _rule(
    "SCC017",
    "linked-folder",
    "this is a link to a folder, which is not followed",
    "A link can lead in a circle, or out of the workspace.",
    "Put the folder itself here.",
)
MISPLACED = _rule(
    "SCC020",
    "misplaced-content",
    "{kind} holds {found} instead of {expected}",
    "Nothing below this line could be read.",
    "Begin each item of a list with a hyphen, and each field with its name and a colon.",
)
UNKNOWN_FIELD = _rule(
    "SCC021",
    "unknown-field",
    "{kind} has no field {field}",
    "A misspelt name would be left out without a word.",
    "Use one of: {suggestion}.",
)
MISSING_FIELD = _rule(
    "SCC022",
    "missing-field",
    "this {kind} has no {field}",
    "The declaration cannot be used without it.",
    "Add the field {field}.",
)
NOT_IN_LIST = _rule(
    "SCC023",
    "value-not-in-list",
    "{field} is {value}, which is not one of its words",
    "Words of a closed list are what rules and tables count by.",
    "Write one of: {allowed}.",
)
UNFIT = _rule(
    "SCC024",
    "unfit-value",
    "{field} is {value} instead of {expected}",
    "The declaration cannot be used as it stands.",
    "Write {expected}.",
)
OUT_OF_RANGE = _rule(
    "SCC025",
    "out-of-range",
    "{field} is {value}, and must be {bound}",
    "The declaration cannot be used as it stands.",
    "Write a number {bound}.",
)
CODE_FORM = _rule(
    "SCC026",
    "unusable-code-form",
    "{value} cannot be a form of traceability code",
    "Codes are read by the forms the evaluation declares.",
    "Write a pattern with {{case}} and any of {{packet}}, {{section}}, {{theme}}, each once; "
    "a suffix has {{item}} alone.",
)
NO_SETTINGS = _rule(
    "SCC030",
    "evaluation-without-settings",
    "this folder has no evaluation.yaml",
    "Without its settings an evaluation has no theory, no stage and no grammar of codes.",
    "Add evaluation.yaml with at least title and theory; `scc init` shows one.",
)
NO_THEORY = _rule(
    "SCC031",
    "unknown-theory",
    "there is no theory {theory}",
    "Evidence is judged against a theory of change.",
    "Write the id of one of the theories in theories/: {known}.",
)
AMBIGUOUS_THEORY = _rule(
    "SCC032",
    "ambiguous-theory",
    "{theory} is the name of several theories: {files}",
    "Evidence would be judged against one of them, and nobody could tell which.",
    "Give each theory an `id` of its own.",
)
NO_PROFILE = _rule(
    "SCC033",
    "unknown-profile",
    "there is no profile {profile}",
    "The profile says how severe the rules are; without it the default is used.",
    "Write one of {known}, or the name of a file in profiles/.",
)
UNREADABLE_REPORT = _rule(
    "SCC034",
    "unreadable-report",
    "this report cannot be read: {obstacle}",
    "What cannot be read cannot be audited; a file made to harm is not opened any further.",
    "Open it in the program it was written with, save it again under its own kind, and try that.",
)

RULES: tuple[Rule, ...] = tuple(value for value in globals().values() if isinstance(value, Rule))

BY_PROBLEM: Mapping[str, Rule] = {
    "unreadable": UNREADABLE,
    "folder-for-file": FOLDER,
    "linked-folder": LINKED_FOLDER,
    "too-large": TOO_LARGE,
    "not-utf8": NOT_UTF8,
    "empty-file": EMPTY,
    "duplicate-key": DUPLICATE_KEY,
    "unknown-alias": ALIAS,
    "alias-in-itself": ALIAS,
    "alias-grows": ALIAS,
    "unknown-tag": TAG,
    "two-documents": TWO_DOCUMENTS,
    "key-not-text": KEY_NOT_TEXT,
    "too-deep": TOO_DEEP,
    "control-character": CONTROL,
    "colon-in-text": COLON,
    "tab-indent": TAB,
    "unclosed": UNCLOSED,
    "broken-yaml": BROKEN,
    "report": UNREADABLE_REPORT,
}
