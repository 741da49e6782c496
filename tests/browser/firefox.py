"""Firefox without a window, driven through Marionette: it closes tabs, starts again and crashes."""

import base64
import json
import os
import signal
import ssl
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from marionette_driver.by import By
from marionette_driver.errors import MarionetteException
from marionette_driver.marionette import Marionette

from tests.browser.engine import Engine
from tests.browser.ports import free_port
from tests.browser.server import Server
from tests.waiting import PATIENCE, wait_until

# It starts where it ended, after a crash too; it writes down where that was at once instead of
# every 15 seconds; and it asks nobody for news.
PREFERENCES: dict[str, Any] = {
    "remote.prefs.recommended": False,
    "browser.startup.page": 3,
    "browser.sessionstore.interval": 200,
    "browser.sessionstore.interval.idle": 200,
    "browser.sessionstore.max_resumed_crashes": -1,
    "toolkit.startup.max_resumed_crashes": -1,
    "browser.startup.homepage": "about:blank",
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.warnOnQuit": False,
    "termsofuse.bypassNotification": True,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.proxy.type": 0,
    "network.proxy.allow_hijacking_localhost": True,
    "services.settings.server": "data:,",
}
TRUST = """
const certificate = Cc["@mozilla.org/security/x509certdb;1"]
  .getService(Ci.nsIX509CertDB).constructX509FromBase64(values[0]);
Cc["@mozilla.org/security/certoverride;1"].getService(Ci.nsICertOverrideService)
  .rememberValidityOverride(values[1], values[2], {}, certificate, false);
"""
WINDOW = """
const window = Services.wm.getMostRecentWindow("navigator:browser");
const { gBrowser } = window;
"""
CLOSE_TAB = f"""{WINDOW}
const closed = gBrowser.selectedTab;
gBrowser.selectedTab = gBrowser.addTrustedTab("about:blank");
gBrowser.removeTab(closed);
"""
UNDO = f"""{WINDOW}
const blank = gBrowser.selectedTab;
SessionStore.undoCloseTab(window, 0);
gBrowser.removeTab(blank);
"""
REMEMBER = f"""{WINDOW}
const {{ TabStateFlusher }} = ChromeUtils.importESModule(
  "resource:///modules/sessionstore/TabStateFlusher.sys.mjs");
const {{ SessionSaver }} = ChromeUtils.importESModule(
  "resource:///modules/sessionstore/SessionSaver.sys.mjs");
await TabStateFlusher.flush(gBrowser.selectedBrowser);
await SessionSaver.run();
"""
# A proxy that is not there; being offline would not keep it from its own machine.
LOSE_CONNECTION = """
Services.prefs.setCharPref("network.proxy.ssl", "127.0.0.1");
Services.prefs.setIntPref("network.proxy.ssl_port", 1);
Services.prefs.setIntPref("network.proxy.type", 1);
"""
# A moment later, so that there is an answer to the one who asked.
QUIT = """
const { setTimeout } = ChromeUtils.importESModule("resource://gre/modules/Timer.sys.mjs");
setTimeout(() => Services.startup.quit(Ci.nsIAppStartup.eAttemptQuit), 200);
"""


