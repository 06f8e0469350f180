"""Forms that strangers send from a page behind a secret address: a browser must be able to send them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from bulletins.models import Submission
from bulletins.services.signing_links import make_sign_link
from bulletins.services.submission import submit_submission
from bulletins.states import SubmissionState
from pilots.models import SurveyAnswer
from portal.accounts.roles import Role
from tests.factories import make_draft, make_officer, make_user
from tests.factories.assessment import STATEMENTS, make_survey
from tests.live import LivePortal

pytestmark = pytest.mark.flow


@pytest.fixture
def phone(browser: Browser, live_portal: LivePortal) -> Iterator[Page]:
    """A telephone on which nobody is signed in."""
    context = browser.new_context(base_url=live_portal.address, viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def test_a_parent_answers_a_survey_once(phone: Page) -> None:
    survey = make_survey(make_user(Role.EDITOR))
    address = reverse("survey-answer", args=[survey.token])
    phone.goto(address)
    for number in range(len(STATEMENTS)):
        phone.get_by_role("radio", name="非常满意").nth(number).check()
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_text("谢谢").first).to_be_visible()
    assert SurveyAnswer.objects.count() == 1
    phone.goto(address)
    expect(phone.get_by_role("button", name="提交")).to_have_count(0)


def test_an_approver_signs_by_a_link_without_signing_in(phone: Page) -> None:
    officer = make_officer()
    approver = make_user(Role.UNIT_APPROVER, officer.posts_today[0].unit)
    report = submit_submission(make_draft(officer), by=officer)
    phone.goto(reverse("sign", args=[make_sign_link(report, approver=approver, by=officer)]))
    phone.get_by_role("button", name="同意报送").click()
    expect(phone.get_by_text("已同意报送").first).to_be_visible()
    assert Submission.objects.get().state != SubmissionState.AWAITING_UNIT
