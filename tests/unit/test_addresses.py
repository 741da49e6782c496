"""Mail addresses: taken out of what people paste, kept as typed, compared in one form."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form

from zetwpo.accounts.forms import AddressField
from zetwpo.addresses import (
    LONGEST_ADDRESS,
    NotAnAddress,
    Problem,
    Sender,
    clean_address,
    normal_address,
    read_sender,
    written_address,
)
from zetwpo.i18n import Language, writing_in

GOOD = [
    "noor@school.nl",
    "n@s.nl",
    "noor.de.vries@school.nl",
    "Noor.De-Vries@School.NL",
    "noor+stage@student.hogeschool-school.nl",
    "o'brien@school.nl",
    "_noor_@school.nl",
    "123456@student.school.nl",
    "noor@school2.amsterdam",
    "noor@4school.co.uk",
    "noor@café.nl",
    "Noor@Straße.de",
    "noor@школа.рф",
    "nöor@school.nl",
    "noor@intern.local",
    "noor@school.test",
    f"noor@{'s' * 63}.nl",
    f"{'n' * 64}@school.nl",
]
INCOMPLETE = [
    "",
    "noor",
    "noor@",
    "@school.nl",
    "noor@school",
    "noor@school.n",
    "noor@.nl",
    "noor@school..nl",
    "noor@-school.nl",
    "noor@school-.nl",
    "noor.@school.nl",
    ".noor@school.nl",
    "noor..de.vries@school.nl",
    "noor@school.123",
    "noor@192.168.1.1",
    "noor@[192.168.1.1]",
    "noor@school,nl",
    "noor school.nl",
    "noor@xn--.nl",
    f"noor@{'s' * 64}.nl",
    f"{'n' * 300}@school.nl",
    "n" * 100_000,
]
SEVERAL = ["noor@@school.nl", "noor@school.nl, sem@school.nl", "Noor <a@b.nl>; Sem <c@d.nl>"]
WITH_SPACE = ["noor @school.nl", "noor@school.nl\nBcc: all", "no\u200dor@school.nl", "n oor@s.nl"]
# What stands around an address that was copied.
AROUND = [
    "{}",
    "  {} ",
    "\u00a0{}\u2003",
    "\ufeff{}\u200b",
    "{};",
    "{},",
    "{}.",
    "; {} ;",
    "<{}>",
    "mailto:{}",
    "MAILTO:{}?subject=Hi%20there",
    "<mailto:{}>",
    "mailto://{}",
    "Noor de Vries <{}>",
    '"Vries, Noor de" <{}>;',
    "{0} <{0}>",
    '"{}"',
    "'{}'",
]
INVISIBLE = ["\u00ad", "\u200b", "\u2060", "\ufeff", "\u202e", "\u3164", "\ufe0f", "\U000e0041"]


def problem(text: str) -> Problem:
    with pytest.raises(NotAnAddress) as caught:
        clean_address(text)
    return caught.value.problem


@pytest.mark.parametrize("address", GOOD)
def test_an_address_is_kept_as_it_is_typed(address: str) -> None:
    assert clean_address(address) == address


def test_signs_of_another_keyboard_are_the_usual_ones() -> None:
    for typed in ("noor\uff20school.nl", "noor@school\u3002nl", "noor\ufe6bschool\uff0enl"):
        assert clean_address(typed) == "noor@school.nl"
        assert normal_address(typed) == "noor@school.nl"


@pytest.mark.parametrize(
    "address", INCOMPLETE, ids=lambda address: f"{address[:30]} ({len(address)})"
)
def test_what_no_mail_can_reach_is_refused(address: str) -> None:
    assert problem(address) is Problem.INCOMPLETE


@pytest.mark.parametrize("text", SEVERAL)
def test_two_addresses_are_called_two(text: str) -> None:
    assert problem(text) is Problem.SEVERAL


@pytest.mark.parametrize("text", WITH_SPACE)
def test_what_does_not_show_is_named(text: str) -> None:
    assert problem(text) is Problem.SPACE


@pytest.mark.parametrize("address", GOOD)
@pytest.mark.parametrize("around", AROUND)
def test_what_stands_around_an_address_goes(address: str, around: str) -> None:
    pasted = around.format(address)
    assert clean_address(pasted) == address
    assert normal_address(pasted) == normal_address(address)


@given(st.sampled_from(GOOD), st.sampled_from(INVISIBLE), st.data())
def test_an_invisible_character_anywhere_changes_nothing(
    address: str, character: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(address)))
    assert clean_address(address[:place] + character + address[place:]) == address


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("noor@school.nl", "NOOR@SCHOOL.NL"),
        ("nöor@school.nl", "NO\u0308OR@school.nl"),
        ("noor@café.nl", "noor@CAFE\u0301.nl"),
        ("noor@straße.de", "noor@xn--strae-oqa.de"),
        ("noor@школа.рф", "noor@xn--80atdl2c.xn--p1ai"),
        ("kees@school.nl", "\u212aees@school.nl"),
        ("noor@school.nl", "noor@school\u3002nl"),
    ],
)
def test_two_spellings_of_one_mailbox_are_the_same(one: str, other: str) -> None:
    assert normal_address(one) == normal_address(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("noor@straße.de", "noor@strasse.de"),
        ("straße@school.nl", "strasse@school.nl"),
        ("noor@school.nl", "noor+1@school.nl"),
        ("noor@school.nl", "n.oor@school.nl"),
        ("noor@\u03c3\u03b1\u03c3.gr", "noor@\u03c3\u03b1\u03c2.gr"),
    ],
)
def test_two_mailboxes_are_not_the_same(one: str, other: str) -> None:
    assert normal_address(one) != normal_address(other)


@given(st.text() | st.sampled_from(GOOD) | st.text(st.sampled_from("aB@.;<> ,ß\u0130\u00ad")))
def test_the_normal_form_is_the_normal_form_of_itself_and_never_fails(text: str) -> None:
    assert normal_address(normal_address(text)) == normal_address(text)


@given(st.text(st.sampled_from("aB@.-;<>'\" ,ßİ\u00ad\u200dé") | st.characters()))
def test_what_is_taken_is_taken_again_and_fits(text: str) -> None:
    try:
        address = clean_address(text)
    except NotAnAddress:
        return
    assert clean_address(address) == address
    assert unicodedata.is_normalized("NFC", address)
    assert normal_address(address) == normal_address(text)
    assert max(len(address), len(normal_address(address))) <= LONGEST_ADDRESS
    assert written_address(address).rpartition("@")[2].isascii()


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("Noor.De-Vries@School.NL", "Noor.De-Vries@School.NL"),
        ("Noor@Straße.de", "Noor@xn--strae-oqa.de"),
        ("nöor@школа.рф", "nöor@xn--80atdl2c.xn--p1ai"),
    ],
)
def test_over_the_line_goes_the_mailbox_as_typed_and_the_domain_as_in_dns(
    address: str, written: str
) -> None:
    assert written_address(address) == written


def test_letters_with_a_mark_are_written_in_one_way() -> None:
    assert clean_address("NO\u0308OR@cafe\u0301.nl") == "NÖOR@café.nl"


def test_a_domain_that_a_browser_encoded_is_read_back() -> None:
    assert clean_address("Noor@xn--strae-oqa.de") == "Noor@straße.de"


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("scan@school.nl", Sender("", "scan@school.nl")),
        ("De Linde <scan@school.nl>", Sender("De Linde", "scan@school.nl")),
        ("De Linde, zetwpo <scan@school.nl>", Sender("De Linde, zetwpo", "scan@school.nl")),
        ('"De Linde, zetwpo" <scan@school.nl>', Sender("De Linde, zetwpo", "scan@school.nl")),
        (r'"De \"Linde\"" <scan@school.nl>', Sender('De "Linde"', "scan@school.nl")),
        ("Café <scan@straße.de>", Sender("Café", "scan@xn--strae-oqa.de")),
        ("zetwpo@localhost", Sender("", "zetwpo@localhost")),
    ],
)
def test_a_sender_is_an_address_with_or_without_a_name(text: str, sender: Sender) -> None:
    assert read_sender(text) == sender


@pytest.mark.parametrize(
    "text",
    [
        "De Linde",
        "De Linde, scan@school.nl",
        "De Linde <>",
        "De Linde <scan@school.nl",
        "a@school.nl, b@school.nl",
        "De\nLinde <scan@school.nl>",
        "nöor@school.nl",
    ],
)
def test_what_is_no_sender_is_refused(text: str) -> None:
    with pytest.raises(NotAnAddress):
        read_sender(text)


class Page(Form):
    email = AddressField("Address", readers="You", required="Fill it in.")


def sent(address: str) -> Page:
    page = Page(MultiDict({"email": address}))
    page.validate()
    return page


def test_the_field_holds_what_is_left() -> None:
    page = sent("  Noor <Noor@school.nl>; ")
    assert not page.errors
    assert page.email.data == "Noor@school.nl"


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("typed", ["noor@school", "noor @school.nl"])
def test_the_refusal_shows_what_an_address_looks_like(language: Language, typed: str) -> None:
    page = sent(typed)
    with writing_in(language):
        assert "naam@school.nl" in str(page.email.errors[0])
    assert page.email.data == typed


def test_an_address_of_invisible_characters_is_not_filled_in() -> None:
    with writing_in("en"):
        assert [str(each) for each in sent("\u200b\u3164").email.errors] == ["Fill it in."]