class Firefox(Engine):
    """One Firefox, with a profile that outlives it and a certificate that it trusts."""

    def __init__(self, server: Server, folder: Path) -> None:
        super().__init__(server)
        self._folder = folder
        self._profile = folder / "profile"
        self._profile.mkdir(parents=True)
        self._port = free_port()
        chosen = PREFERENCES | {"marionette.port": self._port}
        lines = [f"user_pref({json.dumps(key)}, {json.dumps(chosen[key])});" for key in chosen]
        (self._profile / "user.js").write_text("\n".join(lines))
        self._process: subprocess.Popen[bytes] | None = None
        self._client: Marionette

    def __enter__(self) -> "Firefox":
        try:
            self.start()
            self._trust()
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill()

    def start(self) -> None:
        """Start it, with the pages that were open before."""
        with (self._folder / "firefox.log").open("ab") as log:
            self._process = subprocess.Popen(
                ["firefox-esr", "--marionette", "--headless", "--no-remote"]
                + ["--remote-allow-system-access", "--profile", str(self._profile)],
                env={"HOME": str(self._folder), "PATH": os.environ["PATH"]},
                start_new_session=True,
                stdout=log,
                stderr=log,
            )
        self._client = Marionette(port=self._port, socket_timeout=PATIENCE)
        self._client.start_session(timeout=PATIENCE)
        self._client.timeout.page_load = PATIENCE
        self._client.timeout.script = PATIENCE

    def quit(self) -> None:
        """Leave it as people do."""
        self._in_program(QUIT)
        self._let_go()
        assert self._process
        self._process.wait(PATIENCE)
        self._process = None

    def kill(self) -> None:
        """End it in the middle of whatever it does."""
        self._let_go()
        if self._process:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(PATIENCE)
            self._process = None

    def lose_connection(self) -> None:
        """Be without a connection, until the end of this program."""
        self._in_program(LOSE_CONNECTION)

    def is_remembered(self) -> None:
        """Wait until what is open, with what its pages store, is written to the disk."""
        self._in_program(REMEMBER)

    def close_tab(self) -> None:
        """Close the page; another one is open, so that the program goes on."""
        self._in_program(CLOSE_TAB)
        self._client.switch_to_window(self._client.window_handles[0])

    def undo_close_tab(self, ending: str) -> None:
        """Open the page again that was closed last."""
        self._in_program(UNDO)
        self.is_back(ending)

    def is_back(self, ending: str) -> None:
        """Expect a page that comes back by itself, perhaps in another tab."""
        wait_until(lambda: self._finds(ending))
        self.arrives(ending)

    def go_to(self, address: str) -> None:
        self._client.navigate(address)

    def find(self, selector: str) -> Any:
        return self._client.find_element(By.CSS_SELECTOR, selector)

    def script(self, code: str, *values: Any) -> Any:
        return self._client.execute_script(code, script_args=values, sandbox=None)

    def add_cookie(self, cookie: dict[str, Any]) -> None:
        self._client.add_cookie(cookie)

    def go_back(self) -> None:
        self._client.go_back()

    def reload(self) -> None:
        self._client.refresh()

    def print_page(self) -> bytes:
        """What comes out on A4 paper, as PDF; Firefox asks the style sheet for no margins."""
        self.script("dispatchEvent(new Event('beforeprint'))")
        margins = {"top": 1.8, "bottom": 1.8, "left": 1.6, "right": 1.6}
        wanted = {"background": True, "page": {"width": 21.0, "height": 29.7}, "margin": margins}
        return base64.b64decode(self._client._send_message("WebDriver:Print", wanted, key="value"))

    def _finds(self, ending: str) -> bool:
        try:
            for tab in self._client.window_handles:
                self._client.switch_to_window(tab)
                if self._client.get_url().endswith(ending):
                    return True
        except MarionetteException:
            # A tab went away while we looked.
            pass
        return False

    def _in_program(self, code: str, *values: Any) -> None:
        with self._client.using_context("chrome"):
            self._client.execute_script(
                f"return (async (...values) => {{ {code} }})(...arguments);", script_args=values
            )

    def _trust(self) -> None:
        # Not only in this session of Marionette: a page that comes back is asked for before it.
        site = urlsplit(self.server.address)
        assert site.hostname
        assert site.port
        shown = ssl.PEM_cert_to_DER_cert(ssl.get_server_certificate((site.hostname, site.port)))
        self._in_program(TRUST, base64.b64encode(shown).decode(), site.hostname, site.port)

    def _let_go(self) -> None:
        # Otherwise the client would say goodbye to a program that is gone, and wait for an answer.
        self._client.cleanup_ran = True
        if self._client.client:
            self._client.client.close()
