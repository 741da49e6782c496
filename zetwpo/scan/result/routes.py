"""The pages of the result."""

import uuid

from flask import Blueprint, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, gives_file, needs
from zetwpo.accounts.policy import READ_RESULT, WRITE_LEARNING_QUESTION
from zetwpo.clock import now
from zetwpo.i18n import gettext as _
from zetwpo.scan.result import export
from zetwpo.scan.result.charts import DOT_SCALE, PLOTLY_STYLES
from zetwpo.scan.result.exploring import exploring_of, figures_of
from zetwpo.scan.result.naming import name_of, role_name_of
from zetwpo.scan.result.page import ResultPage
from zetwpo.scan.result.queries import Result
from zetwpo.scan.result.service import open_result, question_after
from zetwpo.scan.result.sharing import SCAN, item_of
from zetwpo.scan.self_scan.queries import find_card
from zetwpo.scan.subjects.queries import taken_items
from zetwpo.sharing.naming import names_of_readers
from zetwpo.sharing.queries import who_sees
from zetwpo.spreadsheets import XLSX_TYPE
from zetwpo.web import download

routes = Blueprint("result", __name__, url_prefix="/scan")


@routes.get("/<uuid:scan_id>/result")
@needs(READ_RESULT)
def show(scan_id: uuid.UUID) -> ResponseReturnValue:
    """The result, for the supervisor alone."""
    result, actor = _result(scan_id), get_actor()
    return render_template(
        "scan/result/result.html",
        actor=actor,
        page=ResultPage(
            result,
            frozenset(taken_items(scan_id)),
            question_after(scan_id),
            may_go_on=WRITE_LEARNING_QUESTION.opens_to(actor, result.scan.facts),
        ),
        name_of=name_of,
        role_name_of=role_name_of,
        dot_scale=DOT_SCALE,
        exploring=exploring_of(result, url_for("result.figures", scan_id=scan_id)),
        plotly_styles=PLOTLY_STYLES,
        printed_at=now(),
        item=item_of(result.scan, result.own.day, result.axes),
        opened=who_sees(SCAN, scan_id),
        names_of_readers=names_of_readers,
    )


@routes.get("/<uuid:scan_id>/result/figures.json")
@gives_file(on="result.show")
@needs(READ_RESULT)
def figures(scan_id: uuid.UUID) -> ResponseReturnValue:
    """The figures for whoever explores the chart, in the language of the page."""
    return jsonify(figures_of(ResultPage(_result(scan_id))))


@routes.get("/<uuid:scan_id>/result.xlsx")
@gives_file(on="result.show")
@needs(READ_RESULT)
def spreadsheet(scan_id: uuid.UUID) -> ResponseReturnValue:
    """The result as a spreadsheet."""
    result = _result(scan_id)
    return download(export.as_xlsx(result), _file_name(result, "xlsx"), XLSX_TYPE)


@routes.get("/<uuid:scan_id>/result.json")
@gives_file(on="result.show")
@needs(READ_RESULT)
def data(scan_id: uuid.UUID) -> ResponseReturnValue:
    """The result for another program."""
    result = _result(scan_id)
    return download(export.as_json(result), _file_name(result, "json"), "application/json")


def _result(scan_id: uuid.UUID) -> Result:
    return open_result(authorised(find_card(scan_id)))


def _file_name(result: Result, ending: str) -> str:
    """For example 'resultaat-2026-05-03.xlsx'."""
    return _("result-%(day)s", day=result.stamp) + "." + ending
