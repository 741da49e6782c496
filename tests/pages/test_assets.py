"""The files for the browser: kept for ever under their own address, and nothing beside them."""

import pytest
from flask import Flask

from tests.factories import Scan
from tests.pages.client import Browser, Page
from tests.people import Browse
from zetwpo.assets import stylesheet


@pytest.mark.parametrize("name", ["js/autosave.js", "vendor/plotly.min.js"])
def test_a_file_that_a_page_names_may_be_kept(app: Flask, browse: Browse, name: str) -> None:
    answer = browse().client.get(app.jinja_env.globals["asset"](name))
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("encoding", ["br", "gzip"])
@pytest.mark.parametrize("name", ["js/autosave.js", "vendor/plotly.min.js"])
def test_a_file_comes_compressed_to_who_can_read_it(
    app: Flask, browse: Browse, name: str, encoding: str
) -> None:
    path = app.jinja_env.globals["asset"](name)
    whole = browse().client.get(path, headers={"Accept-Encoding": "identity"})
    small = browse().client.get(path, headers={"Accept-Encoding": encoding})
    assert small.headers["Content-Encoding"] == encoding
    assert len(small.data) < len(whole.data) / 2


@pytest.mark.parametrize("name", ["manifest.json", "../static.json", "css/10-base.css", ""])
def test_there_is_nothing_else(browse: Browse, name: str) -> None:
    assert browse().client.get(f"/static/{name}").status_code == 404


def styles_of(page: Page) -> str:
    return "".join(each.raw_text for each in page.tree.all("style"))


def test_a_page_has_the_rules_for_charts_only_where_there_are_charts(
    browse: Browse, olga: Browser, scan: Scan
) -> None:
    assert ".chart-mark" in styles_of(olga.get(f"{scan.path}/result"))
    for page in (browse().get("/sign-in"), olga.get("/start"), olga.get("/my-data")):
        assert ".chart-mark" not in styles_of(page)
        assert ".button" in styles_of(page)


def test_the_rules_for_charts_stand_before_those_for_paper() -> None:
    text = stylesheet("charts")
    assert text.index(".chart-mark") < text.index("@page")


def test_a_page_cannot_name_rules_that_do_not_exist() -> None:
    with pytest.raises(ValueError, match="chart"):
        stylesheet("chart")
