"""The steps of signing in, one by one."""

from tests.pages.client import Browser, Page


def ask(browser: Browser, address: str) -> Page:
    return browser.get("/sign-in").send({"email": address})


def enter(browser: Browser, code: str) -> Page:
    return browser.get("/sign-in/code").send({"code": code})


def is_signed_in(browser: Browser) -> bool:
    return browser.get("/start").status == 200
