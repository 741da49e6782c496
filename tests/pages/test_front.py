"""The pages for everybody."""

from dataclasses import replace

import pytest
from flask import Flask

from tests.browser.words import Words
from tests.factories import Someone
from tests.forms import Form
from tests.people import Browse
from zetwpo.i18n import LANGUAGES, Language
from zetwpo.library.content_file import LocalText
from zetwpo.library.questionnaires import FormFile, Library
from zetwpo.scan.result.example import example


def test_the_front_door_leads_to_signing_in_and_to_a_lost_link(browse: Browse) -> None:
    assert {"/sign-in", "/feedback/lost-link"} <= set(browse().get("/").links)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_front_door_shows_an_example_and_says_so(
    app: Flask, browse: Browse, language: Language
) -> None:
    page = browse(language=language).get("/")
    words = Words(language)
    [figure] = page.tree.all("figure")
    assert words("An example, with invented figures") in figure.text
    assert words("A supervisor") in figure.text
    first = next(iter(app.extensions["respondents"]))
    assert first.one.in_language(language).capitalize() in figure.text
    # A drawing alone: what makes it explorable is for one's own result.
    [drawing] = [each for each in figure.all("svg") if each.get("role") == "img"]
    assert drawing.get("aria-labelledby")
    assert figure.all("script") == figure.all("input") == []


@pytest.mark.parametrize("count", range(3, 7))
def test_the_example_names_the_axis_on_which_the_two_differ_most(app: Flask, count: int) -> None:
    axis = app.extensions["questionnaires"].current.axes[2]
    others = [axis.model_copy(update={"title": LocalText(nl="x", en="x")})] * (count - 1)
    role = next(iter(app.extensions["respondents"]))
    found = example([*others[:2], axis, *others[2:]], role)
    assert str(axis.title) in found.sentence
    own, student = found.spider.traces
    assert len(own.points) == len(student.points) == count


def test_who_is_signed_in_comes_to_the_next_step(browse: Browse, owner: Someone) -> None:
    assert browse(owner).get("/").location == "/start"


@pytest.mark.parametrize("path", ["/who-reads-what", "/accessibility", "/privacy"])
def test_what_we_promise_is_open_to_everybody(browse: Browse, owner: Someone, path: str) -> None:
    assert browse().get(path).heading == browse(owner).get(path).heading


def test_the_page_about_reading_leads_to_the_one_about_keeping(browse: Browse) -> None:
    page = browse().get("/who-reads-what")
    assert "How long we keep it" in page.main.text
    assert "/privacy" in [each.get("href") for each in page.main.all("a")]


def test_the_numbers_of_statements_and_parts_are_those_of_the_questionnaire(
    app: Flask, browse: Browse, owner: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = browse(), browse(owner)
    assert "19 statements" in pages[0].get("/").text
    assert "19 statements in 5 parts" in pages[1].get("/start").text
    current = app.extensions["questionnaires"].current
    form = current.forms[Form.SELF]
    short = FormFile(
        form=Form.SELF, is_feedback=False, title=form.title, scale=form.scale, parts=form.parts[:2]
    )
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
