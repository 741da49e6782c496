"""WebKit in its smallest browser, on a screen that nobody sees: the engine of every iPhone."""

import os
import signal
import subprocess
from glob import glob
from pathlib import Path
from typing import Any

from selenium.webdriver import WebKitGTK, WebKitGTKOptions, WebKitGTKService
from selenium.webdriver.common.by import By

from tests.browser.engine import Engine
from tests.browser.server import Server
from tests.waiting import PATIENCE, wait_until

PROGRAM = "/usr/lib/*/webkit2gtk-4.*/MiniBrowser"


class WebKit(Engine):
    """One browser, with a screen of its own; it does not ask who signed a certificate."""

    def __init__(self, server: Server, folder: Path) -> None:
        super().__init__(server)
        self._folder = folder
        folder.mkdir(parents=True)
        self._screen: subprocess.Popen[bytes] | None = None
        self._service: WebKitGTKService | None = None
        self._driver: WebKitGTK

    def __enter__(self) -> "WebKit":
        try:
            self._start(self._open_screen())
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill()

    def kill(self) -> None:
        """End the browser with all its processes, and then the screen."""
        if self._service and self._service.process:
            os.killpg(self._service.process.pid, signal.SIGKILL)
            self._service.process.wait(PATIENCE)
        if self._screen:
            self._screen.terminate()
            self._screen.wait(PATIENCE)

    def go_to(self, address: str) -> None:
        self._driver.get(address)

    def find(self, selector: str) -> Any:
        return self._driver.find_element(By.CSS_SELECTOR, selector)

    def script(self, code: str, *values: Any) -> Any:
        return self._driver.execute_script(code, *values)

    def add_cookie(self, cookie: dict[str, Any]) -> None:
        self._driver.add_cookie(cookie)

    def go_back(self) -> None:
        self._driver.back()

    def reload(self) -> None:
        self._driver.refresh()

    def picture(self, selector: str) -> bytes:
        """What the window shows in the place of an element, once that stands still."""
        seen: list[bytes] = []

        def stands_still() -> bool:
            seen.append(bytes(self.find(selector).screenshot_as_png))
            return seen[-2:] == [seen[-1]] * 2

        wait_until(stands_still)
        return seen[-1]

    def _open_screen(self) -> str:
        reads, writes = os.pipe()
        self._screen = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writes), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
            pass_fds=(writes,),
            stderr=subprocess.DEVNULL,
        )
        os.close(writes)
        with os.fdopen(reads) as told:
            # Empty where the screen did not open.
            number = told.readline().strip()
        assert number, "Xvfb did not start"
        return f":{number}"

    def _start(self, screen: str) -> None:
        options = WebKitGTKOptions()
        (options.binary_location,) = glob(PROGRAM)
        options.add_argument("--automation")
        options.set_capability("acceptInsecureCerts", True)
        home = str(self._folder)
        self._service = WebKitGTKService(
            env={
                "HOME": home,
                "XDG_RUNTIME_DIR": home,
                "PATH": os.environ["PATH"],
                "DISPLAY": screen,
                "GDK_BACKEND": "x11",
                "LIBGL_ALWAYS_SOFTWARE": "1",
                "NO_AT_BRIDGE": "1",
            },
            log_output=str(self._folder / "webkit.log"),
            popen_kw={"start_new_session": True},
        )
        self._driver = WebKitGTK(options, self._service)
        self._driver.command_executor.client_config.timeout = PATIENCE
        self._driver.set_page_load_timeout(PATIENCE)
        self._driver.set_script_timeout(PATIENCE)
