"""What keeps people from using a page, as far as a program can see."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

NARROW: Any = {"width": 360, "height": 740}
WIDE: Any = {"width": 1280, "height": 800}


def assert_accessible(page: Page) -> None:
    """Nothing serious for axe, at either width, and no scrolling sideways on a narrow screen."""
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        found = Axe().run(page).response["violations"]
        bad = [
            (one["id"], [node["html"] for node in one["nodes"]])
            for one in found
            if one["impact"] in {"serious", "critical"}
        ]
        assert bad == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
