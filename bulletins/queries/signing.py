"""How a report was signed, and the links by which it may be."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from bulletins.models import SignLink, SignOff, Submission
from bulletins.queries.submission import submissions_for
from bulletins.rules import approvers_of
from portal.accounts.models import User
from portal.reviews.queries.route import reports_today
from portal.text.official import official_date


@dataclass(frozen=True, slots=True)
class Signing:
    """The sign-off of a report, as a sentence; ``is_current`` says whether it holds for the words as they are."""

    row: SignOff
    sentence: str
    is_current: bool


def words_digest(title: str, text: str) -> str:
    """A digest of exactly these words: a sign-off holds for them and for no others."""
    return hashlib.sha256(f"{title}\x1f{text}".encode()).hexdigest()


def sign_offs_for(user: User) -> QuerySet[SignOff]:
    """The sign-offs of the reports that ``user`` may see; a scan is seen with its report."""
    return SignOff.objects.filter(submission__in=submissions_for(user).values("pk"))


def signing_of(submission: Submission) -> Signing | None:
    """How the report left its unit the last time; None as long as nobody has signed it."""
    row = submission.sign_offs.select_related("by").first()
    if row is None:
        return None
    return Signing(row, sentence_of(row), row.digest == words_digest(submission.title, submission.text))


def sentence_of(row: SignOff) -> str:
    """One sign-off in words."""
    day = official_date(row.signed_on)
    match row.way:
        case SignOff.Way.PORTAL:
            return f"{day}由{row.name}审核同意"
        case SignOff.Way.LINK:
            return f"{day}经一次性链接由{row.name}同意"
        case SignOff.Way.PAPER:
            return f"线下签批：{row.name}，{day}（{row.by}上传签批件）"
        case SignOff.Way.OFFICER:
            return f"{day}由信息员{row.name}核报"
        case SignOff.Way.FOR_SCHOOL:
            return f"{day}由{row.name}代写代报"
        case _:
            return f"本单位仅一人在岗，{row.name}于{day}自行报送"


def cannot_send(submission: Submission) -> str:
    """Why nobody at hand can send a draft on, and what to do; asked only where no step is open."""
    if not reports_today(submission.unit):
        return f"{submission.unit}现在没有信息员，稿件先存为草稿。请联系省协同提质办明确信息员。"
    return (
        "这篇稿件由您一人撰写，本单位还有其他人在岗，须经他人审核后报送。"
        "请联系省协同提质办明确单位审核人，或请负责人签字后在稿件页面上传签批件报送。"
    )


def approvers_to_ask(submission: Submission) -> QuerySet[User]:
    """Who may sign this report for its unit, to be chosen from."""
    return User.objects.filter(pk__in=approvers_of(submission).values("user")).order_by("name")


def open_links(submission: Submission) -> QuerySet[SignLink]:
    """Links that can still be used, the latest first."""
    rows = submission.sign_links.filter(used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=timezone.now())
    return rows.select_related("approver")
