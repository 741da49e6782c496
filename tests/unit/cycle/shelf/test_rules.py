"""Links, names of files and room, as they are decided."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.cycle.shelf.rules import (
    LONGEST_FILE_NAME,
    as_link,
    fits,
    has_room,
    host_of,
    safe_name,
    says_something,
)


@pytest.mark.parametrize(
    ("typed", "link", "host"),
    [
        ("https://www.slo.nl/page?a=1#b", "https://www.slo.nl/page?a=1#b", "slo.nl"),
        (" http://school.example ", "http://school.example", "school.example"),
        ("www.school.example/page", "https://www.school.example/page", "school.example"),
        ("school.example:8080/page", "https://school.example:8080/page", "school.example"),
        ("HTTPS://School.Example", "HTTPS://School.Example", "school.example"),
        ("https://192.0.2.1/page", "https://192.0.2.1/page", "192.0.2.1"),
        # Letters that look like others show as what they are.
        # As a browser has it: another site than strasse.example.
        ("https://Straße.example/x", "https://Straße.example/x", "xn--strae-oqa.example"),
        ("https://βόλος。example", "https://βόλος。example", "xn--nxasmm1c.example"),
        ("https://ΒΌΛΟΣ.example", "https://ΒΌΛΟΣ.example", "xn--nxasmq6b.example"),
        ("https://münchen.example", "https://münchen.example", "xn--mnchen-3ya.example"),
        ("https://sсhool.example", "https://sсhool.example", "xn--shool-1ye.example"),
    ],
)
def test_links_of_pages_are_kept_and_show_where_they_lead(typed: str, link: str, host: str) -> None:
    assert as_link(typed) == link
    assert host_of(link) == host


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>",
        "file:///etc/passwd",
        "ftp://school.example",
        "mailto:somebody@school.example",
        "https://bank.example@evil.example/",
        "https://user:word@evil.example/",
        "https://",
        "http://localhost",
        "//school.example",
        "https://a b.example",
        "https://school.example/\nnext",
        "https://school.example\\@evil.example",
        "https://[::1",
        "https://school.example:99999999",
        "java\tscript:alert(1)",
        "https://" + "a" * 2000 + ".example",
    ],
)
def test_what_is_no_link_to_a_page_is_refused(typed: str) -> None:
    assert as_link(typed) is None


@given(st.text(max_size=60))
def test_whatever_is_typed_a_link_leads_to_a_page_of_a_host(typed: str) -> None:
    link = as_link(typed)
    if link is not None:
        assert link.lower().startswith(("http://", "https://"))
        assert host_of(link) or link
        assert not set(link) & set(" \n\r\t\\")


@pytest.mark.parametrize(
    ("typed", "safe"),
    [
        ("plan.pdf", "plan.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\Robin\\plan.PDF", "plan.pdf"),
        ('a "quoted" name.pdf', "a -quoted- name.pdf"),
        ("line\r\nX-Header: a.pdf", "line X-Header- a.pdf"),
        ("invoice\u202efdp.exe.pdf", "invoicefdp.exe.pdf"),
        ("מילים.pdf", "מילים.pdf"),
        ("Één zin – één vraag.pdf", "Één zin – één vraag.pdf"),
        (".pdf", "file.pdf"),
        ("...", "file.pdf"),
        ("", "file.pdf"),
        ("con.pdf", "file-con.pdf"),
        ("Con.plan.pdf", "file-Con.plan.pdf"),
        ("com¹ .x.pdf", "file-com¹ .x.pdf"),
        ("console.pdf", "console.pdf"),
        ("100%.pdf", "100-.pdf"),
        ("photo", "photo.pdf"),
    ],
)
def test_names_of_files_are_safe_on_every_disk(typed: str, safe: str) -> None:
    assert safe_name(typed, [".pdf"]) == safe


@given(st.text(max_size=400))
def test_whatever_a_file_is_called_its_name_is_one_name(typed: str) -> None:
    name = safe_name(typed, [".jpg", ".jpeg"])
    assert name.endswith((".jpg", ".jpeg"))
    assert len(name.encode()) <= LONGEST_FILE_NAME + len(".jpeg")
    assert not set(name) & set('/\\\n\r\t"<>:|?*\u202e\x00')
    assert name.strip() == name
    assert not name.startswith(".")


def test_there_is_room_up_to_the_last_byte() -> None:
    assert has_room(90, 10, 100)
    assert not has_room(91, 10, 100)


@pytest.mark.parametrize(
    ("text", "link", "has_file", "says"),
    [
        ("", "", False, False),
        ("\u200b \n", "", False, False),
        ("words", "", False, True),
        ("", "https://school.example", False, True),
        ("", "", True, True),
    ],
)
def test_more_than_a_name_is_asked(text: str, link: str, has_file: bool, says: bool) -> None:
    assert says_something(text, link, has_file=has_file) is says


def test_all_words_have_to_be_found_in_any_spelling() -> None:
    texts = ["Drié vragen", "over feedback"]
    assert fits("drie FEEDBACK", texts)
    assert not fits("drie antwoorden", texts)
    assert fits("", texts)
