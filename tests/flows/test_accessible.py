"""Every main page as a screen reader and a pair of tired eyes meet it (WCAG 2.2, levels A and AA), wide and narrow."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from bulletins.models import Issue
from bulletins.services.issue import assemble_issue
from portal.accounts.models import User
from portal.accounts.roles import Role
from tests.factories import make_adopted, make_draft, make_issue, make_officer, make_report, make_user
from tests.live import LivePortal

pytestmark = pytest.mark.flow

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
WIDTHS = (1440, 390)


@pytest.fixture
def main_pages(live_portal: LivePortal) -> list[tuple[User, list[str]]]:
    """Who uses which pages: a report in writing, one at the desk, an issue on the board."""
    editor, officer, admin = make_user(Role.EDITOR), make_officer(), make_user(Role.ADMIN)
    draft, report = make_draft(officer), make_report(officer)
    make_adopted(editor, officer)
    issue: Issue = make_issue(editor)
    entry = assemble_issue(issue, by=editor)[0]
    make_adopted(editor, officer)
    return [
        (officer, ["/", "/reports/", f"/reports/{draft.pk}/edit/", f"/reports/{report.pk}/"]),
        (editor, ["/", "/desk/", f"/desk/{report.pk}/", "/issues/", f"/issues/{issue.pk}/"]),
        (editor, [f"/issues/{issue.pk}/proof/", f"/issues/entries/{entry.pk}/edit/", "/partnerships/"]),
        (admin, ["/units/", f"/units/{officer.posts_today[0].unit_id}/", "/people/new/", "/exchange/people/"]),
        (make_user(Role.AUDITOR), ["/audit/"]),
    ]


def faults_of(page: Page, path: str) -> Iterator[str]:
    """What axe finds wrong with a page, each with the place and the reason."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(path)
        for rule in Axe().run(page, options=RULES).response["violations"]:
            for node in rule["nodes"]:
                yield f"{path} at {width}: {rule['id']} {node['target']} {node['failureSummary']}"


def test_no_page_shuts_anybody_out(
    main_pages: list[tuple[User, list[str]]], page_of: Callable[[User], Page], live_portal: LivePortal
) -> None:
    faults: list[str] = []
    for user, paths in main_pages:
        page = page_of(user)
        for path in paths:
            faults += faults_of(page, path)
    reader = page.context.browser.new_page(base_url=live_portal.address)  # type: ignore[union-attr]
    for path in ("/sign-in/", "/archive/"):
        faults += faults_of(reader, path)
    reader.close()
    assert faults == []
