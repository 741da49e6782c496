"""What a device is called where somebody looks at where they are signed in.

Of what a browser says about itself, only the name of the browser and of the system are kept: by
them its owner knows a phone from a laptop, and nobody can be followed by them.
"""

import re
from dataclasses import dataclass

from zetwpo.i18n import gettext
from zetwpo.i18n import lazy_gettext as _

OTHER = "other"

# The first that fits: most browsers also name the ones that they want to be taken for.
_BROWSERS = (
    ("edge", re.compile(r"\bEdg(?:A|iOS|e)?/")),
    ("opera", re.compile(r"\bOPR/|\bOPT/|\bOpera\b")),
    ("samsung", re.compile(r"\bSamsungBrowser/")),
    ("vivaldi", re.compile(r"\bVivaldi/")),
    ("firefox", re.compile(r"\bFirefox/|\bFxiOS/")),
    ("chrome", re.compile(r"\bChrome/|\bCriOS/|\bChromium/|\bHeadlessChrome/")),
    ("safari", re.compile(r"\bVersion/\S+ .*\bSafari/")),
)
_SYSTEMS = (
    ("iphone", re.compile(r"\biPhone\b|\biPod\b")),
    ("ipad", re.compile(r"\biPad\b")),
    ("android", re.compile(r"\bAndroid\b")),
    ("windows", re.compile(r"\bWindows\b")),
    ("chromebook", re.compile(r"\bCrOS\b")),
    ("mac", re.compile(r"\bMacintosh\b|\bMac OS X\b")),
    ("linux", re.compile(r"\bLinux\b|\bX11\b")),
)
BROWSERS = {
    "edge": "Edge",
    "opera": "Opera",
    "samsung": "Samsung Internet",
    "vivaldi": "Vivaldi",
    "firefox": "Firefox",
    "chrome": "Chrome",
    "safari": "Safari",
    OTHER: _("Another browser"),
}
# An iPad may say that it is a Mac.
SYSTEMS = {
    "iphone": "iPhone",
    "ipad": "iPad",
    "android": "Android",
    "windows": "Windows",
    "chromebook": "Chromebook",
    "mac": _("Mac or iPad"),
    "linux": "Linux",
    OTHER: _("another device"),
}
# Of what a browser says; more of it tells no more.
LONGEST_READ = 500


@dataclass(frozen=True)
class Device:
    """A browser and the system that it runs on, each a key of the tables above."""

    browser: str = OTHER
    system: str = OTHER

    @property
    def label(self) -> str:
        """For example 'Firefox on Windows', in the language of the page."""
        browser = str(BROWSERS.get(self.browser, BROWSERS[OTHER]))
        system = str(SYSTEMS.get(self.system, SYSTEMS[OTHER]))
        return gettext("%(browser)s on %(system)s", browser=browser, system=system)


UNKNOWN = Device()


def describe(user_agent: str) -> Device:
    """The device of a browser that says this of itself; whatever it says, no error."""
    said = user_agent[:LONGEST_READ]
    return Device(_first(_BROWSERS, said), _first(_SYSTEMS, said))


def _first(table: tuple[tuple[str, re.Pattern[str]], ...], said: str) -> str:
    return next((key for key, pattern in table if pattern.search(said)), OTHER)
