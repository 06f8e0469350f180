"""One-time links: an approver who never signs in answers once, for exactly the words that he was sent."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from bulletins.models import SignLink, SignOff, Submission
from bulletins.queries.signing import open_links, words_digest
from bulletins.rules import approvers_of
from bulletins.services.saving import locked_submission, require
from bulletins.services.submission import approve_submission, send_back_submission
from bulletins.states import SubmissionState
from portal.accounts.models import User
from portal.audit.models import record
from portal.refusals import Refused
from portal.text.official import official_date

#: How long a link can be used.
VALID_HOURS = 72


class LinkRefused(Refused):
    """A link that cannot be used (any more); the text says why, for who opened it."""


@transaction.atomic
def make_sign_link(submission: Submission, *, approver: User, by: User) -> str:
    """A new link for ``approver``; earlier ones for this report end. Returns the token, which is kept nowhere.

    Raises PermissionDenied, or Refused where the report does not wait for an approver, or not for this one.
    """
    locked = locked_submission(submission)
    if not by.has_perm("bulletins.make_sign_link", locked):
        raise PermissionDenied
    require(locked, locked.state == SubmissionState.AWAITING_UNIT, "生成链接")
    if not approvers_of(locked).filter(user=approver).exists():
        raise Refused(f"{approver}现在不是本单位审核人，请另选一位。")
    now = timezone.now()
    open_links(locked).update(revoked_at=now)
    token = secrets.token_urlsafe(32)
    SignLink.objects.create(
        submission=locked,
        approver=approver,
        token_hash=_hash(token),
        title=locked.title,
        text=locked.text,
        digest=words_digest(locked.title, locked.text),
        made_by=by,
        expires_at=now + timedelta(hours=VALID_HOURS),
    )
    record(locked, "bulletins.submission.make_link", "生成一次性链接", by=by, approver=approver.pk)
    return token


@transaction.atomic
def revoke_sign_links(submission: Submission, *, by: User) -> int:
    """End every link of a report that could still be used; returns how many."""
    locked = locked_submission(submission)
    if not by.has_perm("bulletins.make_sign_link", locked):
        raise PermissionDenied
    ended = open_links(locked).update(revoked_at=timezone.now())
    if ended:
        record(locked, "bulletins.submission.revoke_link", "作废一次性链接", by=by)
    return ended


def usable_link(token: str) -> SignLink:
    """The link behind ``token``, if it can be used now. Raises LinkRefused with the sentence for its page."""
    link = SignLink.objects.select_related("submission__unit", "approver").filter(token_hash=_hash(token)).first()
    if link is None:
        raise LinkRefused("这个链接不正确或不完整。请核对是否完整复制，或向发给您链接的信息员再要一个。")
    _require_usable(link, link.submission)
    return link


@transaction.atomic
def answer_link(token: str, *, agree: bool, reason: str = "") -> Submission:
    """同意报送 or 退回修改 through a link, which is used up by it. Of two answers at once the second is refused.

    Raises LinkRefused, or Refused for a return without a reason (the link stays open then).
    """
    submission = locked_submission(usable_link(token).submission)  # the report before its links, like everybody
    link = SignLink.objects.select_for_update(of=("self",)).select_related("approver").get(token_hash=_hash(token))
    _require_usable(link, submission)
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
    if agree:
        return approve_submission(submission, by=link.approver, way=SignOff.Way.LINK)
    return send_back_submission(submission, by=link.approver, reason=reason)


def _require_usable(link: SignLink, submission: Submission) -> None:
    again = "如仍需审核，请向信息员要一个新的链接。"
    if link.used_at is not None:
        raise LinkRefused(f"这个链接已于{official_date(timezone.localdate(link.used_at))}用过，每个链接只能用一次。")
    if link.revoked_at is not None:
        raise LinkRefused(f"这个链接已作废。{again}")
    if link.expires_at <= timezone.now():
        raise LinkRefused(f"这个链接已过期，有效期是{VALID_HOURS}小时。{again}")
    if link.digest != words_digest(submission.title, submission.text):
        raise LinkRefused(f"稿件的文字在发出链接之后改过，这个链接不再有效。{again}")
    if submission.state != SubmissionState.AWAITING_UNIT:
        raise LinkRefused(f"这篇稿件现在不在等待审核，可能已由单位收回或由同事处理。{again}")
    if not link.approver.has_perm("bulletins.approve_submission", submission):
        raise LinkRefused("您现在不是这个单位的审核人，不能通过链接审核。请与信息员联系。")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
