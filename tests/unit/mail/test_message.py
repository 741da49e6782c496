"""A mail as it goes over the line: whatever names hold, headers stay what they are."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.headerregistry import AddressHeader
from email.message import EmailMessage
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.addresses import Sender
from zetwpo.mail.message import CalendarFile, Letter, as_sent

ADDRESS = "zetwpo@sender.example"
LINE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])).map(
    lambda text: " ".join(text.split())
)
TO = ["noor@school.nl", "o'brien+x=y@s.nl", f"{'n' * 64}@{'s' * 60}.{'t' * 60}.nl"]


def read(content: bytes) -> EmailMessage:
    return cast(EmailMessage, message_from_bytes(content, policy=policy.default))


@given(LINE, LINE, st.text(st.characters(exclude_categories=["Cs", "Cc"])), st.sampled_from(TO))
def test_what_goes_in_comes_out(subject: str, name: str, text: str, to: str) -> None:
    content = as_sent(Sender(name, ADDRESS), to, Letter(subject, f"{text}\n", f"<p>{text}</p>"))
    found = read(content)
    sender = cast(AddressHeader, found["From"]).addresses
    assert [each.addr_spec for each in sender] == [ADDRESS]
    # Reading a name that was folded, Python sees a space where lines met.
    assert "".join(sender[0].display_name.split()) == "".join(name.split())
    assert [each.addr_spec for each in cast(AddressHeader, found["To"]).addresses] == [to]
    assert found["Subject"] == subject
    assert len(found.keys()) == len(set(found.keys()))
    body = found.get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines() == f"{text}\n".splitlines()
    assert max(map(len, content.split(b"\r\n"))) <= 998
    assert content.isascii()


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_no_line_end_makes_a_header(end: str) -> None:
    for sender, subject in (("", f"Hi{end}Bcc: all@school.nl"), (f"A{end}Bcc: x@y.nl", "Hi")):
        with pytest.raises(ValueError):  # noqa: PT011 (the library's)
            as_sent(Sender(sender, ADDRESS), TO[0], Letter(subject, "", ""))


def test_a_sender_with_a_comma_is_one_sender() -> None:
    content = as_sent(Sender('De "Linde", zetwpo', ADDRESS), TO[0], Letter("Hi", "", ""))
    [sender] = cast(AddressHeader, read(content)["From"]).addresses
    assert (sender.display_name, sender.addr_spec) == ('De "Linde", zetwpo', ADDRESS)


def test_letters_before_the_at_stay() -> None:
    content = as_sent(Sender("", ADDRESS), "nöor@school.nl", Letter("Hi", "", ""))
    assert "\r\nTo: nöor@school.nl\r\n".encode() in content


def test_nobody_answers_by_machine() -> None:
    assert read(as_sent(Sender("", ADDRESS), TO[0], Letter("", "", "")))["Auto-Submitted"]


def with_files(*files: CalendarFile) -> EmailMessage:
    letter = Letter("Hi", "Text\n", "<p>Text</p>", files)
    return read(as_sent(Sender("", ADDRESS), TO[0], letter))


ONE = CalendarFile("meeting-1.ics", "REQUEST", "BEGIN:VCALENDAR\r\nX:é\r\nEND:VCALENDAR\r\n")
OTHER = CalendarFile("meeting-2.ics", "CANCEL", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")


def test_files_go_along_as_they_are() -> None:
    found = list(cast("Iterator[EmailMessage]", with_files(ONE, OTHER).iter_attachments()))
    assert [each.get_filename() for each in found] == [ONE.name, OTHER.name]
    assert [each.get_content_type() for each in found] == ["text/calendar"] * 2
    assert [each.get_param("method") for each in found] == ["REQUEST", "CANCEL"]
    assert [cast(bytes, each.get_payload(decode=True)).decode() for each in found] == [
        ONE.content,
        OTHER.content,
    ]


def kinds(message: EmailMessage) -> list[str]:
    return [part.get_content_type() for part in message.walk() if not part.is_multipart()]


def test_one_calendar_file_is_another_form_of_the_mail_as_well() -> None:
    words = ["text/plain", "text/html"]
    assert kinds(with_files()) == words
    assert kinds(with_files(ONE)) == [*words, "text/calendar", "text/calendar"]
    assert kinds(with_files(ONE, OTHER)) == [*words, "text/calendar", "text/calendar"]
    [alternative] = [
        part for part in with_files(ONE).walk() if part.get_content_type().endswith("alternative")
    ]
    last = cast("list[EmailMessage]", alternative.get_payload())[-1]
    assert (last.get_param("method"), last.get_filename()) == ("REQUEST", None)


def test_the_words_of_a_mail_with_files_stay_its_words() -> None:
    for found in (with_files(ONE), with_files(ONE, OTHER)):
        body = found.get_body(("plain",))
        assert body is not None
        assert body.get_content().splitlines() == ["Text"]
