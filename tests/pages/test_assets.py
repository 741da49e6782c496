"""The files for the browser: kept for ever under their own address, and nothing beside them."""

import pytest
from flask import Flask

from tests.people import Browse


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
