"""A mail as it goes over the line: whatever names hold, headers stay what they are."""

from email import message_from_bytes, policy
from email.headerregistry import AddressHeader
from email.message import EmailMessage
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.addresses import Sender
from zetwpo.mail.message import Letter, as_sent

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
