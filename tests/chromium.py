"""How the tests and the measurements start Chromium."""

import os
import shutil
from typing import Any

# The same names as in tools/test_machine, which installs Chromium where there is none.
NAMES = (
    "/usr/bin/chromium",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
# The same browser without the windows around its pages, as Debian has it: it opens a page with a
# third of the work. Pages that were left it does not put aside, as the whole one does.
SHELL = "chromium-headless-shell"
# Chromium asks its makers for news by itself; we look at our own pages only.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def launch_arguments() -> dict[str, Any]:
    """What Playwright needs to start Debian's Chromium, or the one that the environment names."""
    return _arguments(*NAMES)


def shell_arguments() -> dict[str, Any]:
    """The same for what is about the page alone; the whole one where there is no other."""
    return _arguments(SHELL, *NAMES)


def _arguments(*known: str) -> dict[str, Any]:
    names = [name for name in (os.environ.get("ZETWPO_CHROMIUM"), *known) if name]
    found = next((path for name in names if (path := shutil.which(name))), None)
    assert found, "no Chromium: install it, or name one in ZETWPO_CHROMIUM"
    return {"executable_path": found, "args": list(ARGUMENTS)}
