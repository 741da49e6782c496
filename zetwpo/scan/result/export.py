"""The result to take along: as a spreadsheet, and as JSON for another program."""

import json
from typing import Any

from zetwpo import spreadsheets
from zetwpo.characters import in_one_direction
from zetwpo.i18n import gettext as _
from zetwpo.library.questionnaires import Statement
from zetwpo.scan.responses.queries import ResponseView
from zetwpo.scan.responses.rules import TextKind
from zetwpo.scan.result.naming import label_of, name_of
from zetwpo.scan.result.queries import Respondent, Result
from zetwpo.spreadsheets import Cell, Row


def as_xlsx(result: Result) -> bytes:
    """A workbook with the axes of the spider, the behaviours, all answers and all texts."""
    return spreadsheets.as_xlsx(_sheets(result))


def as_json(result: Result) -> str:
    """All that the page shows, with the questionnaire's keys and words."""
    return json.dumps(_content(result), ensure_ascii=False, indent=1)


def _sheets(result: Result) -> list[tuple[str, list[Row]]]:
    return [
        (_("Parts"), _axis_rows(result)),
        (_("Behaviours"), _behaviour_rows(result)),
        (_("Answers"), _answer_rows(result)),
        (_("Texts"), _text_rows(result)),
    ]


def _axis_rows(result: Result) -> list[Row]:
    head: Row = [_("Part")]
    for respondent in result.charted:
        name = label_of(respondent)
        head += [name, in_one_direction(_("%(name)s: statements judged", name=name))]
    rows = [head]
    for axis in result.axes:
        row: Row = [str(axis.title)]
        for respondent in result.charted:
            score = result.score(respondent, axis.key)
            row += [score.mean, _("%(n)s of %(all)s", n=score.judged, all=score.asked)]
        rows.append(row)
    return rows


def _behaviour_rows(result: Result) -> list[Row]:
    respondents = result.with_earlier
    rows: list[Row] = [[_("Behaviour"), *(label_of(respondent) for respondent in respondents)]]
    for behaviour in result.behaviours.values():
        values = [respondent.view.values.get(behaviour.key) for respondent in respondents]
        rows.append([str(behaviour.name), *values])
    return rows


def _answer_rows(result: Result) -> list[Row]:
    rows: list[Row] = [[_("Statement"), _("Who"), _("Answer")]]
    for respondent in result.respondents:
        for statement in respondent.response.form.statements:
            rows.append(
                [
                    _asked(statement, respondent.response),
                    label_of(respondent),
                    _answer(respondent.response, statement.key),
                ]
            )
    return rows


def _asked(statement: Statement, response: ResponseView) -> str:
    return in_one_direction(statement.text.about(response.supervisor))


def _answer(response: ResponseView, statement: str) -> Cell:
    answers = response.filled.answers
    if statement not in answers:
        return _("not answered")
    value = answers[statement]
    return str(response.form.cannot_judge) if value is None else float(value)


def _text_rows(result: Result) -> list[Row]:
    names = {TextKind.EXAMPLE: _("Example"), TextKind.FEED_FORWARD: _("Tip")}
    rows: list[Row] = [[_("Text"), _("Who"), _("Part"), _("What")]]
    for respondent in result.respondents:
        for (kind, axis), text in respondent.response.filled.texts.items():
            title = str(result.questionnaire.axis(axis).title)
            rows.append([text, label_of(respondent), title, names[kind]])
    return rows


def _content(result: Result) -> dict[str, Any]:
    submitted_at = result.scan.submitted_at
    return {
        "questionnaire": result.questionnaire.key,
        "version": result.questionnaire.version,
        "scale": {"lowest": 1, "highest": 7},
        "submitted_at": submitted_at.isoformat() if submitted_at else None,
        "submitted_on": result.own.day,
        "axes": {axis.key: str(axis.title) for axis in result.axes},
        "behaviours": {key: str(each.name) for key, each in result.behaviours.items()},
        "views": [_respondent(result, respondent) for respondent in result.respondents],
        "earlier": _respondent(result, result.earlier) if result.earlier else None,
    }


def _respondent(result: Result, respondent: Respondent) -> dict[str, Any]:
    scores = {axis.key: result.score(respondent, axis.key) for axis in result.axes}
    return {
        "name": respondent.name or name_of(respondent),
        "label": label_of(respondent),
        "role": respondent.role.key if respondent.role else "supervisor",
        "shared_at": respondent.shared_at.isoformat() if respondent.shared_at else None,
        "axes": {
            key: {"mean": each.mean, "judged": each.judged, "asked": each.asked}
            for key, each in scores.items()
        },
        **as_filled_in(respondent.response),
    }


def as_filled_in(response: ResponseView) -> dict[str, Any]:
    """Which form it is, all its statements with their answers, and the texts."""
    return {
        "questionnaire": response.questionnaire.key,
        "version": response.questionnaire.version,
        "form": response.form.form,
        "answers": {
            statement.key: {
                "text": _asked(statement, response),
                "answer": _answer(response, statement.key),
            }
            for statement in response.form.statements
        },
        "texts": [
            {"axis": axis, "kind": str(kind), "text": text}
            for (kind, axis), text in response.filled.texts.items()
        ],
    }
