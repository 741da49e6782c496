"""What a mail server says: against this addressee for good, or against us and so for now."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.mail.rules import Failure, why_refused

OF_ADDRESSEE = [
    (550, "5.1.1 <sender@relay.example>: Recipient address rejected: User unknown", "unknown"),
    (550, "No such user here", "unknown"),
    (550, "5.4.1 Recipient address rejected: Access denied. AS(201806281)", "unknown"),
    (550, "5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found", "unknown"),
    (551, "User not local", "unknown"),
    (553, "Mailbox name not allowed", "unknown"),
    (556, "5.1.10 Domain does not accept mail", "unknown"),
    (550, "5.2.1 The email account that you tried to reach is disabled", "unknown"),
    (552, "5.2.2 The mailbox is over quota", "full"),
    (552, "Mailbox full", "full"),
    (550, "5.2.2 over quota, too many messages", "full"),
    (550, "Mailbox is full", "full"),
    (554, "5.7.1 Message refused as spam", "refused"),
    (550, "5.7.1 Blocked by our policy", "refused"),
    (554, "Message content rejected", "refused"),
    (554, "Transaction failed", "other"),
    (550, "5.6.0 Lone CR or LF in headers", "other"),
]
CATEGORY = {
    "unknown": Failure.UNKNOWN_ADDRESS,
    "full": Failure.MAILBOX_FULL,
    "refused": Failure.REFUSED,
    "other": Failure.OTHER,
}
AGAINST_US = [
    (554, "5.7.1 <noor@school.nl>: Relay access denied"),
    (550, "relaying denied"),
    (550, "5.7.1 Unable to relay"),
    (530, "5.7.0 Must issue a STARTTLS command first"),
    (530, "5.7.57 Client was not authenticated to send anonymous mail"),
    (550, "5.7.60 Client does not have permissions to send as this sender"),
    (553, "5.7.1 <scan@school.nl>: Sender address rejected: not owned by user"),
    (550, "5.1.8 Sender address rejected: Domain not found"),
    (550, "5.1.0 sender rejected"),
    (554, "5.7.1 Client host [192.0.2.1] blocked using a list"),
    (550, "5.7.26 This mail is unauthenticated"),
    (550, "5.7.23 SPF check failed"),
    (503, "5.5.1 Error: need MAIL command"),
    (500, "Syntax error"),
    (421, "4.7.0 Try again later"),
    (450, "4.2.0 Greylisted"),
    (452, "4.2.2 Mailbox full"),
]


@pytest.mark.parametrize(("code", "answer", "category"), OF_ADDRESSEE)
def test_what_is_held_against_the_addressee_is_for_good(
    code: int, answer: str, category: str
) -> None:
    assert why_refused(code, answer) is CATEGORY[category]


@pytest.mark.parametrize(("code", "answer"), AGAINST_US)
def test_what_is_held_against_us_may_pass(code: int, answer: str) -> None:
    assert why_refused(code, answer) is None


@given(st.integers(200, 499), st.text())
def test_only_a_refusal_is_for_good(code: int, answer: str) -> None:
    assert why_refused(code, answer) is None
