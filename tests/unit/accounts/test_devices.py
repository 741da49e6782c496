"""A device is known by a name, and by nothing else that its browser says of itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zetwpo.accounts.devices import BROWSERS, SYSTEMS, UNKNOWN, Device, describe
from zetwpo.i18n import LANGUAGES, Language, writing_in

WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0"
SAID = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0": (
        *("firefox", "windows"),
    ),
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36 Edg/126.0.0.0": (
        *("edge", "windows"),
    ),
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36 OPR/112.0.0.0": (
        *("opera", "windows"),
    ),
    f"Mozilla/5.0 (X11; Linux x86_64) {CHROME} Safari/537.36": ("chrome", "linux"),
    f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {CHROME} Safari/537.36": ("chrome", "chromebook"),
    f"Mozilla/5.0 (Linux; Android 10; K) {CHROME} Mobile Safari/537.36": ("chrome", "android"),
    "Mozilla/5.0 (Linux; Android 13; SAMSUNG SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) "
    "SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36": ("samsung", "android"),
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) {WEBKIT} Version/17.5 "
    "Mobile/15E148 Safari/604.1": ("safari", "iphone"),
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) {WEBKIT} CriOS/126.0.6478.54 "
    "Mobile/15E148 Safari/604.1": ("chrome", "iphone"),
    f"Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) {WEBKIT} FxiOS/127.0 Mobile/15E148 "
    "Safari/605.1.15": ("firefox", "ipad"),
    f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WEBKIT} Version/17.5 Safari/605.1.15": (
        *("safari", "mac"),
    ),
    "curl/8.5.0": ("other", "other"),
    "": ("other", "other"),
}


@pytest.mark.parametrize(("said", "expected"), SAID.items())
def test_a_browser_is_called_what_its_owner_calls_it(said: str, expected: tuple[str, str]) -> None:
    assert describe(said) == Device(*expected)


@given(st.text(max_size=2000))
def test_whatever_a_browser_says_of_itself_only_known_words_are_kept(said: str) -> None:
    found = describe(said)
    assert found.browser in BROWSERS
    assert found.system in SYSTEMS


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_device_has_words(language: Language) -> None:
    with writing_in(language):
        labels = {Device(browser, system).label for browser in BROWSERS for system in SYSTEMS}
        assert len(labels) == len(BROWSERS) * len(SYSTEMS)
        # A version before this one, or after it, had other keys.
        assert Device("of later", "of later").label == UNKNOWN.label


def test_in_dutch_it_is_dutch() -> None:
    with writing_in("nl"):
        assert Device("firefox", "windows").label == "Firefox op Windows"
