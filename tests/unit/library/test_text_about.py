"""Words with the name of a supervisor: whatever the name is, it stands there as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from zetwpo.characters import set_apart
from zetwpo.i18n import LANGUAGES, writing_in
from zetwpo.library.content_file import SUPERVISOR, TextAbout

TEXT = TextAbout(nl="{supervisor} helpt. {supervisor} luistert.", en="{supervisor} helps.")
# Names that a template language, a format string or a catalogue would trip over.
AWKWARD = [
    "{supervisor}",
    "{0.__class__}",
    "%(name)s",
    "100%",
    'Jan "O’Neill" <b>',
    "\\g<0>",
    "Hans",
]


@given(st.text(max_size=40) | st.sampled_from(AWKWARD))
def test_the_name_stands_where_it_belongs_and_nowhere_else(name: str) -> None:
    shown = set_apart(name)
    assert TEXT.about(name) == f"{shown} helpt. {shown} luistert."
    with writing_in("en"):
        assert TEXT.about(name) == f"{shown} helps."


@pytest.mark.parametrize("name", AWKWARD)
def test_an_awkward_name_stands_there_as_it_is(name: str) -> None:
    assert TEXT.about(name) == f"{name} helpt. {name} luistert."


def test_a_name_that_runs_from_the_right_turns_nothing_else_around() -> None:
    end = TextAbout(nl="1 = past niet bij {supervisor}", en="1 = does not describe {supervisor}")
    assert end.about("שרה כהן") == "1 = past niet bij \u2068שרה כהן\u2069"


@given(st.text(max_size=40))
def test_words_without_a_place_for_it_stay_as_they_are(name: str) -> None:
    plain = TextAbout(nl="Ik help.", en="I help.")
    for language in LANGUAGES:
        with writing_in(language):
            assert plain.about(name) == plain.in_language(language)


def test_a_page_writes_the_name_as_text() -> None:
    found = escape(TEXT.about("<b>Jan</b>"))
    assert found == Markup("&lt;b&gt;Jan&lt;/b&gt; helpt. &lt;b&gt;Jan&lt;/b&gt; luistert.")


@pytest.mark.parametrize("write", [str, escape, "{}".format])
def test_nothing_is_written_without_saying_whom_it_is_about(write: object) -> None:
    assert callable(write)
    with pytest.raises(TypeError, match="whom"):
        write(TEXT)


def test_words_tell_whether_a_name_goes_into_them() -> None:
    assert TEXT.has_name
    assert not TextAbout(nl="Ik help.", en="I help.").has_name
    assert TextAbout(nl="Ik help.", en=f"{SUPERVISOR} helps.").has_name
