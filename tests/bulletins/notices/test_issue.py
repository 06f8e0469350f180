"""What editors are told of an issue on its way."""

from __future__ import annotations

import pytest

from bulletins.services.issue_chain import send_back_issue
from portal.accounts.models import User
from portal.notices.queries.notice import notices_for
from tests.bulletins.chain import make_written, sent_for_review

pytestmark = pytest.mark.django_db


def test_who_sent_an_issue_for_review_hears_why_it_came_back(editor: User, reviewer: User) -> None:
    issue = sent_for_review(make_written(editor))
    send_back_issue(issue, by=reviewer, reason="第二条日期请核对。")
    notice = notices_for(editor).get()
    assert "已退回编辑" in notice.subject
    assert "第二条日期请核对。" in notice.body
    assert notice.url == f"/issues/{issue.pk}/"
    assert not notices_for(reviewer).exists()
