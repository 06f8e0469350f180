"""Every main page as a screen reader and a pair of tired eyes meet it (WCAG 2.2, levels A and AA), wide and narrow."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser, Page

from portal.accounts.models import User
from tests.live import LivePortal
from tests.project.world import ADMIN, APPROVER, AUDITOR, EDITOR, LEADER, OFFICER, VISITOR, World, make_world

pytestmark = pytest.mark.flow

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
WIDTHS = (1440, 390)

#: Who works with which pages: url names, and after a blank what of the world the address needs, or plain text.
PAGES = {
    OFFICER: (
        *("home", "submissions", "submission-edit draft", "submission report", "own-calls", "own-call call"),
        *("collected", "received", "received-issue sent", "confirmation asked", "follow-up follow_up", "notices"),
        *("search", "own-posts"),
    ),
    APPROVER: ("submission awaiting",),
    EDITOR: (
        *("home", "desk", "desk-submission report", "desk-held", "desk-bulk-result bulk", "calls", "call call"),
        *("call-new", "issues", "issue open", "issue-proof open", "proof-rounds open", "issue-checks open"),
        *("entry-edit entry", "issue-readership sent", "readership", "remark remark", "words", "volumes"),
        *("ledger", "ledger-reports", "circular", "waiting"),
        *("partnerships", "partnership pair", "alliance", "need need", "meetings", "meeting meeting"),
        *("activities", "activity activity", "activities-calendar", "targets", "target a_target", "batches"),
        *("task task", "output output", "communities", "community community", "progress-reports"),
        *("progress-report progress", "values", "value reported_value", "reporting-matrix", "closing closing"),
        *("indicator reported_indicator", "assessments", "assessment assessment", "scheme scheme", "survey survey"),
        *("cases", "case case_sent"),
    ),
    LEADER: ("received-issue sent", "remark-new sent", "board"),
    ADMIN: ("units", "unit unit", "open-account", "exchange people", "collecting-levels"),
    AUDITOR: ("audit",),
    VISITOR: (
        *("sign-in", "archive", "archive-issue published", "public-case case_public", "verify token", "guide"),
        "guide-page officer",
    ),
}
#: Pages that show most with something asked.
ASKED = {"search": "?q=备课", "archive": "?q=备课", "ledger-reports": "?figure=submitted"}


@pytest.fixture
def world(live_portal: LivePortal) -> World:
    return make_world()


def address(world: World, page: str) -> str:
    name, _, needed = page.partition(" ")
    return reverse(name, args=[world.at.get(needed, needed)] if needed else []) + ASKED.get(name, "")


def faults_of(page: Page, path: str) -> Iterator[str]:
    """What axe finds wrong with a page, each with the place and the reason."""
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 200, f"{path}: {answer.status}"
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for rule in Axe().run(page, options=RULES).response["violations"]:
            for node in rule["nodes"]:
                yield f"{path} at {width}: {rule['id']} {node['target']} {node['failureSummary']}"


def test_no_page_shuts_anybody_out(
    world: World, page_of: Callable[[User], Page], browser: Browser, live_portal: LivePortal
) -> None:
    faults: list[str] = []
    for role, pages in PAGES.items():
        page = page_of(world.people[role]) if role != VISITOR else browser.new_page(base_url=live_portal.address)
        for one in pages:
            faults += faults_of(page, address(world, one))
    assert not faults, "\n".join(faults)
