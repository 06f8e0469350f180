"""线下签批: the officer uploads the signed page, and the report goes on its way."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils import timezone

from bulletins.models import SignOff, Submission
from bulletins.services.leaving import leave_unit
from bulletins.services.signing import sign
from bulletins.services.submission_rows import settle_rows
from bulletins.validators import check_report_text
from portal.accounts.models import User
from portal.files.kinds import SHOWN_INLINE
from portal.files.services import attach_file
from portal.refusals import Refused
from portal.workflow import moving

LONGEST_NAME = 50
#: A sheet signed longer ago belongs to something else, or the year is a slip.
OLDEST_SHEET = timedelta(days=365)


def submit_on_paper(
    submission: Submission, *, by: User, upload: File[bytes] | None, name: str, signed_on: date | None
) -> Submission:
    """Send a report that ``name`` signed on paper; the scan is kept with the sign-off.

    Raises Refused with a sentence where scan, name or day are missing or cannot be, and ValidationError where
    the report itself is not ready.
    """
    name = name.strip()
    with moving(submission, "submit_on_paper", by=by, signed_by=name, signed_on=str(signed_on or "")) as locked:
        _check_sheet(locked, upload, name, signed_on)
        check_report_text(locked.title, locked.text)
        settle_rows(locked, by=by)
        leave_unit(locked, by=by)
        row = sign(locked, SignOff.Way.PAPER, by=by, name=name, on=signed_on)
        if upload is not None:
            scan = attach_file(owner=row, upload=upload, by=by)
            if scan.media_type not in SHOWN_INLINE:
                default_storage.delete(scan.path)
                raise Refused("签批件请用扫描的 PDF，或清晰的照片（JPG、PNG）。")
    return submission


def _check_sheet(submission: Submission, upload: File[bytes] | None, name: str, signed_on: date | None) -> None:
    if upload is None:
        raise Refused("还没有选择签批件，请选择扫描的 PDF 或照片。")
    if not name or len(name) > LONGEST_NAME or "\x00" in name:
        raise Refused(f"请填写签批人姓名，不超过{LONGEST_NAME}字。")
    if name == submission.author.name:
        raise Refused("签批人不能是撰写人本人，请由单位负责人或审核人签字。")
    if signed_on is None:
        raise Refused("请填写签批日期。")
    today = timezone.localdate()
    if signed_on > today:
        raise Refused("签批日期晚于今天，请核对。")
    if signed_on < today - OLDEST_SHEET:
        raise Refused("签批日期早于一年前，请核对。")
