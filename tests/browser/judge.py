"""What every page must be: free of axe's findings, narrow enough, large enough to touch, walkable by keyboard."""

import os
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
SCRIPTS = Path(__file__).parent / "judge.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW = 320
MOST_STEPS = 300


@cache
def _text_of(path: Path) -> str:
    assert path.is_file(), f"{path.name} is missing: bin/bootstrap test installs it."
    return path.read_text()


def _ask(page: Page, name: str, given: object = None) -> Any:
    """Call a function of judge.js in the page; the page's policy forbids script tags, not this."""
    return page.evaluate(f"(given) => {{ {_text_of(SCRIPTS)}; return {name}(given) }}", given)


def look(page: Page, name: str) -> None:
    """Keep a picture of the page in the folder TUNTAS_SHOTS, where one is named."""
    folder = os.environ.get("TUNTAS_SHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def axe(page: Page) -> None:
    """Assert that axe finds nothing, WCAG 2.2 AA and its best practices. It waits by timers, which need scripts."""
    assert _ask(page, "doScriptsRun"), "axe judges pages with scripts on"
    page.evaluate(_text_of(AXE))
    found = page.evaluate("(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags}})", RULES)
    assert found["passes"], "axe judged nothing"
    told = [
        f"{rule['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
    assert not told, "\n".join(told)


def no_sideways(page: Page) -> None:
    """Assert that nothing scrolls sideways, nor is cut off, on a screen of 320 pixels."""
    before = page.viewport_size
    assert before is not None
    page.set_viewport_size({"width": NARROW, "height": before["height"]})
    found = [*_ask(page, "tooWide", NARROW), *_ask(page, "cutOff")]
    page.set_viewport_size(before)
    assert found == [], "\n".join(found)


def targets(page: Page) -> None:
    """Assert that whatever can be touched is at least 24 by 24 pixels; links inside a sentence may be lower."""
    found = _ask(page, "tooSmall", 24)
    assert found == [], "\n".join(found)


def keyboard_walk(page: Page) -> list[str]:
    """Tab through the page from its top; assert order, visible focus and that nothing is left out. Return the way."""
    page.wait_for_load_state()  # what scripts show stands there
    expected = _ask(page, "startWalk")
    way: list[str] = []
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        step = _ask(page, "takeStep")
        if step is None:
            break
        if step["name"]:
            way.append(step["name"])
        assert not step["fault"], f"{step['name']} {step['fault']}; the way: {way}"
    else:
        raise AssertionError(f"the walk does not end: {way[-5:]}")
    left_out = _ask(page, "leftOut")
    assert left_out == [], f"not reached by Tab: {left_out}"
    assert way or not expected
    return way
