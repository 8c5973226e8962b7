"""Accessibility barriers of a page that a program can find."""

from collections.abc import Collection
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

NARROW: Any = {"width": 360, "height": 740}
WIDE: Any = {"width": 1280, "height": 800}


def serious(page: Page) -> list[tuple[str, list[str]]]:
    """Return the serious violations by axe: the rule and the place."""
    found = Axe().run(page).response["violations"]
    return [
        (one["id"], [node["html"] for node in one["nodes"]])
        for one in found
        if one["impact"] in {"serious", "critical"}
    ]


def assert_accessible(page: Page, *, beside: Collection[str] = ()) -> None:
    """Nothing serious for axe, at either width, and no scrolling sideways on a narrow screen.

    `beside` are the rules that a page of somebody else's is known to break.
    """
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        bad = [(rule, where) for rule, where in serious(page) if rule not in beside]
        assert bad == [], bad
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
