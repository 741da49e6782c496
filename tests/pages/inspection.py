"""What is true of every page: the client looks at each page that it gets."""

import re
from collections import Counter
from collections.abc import Sequence

from werkzeug.datastructures import Headers

from tests.pages.html import Element

LANGUAGES = {"nl", "en"}
UNTYPED = {"hidden", "submit", "button"}
NAMED = {"button", "a", "legend", "caption", "summary", "th", "label"}
REFERENCES = ("aria-labelledby", "aria-describedby", "for")
LEADS_AWAY = {"noopener", "noreferrer", "nofollow"}
ADDRESSES = ("href", "src", "action", "formaction", "poster", "srcset")
NONCE = re.compile(r"'nonce-([\w-]+)'")
OURS = re.compile(r"http://(127\.0\.0\.1|localhost)(:\d+)?/")
# The mail program of whoever looks, and nothing that is fetched.
MAIL = re.compile(r"mailto:[^?]+")
WITH_HOST = re.compile(r"[a-z]+:|//", re.IGNORECASE)

Elements = Sequence[Element]


def inspect(page: Element, headers: Headers, language: str | None) -> None:
    """Fail where the page misses something that every page has."""
    elements = list(page.walk())
    _has_title_and_heading(elements, {language} if language else LANGUAGES)
    _has_unique_ids_that_exist(elements)
    _has_named_controls(elements)
    _has_groups_of_choices(elements)
    _has_forms_that_cannot_be_forged(elements)
    _does_what_the_policy_allows(elements, headers["Content-Security-Policy"])
    _stays_on_this_site(elements)
    assert headers["Cache-Control"] == "no-store"


def _tagged(elements: Elements, *tags: str) -> list[Element]:
    return [each for each in elements if each.tag in tags]


def _has_title_and_heading(elements: Elements, languages: set[str]) -> None:
    [html] = _tagged(elements, "html")
    assert html.get("lang") in languages
    [title] = _tagged(elements, "title")
    assert title.raw_text.strip(" –\n") not in {"", "zetwpo"}
    [heading] = _tagged(elements, "h1")
    assert heading.text
    for named in _tagged(elements, *NAMED):
        assert named.text or named.get("aria-label"), f"a <{named.tag}> without words"


def _has_unique_ids_that_exist(elements: Elements) -> None:
    ids = Counter(each.get("id") for each in elements if each.get("id"))
    assert {key for key, count in ids.items() if count > 1} == set()
    used = {key for each in elements for name in REFERENCES for key in each.get(name).split()}
    used |= {each.get("href")[1:] for each in elements if each.get("href").startswith("#")}
    assert used <= set(ids), f"nothing has the id {used - set(ids)}"


def _has_named_controls(elements: Elements) -> None:
    labels = {each.get("for"): each for each in _tagged(elements, "label")}
    for control in _tagged(elements, "input", "textarea", "select"):
        if control.get("type") not in UNTYPED:
            around = next((each for each in control.ancestors() if each.tag == "label"), None)
            label = around or labels.get(control.get("id") or "none")
            assert label, f"no label: {control.attributes}"


def _has_groups_of_choices(elements: Elements) -> None:
    groups: dict[str, set[Element]] = {}
    for radio in _tagged(elements, "input"):
        if radio.get("type") == "radio":
            group = next((each for each in radio.ancestors() if each.tag == "fieldset"), None)
            assert group, f"not in a fieldset: {radio.attributes}"
            first = next(each for each in group.children if isinstance(each, Element))
            assert first.tag == "legend"
            groups.setdefault(radio.get("name"), set()).add(group)
    assert all(len(found) == 1 for found in groups.values()), "one group in two fieldsets"


def _has_forms_that_cannot_be_forged(elements: Elements) -> None:
    for form in _tagged(elements, "form"):
        assert form.get("action"), "a form without an action"
        if form.get("method").lower() == "post":
            [token] = form.all("input", name="csrf_token")
            assert token.get("value"), form.get("action")


def _does_what_the_policy_allows(elements: Elements, policy: str) -> None:
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    nonces = NONCE.findall(policy)
    for element in elements:
        for name in element.attributes:
            assert name != "style", f"an inline style at a <{element.tag}>"
            assert not name.startswith("on"), f"a handler at a <{element.tag}>"
    for style in _tagged(elements, "style"):
        assert style.get("nonce") in nonces
    for script in _tagged(elements, "script"):
        assert script.get("src") or script.get("type") == "application/json"


def _stays_on_this_site(elements: Elements) -> None:
    for element in elements:
        for name in ADDRESSES:
            address = element.get(name)
            is_ours = OURS.match(address) or not WITH_HOST.match(address)
            is_ours = is_ours or (element.tag == "a" and MAIL.fullmatch(address))
            # What somebody put on a shelf: it opens where they ask, and learns nothing of us.
            leads_away = element.tag == "a" and set(element.get("rel").split()) >= LEADS_AWAY
            assert is_ours or leads_away, f"<{element.tag} {name}={address}>"
    for style in _tagged(elements, "style"):
        assert "//" not in style.raw_text
