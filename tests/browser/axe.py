"""What axe-core finds on a page."""

from pathlib import Path

from playwright.sync_api import Page

# Without a list of rules, all that axe has on: WCAG to level AA and its best practices.
_RUN = "async () => (await axe.run()).violations"


def violations(page: Page, axe: Path) -> list[str]:
    """What axe finds on the open page: the rule, the element, and why."""
    page.evaluate(axe.read_text("utf-8"))
    return [
        f"{found['id']}: {node['html'][:200]}: {node['failureSummary']}"
        for found in page.evaluate(_RUN)
        for node in found["nodes"]
    ]
