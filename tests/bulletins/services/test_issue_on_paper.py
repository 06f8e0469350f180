"""The scanned 签批单 as sign-off."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from bulletins.queries.issue import chain_of, records_of
from bulletins.services.entry import edit_entry
from bulletins.services.issue_chain import SignedSheet, sign_on_paper
from bulletins.states import IssueState
from portal.accounts.models import User
from portal.files.queries import attachments_of_owner
from portal.files.services import attach_file, detach_file
from portal.refusals import Refused, WrongState
from tests.bulletins.chain import make_written, proofed, sent_for_review
from tests.portal.files.samples import picture, upload

TODAY = timezone.localdate()
SHEET = SignedSheet("王审核", TODAY - timedelta(days=1), "李签发", TODAY)


def test_it_numbers_and_freezes_and_the_chain_names_who_signed_on_paper(editor: User) -> None:
    issue = sign_on_paper(
        sent_for_review(make_written(editor)), by=editor, sheet=SHEET, scan=upload(picture(), "签批单.png")
    )
    assert (issue.state, issue.number) == (IssueState.SIGNED, 1)
    links = {link.label: link for link in chain_of(records_of(issue))}
    assert links["审核通过"].name == "王审核"
    assert links["签发"].name == "李签发"
    assert "纸质签批单，省办编辑登记" in links["签发"].note
    assert [file.name for file in attachments_of_owner(issue)] == ["签批单.png"]


def test_the_sheet_that_signed_an_issue_stays_with_it(editor: User) -> None:
    issue = sent_for_review(make_written(editor))
    sign_on_paper(issue, by=editor, sheet=SHEET, scan=upload(picture(), "签批单.png"))
    (sheet,) = attachments_of_owner(issue)
    sheet.owner = issue
    with pytest.raises(Refused, match="已存档"):
        detach_file(sheet, by=editor)
    with pytest.raises(Refused, match="已存档"):
        attach_file(owner=issue, upload=upload(picture(size=(9, 9)), "另一张.png"), by=editor)


def test_it_is_as_strict_about_the_proof_as_a_click(editor: User) -> None:
    issue = sent_for_review(make_written(editor))
    with pytest.raises(Refused, match="内容又改过"):
        sign_on_paper(issue, by=editor, sheet=SHEET, scan=upload(picture(), "签批单.png"), seen="another digest")
    issue.refresh_from_db()
    assert issue.number is None
    assert not attachments_of_owner(issue).exists()


def test_an_open_issue_is_sent_for_review_first(editor: User) -> None:
    issue = proofed(make_written(editor))
    entry = issue.entries.get()
    edit_entry(entry, by=editor, lead=entry.lead, text="改过。", version=entry.version)
    with pytest.raises(WrongState):
        sign_on_paper(issue, by=editor, sheet=SHEET, scan=upload(picture(), "签批单.png"))


@pytest.mark.parametrize("signed_on", [TODAY + timedelta(days=1), TODAY - timedelta(days=2)])
def test_days_that_make_no_sense_are_refused(editor: User, signed_on: object) -> None:
    sheet = SignedSheet("王审核", TODAY - timedelta(days=1), "李签发", signed_on)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="日期有误"):
        sign_on_paper(sent_for_review(make_written(editor)), by=editor, sheet=sheet, scan=upload(picture(), "单.png"))


def test_only_editors_enter_it(editor: User, issuer: User) -> None:
    with pytest.raises(PermissionDenied):
        sign_on_paper(sent_for_review(make_written(editor)), by=issuer, sheet=SHEET, scan=upload(picture(), "单.png"))
