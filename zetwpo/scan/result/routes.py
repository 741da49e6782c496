"""The pages of the result."""

import uuid

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from zetwpo.accounts.guard import authorised, get_actor, gives_file, needs
from zetwpo.accounts.policy import READ_RESULT
from zetwpo.clock import now
from zetwpo.scan.result import export
from zetwpo.scan.result.charts import DOT_SCALE, PLOTLY_STYLES
from zetwpo.scan.result.naming import name_of, role_name_of
from zetwpo.scan.result.page import ResultPage
from zetwpo.scan.result.queries import Result
from zetwpo.scan.result.service import open_result
from zetwpo.scan.self_scan.queries import find_card
from zetwpo.scan.subjects.queries import taken_items

routes = Blueprint("result", __name__, url_prefix="/scan")


@routes.get("/<uuid:scan_id>/result")
@needs(READ_RESULT)
def show(scan_id: uuid.UUID) -> ResponseReturnValue:
    """The result, for the supervisor alone."""
    result = _result(scan_id)
    return render_template(
        "scan/result/result.html",
        actor=get_actor(),
        page=ResultPage(result, frozenset(taken_items(scan_id))),
        name_of=name_of,
        role_name_of=role_name_of,
        dot_scale=DOT_SCALE,
        plotly_styles=PLOTLY_STYLES,
        printed_at=now(),
    )


@routes.get("/<uuid:scan_id>/result.xlsx")
@gives_file(on="result.show")
@needs(READ_RESULT)
def spreadsheet(scan_id: uuid.UUID) -> ResponseReturnValue:
    """The result as a spreadsheet."""
    return _download(export.as_xlsx(_result(scan_id)), export.XLSX_TYPE, "xlsx")


@routes.get("/<uuid:scan_id>/result.json")
@gives_file(on="result.show")
@needs(READ_RESULT)
def data(scan_id: uuid.UUID) -> ResponseReturnValue:
    """The result for another program."""
    return _download(export.as_json(_result(scan_id)), "application/json", "json")


def _result(scan_id: uuid.UUID) -> Result:
    return open_result(authorised(find_card(scan_id)))


def _download(content: bytes | str, mimetype: str, ending: str) -> Response:
    response = Response(content, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="zetwpo-result.{ending}"'
    return response
