"""The pages for everybody."""

from dataclasses import replace

import pytest
from flask import Flask

from tests.factories import Someone
from tests.people import Browse
from zetwpo.library.questionnaires import Form, FormFile, Library


def test_the_front_door_leads_to_signing_in_and_to_a_lost_link(browse: Browse) -> None:
    assert {"/sign-in", "/feedback/lost-link"} <= set(browse().get("/").links)


def test_who_is_signed_in_comes_to_the_next_step(browse: Browse, owner: Someone) -> None:
    assert browse(owner).get("/").location == "/start"


@pytest.mark.parametrize("path", ["/who-reads-what", "/accessibility"])
def test_what_we_promise_is_open_to_everybody(browse: Browse, owner: Someone, path: str) -> None:
    assert browse().get(path).heading == browse(owner).get(path).heading


def test_the_page_about_keeping_names_the_terms_that_are_kept(browse: Browse) -> None:
    text = browse().get("/who-reads-what").text
    for term in (
        "ten minutes",
        "twelve hours",
        "six weeks",
        "thirty days",
        "seven days",
        "24 months",
        "Shared feedback",
    ):
        assert term in text


def test_the_numbers_of_statements_and_parts_are_those_of_the_questionnaire(
    app: Flask, browse: Browse, owner: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = browse(), browse(owner)
    assert "19 statements" in pages[0].get("/").text
    assert "19 statements in 5 parts" in pages[1].get("/start").text
    current = app.extensions["questionnaires"].current
    form = current.forms[Form.SELF]
    short = FormFile(form=Form.SELF, title=form.title, scale=form.scale, parts=form.parts[:2])
    newer = replace(current, version=2, forms=current.forms | {Form.SELF: short})
    monkeypatch.setitem(app.extensions, "questionnaires", Library({("newer", 2): newer}))
    assert "8 statements" in pages[0].get("/").text
    assert "8 statements in 2 parts" in pages[1].get("/start").text


def test_health_says_ok_and_nothing_else(browse: Browse) -> None:
    response = browse().client.get("/health")
    assert (response.status_code, response.text) == (200, "ok")


def test_files_for_the_browser_may_be_kept_for_ever(browse: Browse) -> None:
    [icon] = browse().get("/").tree.all("link", rel="icon")
    response = browse().client.get(icon.get("href"))
    assert response.status_code == 200
    assert "immutable" in response.headers["Cache-Control"]
