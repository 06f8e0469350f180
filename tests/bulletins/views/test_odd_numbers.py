"""Numbers that no page of ours posts: they end in a sentence or in nothing, never in an error page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from bulletins.models import CallTarget, Submission
from bulletins.services.call import create_call
from bulletins.services.entry import add_entry
from bulletins.services.submission import submit_submission
from portal.accounts.models import User
from portal.accounts.requests import whole_number
from portal.accounts.roles import Role
from portal.reviews.models import CollectingLevel
from tests.bulletins.calls import make_call
from tests.factories import make_draft, make_issue, make_unit, make_user

SignIn = Callable[[User], Client]
ODD = pytest.mark.parametrize("odd", ["9" * 30, "9" * 5000, "٣"], ids=["long", "endless", "other script"])


def test_a_number_is_plain_and_one_that_the_database_counts() -> None:
    assert [whole_number(text) for text in ("12", "0")] == [12, 0]
    assert {whole_number(text) for text in ("", "-1", "1.5", "٣", "9" * 19)} == {None}


@ODD
def test_the_version_an_approver_saw(officer: User, signed_in: SignIn, odd: str) -> None:
    unit = officer.posts_today[0].unit
    approver = make_user(Role.UNIT_APPROVER, unit)
    report = submit_submission(make_draft(officer), by=officer)
    answer = signed_in(approver).post(reverse("submission-act", args=[report.pk, "approve"]), {"seen": odd})
    assert answer.status_code in (302, 409)


@ODD
def test_the_activity_of_a_row(officer: User, signed_in: SignIn, odd: str) -> None:
    draft = make_draft(officer)
    typed = {"title": "新标题", "text": draft.text, "version": draft.version, "row": "n1", "n1-activity": odd}
    signed_in(officer).post(reverse("submission-edit", args=[draft.pk]), {**typed, "n1-place": "礼堂"})
    assert Submission.objects.get(pk=draft.pk).title == "新标题"


@ODD
def test_the_draft_that_answers_a_call(editor: User, officer: User, signed_in: SignIn, odd: str) -> None:
    make_call(editor, [officer.posts_today[0].unit])
    answer = signed_in(officer).post(reverse("own-call-link", args=[CallTarget.objects.get().pk]), {"submission": odd})
    assert answer.status_code == 302


@ODD
def test_the_entry_and_the_version_of_a_fix(editor: User, signed_in: SignIn, odd: str) -> None:
    issue = make_issue(editor)
    answer = signed_in(editor).post(reverse("issue-mend", args=[issue.pk]), {"entry": odd, "version": odd})
    assert answer.status_code == 404


@ODD
def test_the_levels_that_collect(db: None, signed_in: SignIn, odd: str) -> None:
    admin = make_user(Role.ADMIN)
    before = CollectingLevel.objects.count()
    assert signed_in(admin).post(reverse("collecting-levels"), {"level": odd}).status_code == 302
    assert CollectingLevel.objects.count() == before


@ODD
def test_the_section_and_the_place_of_an_entry(editor: User, signed_in: SignIn, odd: str) -> None:
    issue = make_issue(editor)
    client = signed_in(editor)
    assert client.post(reverse("entry-new", args=[issue.pk]), {"section": odd}).status_code == 422
    section = issue.periodical.sections.first()
    assert section is not None
    entry = add_entry(issue, section=section, lead="专家谈备课。", text="", by=editor)
    asked = {"section": odd, "position": odd}
    assert client.post(reverse("entry-move", args=[entry.pk]), asked).status_code == 404


@ODD
def test_the_units_kept_in_a_call(editor: User, signed_in: SignIn, odd: str) -> None:
    call = create_call(by=editor, topic="秋季教研", units=[make_unit()])
    assert signed_in(editor).post(reverse("call-targets", args=[call.pk]), {"keep": odd}).status_code == 302
