"""The chain of an issue: proof, review, sign-off, printing, publishing. Each link has a name and a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from bulletins.content import IssueContent
from bulletins.models import Issue, Submission
from bulletins.notices.issue import tell_issue_sent_back
from bulletins.notices.submission import tell_printed
from bulletins.queries.issue import final_rendition, proof_of
from bulletins.rules import authority_of
from bulletins.services.content import build_content
from bulletins.services.numbering import take_number
from bulletins.services.public_review import require_reviewed
from bulletins.services.readership import copy_readership
from bulletins.services.rendition import order_final, order_proof
from bulletins.services.verifying import new_token
from bulletins.states import IssueState, SubmissionState
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.audit.models import record
from portal.files.services import attach_file
from portal.jobs.models import Job
from portal.refusals import Refused
from portal.workflow import moving


def request_proof(issue: Issue, *, by: User) -> Job:
    """生成校样: the issue is in proof, and a worker compiles exactly the words that stand in it now."""
    with moving(issue, "proof", by=by) as locked:
        return order_proof(locked, build_content(locked), by=by)


def send_for_review(issue: Issue, *, by: User) -> Issue:
    """送审: needs a proof of exactly the present words."""
    with moving(issue, "send_for_review", by=by) as locked:
        _require_current_proof(locked)
    return issue


def approve_issue(issue: Issue, *, by: User) -> Issue:
    """办公室审核: the reviewer has read it and passes it to the issuer."""
    with moving(issue, "approve", by=by, **_authority(by, Role.REVIEWER)) as locked:
        _require_current_proof(locked)
    return issue


def send_back_issue(issue: Issue, *, by: User, reason: str) -> Issue:
    """The reviewer or the issuer wants it changed; it can be edited again."""
    with moving(issue, "send_back", by=by, reason=reason) as locked:
        tell_issue_sent_back(locked, by=by, reason=reason)
    return issue


def sign_issue(issue: Issue, *, by: User, seen: str = "") -> Issue:
    """签发: freeze the words and give the number, in one transaction. Raises WrongState on a second try.

    ``seen`` is the digest of the words that were shown to the issuer, where a page showed them. The
    counter is locked last and for a moment only; a sign-off that fails gives its number back (no gaps).
    """
    with moving(issue, "sign", by=by, **_authority(by, Role.ISSUER)) as locked:
        _freeze(locked, by=by, seen=seen)
    return issue


@dataclass(frozen=True, slots=True)
class SignedSheet:
    """What stands on the paper 签批单: who reviewed and who signed, on which days."""

    reviewer: str
    reviewed_on: date
    issuer: str
    signed_on: date


def sign_on_paper(issue: Issue, *, by: User, sheet: SignedSheet, scan: File[bytes], seen: str = "") -> Issue:
    """签发 on paper: the editor enters the signed sheet with its scan; it freezes and numbers like a click does.

    DOMAIN.md, the bulletin: the scanned 签批单 is a sign-off as good as the one in the portal. Raises Refused
    for days that make no sense or a file that is no picture or PDF.
    """
    if sheet.signed_on > timezone.localdate() or sheet.signed_on < sheet.reviewed_on:
        raise Refused("签批单上的日期有误：签发日期不能早于审核日期，也不能晚于今天。")
    data: dict[str, Any] = {
        "paper": True,
        "reviewer": sheet.reviewer,
        "reviewed_on": sheet.reviewed_on.isoformat(),
        "issuer": sheet.issuer,
        "signed_on": sheet.signed_on.isoformat(),
    }
    with moving(issue, "sign_on_paper", by=by, **data) as locked:
        attached = attach_file(owner=locked, upload=scan, by=by)
        if not attached.media_type.startswith(("image/", "application/pdf")):
            raise Refused("签批单请上传 PDF 或图片。")
        _freeze(locked, by=by, seen=seen)
    return issue


def _freeze(issue: Issue, *, by: User, seen: str) -> None:
    content = _require_current_proof(issue)
    if seen and seen != content.digest():
        raise Refused("您看到的校样之后，内容又改过。请看过新的校样再签发。")
    _mark_reports_printed(issue, by=by)
    number, year, label = take_number(issue.periodical, issue.issue_date)
    issue.number, issue.year = number, year
    issue.content, issue.content_digest = content.to_json() | {"label": label}, content.digest()
    issue.verify_token = new_token()
    issue.signed_at = timezone.now()


def _authority(by: User, role: Role) -> dict[str, str]:
    """What the record keeps of a signature by written authority: for whom, and which paper says so."""
    authority = authority_of(by, role)
    if authority is None:
        return {}
    return {"principal": str(authority.principal), "basis": authority.basis}


def _mark_reports_printed(issue: Issue, *, by: User) -> None:
    reports = Submission.objects.filter(placement__entry__issue=issue, state=SubmissionState.ADOPTED)
    for report in reports.order_by("pk"):
        with moving(report, "mark_printed", by=by):
            pass


def print_issue(issue: Issue, *, by: User, printed_on: date) -> Issue:
    """印发: fix the imprint's date and have the final PDF made from the frozen content."""
    with moving(issue, "print", by=by, printed_on=printed_on.isoformat()) as locked:
        if printed_on < locked.issue_date:
            raise Refused("印发日期早于报头日期，请核对。")
        locked.printed_on = printed_on
        order_final(locked, by=by)
        copy_readership(locked)
        tell_printed(locked)
    return issue


@transaction.atomic
def retry_final(issue: Issue, *, by: User) -> Job:
    """Have the final PDF tried again after a failure: the same number, the same frozen words, the same date."""
    if not by.has_perm("bulletins.print_issue", issue):
        raise PermissionDenied
    locked = Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    if locked.printed_on is None:
        raise Refused("本期还没有印发，请先确定印发日期。")
    if final_rendition(locked) is not None:
        raise Refused("正式文件已经制作完成，不会再改动。")
    record(locked, "bulletins.issue.retry_final", "重新制作正式文件", by=by)
    return order_final(locked, by=by)


def publish_issue(issue: Issue, *, by: User) -> Issue:
    """公开: anybody may read it from now on. Refused until its final PDF is there and the checklist is ticked."""
    issue.refresh_from_db()
    name = "publish_corrected" if issue.state == IssueState.CORRECTED else "publish"
    with moving(issue, name, by=by) as locked:
        if final_rendition(locked) is None:
            raise Refused("正式文件还没有制作完成，请稍候再公开。")
        require_reviewed(locked)
        locked.published_at = timezone.now()
    return issue


def _require_current_proof(issue: Issue) -> IssueContent:
    """The words as they stand, which a proof shows."""
    if not issue.entries.exists():
        raise Refused("本期还没有条目，请先组稿。")
    content = build_content(issue)
    if proof_of(issue, content.digest()) is None:
        raise Refused("校样与现在的内容不一致（内容改过，或校样还在生成）。请重新生成校样并看过后再继续。")
    return content
