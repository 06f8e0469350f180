"""Redis stops while people work: what they do is stored at once, what workers do comes later."""

from __future__ import annotations

import re
import time
from datetime import date
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

from bulletins.models import Rendition, Section, Submission
from bulletins.services.entry import add_entry
from bulletins.states import SubmissionState
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.jobs.models import Job, JobState
from tests.factories import PASSWORD, make_draft, make_issue, make_officer, make_user
from tests.live import LivePortal, OwnDatabase, wait_until

pytestmark = pytest.mark.flow

#: Seconds within which a page has to answer; waiting for a broker would take longer.
AT_ONCE = 5.0


class Visitor:
    """Somebody at the pages of a running portal, without a browser: cookies, the forms' token, answers."""

    def __init__(self, portal: LivePortal, user: User) -> None:
        self.address = portal.address
        self.cookies = CookieJar()
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(self.cookies))
        self.get("/sign-in/")
        self.post("/sign-in/", username=user.username, password=PASSWORD)

    def get(self, path: str) -> str:
        return str(self.opener.open(self.address + path, timeout=30).read().decode())

    def post(self, path: str, **words: object) -> str:
        token = next(cookie.value for cookie in self.cookies if cookie.name == "csrftoken")
        data = urlencode({"csrfmiddlewaretoken": token} | words).encode()
        return str(self.opener.open(self.address + path, data, timeout=30).read().decode())


@pytest.fixture
def portal(own_database: OwnDatabase, tmp_path: Path) -> LivePortal:
    return LivePortal(own_database, tmp_path)


def quickly(visitor: Visitor, path: str, **words: object) -> str:
    begun = time.monotonic()
    page = visitor.post(path, **words)
    assert time.monotonic() - begun < AT_ONCE, f"{path} waited for a Redis that is not there"
    return page


def test_work_goes_on_while_redis_is_stopped_and_the_proof_starts_when_it_is_back(portal: LivePortal) -> None:
    officer, editor = make_officer(), make_user(Role.EDITOR)
    report = make_draft(officer, "开始时的标题")
    issue = make_issue(editor, date(2024, 12, 2))
    add_entry(issue, section=Section.objects.get(name="他山之石"), lead="", text="邻省两校同备一课。", by=editor)
    try:
        portal.start_redis()
        portal.start("web")
        unit, desk = Visitor(portal, officer), Visitor(portal, editor)
        quickly(desk, f"/issues/{issue.pk}/act/proof/")  # the web server has a connection now, which then breaks
        portal.stop_redis()

        typed = {"title": "停机时的标题", "text": "正文改过。", "version": report.version}
        assert "version" in quickly(unit, f"/reports/{report.pk}/autosave/", **typed)
        words = typed | {"version": Submission.objects.get(pk=report.pk).version, "do": "submit"}
        assert "已报送" in quickly(unit, f"/reports/{report.pk}/edit/", **words)
        assert Submission.objects.get(pk=report.pk).state == SubmissionState.IN_REVIEW

        entry = issue.entries.get()
        quickly(desk, f"/issues/entries/{entry.pk}/edit/", lead="", text="邻省三校同备一课。", version=entry.version)
        assert "正在等待处理" in quickly(desk, f"/issues/{issue.pk}/act/proof/")
        assert "正在等待处理" in desk.get(f"/issues/{issue.pk}/progress/")
        assert set(Job.objects.values_list("state", flat=True)) == {JobState.QUEUED}

        portal.start_redis()
        portal.start("worker")
        wait_until(lambda: Rendition.objects.filter(issue=issue).count() == 2, "the proofs never came", seconds=60)
        assert re.search("与现在的内容一致", desk.get(f"/issues/{issue.pk}/progress/"))
    finally:
        portal.close()
